// What the chosen facts come to, as dashboard/queries/ counts them: the same questions, the same
// numbers. Facts are those of filters/facts.json, each known by its place in its list.
import { BUCKETS, bucketOf, daysBetween, isDay } from "./periods.js";

export const FILTERS = ["province", "city", "type", "from", "to"];
const SEVERAL = ["province", "city", "type"];
const DAYS = { day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365.25 };
const MOST_BUCKETS = 60;

const known = (values) => new Set(values.filter((one) => one !== null && one !== undefined));

export class Facts {
  constructor(data) {
    Object.assign(this, data);
    this.names = new Map(data.provinces.map(([code, name]) => [code, name]));
    this.cityOf = new Map();
    for (const [province, cities] of Object.entries(data.cities))
      for (const [code, name] of cities) {
        this.cityOf.set(code, province);
        if (!this.names.has(code)) this.names.set(code, name);
      }
  }

  // What an address asks for; what is no place, no type and no day is dropped.
  asked(query) {
    const all = (name) => [...new Set(query.getAll(name))];
    const province = all("province").filter((one) => this.cities[one]);
    const city = all("city").filter(
      (one) => this.cityOf.has(one) && (!province.length || province.includes(this.cityOf.get(one))));
    const type = all("type").filter((one) => this.types.includes(one));
    const day = (name) => (isDay(query.get(name) || "") ? query.get(name) : null);
    return { province, city, type, from: day("from"), to: day("to") };
  }

  area(number) {
    return number < 0 ? [null, null, null] : this.areas[number];
  }

  // The places in their lists of the articles, activities and figures that are chosen.
  select(chosen) {
    const within = this._within(chosen);
    const types = new Set(chosen.type.map((one) => this.types.indexOf(one)));
    const issued = this._issued(chosen);
    const { articles, activities, figures } = this;
    const dated = (number) => this._overlaps(number, chosen);
    const places = (column, test) => [...column.keys()].filter(test);
    const telling = types.size && new Set(
      activities.article.filter((_, at) => types.has(activities.type[at])));
    return {
      articles: places(articles.issue, (at) =>
        (!within || articles.placed[at].some((one) => within[one]))
        && (!telling || telling.has(at)) && (!issued || issued(at))),
      activities: places(activities.area, (at) =>
        (!within || within[activities.area[at]])
        && (!types.size || types.has(activities.type[at])) && dated(activities.period[at])),
      figures: places(figures.area, (at) =>
        (!within || within[figures.area[at]])
        && (!types.size || types.has(figures.type[at])) && (!issued || issued(figures.article[at]))),
    };
  }

  // Whether each area lies in the chosen places, or null where none is chosen.
  _within({ province, city }) {
    if (!province.length && !city.length) return null;
    return this.areas.map(([, of, in_]) =>
      (!province.length || province.includes(of)) && (!city.length || city.includes(in_)));
  }

  _issued({ from, to }) {
    if (!from && !to) return null;
    const fits = this.days.map((day) => (!from || day >= from) && (!to || day <= to));
    return (article) => Boolean(fits[this.articles.issue[article]]);
  }

  _overlaps(number, { from, to }) {
    if (!from && !to) return true;
    if (number < 0) return false;
    const [first, last] = this.periods[number];
    return (!from || last >= from) && (!to || first <= to);
  }

  overview(chosen, found) {
    const within = this._within(chosen);
    const areas = known([
      ...found.articles.map((at) => this.articles.area[at]),
      ...found.activities.map((at) => this.activities.area[at]),
      ...found.figures.map((at) => this.figures.area[at]),
    ]);
    const inside = [...areas].filter((one) => one >= 0 && (!within || within[one])).map((one) => this.areas[one]);
    return {
      articles: found.articles.length,
      activities: found.activities.length,
      figures: found.figures.length,
      provinces: known(inside.map(([, province]) => province)).size,
      cities: known(inside.map(([, , city]) => city)).size,
    };
  }

  // What an activity is counted by: a bucket of time, its type, its province or its city.
  keyOf(at, by) {
    const { area, type, period } = this.activities;
    if (by === "type") return this.types[type[at]];
    if (by === "province") return this.area(area[at])[1];
    if (by === "city") return this.area(area[at])[2];
    return period[at] < 0 ? null : bucketOf(this.periods[period[at]], by);
  }

  // How many of the activities have each key and type: [key, type, count], keys without a value last.
  counts(activities, by) {
    return this._counted(activities, (at) => [this.keyOf(at, by), this.types[this.activities.type[at]]]);
  }

  // How many there are in each province and bucket: [province, bucket, count].
  panels(activities, bucket) {
    return this._counted(activities, (at) => [this.keyOf(at, "province"), this.keyOf(at, bucket)]);
  }

