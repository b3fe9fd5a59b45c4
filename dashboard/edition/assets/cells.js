// The cells of a filtered page: type × province as a table, and the days of a calendar, as
// dashboard/charts/cells.py has them.
import { GAP, LABEL, MOST_BARS, byType, labelRoom, most, placeNotes, ranking, rowsHeight, sum, textRoom, total, unheard } from "./charts.js";
import { Drawing, ink } from "./draw.js";
import { daysOf, indexOf, keyOf, windowOf } from "./periods.js";
import { shortened } from "./words.js";

const MOST_TYPES = 9;
const MOST_MONTHS = 24;
const SHADES = 5;
const OTHERS = "others";

// Counts from 1 to the most as a few ranges, each longer than the one before.
export function shades(high) {
  if (high <= SHADES) return Array.from({ length: high }, (_, at) => [at + 1, at + 1]);
  const ends = Array.from({ length: SHADES }, (_, at) => Math.max(at + 1, Math.round(high ** ((at + 1) / SHADES))));
  return ends.map((end, at) => [(at ? ends[at - 1] : 0) + 1, end]);
}

const shadeInk = (at, count) => (count === 1 ? SHADES - 1 : Math.round((at * (SHADES - 1)) / (count - 1)));

// Cells of {row, column, count, name, href} by shade; the legend of the shades.
function cells(drawing, some, across, rows, numbers) {
  const steps = shades(Math.max(0, ...some.map((one) => one.count)));
  const wide = (drawing.right - drawing.left) / across;
  const high = (drawing.bottom - drawing.top) / rows;
  for (const one of some) {
    const at = steps.findIndex(([low, end]) => one.count >= low && one.count <= end);
    const shade = shadeInk(at, steps.length);
    const [x, y] = [drawing.left + one.column * wide, drawing.top + one.row * high];
    const mark = drawing.mark(one.name, one.href);
    drawing.bar(x + 0.04 * wide, y + 0.04 * high, 0.92 * wide, 0.92 * high, ink(`sequence-${shade}`), mark);
    if (numbers) drawing.text(one.count, x + wide / 2, y + high / 2, "middle", { fill: ink(`ink-${shade}`), parent: mark });
  }
  return steps.map(([low, end], at) => ({
    name: low === end ? String(low) : `${low}–${end}`, mark: "square", colour: ink(`sequence-${shadeInk(at, steps.length)}`) }));
}

// Which province reports which types.
export function matrix(view) {
  const { said, facts } = view;
  const counts = facts.counts(view.found.activities, "province");
  const every = ranking(total(counts));
  const shown = every.slice(0, MOST_BARS);
  const rows = new Map(shown.map((one, at) => [one.key, at]));
  const known = counts.filter(([key]) => rows.has(key));
  const types = columnsOf(known);
  const heads = types.map((one) => (one === OTHERS ? said.t("charts.other_types") : said.named("type", one)));
  const labels = shown.map((one) => shortened(facts.names.get(one.key) || one.key, LABEL));
  const stacked = view.language === "zh";
  const top = stacked ? Math.max(0, ...heads.map((one) => [...one].length)) * 17 + GAP : textRoom(heads);
  const title = matrixTitle(view, known);
  const drawing = new Drawing(view.width, rowsHeight(shown.length), [labelRoom(labels), top, GAP, GAP], title);
  const silent = facts.silent(view.chosen, view.found.activities, "province");
  const keys = cells(drawing, matrixCells(view, known, rows, types, heads), Math.max(types.length, 1), Math.max(shown.length, 1), true);
  matrixHeads(drawing, labels, heads, stacked);
  const notes = [said.t("charts.matrix_counts"), ...placeNotes(view, "province", counts, every, silent)];
  const names = (key) => facts.names.get(key) || key;
  return { name: "activities_matrix", title, notes, silent: unheard(view, every, silent), keys, svg: drawing.svg,
    rows: byType(view, said.t("dimension.province"), counts, names) };
}

function columnsOf(known) {
  const found = [...total(known, 1)].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([type]) => type);
  return found.length <= MOST_TYPES + 1 ? found : [...found.slice(0, MOST_TYPES), OTHERS];
}

