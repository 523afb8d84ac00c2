
const VERDICTS = {
  0: ["every file is there", "good"],
  1: ["failed for good", "bad"],
  3: ["not all there yet: run it again", "warn"],
  4: ["local disk or permission", "bad"],
};

function header() {
  const { head } = run;
  const [text, tone] = VERDICTS[head.exitCode] || ["stopped by a signal: run it again", "warn"];
  const verdict = el("span", "verdict " + tone, text);
  verdict.title = "exit code " + head.exitCode;
  document.title = (head.manifest || "bulkdl") + ": " + text;
  const where = "into " + head.outputDir + ", " + new Date(head.startedAt).toLocaleString();
  return el("header", "",
    el("div", "", el("h1", "", head.manifest || "bulkdl"), el("p", "muted", where)), verdict);
}

function card(value, label) {
  return el("div", "card", el("b", "", value), el("span", "", label));
}

function cards() {
  const { files, bytes: sizes, throughput, retries, elapsedSeconds, proofs } = run.head;
  const there = files.completed + files.skipped;
  const proven = Object.entries(proofs).sort(([, a], [, b]) => b - a);
  const others = proven.slice(1).map(([name, number]) => ", " + count(number) + " by " + name).join("");
  return el("div", "cards",
    card(count(there), "of " + count(files.total) + (files.total === 1 ? " file is there" : " files are there")),
    card(bytes(sizes.downloaded), "downloaded" + (sizes.resumed ? ", " + bytes(sizes.resumed) + " resumed" : "")),
    card(duration(elapsedSeconds), "from start to end"),
    card(rate(throughput.meanBytesPerSecond), "mean, peak " + rate(throughput.peakBytesPerSecond)),
    card(count(retries), retries === 1 ? "attempt was repeated" : "attempts were repeated"),
    proven.length ? card(count(proven[0][1]), "proven by " + proven[0][0] + others) : null);
}

/** How the files ended, as parts of one line. */
function shares() {
  const { total, completed, skipped, failed, cancelled } = run.head.files;
  const parts = [["completed", completed, "s0"], ["there already", skipped, "good"], ["failed", failed, "bad"],
    ["stopped", cancelled, "idle"], ["not started", total - completed - skipped - failed - cancelled, "line"]];
  const seen = parts.filter(([, number]) => number > 0);
  const line = el("div", "share", ...seen.map(([, number, color]) => {
    const part = el("span");
    part.style.flex = number + " 1 3px";
    part.style.background = "var(--" + color + ")";
    return part;
  }));
  return el("div", "", line, keys(seen.map(([name, number, color]) => [count(number) + " " + name, color])));
}

function keys(entries) {
  return el("ul", "keys", ...entries.map(([name, color]) => {
    const sample = el("i");
    sample.style.background = "var(--" + color + ")";
    return el("li", "", sample, name);
  }));
}

function overTime() {
  const { bytesPerSecond, hosts, connections, filesPerSecond, seconds } = run.curves;
  if (!seconds.length) return [];
  const lines = [{ label: "all", color: "s0", filled: true, data: bytesPerSecond },
    ...hosts.map((host, i) => ({ label: host.name, color: "s" + (i % 7 + 1), data: host.bytesPerSecond }))];
  const binary = { axis: (value) => rate(value).replace(".0 ", " "), text: rate, steps: [...Array(50).keys()].map((i) => 2 ** i) };
  const plain = { axis: (value) => String(value), text: (value) => String(value) };
  return [
    section("Throughput", "Drag over a stretch of time to look closer, here and below; double-click to go back.",
      timeChart("throughput", 240, binary, lines)),
    section("Connections, and files that ended per second", "",
      timeChart("connections", 120, plain, [{ label: "connections", color: "s3", data: connections }]),
      timeChart("ended", 120, plain, [{ label: "files/s", color: "s2", data: filesPerSecond }])),
  ];
}

