
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
      { label: "at", value: (u, at) => (at === null ? "–" : duration(at)) },
      ...lines.map((line, i) => ({
        label: line.label,
        value: (u, value) => (value === null ? "–" : values.text(value)),
        stroke: color(line.color),
        fill: line.filled ? color("fill") : undefined,
        width: i === 0 ? 1.8 : 1.4,
        points: { show: seconds.length < 3 },
      })),
    ],
  });
  return chart(name, options, [seconds, ...lines.map((line) => line.data)]);
}

function clockOrSeconds(at) {
  return at < 60 ? Number(at.toPrecision(3)) + " s" : clock(at);
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
      axis(color, (u, splits) => splits.map((value) => (value === null ? "" : values.text(value))), {
        size: LEFT }),
    ],
    series: [
      { label: "percentile", value: (u, odds) => (odds === null ? "–" : percent(odds)) },
      ...drawn.map((each, i) => ({
        label: each.name,
        value: (u, value) => (value === null || value === undefined ? "–" : values.text(value)),
        stroke: color(values.colors[i]),
        width: 1.8,
        spanGaps: true,
        points: { show: each.count < 3 },
      })),
    ],
  });
  return chart(name, options, drawn.length ? uPlot.join(tables) : [[], []]);
}

/** 50 % as well, where there is room for it. */
function percentTicks(most) {
  return PERCENT.filter((odds) => odds <= most && (odds !== 2 || most < 1e4));
}

/** 90 for one in ten, as many nines as are needed. */
function percent(odds) {
  const digits = Math.max(0, Math.ceil(Math.log10(odds)) - 2);
  return Number((100 - 100 / odds).toFixed(digits)) + " %";
}