function matrixCells(view, known, rows, types, heads) {
  const held = new Map();
  for (const [key, type, count] of known) {
    const column = types.includes(type) ? types.indexOf(type) : types.length - 1;
    const name = `${key}/${column}`;
    if (!held.has(name)) held.set(name, { row: rows.get(key), column, count: 0, key });
    held.get(name).count += count;
  }
  return [...held.values()].map((one) => ({
    ...one,
    name: `${view.facts.names.get(one.key) || one.key} ${heads[one.column]} ${one.count}`,
    href: view.href({ province: [one.key], ...(types[one.column] === OTHERS ? {} : { type: [types[one.column]] }) }),
  }));
}

function matrixHeads(drawing, labels, heads, stacked) {
  const wide = (drawing.right - drawing.left) / Math.max(heads.length, 1);
  const high = (drawing.bottom - drawing.top) / Math.max(labels.length, 1);
  labels.forEach((one, at) => drawing.text(one, drawing.left - 6, drawing.top + (at + 0.5) * high, "end"));
  heads.forEach((one, at) => {
    const x = drawing.left + (at + 0.5) * wide;
    const letters = [...one];
    if (stacked) drawing.text(letters.join("\n"), x, drawing.top - 4 - (letters.length * 15) / 2, "middle");
    else drawing.text(one, x, drawing.top - 4, "start", { turn: -90 });
  });
}

function matrixTitle(view, known) {
  const first = known.length ? most(new Map(known.map(([key, type, count]) => [`${key}/${type}`, count]))) : null;
  if (!first) return view.said.t("charts.matrix_question");
  const [key, type] = first[0].split("/");
  return view.said.t("charts.matrix_most", { place: view.facts.names.get(key) || key, type: view.said.named("type", type), count: first[1] });
}

// Each day of each month, shaded by its activities.
export function calendar(view) {
  const { said } = view;
  const counts = view.facts.counts(view.found.activities, "day");
  const days = total(counts.filter(([key]) => key !== null));
  const months = monthsOf(days);
  const labels = months.map(said.date);
  const first = days.size ? most(days) : null;
  const title = first
    ? said.t("charts.calendar_most", { day: said.date(first[0]), weekday: weekday(view, first[0]), count: first[1] })
    : said.t("charts.calendar_question");
  const drawing = new Drawing(view.width, rowsHeight(months.length), [labelRoom(labels), 24, GAP, GAP], title);
  const high = rowsHeight(months.length) / Math.max(months.length, 1);
  const wide = (drawing.right - drawing.left) / 31;
  for (let day = 1; day <= 31; day += day === 1 ? 4 : 5) drawing.text(day, drawing.left + (day - 0.5) * wide, drawing.top - 10, "middle");
  months.forEach((month, row) => {
    drawing.text(labels[row], drawing.left - 6, drawing.top + (row + 0.5) * high, "end");
    for (let day = 0; day < Number(daysOf(month)[1].slice(8)); day += 1)
      drawing.bar(drawing.left + (day + 0.04) * wide, drawing.top + (row + 0.04) * high, 0.92 * wide, 0.92 * high, ink("paper"));
  });
  const held = [...days].filter(([day]) => months.includes(day.slice(0, 7)));
  const some = held.map(([day, count]) => ({
    row: months.indexOf(day.slice(0, 7)), column: Number(day.slice(8)) - 1, count,
    name: `${said.date(day)} ${weekday(view, day)} ${count}`, href: view.href({ from: day, to: day }) }));
  const keys = cells(drawing, some, 31, Math.max(months.length, 1), false);
  const [drawn, every] = [sum(held.map((one) => one[1])), sum(counts.map((one) => one[2]))];
  const notes = [said.t("charts.calendar_counts")];
  if (!months.length) notes.push(said.t("charts.nothing"));
  else if (drawn < every) notes.push(said.t("charts.calendar_drawn", { total: every, drawn }));
  return { name: "activities_calendar", title, notes, keys, svg: drawing.svg, rows: byType(view, said.t("per.day"), counts) };
}

function weekday(view, day) {
  return view.said.t(`charts.weekday.${new Date(`${day}T00:00:00Z`).getUTCDay() || 7}`);
}

function monthsOf(days) {
  if (!days.size) return [];
  const totals = new Map();
  for (const [day, count] of days) totals.set(indexOf(day.slice(0, 7)), (totals.get(indexOf(day.slice(0, 7))) || 0) + count);
  const shown = windowOf(totals);
  const first = Math.max(shown.first, shown.last - MOST_MONTHS + 1);
  return Array.from({ length: shown.last - first + 1 }, (_, at) => keyOf(first + at, "month"));
}
