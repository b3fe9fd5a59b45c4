// Says for tests what a filtered page of an edition counts and how it says dates and values: reads
// the folder of its filters from its argument, queries and keys from its input; writes JSON.
import { readFileSync } from "node:fs";
import { BUCKETS, daysOf, indexOf, keyOf, kindOf } from "./periods.js";
import { Facts, byCity, measures, query } from "./selection.js";
import { speaker } from "./words.js";

// As much of a document as drawings are put on here.
class Piece {
  setAttribute() {}
  append() {}
}
globalThis.document = {
  createElement: () => ({ content: { firstChild: {} } }),
  createElementNS: () => new Piece(),
};
const { overTime, ranked } = await import("./charts.js");
const { calendar, matrix } = await import("./cells.js");
const { panels } = await import("./panels.js");
const { cities, tiles } = await import("./places.js");

const read = (name) => JSON.parse(readFileSync(`${process.argv[2]}/${name}.json`, "utf-8"));
const asked = JSON.parse(readFileSync(0, "utf-8"));
const facts = new Facts(read("facts"));
const values = read("measures");
const said = ["zh", "en"].map((one) => speaker(read(one), one));

// What stands around each chart: title, notes, who reports nothing, legend.
function cards(view, counted) {
  const per = view.facts.usualPeriod(view.found.activities);
  const all = view.found.activities.length
    ? [overTime(view, per), ...["type", "province", "city"].map((one) => ranked(view, one)), calendar(view), matrix(view), panels(view, per)]
    : [];
  const areas = view.facts.areaCounts({ ...view.chosen, province: [], city: [] }, view.facts.provinces, "province")
    .map((one) => ({ ...one, value: one.activities, column: 0, row: 0 }));
  const { t } = view.said;
  const notes = [t("map.unit_activities"), t("map.note_tiles")];
  if (areas.some((one) => one.articles)) all.push(tiles(view, "map_tiles", t("map.provinces_by.activities"), notes, areas, () => null));
  if (counted.length) all.push(cities(view, counted[0], asked.others));
  return all.filter(Boolean).map((one) =>
    [one.name, one.title, one.notes, one.silent || "", one.keys.map((key) => [key.name, key.mark])]);
}

function viewOf(chosen, found, language, said) {
  return { facts, values, said, chosen, found, language, own: {}, width: 600, href: () => "", toFact: () => "" };
}

function answer(text) {
  const chosen = facts.asked(new URLSearchParams(text));
  const found = facts.select(chosen);
  const counted = measures(facts, values, found.figures);
  const anywhere = { ...chosen, province: [], city: [] };
  const below = (province) => facts.areaCounts({ ...chosen, province: [province], city: [] }, ...facts.below(province));
  return {
    query: query(chosen).toString(),
    found,
    overview: facts.overview(chosen, found),
    usual: facts.usualPeriod(found.activities),
    counts: Object.fromEntries(
      [...BUCKETS, "type", "province", "city"].map((by) => [by, facts.counts(found.activities, by)])),
    panels: facts.panels(found.activities, "month"),
    silent: ["province", "city"].map((one) => facts.silent(chosen, found.activities, one)),
    provinces: facts.areaCounts(anywhere, facts.provinces, "province"),
    below: asked.below.map(below),
    measures: counted,
    cards: said.map((one, at) => cards(viewOf(chosen, found, ["zh", "en"][at], one), counted)),
    cities: counted.slice(0, 3).map(({ at }) => byCity(facts, values, chosen, found.figures, at)),
  };
}

const numbers = values.value.map((value, at) => ({
  value,
  high: values.high[at],
  approximate: values.approximate[at],
  unit: values.measure[at] < 0 ? null : values.measures[values.measure[at]][2],
}));
console.log(JSON.stringify({
  answers: asked.queries.map(answer),
  values: said.map(({ value }) => numbers.map(value)),
  dates: said.map(({ date }) => asked.dates.map(date)),
  keys: asked.keys.map((key) => [indexOf(key), keyOf(indexOf(key), kindOf(key)), ...daysOf(key)]),
}));
