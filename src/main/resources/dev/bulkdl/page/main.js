
/** What the run comes to, in a few words. */
function verdict() {
  const { exitCode, files, stopped } = run.head;
  const there = files.completed + files.skipped;
  const unfinished = files.total - there - files.failed;
  const all = count(files.total);
  if (files.failed > 0) return [count(files.failed) + " of " + all + " failed", "bad"];
  if (unfinished > 0) return [count(unfinished) + " of " + all + " not finished: run it again", "warn"];
  if (exitCode === 4) return ["local disk or permission", "bad"];
  return [stopped || exitCode ? "ended with exit code " + exitCode : "all " + all + " there", exitCode ? "warn" : "good"];
}

function header() {
  const { head } = run;
  const [text, tone] = verdict();
  const pill = el("span", "verdict " + tone, text);
  pill.title = "exit code " + head.exitCode;
  document.title = (head.manifest || "bulkdl") + ": " + text;
  const ended = head.endedAt ? " to " + new Date(head.endedAt).toLocaleString() : "";
  const where = "into " + head.outputDir + ", " + new Date(head.startedAt).toLocaleString() + ended;
  return el("header", "",
    el("div", "", el("h1", "", head.manifest || "bulkdl"), el("p", "muted", where), links()), pill);
}

/** The files beside this page. */
function links() {
  const { hasFailedCsv, options } = run.head;
  const names = ["results.csv", ...(hasFailedCsv ? ["failed.csv"] : []), "report.json",
    ...(options["log-file"] ? [] : ["run.log"])];
  return el("nav", "links", ...names.map((name) => {
    const link = el("a", "", name);
    link.href = name;
    return link;
  }));
}

/** The command that finishes what is left, as the summary has it. */
function goOn() {
  const found = run.summary.findIndex((line) => line.startsWith("run again"));
  if (found < 0) return null;
  const lines = [run.summary[found].slice("run again".length).trim()];
  for (let i = found + 1; i < run.summary.length && run.summary[i].startsWith("  "); i++) {
    lines.push(run.summary[i].trim());
  }
  return el("div", "command", el("span", "muted", "To go on: "), el("code", "", lines.join("\n")));
}

function card(value, label) {
  return el("div", "card", el("b", "", value), el("span", "", label));
}

function cards() {
  const { files, bytes: sizes, throughput, retries, elapsedSeconds, unchecked } = run.head;
  const there = files.completed + files.skipped;
  const isFast = sizes.downloaded > 0 && elapsedSeconds >= 1;
  return el("div", "cards",
    card(count(there), "of " + count(files.total) + (files.total === 1 ? " file is there" : " files are there")),
    card(bytes(sizes.downloaded), "downloaded" + (sizes.resumed ? ", " + bytes(sizes.resumed) + " resumed" : "")),
    card(duration(elapsedSeconds), "from start to end"),
    isFast ? card(rate(throughput.meanBytesPerSecond), "mean, peak " + rate(throughput.peakBytesPerSecond)) : null,
    card(count(retries), retries === 1 ? "attempt was repeated" : "attempts were repeated"),
    there === 0 ? null : unchecked === 0 ? card(count(there), "checked against a hash")
      : card(count(unchecked), "not checked against a hash"));
}

