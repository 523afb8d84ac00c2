
/** As wide as all charts over time leave free on their left, so that their times lie below each other. */
const LEFT = 76;
const RIGHT = 16;
const PERCENT = [1, 2, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];

/** What is to be drawn again when the colours or the width change. */
const drawings = [];
/** What shows the same stretch of time. */
const zoomed = [];

function draw() {
  zoomed.length = 0;
  drawings.forEach((drawing) => drawing());
}

/** All that show times show these. */
function zoomTo(min, max) {
  zoomed.forEach((each) => each(min, max));
}

/** Puts a chart into a box, and again whenever that is needed. */
function chart(name, options, data) {
  const box = el("div", "chart");
  box.id = name;
  let drawn = null;
  drawings.push(() => {
    const color = theme();
    if (drawn) drawn.destroy();
    const made = new uPlot({ width: box.clientWidth, ...options(color) }, data, box);
    box.plot = made;
    made.root.querySelectorAll("canvas").forEach((canvas) => canvas.setAttribute("aria-hidden", "true"));
    drawn = made;
    if (made.series.every(() => made.scales.x.time === false) && made.cursor.sync.key) {
      zoomed.push((min, max) => {
        if (made.scales.x.min !== min || made.scales.x.max !== max) made.setScale("x", { min, max });
      });
    }
  });
  return box;
}

function axis(color, values, more) {
  const font = "12px system-ui, sans-serif";
  const grid = { stroke: color("grid"), width: 1 };
  return { stroke: color("muted"), font, grid, ticks: { ...grid, size: 4 }, values, ...more };
}

/** What a curve comes to over the whole run, for its legend while nothing is pointed at. */
function overall(data, text) {
  const known = data.filter((value) => value !== null);
  if (!known.length) return "none";
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return "mean " + text(Math.round(mean * 10) / 10) + ", peak " + text(Math.max(...known));
}

/** Lets the arrow keys move the cursor of a chart over time, and says the values at it. */
function readByKeys(box, label, seconds, lines, values) {
  const said = el("p", "said");
  let at = -1;
  said.setAttribute("aria-live", "polite");
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label + ". Left and right read the values, Home and End go to the ends.");
  box.append(said);
  const show = (index) => {
    const chart = box.plot;
    at = Math.max(0, Math.min(seconds.length - 1, index));
    chart.setCursor({ left: chart.valToPos(seconds[at], "x"), top: chart.over.clientHeight / 2 });
    said.textContent = clockOrSeconds(seconds[at]) + ": "
      + lines.map((line) => line.label + " " + values.text(line.data[at])).join(", ");
  };
  const step = Math.max(1, Math.round(seconds.length / 60));
  box.addEventListener("keydown", (event) => {
    const to = { ArrowRight: at + (event.shiftKey ? 1 : step), ArrowLeft: at - (event.shiftKey ? 1 : step),
      Home: 0, End: seconds.length - 1 }[event.key];
    if (to !== undefined) {
      show(to);
      event.preventDefault();
    } else if (event.key === "Escape") {
      box.plot.setCursor({ left: -10, top: -10 });
      said.textContent = "";
      at = -1;
    }
  });
}

/** The values of curves as a table of at most 40 rows. */
function timeTable(lines, values) {
  const { seconds } = run.curves;
  const every = Math.max(1, Math.ceil(seconds.length / 40));
  const rows = seconds.map((at, i) => i).filter((i) => i % every === 0);
  return el("details", "", el("summary", "", "The numbers as a table"), table([
    ["time", true, (i) => clockOrSeconds(seconds[i])],
    ...lines.map((line) => [line.label, true, (i) => values.text(line.data[i])])], rows));
}

