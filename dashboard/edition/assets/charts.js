// The charts of a filtered page over time and by rank, from the counts of selection.js: the same
// findings, notes and marks as the dashboard's (dashboard/charts/). A chart is {name, title, notes,
// silent, keys, svg, rows}; keys are the legend, rows what a CSV holds, its heads first.
import { Drawing, ink, ticks } from "./draw.js";
import { daysOf, indexOf, keyOf, windowOf } from "./periods.js";
import { columns, grouped, shortened } from "./words.js";

export const GAP = 12;
export const LABEL = 22;
export const MOST_BARS = 40;
const ROW = 28;
const COLUMN = 6.6;
const ROOM = 1.15;
const NAMED_TIES = 3;
const TICKS = 5;

export const sum = (some) => some.reduce((a, b) => a + b, 0);
export const textRoom = (labels) => Math.round(Math.max(0, ...labels.map(columns)) * COLUMN) + GAP;
export const labelRoom = (labels) => textRoom(labels) + GAP;
export const rowsHeight = (count) => ROW * Math.max(count, 3);
const groupOf = (view, type) => Object.keys(view.facts.groups).find((one) => view.facts.groups[one].includes(type)) || "work";
const groupInk = (view, group) => ink(`group-${Object.keys(view.facts.groups).indexOf(group)}`);

export function total(pairs, key = 0) {
  const found = new Map();
  for (const one of pairs) found.set(one[key], (found.get(one[key]) || 0) + one[2]);
  return found;
}

// The only one that has most, or null.
export function most(totals) {
  const high = Math.max(...totals.values());
  const first = [...totals].filter(([, count]) => count === high);
  return first.length === 1 ? first[0] : null;
}

// key, count, rank, shared: most first; equal counts share a rank.
export function ranking(totals) {
  const found = [...totals].filter(([key]) => key !== null).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return found.map(([key, count]) => {
    const rank = 1 + found.filter((one) => one[1] > count).length;
    return { key, count, rank, shared: found.filter((one) => one[1] === count).length > 1 };
  });
}

const during = (view, first, last) => view.href({ from: daysOf(first)[0], to: daysOf(last)[1] });
export const span = (view, first, last) => view.said.date(first === last ? first : `${first}/${last}`);

// The labels of an axis of time, the year below the rest.
export function timeAxis(view, drawing, x, shown, kind, [before, behind]) {
  const [start, end] = [shown.place(shown.first - before), shown.place(shown.last + behind)];
  const step = Math.max(1, Math.ceil((shown.last - shown.first) / (TICKS - 1)));
  const near = 0.14 * (end - start);
  const label = (at, words) => drawing.text(words, x(at), drawing.bottom + 22, "middle");
  for (let one = shown.last; one >= shown.first; one -= step)
    if (!(before && one - start < near) && !(behind && end - one < near)) label(one, tick(view, keyOf(one, kind)));
  if (before) label(start, view.said.t("charts.earlier"));
  if (behind) label(end, view.said.t("charts.later"));
}

function tick(view, key) {
  const said = view.said.date(key);
  if (key.length === 4) return said;
  if (view.language === "zh") return said.replace(/^(\d+年)(.*)$/, "$2\n$1");
  const words = said.replace(",", "").split(" ");
  return `${words.slice(0, -1).join(" ")}\n${words.at(-1)}`;
}

export function timeRange(shown, [before, behind]) {
  const [start, end] = [shown.place(shown.first - before), shown.place(shown.last + behind)];
  const spare = Math.max(0, 8 - (shown.last - shown.first + 1)) / 2 + 0.6;
  const margin = before || behind ? Math.max(spare, 0.03 * (end - start)) : spare;
  return [start - margin, end + margin];
}

export const asides = (shown, indexes) => [indexes.some((one) => one < shown.first), indexes.some((one) => one > shown.last)].map(Number);

export function overTime(view, per) {
  const { said } = view;
  const counts = view.facts.counts(view.found.activities, per);
  const known = counts.filter(([key]) => key !== null);
  if (!known.length) return null;
  const totals = total(known);
  const shown = windowOf(new Map([...totals].map(([key, count]) => [indexOf(key), count])));
  const aside = asides(shown, [...totals.keys()].map(indexOf));
  const first = most(totals);
  const title = first ? said.t("charts.time_most", { when: said.date(first[0]), count: first[1] }) : said.t("charts.time_question");
  const drawing = new Drawing(view.width, 300, [44, 8, GAP, 56], title);
  const keys = timeBars(view, drawing, known, shown, aside, per);
  const every = sum(counts.map((one) => one[2]));
  const dated = sum(known.map((one) => one[2]));
  const far = sum(known.filter(([key]) => !shown.holds(indexOf(key))).map((one) => one[2]));
  const notes = [said.t("charts.time_counts", { per: said.t(`per.${per}`) })];
  if (dated < every) notes.push(said.t(`charts.dated.${per}`, { total: every, dated }));
  if (far) notes.push(said.t("charts.aside", { count: far }));
  return { name: `activities_${per}`, title, notes, keys, svg: drawing.svg, rows: byType(view, said.t("per.label"), counts) };
}

export function byType(view, head, counts, name = (key) => key) {
  const { said } = view;
  const heads = [head, said.t("dimension.type"), said.t("overview.activities")];
  return [heads, ...counts.map(([key, type, count]) => [key === null ? "" : name(key), said.named("type", type), count])];
}

