
"use strict";

/** The run, as the program wrote it; every text in it goes into the page as text alone. */
const run = JSON.parse(document.getElementById("run").textContent);

/** An element with a class, of texts and other elements. */
function el(tag, name, ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let unit = 0;
  let value = count;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return (unit === 0 ? Math.round(value) : value.toFixed(1)) + " " + units[unit];
}

function rate(perSecond) {
  return bytes(perSecond) + "/s";
}

function count(number) {
  return Math.round(number).toLocaleString("en-US");
}

/** To three digits at the most: 820 ms, 4.1 s, 3:25, 1:02:03. */
function duration(seconds) {
  if (seconds < 0.0009995) return Number((seconds * 1e6).toPrecision(3)) + " µs";
  if (seconds < 0.9995) return Number((seconds * 1e3).toPrecision(3)) + " ms";
  if (seconds < 59.95) return Number(seconds.toPrecision(3)) + " s";
  return clock(seconds);
}

function clock(seconds) {
  const all = Math.round(seconds);
  const two = (part) => String(part).padStart(2, "0");
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor(all / 60) % 60;
  return hours ? hours + ":" + two(minutes) + ":" + two(all % 60) : minutes + ":" + two(all % 60);
}

/** Colours as the style sheet has them for the setting that is in force. */
function theme() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue("--" + name).trim();
}

/** A heading, a hint, and whatever follows. */
function section(title, hint, ...content) {
  return el("section", "", el("h2", "", title), hint ? el("p", "hint", hint) : null, ...content);
}

/** Columns are [title, isNumber, row => cell]; on narrow screens each row becomes a card. */
function table(columns, rows) {
  const head = el("tr", "", ...columns.map(([title, number]) => el("th", number ? "num" : "", title)));
  const body = rows.map((row) => el("tr", "", ...columns.map(([title, number, cell]) => {
    const made = el("td", number ? "num" : "", cell(row));
    made.dataset.label = title;
    return made;
  })));
  return el("table", "rows", el("thead", "", head), el("tbody", "", ...body));
}

/** What belongs to a name, smaller and below it. */
function below(name, ...more) {
  const cell = document.createDocumentFragment();
  cell.append(name, ...more.filter(Boolean).map((text) => el("small", "", text)));
  return cell;
}