/** Curves over the seconds of the run. */
function timeChart(name, height, values, lines) {
  const { seconds } = run.curves;
  const options = (color) => ({
    height,
    padding: [8, RIGHT, 0, 0],
    scales: { x: { time: false }, y: { range: (u, min, max) => [0, max > 0 ? max * 1.08 : 1] } },
    cursor: { sync: { key: "time" }, points: { size: 6 } },
    hooks: { setScale: [(u, key) => key === "x" && zoomTo(u.scales.x.min, u.scales.x.max)] },
    axes: [
      axis(color, (u, splits) => splits.map(clockOrSeconds), { size: 28, space: 90 }),
      axis(color, (u, splits) => splits.map(values.axis), { size: LEFT, incrs: values.steps }),
    ],
    series: [
      { label: "time", value: (u, at) => (at === null ? "whole run" : clockOrSeconds(at)) },
      ...lines.map((line, i) => ({
        label: line.label,
        value: (u, value) => (value === null ? overall(line.data, values.text) : values.text(value)),
        stroke: color(line.color),
        fill: line.filled ? color("fill") : undefined,
        width: i === 0 ? 1.8 : 1.4,
        points: { show: seconds.length < 3 },
      })),
    ],
  });
  const box = chart(name, options, [seconds, ...lines.map((line) => line.data)]);
  readByKeys(box, lines.map((line) => line.label).join(", ") + " over time", seconds, lines, values);
  return box;
}

/** A time since the start of the run; all times of a run of a minute or more in one form. */
function clockOrSeconds(at) {
  return run.head.elapsedSeconds < 60 ? Number(at.toPrecision(3)) + " s" : clock(at);
}

/** A duration for an axis, in one unit: 20 ms, 100 s is 1.7 min, 3 h. */
function onAxis(seconds) {
  const short = (value) => Number(value.toPrecision(2));
  if (seconds < 60) return duration(seconds);
  return seconds < 3600 ? short(seconds / 60) + " min" : short(seconds / 3600) + " h";
}

/** Curves over the percentiles, both scales logarithmic. */
function percentileChart(name, distributions, values) {
  const drawn = distributions.filter((each) => each.count > 0);
  const tables = drawn.map((each) => [each.odds, each.values.map((value) => Math.max(value, values.least))]);
  const most = Math.max(...drawn.map((each) => each.count), 10);
  const options = (color) => ({
    height: 260,
    padding: [8, RIGHT + 12, 0, 0],
    scales: { x: { time: false, distr: 3, range: [1, most] }, y: { distr: 3, log: values.log } },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    axes: [
      axis(color, (u, splits) => splits.map(percent), {
        size: 28, splits: () => percentTicks(most), filter: (u, splits) => splits }),
      axis(color, (u, splits) => splits.map((value) => (value === null ? "" : values.axis(value))), {
        size: LEFT }),
    ],
    series: [
      { label: "percentile", value: (u, odds) => (odds === null ? "half and 99 %" : percent(odds)) },
      ...drawn.map((each, i) => ({
        label: each.name,
        value: (u, value, series, index) => (index === null ? halfAndMost(each, values) : value === null
          || value === undefined ? "" : values.text(value)),
        stroke: color(values.colors[i]),
        width: 1.8,
        spanGaps: true,
        points: { show: each.count < 3 },
      })),
    ],
  });
  return chart(name, options, drawn.length ? uPlot.join(tables) : [[], []]);
}

function halfAndMost(each, values) {
  return values.text(valueAt(each, 2)) + ", " + values.text(valueAt(each, 100));
}

/** The value that one in so many reaches. */
function valueAt(each, odds) {
  const found = each.odds.findIndex((one) => one >= odds * 0.999);
  return each.values[found < 0 ? each.values.length - 1 : found];
}

/** 50 % as well, where there is room for it. */
function percentTicks(most) {
  const few = most >= 1e4 || window.innerWidth < 640;
  return PERCENT.filter((odds) => odds <= most && (odds !== 2 || !few));
}

/** 90 for one in ten, as many nines as are needed. */
function percent(odds) {
  const digits = Math.max(0, Math.ceil(Math.log10(odds)) - 2);
  return Number((100 - 100 / odds).toFixed(digits)) + " %";
}
