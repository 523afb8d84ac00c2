
/** The files over time: each a bar in the first lane that is free when it begins. */
function ganttChart(bars) {
  const canvas = el("canvas");
  const tip = el("div", "tip");
  const box = el("div", "gantt", canvas, tip);
  const lanes = intoLanes(bars);
  const lane = Math.max(3, Math.min(20, Math.floor(440 / lanes)));
  const end = Math.max(run.head.elapsedSeconds, ...bars.map((bar) => bar.start + bar.seconds), 0.001);
  let view = [0, end];
  let chosen = -1;
  box.id = "gantt";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Files over time; left and right step through the files");

  const width = () => box.clientWidth - LEFT - RIGHT;
  const toX = (at) => LEFT + ((at - view[0]) / (view[1] - view[0])) * width();
  const place = (bar) => {
    const left = Math.max(LEFT, toX(bar.start));
    const right = Math.min(LEFT + width(), Math.max(toX(bar.start + bar.seconds), left + 1.5));
    return { left, right, top: bar.lane * lane + 1, height: Math.max(2, lane - (lane > 6 ? 2 : 1)) };
  };
  const isInView = (bar) => bar.start <= view[1] && bar.start + bar.seconds >= view[0];

  function paint() {
    const color = theme();
    const height = lanes * lane + 2;
    const pen = penFor(canvas, box.clientWidth, height + 28);
    paintTimes(pen, color, view, toX, height);
    bars.filter(isInView).forEach((bar, i) => paintBar(pen, color, bar, place(bar), toX));
    if (chosen >= 0 && isInView(bars[chosen])) {
      const at = place(bars[chosen]);
      pen.strokeStyle = color("ink");
      pen.lineWidth = 1.5;
      pen.strokeRect(at.left - 1, at.top - 1, at.right - at.left + 2, at.height + 2);
    }
  }

  function choose(index) {
    chosen = index;
    tip.hidden = index < 0;
    if (index >= 0) {
      const at = place(bars[index]);
      tip.textContent = told(bars[index]);
      tip.style.left = Math.max(0, Math.min(at.left, box.clientWidth - tip.offsetWidth)) + "px";
      tip.style.top = at.top + at.height + 8 + "px";
    }
    paint();
  }

  canvas.addEventListener("mousemove", (event) => {
    const found = bars.findIndex((bar) => {
      const at = place(bar);
      return isInView(bar) && event.offsetX >= at.left - 2 && event.offsetX <= at.right + 2
        && event.offsetY >= at.top && event.offsetY < at.top + lane;
    });
    if (found !== chosen) choose(found);
  });
  canvas.addEventListener("mouseleave", () => choose(-1));
  canvas.addEventListener("blur", () => choose(-1));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step && bars.length) {
      const from = chosen < 0 && step < 0 ? 0 : chosen;
      choose((from + step + bars.length) % bars.length);
      event.preventDefault();
    } else if (event.key === "Escape") {
      choose(-1);
    }
  });

  drawings.push(() => {
    view = [0, end];
    zoomed.push((min, max) => {
      view = [min, max];
      paint();
    });
    paint();
  });
  return box;
}

/** Gives each bar a lane, and the bars an order; says how many lanes there are. */
function intoLanes(bars) {
  const free = [];
  bars.sort((a, b) => a.start - b.start);
  for (const bar of bars) {
    const found = free.findIndex((from) => from <= bar.start);
    bar.lane = found < 0 ? free.length : found;
    free[bar.lane] = bar.start + bar.seconds;
  }
  return Math.max(1, free.length);
}

/** A pen in CSS pixels, on a canvas that is wiped. */
function penFor(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.height = height + "px";
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.font = "12px system-ui, sans-serif";
  return pen;
}

function paintTimes(pen, color, view, toX, height) {
  const step = niceStep((view[1] - view[0]) / 11);
  pen.textAlign = "center";
  for (let at = Math.ceil(view[0] / step) * step; at <= view[1]; at += step) {
    pen.fillStyle = color("grid");
    pen.fillRect(toX(at), 0, 1, height);
    pen.fillStyle = color("muted");
    pen.fillText(clockOrSeconds(at), toX(at), height + 18);
  }
}

/** 1, 2 or 5 of something, or what clocks count in. */
function niceStep(least) {
  const clocks = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];
  if (least > 30) return clocks.find((step) => step >= least) || Math.ceil(least / 86400) * 86400;
  const unit = Math.pow(10, Math.floor(Math.log10(least)));
  return [1, 2, 5, 10].map((digit) => digit * unit).find((step) => step >= least);
}

function barColor(bar) {
  return { completed: "s0", failed: "bad", cancelled: "idle", skipped: "good" }[bar.status];
}

/** Files of several connections are thicker; waits are hollow, answers a notch. */
function paintBar(pen, color, bar, at, toX) {
  const thin = bar.segments < 2 && at.height > 4 ? at.height * 0.12 : 0;
  const top = at.top + thin;
  const height = at.height - 2 * thin;
  pen.fillStyle = color(barColor(bar));
  pen.fillRect(at.left, top, at.right - at.left, height);
  for (const wait of bar.waits) {
    const from = Math.max(at.left, toX(wait.at));
    const to = Math.min(at.right, Math.max(toX(wait.at + wait.seconds), from + 2));
    pen.fillStyle = color("panel");
    pen.fillRect(from, top, to - from, height);
    pen.fillStyle = color("warn");
    pen.fillRect(from, top + height / 2 - 0.75, to - from, 1.5);
    pen.fillRect(from, top, 1.5, height);
  }
  if (at.height >= 6 && at.right - at.left > 8) {
    pen.fillStyle = color("panel");
    bar.requests.slice(1).forEach((from) => pen.fillRect(toX(from), top, 1, height));
  }
  if (height >= 12 && at.right - at.left > 90) paintName(pen, color, bar, at);
}

function paintName(pen, color, bar, at) {
  pen.save();
  pen.beginPath();
  pen.rect(at.left, at.top, at.right - at.left - 4, at.height);
  pen.clip();
  pen.font = "11px system-ui, sans-serif";
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillStyle = color("panel");
  pen.fillText(bar.name, at.left + 6, at.top + at.height / 2 + 0.5);
  pen.restore();
}

/** The text for the bar under the pointer. */
function told(bar) {
  const lines = [
    bar.name,
    bar.status + ", " + bytes(bar.bytes) + " in " + duration(bar.seconds) + ", from "
      + duration(bar.start) + " on",
    bar.seconds > 0 && bar.bytes > 0 ? rate(bar.bytes / bar.seconds) : "",
    bar.attempts + (bar.attempts === 1 ? " attempt" : " attempts") + ", " + bar.segments
      + (bar.segments === 1 ? " connection" : " connections"),
    ...bar.waits.slice(0, 4).map((wait) => "at " + duration(wait.at) + ": " + wait.cause),
  ];
  return lines.filter(Boolean).join("\n");
}
