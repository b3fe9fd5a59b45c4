// The pieces of a drawing: bars, dots, lines and letters as SVG, each mark with its name and link.
// Colours are the variables of the style sheet, so that a drawing follows the mode.
const frame = document.createElement("template");
frame.innerHTML = "<svg></svg>";
const SPACE = frame.content.firstChild.namespaceURI;
const SIZE = 12;
// The middle of a line of letters above its baseline, as a share of their size.
const MIDDLE = 0.36;
const LINE = 1.25;

export function ink(name) {
  return `var(--${name})`;
}

export class Drawing {
  // `margin` is left, top, right and bottom around the plot, whose size is what is left of it.
  constructor(width, plotHeight, margin, label) {
    const [left, top, right, bottom] = margin;
    Object.assign(this, { left, top, right: width - right, bottom: top + plotHeight, width });
    const height = top + plotHeight + bottom;
    this.svg = this.put("svg", { class: "plot", role: "figure", "aria-label": label, viewBox: `0 0 ${width} ${height}`, width, height }, null);
  }

  put(tag, given, parent = this.svg) {
    const made = document.createElementNS(SPACE, tag);
    for (const [name, value] of Object.entries(given)) made.setAttribute(name, typeof value === "number" ? Number(value.toFixed(1)) : value);
    parent?.append(made);
    return made;
  }

  // What is drawn into it has this name and, where one is given, leads there.
  mark(name, href) {
    const group = href ? this.put("a", { href, "aria-label": name.replaceAll("\n", ", ") }) : this.put("g", {});
    this.put("title", {}, group).textContent = name;
    return group;
  }

  bar(x, y, width, height, fill, parent) {
    return this.put("rect", { x, y, width: Math.max(width, 0.5), height: Math.max(height, 0.5), rx: 1.5, fill }, parent);
  }

  line(x1, y1, x2, y2, stroke = ink("grid"), width = 1, parent = this.svg) {
    return this.put("line", { x1, y1, x2, y2, stroke, "stroke-width": width }, parent);
  }

  dot(x, y, size, fill, stroke, parent) {
    const edge = stroke ? { stroke, "stroke-width": 2 } : {};
    return this.put("circle", { cx: x, cy: y, r: size / 2, fill, ...edge }, parent);
  }

  // Lines of letters around the height of a place: from it (start), to it (end) or centred on it.
  text(words, x, y, anchor = "start", { fill = ink("text"), size = SIZE, turn = 0, parent } = {}) {
    const lines = String(words).split("\n");
    const first = y + MIDDLE * size - ((lines.length - 1) * size * LINE) / 2;
    lines.forEach((one, at) => {
      const given = { x, y: first + at * size * LINE, "font-size": size, fill, "text-anchor": anchor };
      if (turn) given.transform = `rotate(${turn} ${x.toFixed(1)} ${y.toFixed(1)})`;
      this.put("text", given, parent).textContent = one;
    });
  }

  // Places on the lying axis from low to high, on the standing one likewise, in pixels.
  across(low, high) {
    return (value) => this.left + ((value - low) / (high - low)) * (this.right - this.left);
  }

  up(low, high) {
    return (value) => this.bottom - ((value - low) / (high - low)) * (this.bottom - this.top);
  }
}

// A few round numbers from low to high, whole ones where `whole`.
export function ticks(low, high, whole = false) {
  const span = high - low;
  if (!(span > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = Math.max([1, 2, 5, 10].map((one) => one * power).find((one) => one >= span / 4), whole ? 1 : 0);
  const found = [];
  for (let at = Math.ceil(low / step); at * step <= high; at += 1) found.push(Number((at * step).toPrecision(12)));
  return found;
}
