// The interface's words, dates and numbers in the page's language, as dashboard/theme.py has them.
const SCALES = {
  zh: [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]],
  en: [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]],
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MOST_NAMED = 40;
const LEAST_SHARE = 1000;
const GROUPED = 10000;

// The width of a text in half-width columns; a Chinese character takes two.
export function columns(text) {
  return [...text].reduce((sum, one) => sum + (/[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(one) ? 2 : 1), 0);
}

export function shortened(text, limit) {
  if (columns(text) <= limit) return text;
  let kept = [...text];
  while (columns(kept.join("")) >= limit) kept = kept.slice(0, -1);
  return `${kept.join("").trimEnd()}…`;
}

// A whole number as it is read: 3864, 11,365.
export function grouped(number) {
  return Math.abs(number) >= GROUPED ? number.toLocaleString("en") : String(number);
}

export function speaker(words, language) {
  const has = (key) => key in words;
  const t = (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (all, name) => (name in values ? told(values[name]) : all));
  const told = (one) => (Number.isInteger(one) ? grouped(one) : one);
  const named = (group, value) => (has(`${group}.${value}`) ? words[`${group}.${value}`] : value);
  const joined = (parts) => parts.join(t("list.comma"));

  function names(some) {
    const listed = joined(some.slice(0, MOST_NAMED));
    return some.length > MOST_NAMED ? t("charts.and_more", { names: listed, count: some.length }) : listed;
  }

  function day(year, rest) {
    if (language === "en") return [...rest.slice(1), ...rest.slice(0, 1).map((one) => MONTHS[one - 1]), year].join(" ");
    return year + rest.map((one, at) => "年月"[at] + one).join("") + "年月日"[rest.length];
  }

  function date(iso) {
    if (iso.includes("/")) return iso.split("/").map(date).join(" – ");
    const [year, ...rest] = iso.split("-");
    const key = { Q: "charts.quarter_of", W: "charts.week_of" }[(rest[0] || "")[0]];
    if (key) return t(key, { year, number: rest[0].slice(1).replace(/^0+/, "") });
    return day(year, rest.map(Number));
  }

  const scaleOf = (size) => SCALES[language].find(([least]) => size >= least) || [1, ""];
  const plain = (one) => one.toLocaleString("en", { maximumFractionDigits: 4, useGrouping: language === "en" });
  function number(one) {
    const [scale, word] = scaleOf(Math.abs(one));
    return plain(one / scale) + word;
  }

  function unit(name) {
    if (!name) return "";
    const known = named("unit", name);
    return language === "zh" || known === "%" ? known : ` ${known}`;
  }

  // A figure as it is read: about where it is approximate, both ends of a range scaled alike.
  function value({ value: low, high, approximate, unit: name }) {
    if (low === null) return t("charts.not_reported");
    const ends = high === null ? [low] : [low, high];
    const sizes = ends.map(Math.abs);
    const [scale, word] = scaleOf(Math.max(...sizes));
    const far = Math.min(...sizes) < scale / LEAST_SHARE;
    const said = (far ? ends.map(number).join("–") : ends.map((one) => plain(one / scale)).join("–") + word) + unit(name);
    return approximate ? t("charts.about", { value: said }) : said;
  }

  return { t, has, named, names, joined, date, number, value, unit: (name) => unit(name).trim() };
}