function files() {
  const { fetched, every, bars } = run.gantt;
  if (!bars.length) return [];
  const drawn = every === 1 ? "All " + count(fetched) + " files that were asked for"
    : count(bars.length) + " of " + count(fetched) + " files that were asked for: one in " + every
      + ", besides the slowest and those that failed";
  return [section("Files over time",
    drawn + ". Thick: over several connections. Point at a bar, or step with the arrow keys.",
    ganttChart(bars),
    keys([["completed", "s0"], ["failed", "bad"], ["stopped", "idle"], ["wait after a failed attempt", "warn"]]))];
}

function percentiles() {
  const times = { least: 0.001, log: 10, colors: ["s5", "s1", "s0"], text: (millis) => duration(millis / 1000) };
  const rates = { least: 1, log: 2, colors: ["s2"], text: (value) => rate(value).replace(".0 ", " ") };
  if (!run.latencies.some((each) => each.count)) return [];
  return [el("div", "two",
    section("How long things took", "99 %: one in a hundred took at least so long. A file counts from its first connection.",
      percentileChart("latencies", run.latencies, times)),
    section("How fast connections were", "99 %: for 99 % of the time that connections delivered, they were at least so fast.",
      percentileChart("rates", [run.rate], rates)))];
}

function failures() {
  if (!run.failures.length) return [];
  const steps = el("ul", "steps", ...run.failures.map((each) =>
    el("li", "", el("b", "bad", count(each.files) + " × " + each.label), each.nextStep)));
  const columns = [
    ["file", false, (row) => below(row.name, row.url)],
    ["cause and next step", false, (row) => below(row.cause, row.nextStep)],
    ["attempts", true, (row) => count(row.attempts)]];
  const all = run.head.files.failed;
  const hint = run.failed.length < all
    ? "The last " + count(run.failed.length) + " of " + count(all) + "; failed.csv has all." : "";
  const box = section("Failures", hint, steps, table(columns, run.failed));
  box.id = "failures";
  return [box];
}

function slowest() {
  if (!run.slowest.length) return [];
  const box = section("Slowest files", "Those that took longest from their first connection to their end.", table([
    ["file", false, (bar) => below(bar.name, bar.host)],
    ["took", true, (bar) => duration(bar.seconds)],
    ["from", true, (bar) => clockOrSeconds(bar.start)],
    ["received", true, (bar) => bytes(bar.bytes)],
    ["rate", true, (bar) => (bar.seconds > 0 ? rate(bar.bytes / bar.seconds) : "–")],
    ["attempts", true, (bar) => count(bar.attempts)],
    ["connections", true, (bar) => count(bar.segments)],
    ["end", false, (bar) => bar.status]], run.slowest));
  box.id = "slowest";
  return [box];
}

function hosts() {
  const hint = run.hosts.length < run.hostCount
    ? "The " + run.hosts.length + " of " + count(run.hostCount) + " that sent most." : "";
  return [section("Hosts", hint, table([
    ["origin", false, (host) => host.name],
    ["files", true, (host) => count(host.files)],
    ["sent", true, (host) => bytes(host.bytes)],
    ["of one connection", true, (host) => (host.contents ? rate(host.bytesPerSecond) : "–")],
    ["errors", true, (host) => count(host.errors)],
    ["asked to slow down", true, (host) => count(host.throttled)]], run.hosts))];
}

function printed() {
  const box = el("details", "", el("summary", "", "The summary as it was printed"), el("pre", "", run.summary.join("\n")));
  return el("section", "", box);
}

function show() {
  const page = document.getElementById("page");
  const { version, tls } = run.head;
  page.append(header(), cards(), shares(), ...overTime(), ...files(), ...percentiles(), ...failures(),
    ...slowest(), ...hosts(), printed(), el("footer", "", "bulkdl " + version + ", TLS by " + tls + ", charts by uPlot"));
  draw();
  let width = page.clientWidth;
  new ResizeObserver(() => {
    if (page.clientWidth !== width) {
      width = page.clientWidth;
      draw();
    }
  }).observe(page);
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(query).addEventListener("change", draw);
  }
  document.documentElement.dataset.drawn = Math.round(performance.now());
}

show();
