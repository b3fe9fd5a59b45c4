// Days and the buckets of time that hold them, as dashboard/queries/periods.py and
// dashboard/charts/timeline.py have them. A bucket is 2023-12-28, 2023-W52, 2023-12, 2023-Q4, 2023.
const DAY = 86400000;
export const BUCKETS = ["day", "week", "month", "quarter", "year"];

const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const two = (one) => String(one).padStart(2, "0");
const four = (one) => String(one).padStart(4, "0");

// Day 0 was a Thursday; weeks begin on Monday and belong to the year of their Thursday.
const weekOf = (day) => Math.floor((day + 3) / 7);

function weekName(week) {
  const thursday = iso(week * 7);
  const year = thursday.slice(0, 4);
  return `${year}-W${two(Math.floor((week * 7 - number(`${year}-01-01`)) / 7) + 1)}`;
}

const OF_DAY = {
  day: (day) => day,
  week: (day) => weekName(weekOf(number(day))),
  month: (day) => day.slice(0, 7),
  quarter: (day) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`,
  year: (day) => day.slice(0, 4),
};

// The bucket that holds all days of a period, or null where none does.
export function bucketOf([first, last], kind) {
  const found = OF_DAY[kind](first);
  return found === OF_DAY[kind](last) ? found : null;
}

export function daysBetween(first, last) {
  return number(last) - number(first) + 1;
}

export function isDay(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && iso(number(text)) === text;
}

// Which kind of bucket a key is of.
export function kindOf(key) {
  if (key.includes("W")) return "week";
  if (key.includes("Q")) return "quarter";
  return { 4: "year", 7: "month" }[key.length] || "day";
}

// Where a bucket stands on an axis on which each next one is 1 further, and the way back.
export function indexOf(key) {
  const [year, rest] = [Number(key.slice(0, 4)), key.slice(5)];
  const kind = kindOf(key);
  if (kind === "year") return year;
  if (kind === "quarter") return year * 4 + Number(rest.slice(1)) - 1;
  if (kind === "month") return year * 12 + Number(rest) - 1;
  if (kind === "day") return number(key);
  return weekOf(number(`${year}-01-04`)) + Number(rest.slice(1)) - 1;
}

export function keyOf(index, kind) {
  if (kind === "year") return four(index);
  if (kind === "quarter") return `${four(Math.floor(index / 4))}-Q${(index % 4) + 1}`;
  if (kind === "month") return `${four(Math.floor(index / 12))}-${two((index % 12) + 1)}`;
  return kind === "day" ? iso(index) : weekName(index);
}

// The first and the last day of a bucket.
export function daysOf(key) {
  const [kind, index] = [kindOf(key), indexOf(key)];
  if (kind === "day") return [key, key];
  if (kind === "week") return [iso(index * 7 - 3), iso(index * 7 + 3)];
  const months = { month: 1, quarter: 3, year: 12 }[kind];
  const start = kind === "month" ? index : index * months;
  const day = (month) => `${four(Math.floor(month / 12))}-${two((month % 12) + 1)}-01`;
  return [day(start), iso(number(day(start + months)) - 1)];
}

const LEAST = 8;

// The buckets around the middle of what is counted (index → count); the others stand aside.
export function windowOf(totals) {
  const known = [...totals.keys()].sort((a, b) => a - b);
  const sum = [...totals.values()].reduce((a, b) => a + b, 0);
  const reaching = (share) => {
    let before = 0;
    return known.find((one) => (before += totals.get(one)) / sum >= share);
  };
  const [low, high] = [reaching(0.1), reaching(0.9)];
  const reach = Math.max(Math.floor((high - low + 1) / 2), LEAST);
  const near = known.filter((one) => one >= low - reach && one <= high + reach);
  let [first, last] = [known[0], known.at(-1)];
  if (last - first + 1 >= 1.5 * Math.max(near.at(-1) - near[0] + 1, LEAST)) [first, last] = [near[0], near.at(-1)];
  const aside = Math.max(2, Math.round(0.06 * (last - first + 1)));
  const place = (index) => (index < first ? first - aside : index > last ? last + aside : index);
  return { first, last, place, holds: (index) => index >= first && index <= last };
}
