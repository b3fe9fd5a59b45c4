// A drawn chart to take away: its rows as CSV, and a sheet with title and source as SVG and PNG.
import { Drawing, ink } from "./draw.js";
import { columns } from "./words.js";

const GAP = 12;
const TITLE = 18;
const NOTE = 12;
const FONT = "Noto Sans SC";
// As downloads.py: a cell that a spreadsheet would take for a formula begins with a mark.
const FORMULA = /^[=+\-@\t\r]/;

function cell(value) {
  const plain = String(value ?? "");
  const safe = typeof value === "string" && FORMULA.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// With the mark of UTF-8, which Excel needs to read Chinese.
export function csv(rows) {
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function save(blob, name) {
  const way = document.createElement("a");
  way.href = URL.createObjectURL(blob);
  way.download = name;
  way.click();
  setTimeout(() => URL.revokeObjectURL(way.href), 10000);
}

function lines(text, size, width) {
  const most = Math.floor(((width - 2 * GAP) / size) * 2);
  const found = [""];
  for (const one of text.match(/[\w,.%–-]+|\s+|./gu) || []) {
    if (columns(found.at(-1) + one) > most) found.push("");
    found[found.length - 1] += one;
  }
  return found.filter((one) => one.trim());
}

// The site's letters, to go into a file that is read without them.
async function letters() {
  const found = await fetch(new URL("font.woff2", import.meta.url));
  const bytes = new Uint8Array(await found.arrayBuffer());
  const text = btoa(bytes.reduce((all, one) => all + String.fromCharCode(one), ""));
  return `@font-face { font-family: "${FONT}"; src: url("data:font/woff2;base64,${text}") format("woff2"); }`;
}

// Title, notes, legend, plot and source on one sheet, in the light mode's colours.
async function sheet(chart, notes, colours) {
  const { width } = chart.svg.viewBox.baseVal;
  const drawing = new Drawing(width, 0, [0, 0, 0, 0], chart.title);
  let y = GAP;
  const write = (words, size, fill) => {
    for (const one of lines(words, size, width)) drawing.text(one, GAP, (y += size * 1.5) - size / 2, "start", { size, fill });
  };
  const background = drawing.bar(0, 0, width, 1, ink("background"));
  write(chart.title, TITLE, ink("text"));
  for (const one of chart.notes) write(one, NOTE, ink("muted"));
  for (const one of chart.keys) {
    y += NOTE * 1.5;
    drawing.bar(GAP, y - NOTE, NOTE, NOTE, one.colour);
    drawing.text(one.name, GAP * 2 + NOTE, y - NOTE / 2);
  }
  const plot = chart.svg.cloneNode(true);
  for (const way of plot.querySelectorAll("a")) way.replaceWith(...way.childNodes);
  plot.setAttribute("y", y);
  drawing.svg.append(plot);
  y += plot.viewBox.baseVal.height;
  for (const one of notes) write(one, NOTE, ink("muted"));
  drawing.svg.setAttribute("viewBox", `0 0 ${width} ${y + GAP}`);
  drawing.svg.setAttribute("height", y + GAP);
  background.setAttribute("height", y + GAP);
  drawing.svg.setAttribute("font-family", `"${FONT}", sans-serif`);
  drawing.put("style", {}).textContent = await letters();
  const plain = new XMLSerializer().serializeToString(drawing.svg);
  return plain.replace(/var\(--([\w-]+)\)/g, (all, name) => colours[name]);
}

async function picture(text, name) {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * 2, image.naturalHeight * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  canvas.toBlob((blob) => save(blob, name));
}

export function takeAway(view, chart, summary) {
  const made = document.createElement("p");
  made.className = "take";
  if (!chart.svg) return made;
  const { colours } = view.facts;
  const notes = [chart.silent, view.source, view.said.t("cite.filters", { filters: summary })].filter(Boolean);
  const files = {
    CSV: () => save(new Blob([csv(chart.rows)], { type: "text/csv" }), `${chart.name}.csv`),
    SVG: async () => save(new Blob([await sheet(chart, notes, colours)], { type: "image/svg+xml" }), `${chart.name}.svg`),
    PNG: async () => picture(await sheet(chart, notes, colours), `${chart.name}.png`),
  };
  const label = document.createElement("span");
  label.textContent = view.said.t("chart.download");
  made.append(label);
  for (const [name, act] of Object.entries(files)) {
    const one = document.createElement("button");
    [one.type, one.textContent] = ["button", name];
    one.addEventListener("click", act);
    made.append(one);
  }
  return made;
}