// Stacked by group of types, one bar a place and group; the legend that they need.
function timeBars(view, drawing, known, shown, aside, per) {
  const places = new Map();
  for (const [key, type, count] of known) {
    const [at, group] = [shown.place(indexOf(key)), groupOf(view, type)];
    if (!places.has(at)) places.set(at, new Map());
    if (!places.get(at).has(group)) places.get(at).set(group, []);
    places.get(at).get(group).push([key, type, count]);
  }
  const heights = [...places.values()].map((groups) => sum([...groups.values()].flat().map((one) => one[2])));
  const high = Math.max(1, ...heights) * ROOM;
  const x = drawing.across(...timeRange(shown, aside));
  const y = drawing.up(0, high);
  for (const one of ticks(0, high, true)) {
    drawing.line(drawing.left, y(one), drawing.right, y(one));
    drawing.text(one, drawing.left - 6, y(one), "end");
  }
  const used = new Set();
  for (const [at, groups] of [...places].sort((a, b) => a[0] - b[0])) {
    let base = 0;
    for (const group of Object.keys(view.facts.groups).filter((one) => groups.has(one))) {
      used.add(group);
      base += timeBar(view, drawing, [x, y], at, base, groups.get(group), groupInk(view, group));
    }
  }
  timeAxis(view, drawing, x, shown, per, aside);
  return Object.keys(view.facts.groups).filter((one) => used.has(one)).map((group) => ({ name: view.said.t(`charts.group.${group}`), mark: "square", colour: groupInk(view, group) }));
}

function timeBar(view, drawing, [x, y], at, base, held, colour) {
  const count = sum(held.map((one) => one[2]));
  const keys = held.map(([key]) => key).sort();
  const types = total(held, 1);
  const lines = [...types].map(([type, some]) => `${view.said.named("type", type)} ${some}`);
  const mark = drawing.mark([span(view, keys[0], keys.at(-1)), ...lines].join("\n"), during(view, keys[0], keys.at(-1)));
  const width = x(at + 0.41) - x(at - 0.41);
  drawing.bar(x(at - 0.41), y(base + count), width, y(base) - y(base + count), colour, mark);
  return count;
}

// Types, provinces or cities by how many activities they have.
export function ranked(view, dimension, limit = MOST_BARS) {
  const { said, facts } = view;
  const counts = facts.counts(view.found.activities, dimension);
  const every = ranking(total(counts));
  const shown = every.slice(0, limit);
  const name = (key) => (dimension === "type" ? said.named("type", key) : facts.names.get(key) || key);
  const labels = shown.map((one) => `${shortened(name(one.key), LABEL)}  ${said.t(one.shared ? "charts.rank_shared" : "charts.rank", one)}`);
  const title = rankedTitle(view, dimension, every, counts, name);
  const right = textRoom(shown.map((one) => grouped(one.count)));
  const drawing = new Drawing(view.width, rowsHeight(shown.length), [labelRoom(labels), 8, right, GAP], title);
  const x = drawing.across(0, Math.max(1, ...shown.map((one) => one.count)));
  shown.forEach((one, at) => {
    const middle = drawing.top + (at + 0.5) * (rowsHeight(shown.length) / shown.length);
    const colour = dimension === "type" ? groupInk(view, groupOf(view, one.key)) : ink("accent");
    const mark = drawing.mark(`${name(one.key)} ${grouped(one.count)}`, view.href({ [dimension]: [one.key] }));
    drawing.bar(drawing.left, middle - 0.41 * ROW, x(one.count) - drawing.left, 0.82 * ROW, colour, mark);
    drawing.text(grouped(one.count), x(one.count) + 4, middle, "start", { parent: mark });
    drawing.text(labels[at], drawing.left - 6, middle, "end");
  });
  const silent = dimension === "type" ? [] : facts.silent(view.chosen, view.found.activities, dimension);
  const notes = [said.t("charts.counts_activities"), ...placeNotes(view, dimension, counts, every, silent, limit)];
  const rows = byType(view, said.t(`dimension.${dimension}`), counts, name);
  return { name: `activities_${dimension}`, title, notes, silent: unheard(view, every, silent), keys: [], svg: drawing.svg, rows };
}

function rankedTitle(view, dimension, every, counts, name) {
  const first = every.filter((one) => one.rank === 1);
  if (!first.length || first.length > NAMED_TIES) return view.said.t(`charts.by_question.${dimension}`);
  const names = view.said.joined(first.map((one) => shortened(name(one.key), LABEL)));
  const key = first.length === 1 ? "by_most" : "by_ties";
  return view.said.t(`charts.${key}.${dimension}`, { names, count: first[0].count, total: sum(counts.map((one) => one[2])) });
}

// What has no such place, and how many of the places report anything.
export function placeNotes(view, dimension, counts, every, silent, limit = Infinity) {
  const { t } = view.said;
  const without = sum(counts.filter(([key]) => key === null).map((one) => one[2]));
  const notes = [];
  if (!every.length) notes.push(t("charts.nothing"));
  if (without) notes.push(t(`charts.without.${dimension}`, { count: without }));
  if (every.length > limit) notes.push(t("charts.first", { shown: limit, count: every.length }));
  if (silent.length && every.length) notes.push(t("charts.reporting", { reporting: every.length, every: every.length + silent.length }));
  return notes;
}

export function unheard(view, every, silent) {
  return silent.length && every.length ? view.said.t("charts.silent", { names: view.said.names(silent) }) : "";
}