  _counted(activities, pair) {
    const found = new Map();
    for (const at of activities) {
      const [key, other] = pair(at);
      const name = `${key ?? ""}|${other ?? ""}`;
      if (!found.has(name)) found.set(name, [key, other, 0]);
      found.get(name)[2] += 1;
    }
    const order = (a, b) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1);
    return [...found.values()].sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]));
  }

  // The finest period that can be read and places nearly all of the activities.
  usualPeriod(activities) {
    const dated = activities.map((at) => this.activities.period[at]).filter((one) => one >= 0).map((one) => this.periods[one]);
    if (!dated.length) return "month";
    const firsts = dated.map(([first]) => first).sort();
    // As DuckDB's quantile_disc: the first value up to which a tenth, or nine tenths, have come.
    const at = (tenths) => firsts[Math.max(1, firsts.length - Math.floor((firsts.length * (10 - tenths)) / 10)) - 1];
    const days = daysBetween(at(1), at(9));
    const held = Object.fromEntries(BUCKETS.map((one) => [one, dated.filter((period) => bucketOf(period, one)).length]));
    const fits = (one) => days / DAYS[one] <= MOST_BUCKETS && held[one] >= 0.9 * held.quarter;
    return BUCKETS.find(fits) || "year";
  }

  // The names of provinces or cities that are asked about and report nothing.
  silent(chosen, activities, dimension) {
    const found = known(activities.map((at) => this.keyOf(at, dimension)));
    const expected = dimension === "province" ? this._provinces(chosen) : this.expectedCities(chosen, found);
    return expected.filter(([code]) => !found.has(code)).map(([, name]) => name);
  }

  _provinces({ province, city }) {
    const asked = new Set([...province, ...city.map((one) => this.cityOf.get(one))]);
    return this.provinces.filter(([code]) => !asked.size || asked.has(code));
  }

  expectedCities({ province, city }, found) {
    const asked = [province, city].find((some) => some.length) || [...found];
    const provinces = asked.map((one) => `${one.slice(0, 2)}0000`);
    return [...new Set(provinces)].sort().flatMap((one) => this.cities[one] || [])
      .filter(([code]) => !city.length || city.includes(code));
  }

  // What each area reports: [code, name, short, articles, activities, figures]; where there is no
  // article, the last two are null: nobody reported, which is not that there were none.
  areaCounts(chosen, areas, level) {
    const found = this.select(chosen);
    const key = (number) => this.area(number)[{ county: 0, province: 1, city: 2 }[level]];
    const count = (keys) => {
      const held = new Map();
      for (const one of keys) held.set(one, (held.get(one) || 0) + 1);
      return (code) => held.get(code) || 0;
    };
    const articles = count(found.articles.flatMap((at) => [...known(this.articles.placed[at].map(key))]));
    const activities = count(found.activities.map((at) => key(this.activities.area[at])));
    const figures = count(found.figures.map((at) => key(this.figures.area[at])));
    return areas.map(([code, name, short]) => {
      const some = articles(code);
      return { code, name, short, articles: some, activities: some ? activities(code) : null, figures: some ? figures(code) : null };
    });
  }

  // The areas directly below a province, and their level.
  below(province) {
    return this.districts[province] ? [this.districts[province], "county"] : [this.cities[province], "city"];
  }
}

// The filters of a selection as the parameters of an address.
export function query(chosen) {
  const found = new URLSearchParams();
  for (const name of SEVERAL) for (const one of chosen[name]) found.append(name, one);
  for (const name of ["from", "to"]) if (chosen[name]) found.set(name, chosen[name]);
  return found;
}

export function isEverything(chosen) {
  return !query(chosen).size;
}

// What figures count: results of the same thing, unit and kind, those of most cities first.
export function measures(facts, values, figures) {
  const held = new Map();
  for (const at of figures) {
    const measure = values.measure[at];
    if (measure < 0 || !values.result[at]) continue;
    if (!held.has(measure)) held.set(measure, { cities: new Set(), figures: 0 });
    const one = held.get(measure);
    one.figures += 1;
    const city = facts.area(facts.figures.area[at])[2];
    if (city) one.cities.add(city);
  }
  const found = [...held].map(([at, one]) => {
    const [id, counted, unit, kind] = values.measures[at];
    return { at, id, counted, unit, kind, cities: one.cities.size, figures: one.figures };
  });
  const money = (one) => Number(one.kind === "money");
  return found.sort((a, b) => b.cities - a.cities || money(b) - money(a) || b.figures - a.figures || (a.id < b.id ? -1 : 1));
}

// The figures of a measure by city, and the cities that have none: {figures, missing}.
export function byCity(facts, values, chosen, figures, measure) {
  const city = (at) => facts.area(facts.figures.area[at])[2];
  const found = figures.filter((at) => values.measure[at] === measure && city(at));
  const reported = new Set(found.map(city));
  const missing = facts.expectedCities(chosen, reported).filter(([code]) => !reported.has(code));
  return { figures: found, missing };
}
