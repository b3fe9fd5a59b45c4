// The map and the cities of a filtered page: tiles coloured by number, and a measure city by city,
// as dashboard/charts/tiles.py, steps.py, cities.py and city_marks.py have them.
import { GAP, LABEL, MOST_BARS, labelRoom, rowsHeight } from "./charts.js";
import { Drawing, ink, ticks } from "./draw.js";
import { byCity } from "./selection.js";
import { columns, shortened } from "./words.js";

const STEPS = 5;
const TILE = 50;
const ACROSS = 4;
const WIDEST = 8;
const NAME = { 8: 6, 4: 12 };
const DOT = 12;
const SMALL = 7;
const MOST_OTHERS = 200;

// Where each class of the positive values begins: about equally many in each, at round numbers.
export function limits(values) {
  const every = values.filter((one) => one > 0).sort((a, b) => a - b);
  const known = [...new Set(every)];
  if (known.length <= STEPS) return known;
  const found = [known[0]];
  for (let at = 1; at < STEPS; at += 1) {
    const cut = every[Math.floor((every.length * at) / STEPS)];
    const start = rounded(Math.max(0, ...known.filter((one) => one < cut)), cut);
    if (start > found.at(-1)) found.push(start);
  }
  return found;
}

// The roundest number above one and up to another.
function rounded(below, cut) {
  for (let digit = cut > 1 ? Math.ceil(Math.log10(cut)) : 0; digit >= 0; digit -= 1)
    for (const size of [5, 2, 1].map((one) => one * 10 ** digit)) {
      const start = Math.floor(cut / size) * size;
      if (start > below) return start;
    }
  return cut;
}

function stepsOf(view, values) {
  const starts = limits(values);
  return starts.map((start, at) => {
    const end = at === starts.length - 1 ? Math.max(...values) : Math.max(...values.filter((one) => one < starts[at + 1]));
    const shade = Math.round((at * (STEPS - 1)) / Math.max(starts.length - 1, 1));
    const name = [...new Set([start, Math.max(start, end)].map(view.said.number))].join("–");
    return { start, name, colour: ink(`sequence-${shade}`), letters: ink(`ink-${shade}`) };
  });
}

// Areas of {code, name, short, value, column, row}; a value of null is nothing reported.
export function tiles(view, name, title, notes, areas, href) {
  const known = areas.map((one) => one.value).filter((one) => one !== null);
  const steps = stepsOf(view, known);
  const across = Math.max(...areas.map((one) => one.column)) + 1;
  const down = Math.max(...areas.map((one) => one.row)) + 1;
  const drawing = new Drawing(view.width, TILE * down, [GAP, 8, GAP, GAP], title);
  const hatch = hatching(drawing);
  const classes = {
    none: { name: view.said.t("map.zero"), colour: ink("grid"), letters: ink("text") },
    silent: { name: view.said.t("map.unreported"), colour: `url(#${hatch})`, letters: ink("muted") },
  };
  const classOf = ({ value }) => (value === null ? classes.silent : steps.findLast((one) => one.start <= value) || classes.none);
  const wide = (drawing.right - drawing.left) / across;
  for (const one of areas) {
    const [x, y] = [drawing.left + one.column * wide, drawing.top + one.row * TILE];
    const look = classOf(one);
    const said = one.value === null ? "–" : view.said.number(one.value);
    const mark = drawing.mark(`${one.name}: ${said}`, href(one));
    drawing.bar(x + 0.03 * wide, y + 0.03 * TILE, 0.94 * wide, 0.94 * TILE, look.colour, mark);
    const label = `${shortened(one.short, NAME[across] || NAME[WIDEST])}\n${said}`;
    drawing.text(label, x + wide / 2, y + TILE / 2, "middle", { fill: look.letters, size: 11, parent: mark });
  }
  const used = new Set(areas.map(classOf));
  const keys = [...steps, classes.none, classes.silent].filter((one) => used.has(one))
    .map((one) => ({ name: one.name, mark: one === classes.silent ? "hatch" : "square", colour: one === classes.silent ? ink("not-reported") : one.colour }));
  const rows = [["adcode", view.said.t("dimension.city"), title], ...areas.map((one) => [one.code, one.name, one.value ?? ""])];
  return { name, title, notes, keys, svg: drawing.svg, rows };
}

