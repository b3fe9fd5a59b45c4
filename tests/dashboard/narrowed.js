// Says for tests what a filtered page of an edition counts and how it says dates and values: reads
// the folder of its filters from its argument, queries and keys from its input; writes JSON.
import { readFileSync } from "node:fs";
import { BUCKETS, daysOf, indexOf, keyOf, kindOf } from "./periods.js";
import { Facts, byCity, measures, query } from "./selection.js";
import { speaker } from "./words.js";

const read = (name) => JSON.parse(readFileSync(`${process.argv[2]}/${name}.json`, "utf-8"));
const asked = JSON.parse(readFileSync(0, "utf-8"));
const facts = new Facts(read("facts"));
const values = read("measures");
const said = ["zh", "en"].map((one) => speaker(read(one), one));

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
