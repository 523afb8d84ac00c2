
/** Up to this number of files, each has a row of its own, with its name. */
const SINGLE_ROWS = 48;

/** The files over time: each a bar in the first lane that is free when it begins. */
function ganttChart(bars) {
  const canvas = el("canvas");
  const tip = el("div", "tip");
  const box = el("div", "gantt", canvas, tip);
  const single = bars.length <= SINGLE_ROWS;
  const lanes = single ? oneLaneEach(bars) : intoLanes(bars);
  const lane = single ? 16 : Math.max(3, Math.min(20, Math.floor(440 / lanes)));
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
    const pen = penFor(canvas, box.clientWidth, height + 44);
    paintTimes(pen, color, view, toX, height, width() / 80);
    paintRows(pen, color, lanes, lane, single);
    bars.filter(isInView).forEach((bar) => paintBar(pen, color, bar, place(bar), toX));
    if (single) {
      bars.filter(isInView).forEach((bar) => paintNameBeside(pen, color, bar, place(bar), [LEFT, LEFT + width()]));
    } else if (lane >= 12) {
      bars.filter(isInView).forEach((bar) => paintName(pen, color, bar, place(bar)));
    }
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

/** Gives each bar a row, in the order in which they began. */
function oneLaneEach(bars) {
  bars.sort((a, b) => a.start - b.start);
  bars.forEach((bar, i) => {
    bar.lane = i;
  });
  return Math.max(1, bars.length);
}

/** What the rows are, on the left. */
function paintRows(pen, color, lanes, lane, single) {
  const every = Math.round(niceStep(Math.max(1, lanes / 8)));
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.fillStyle = color("muted");
  for (let row = Math.min(every, lanes); row <= lanes; row += every) {
    pen.fillText(row, LEFT - 10, (row - 0.5) * lane + 1);
  }
  pen.textBaseline = "alphabetic";
  pen.save();
  pen.translate(14, (lanes * lane) / 2);
  pen.rotate(-Math.PI / 2);
  pen.textAlign = "center";
  if (lanes * lane > 70) pen.fillText(single ? "file" : "at the same time", 0, 0);
  pen.restore();
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

function paintTimes(pen, color, view, toX, height, most) {
  const step = niceStep((view[1] - view[0]) / most);
  pen.textAlign = "center";
  for (let at = Math.ceil(view[0] / step) * step; at <= view[1]; at += step) {
    pen.fillStyle = color("grid");
    pen.fillRect(toX(at), 0, 1, height);
    pen.fillStyle = color("muted");
    pen.fillText(clockOrSeconds(at), toX(at), height + 18);
  }
  pen.fillText("time since the start of the run", (toX(view[0]) + toX(view[1])) / 2, height + 38);
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
    pen.save();
    pen.beginPath();
    pen.rect(from, top, to - from, height);
    pen.clip();
    pen.fillStyle = color("warn");
    pen.globalAlpha = 0.3;
    pen.fillRect(from, top, to - from, height);
    pen.globalAlpha = 1;
    pen.strokeStyle = color("warn");
    pen.lineWidth = 1.5;
    for (let x = from - height; x < to; x += 5) {
      pen.beginPath();
      pen.moveTo(x, top + height);
      pen.lineTo(x + height, top);
      pen.stroke();
    }
    pen.restore();
  }
  if (at.height >= 6 && at.right - at.left > 8) {
    pen.fillStyle = color("panel");
    bar.requests.slice(1).forEach((from) => pen.fillRect(toX(from), top, 1, height));
  }
}

function paintName(pen, color, bar, at) {
  if (at.right - at.left < 90) return;
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

/** The name right of its bar, or left of it, or on it: where there is room. */
function paintNameBeside(pen, color, bar, at, [left, right]) {
  pen.font = "11px system-ui, sans-serif";
  const needed = pen.measureText(bar.name).width + 8;
  const middle = at.top + at.height / 2 + 0.5;
  pen.textBaseline = "middle";
  pen.fillStyle = color("ink");
  if (right - at.right >= needed) {
    pen.textAlign = "left";
    pen.fillText(bar.name, at.right + 6, middle);
  } else if (at.left - left >= needed) {
    pen.textAlign = "right";
    pen.fillText(bar.name, at.left - 6, middle);
  } else {
    pen.fillStyle = color("panel");
    pen.fillRect(at.left + 4, at.top, Math.min(needed, at.right - at.left - 8), at.height);
    pen.fillStyle = color("ink");
    pen.textAlign = "left";
    pen.fillText(bar.name, at.left + 8, middle, at.right - at.left - 16);
  }
  pen.textBaseline = "alphabetic";
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