/** How the files ended, as parts of one line. */
function shares() {
  const { total, completed, skipped, failed, cancelled } = run.head.files;
  const parts = [["completed", completed, "s0"], ["there already", skipped, "good"], ["failed", failed, "bad"],
    [run.head.stopped ? "not finished" : "cancelled", cancelled, "idle"], ["not started", total - completed - skipped - failed - cancelled, "line"]];
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
  const counts = [{ label: "connections", color: "s3", data: connections },
    { label: "files per second", color: "s2", data: filesPerSecond }];
  const plain = { axis: (value) => String(value), text: (value) => String(value) };
  return [
    section("Throughput", "Drag over a stretch of time to look closer, here and below; double-click to go back.",
      timeChart("throughput", 240, binary, lines), timeTable(lines, binary)),
    section("Connections, and files that ended per second", "",
      timeChart("connections", 120, plain, [counts[0]]), timeChart("ended", 120, plain, [counts[1]]),
      timeTable(counts, plain)),
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
  const times = { least: 0.001, log: 10, colors: ["s5", "s1", "s0"],
    text: (millis) => duration(millis / 1000), axis: (millis) => onAxis(millis / 1000) };
  if (!run.latencies.some((each) => each.count)) return [];
  return [el("div", "two",
    section("How long things took", "Read it so: at 99 %, one in a hundred took at least as long. A file counts from its first connection.",
      percentileChart("latencies", run.latencies, times), timesTable(times)),
    ...rates())];
}

function timesTable(times) {
  const at = (odds) => (each) => times.text(valueAt(each, odds));
  return table([
    ["what", false, (each) => each.name],
    ["number", true, (each) => count(each.count)],
    ["half took at most", true, at(2)],
    ["90 %", true, at(10)],
    ["99 %", true, at(100)],
    ["longest", true, (each) => times.text(each.values[each.values.length - 1])]],
  run.latencies.filter((each) => each.count));
}

/** The share of the time at each rate, as bars that are a table. */
function rates() {
  if (!run.rates.length) return [];
  const most = Math.max(...run.rates.map((each) => each.share));
  const short = (value) => rate(value).replace(".0 ", " ");
  const box = section("How fast single connections were", "How much of the time connections delivered at which rate.",
    table([
      ["rate", false, (each) => short(each.from) + " to " + short(each.to)],
      ["of the time", true, (each) => (each.share > 0 && each.share < 0.001 ? "< 0.1" : (100 * each.share).toFixed(1)) + " %"],
      ["", false, (each) => {
        const bar = el("i", "bar");
        bar.style.width = (100 * each.share) / most + "%";
        return bar;
      }]], run.rates));
  box.id = "rates";
  return [box];
}

function failures() {
  if (!run.failures.length) return [];
  const listed = run.failed.length;
  const all = run.head.files.failed;
  const hint = listed < all ? "The last " + count(listed) + " of " + count(all) + " by name; failed.csv has all." : "";
  const box = section("What failed", hint, goOn(), ...run.failures.map(failureGroup));
  box.id = "failures";
  return [box];
}

function failureGroup(group) {
  const rows = run.failed.filter((row) => row.errorClass === group.errorClass && row.status === group.status);
  const columns = [
    ["file", false, (row) => below(row.name, row.url)],
    ["cause", false, (row) => row.cause],
    ["attempts", true, (row) => count(row.attempts)]];
  const title = el("h3", "", el("b", "bad", count(group.files) + " × " + group.title), ": " + group.nextStep);
  const worth = el("span", "badge " + (group.worthRetry ? "good" : "idle"),
    group.worthRetry ? "worth a retry" : "a retry alone does not help");
  return el("div", "group", title, worth, ...(rows.length ? longTable(columns, rows) : []));
}

/** The first rows of a long table; the others fold out. */
const SHOWN_ROWS = 10;

function longTable(columns, rows) {
  const more = rows.slice(SHOWN_ROWS);
  return [table(columns, rows.slice(0, SHOWN_ROWS)),
    more.length ? el("details", "", el("summary", "", count(more.length) + " more"), table(columns, more)) : null];
}

function slowest() {
  if (!run.slowest.length) return [];
  const box = section("Slowest files", "Those that took longest from their first connection to their end.", ...longTable([
    ["file", false, (bar) => below(bar.name, run.hostCount > 1 ? bar.host : "")],
    ["took", true, (bar) => duration(bar.seconds)],
    ["from", true, (bar) => clockOrSeconds(bar.start)],
    ["received", true, (bar) => bytes(bar.bytes)],
    ["rate", true, (bar) => (bar.seconds > 0 ? rate(bar.bytes / bar.seconds) : "–")],
    ["attempts", true, (bar) => count(bar.attempts)],
    ["connections", true, (bar) => count(bar.segments)],
    ["end", false, (bar) => el("span", "status", bar.status)]], run.slowest));
  box.id = "slowest";
  return [box];
}

function hosts() {
  const hint = run.hosts.length < run.hostCount
    ? "The " + run.hosts.length + " of " + count(run.hostCount) + " that sent most." : "";
  return [section("Hosts", hint, ...longTable([
    ["origin", false, (host) => host.name],
    ["files", true, (host) => count(host.files)],
    ["sent", true, (host) => bytes(host.bytes)],
    ["of one connection", true, (host) => (host.contents ? rate(host.bytesPerSecond) : "–")],
    ["errors", true, (host) => count(host.errors)],
    ["asked to slow down", true, (host) => count(host.throttled)]], run.hosts))];
}

function printed() {
  const { options, runId } = run.head;
  const given = Object.entries(options);
  const rows = [["run", runId], ...given.map(([name, value]) => ["--" + name, value])];
  const box = el("details", "", el("summary", "", "The summary as it was printed"), el("pre", "", run.summary.join("\n")));
  return el("section", "", el("h2", "", "The run"), table([
    ["option", false, ([name]) => name],
    ["value", false, ([, value]) => value]], rows), box);
}

function show() {
  const page = document.getElementById("page");
  const { version, tls } = run.head;
  const rest = run.failures.length ? null : goOn();
  page.append(header(), cards(), shares(), ...(rest ? [el("section", "", rest)] : []), ...failures(),
    ...overTime(), ...files(), ...percentiles(), ...slowest(), ...hosts(), printed(), el("footer", "", "bulkdl " + version + ", TLS by " + tls + ", charts by uPlot"));
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