function hatching(drawing) {
  const name = "hatch-narrowed";
  const pattern = drawing.put("pattern", { id: name, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, drawing.put("defs", {}));
  drawing.put("rect", { width: 6, height: 6, fill: ink("background") }, pattern);
  drawing.put("rect", { width: 1.5, height: 6, fill: ink("grid") }, pattern);
  return name;
}

// Where tiles stand that have no place of their own: in rows, in their order.
export function placed(areas) {
  const across = areas.length > ACROSS * ACROSS ? WIDEST : ACROSS;
  return areas.map((one, at) => ({ ...one, column: at % across, row: Math.floor(at / across) }));
}

// The latest result of each place, highest first; other results; plans; cities without any.
function split(view, measure) {
  const { facts, values } = view;
  const { figures, missing } = byCity(facts, values, view.chosen, view.found.figures, measure.at);
  const all = figures.map((at) => {
    const [, , city] = facts.area(facts.figures.area[at]);
    const [name, county] = [facts.names.get(city) || city, values.county[at] || ""];
    return {
      at, place: city + county, city, unit: measure.unit, id: values.figure[at], article: values.article[at],
      label: shortened(!county || county === name ? name : `${name} ${county}`, LABEL),
      issued: facts.days[facts.articles.issue[facts.figures.article[at]]] || "",
      value: values.value[at], high: values.high[at], previous: values.previous[at],
      approximate: values.approximate[at], status: values.status[at],
    };
  });
  const newest = (a, b) => (a.issued === b.issued ? b.value - a.value || (a.id < b.id ? -1 : 1) : a.issued < b.issued ? 1 : -1);
  const highest = (a, b) => b.value - a.value || (a.place < b.place ? -1 : 1);
  const results = all.filter((one) => one.status === "result").sort(newest);
  const first = results.filter((one, at) => results.findIndex((other) => other.place === one.place) === at);
  const plans = all.filter((one) => one.status !== "result").map((one) => ({ ...one, place: `${one.place}/${one.id}` }));
  return {
    results: first.sort(highest), plans: plans.sort(highest), missing,
    others: results.filter((one) => !first.includes(one)),
  };
}

// One measure, city by city.
export function cities(view, measure, limit = MOST_OTHERS) {
  const { said } = view;
  const { results, others, plans, missing } = split(view, measure);
  const shown = [...results.slice(0, MOST_BARS), ...plans.slice(0, MOST_BARS)];
  const labels = shown.map((one) => planned(view, one));
  const title = citiesTitle(view, measure, results);
  const drawing = new Drawing(view.width, rowsHeight(shown.length), [labelRoom(labels), 8, GAP, 32], title);
  const beside = others.filter((one) => shown.some((other) => other.place === one.place));
  const keys = dots(view, drawing, shown, beside.slice(0, limit), labels);
  const count = new Set(results.map((one) => one.city)).size;
  const notes = [said.t("charts.cities_counts", { counted: measure.counted, unit: said.unit(measure.unit) || said.t("charts.no_unit") })];
  if (results.length > MOST_BARS) notes.push(said.t("charts.first", { shown: MOST_BARS, count: results.length }));
  if (plans.length) notes.push(said.t("charts.plans", { count: plans.length }));
  notes.push(missing.length ? said.t("charts.coverage", { cities: count, every: count + missing.length }) : said.t("charts.covered", { cities: count }));
  if (beside.length > limit) notes.push(said.t("charts.others", { shown: limit, count: beside.length }));
  const silent = results.length && missing.length ? said.t("charts.silent", { names: said.names(missing.map(([, name]) => name)) }) : "";
  const heads = ["adcode", said.t("dimension.city"), measure.counted, "value", "value_high", "previous", "figure_id"];
  const rows = [...results, ...others, ...plans].map((one) => [one.city, one.label, said.value(one), one.value, one.high ?? "", one.previous ?? "", one.id]);
  return { name: "figures", title, notes, silent, keys, svg: drawing.svg, rows: [heads, ...rows, ...missing.map(([code, name]) => [code, name, "", "", "", "", ""])] };
}

function planned(view, one) {
  if (one.status === "result") return one.label;
  return view.said.t("charts.planned", { name: one.label, status: view.said.t(`charts.status.${one.status}`) });
}

function citiesTitle(view, measure, results) {
  const { said } = view;
  if (!results.length) return said.t("charts.cities_none");
  if (results.length > 1 && results[1].value === results[0].value) return said.t("charts.cities_question", { counted: measure.counted });
  const key = new Set(results.map((one) => one.city)).size === 1 ? "cities_one" : "cities_most";
  return said.t(`charts.${key}`, { name: results[0].label, counted: measure.counted, value: said.value(results[0]) });
}

function dots(view, drawing, shown, others, labels) {
  const every = [...shown, ...others];
  const ends = every.flatMap((one) => [one.value, one.high, one.previous]).filter((one) => one !== null);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const words = Math.max(0, ...every.map((one) => columns(view.said.value(one)))) * 6 + 24;
  const share = Math.min(words / Math.max(drawing.right - drawing.left, 1), 0.7);
  const room = Math.max(1.15, 1 / (1 - share));
  const x = drawing.across(low * room, high * room || 1);
  const middle = (row) => drawing.top + (row + 0.5) * ((drawing.bottom - drawing.top) / Math.max(shown.length, 1));
  for (const one of ticks(low, high)) {
    drawing.line(x(one), drawing.top, x(one), drawing.bottom);
    drawing.text(view.said.number(one), x(one), drawing.bottom + 14, "middle");
  }
  const used = new Map();
  const row = new Map(shown.map((one, at) => [one.place, at]));
  const draw = (one, kind) => {
    const y = middle(row.get(one.place));
    const mark = drawing.mark(`${one.label} ${view.said.value(one)}`, view.toFact(one));
    used.set(kind, true);
    dot(drawing, x, y, one, kind, mark);
    return y;
  };
  for (const one of others) draw(one, "other");
  shown.forEach((one, at) => {
    drawing.text(labels[at], drawing.left - 6, middle(at), "end");
    const y = draw(one, one.status !== "result" ? "planned" : one.approximate ? "approximate" : "exact");
    if (one.high !== null) used.set("range", true);
    if (one.previous !== null) used.set("change", true);
    said(view, drawing, x, y, one, others.filter((other) => other.place === one.place));
  });
  return Object.keys(MARKS).filter((one) => used.has(one)).map((one) => ({ name: view.said.t(`charts.mark.${one}`), mark: MARKS[one][0], colour: ink(MARKS[one][1]) }));
}

// What a kind of mark is in the legend, and its colour.
const MARKS = {
  range: ["line", "sequence-1"],
  change: ["line", "muted"],
  other: ["circle", "not-reported"],
  exact: ["circle", "accent"],
  approximate: ["circle-open", "accent"],
  planned: ["diamond-open", "muted"],
};

function dot(drawing, x, y, one, kind, mark) {
  if (kind === "other") return drawing.dot(x(one.value), y, SMALL, ink("not-reported"), null, mark);
  if (one.high !== null) drawing.line(x(one.value), y, x(one.high), y, ink("sequence-1"), 6, mark);
  if (one.previous !== null) drawing.line(x(one.previous), y, x(one.value), y, ink("muted"), 2, mark);
  if (one.high !== null) drawing.dot(x(one.high), y, DOT, ink("accent"), null, mark);
  if (one.previous !== null) drawing.dot(x(one.previous), y, SMALL, ink("not-reported"), null, mark);
  if (kind === "planned") {
    const [at, half] = [x(one.value), DOT / 2];
    return drawing.put("polygon", { points: `${at},${y - half} ${at + half},${y} ${at},${y + half} ${at - half},${y}`, fill: ink("background"), stroke: ink("muted"), "stroke-width": 2 }, mark);
  }
  return kind === "approximate"
    ? drawing.dot(x(one.value), y, DOT - 2, ink("background"), ink("accent"), mark)
    : drawing.dot(x(one.value), y, DOT, ink("accent"), null, mark);
}

// A value beside a row's last mark; where that is another report's, above its own dot.
function said(view, drawing, x, y, one, others) {
  const own = Math.max(one.value, one.high ?? one.value, one.previous ?? one.value);
  const words = one.previous === null ? view.said.value(one) : `${view.said.number(one.previous)} → ${view.said.value(one)}`;
  if (others.some((other) => other.value > own)) drawing.text(words, x(one.value), y - 12, "middle", { fill: ink("accent") });
  else drawing.text(words, x(own) + 12, y, "start", { fill: ink("accent") });
}
