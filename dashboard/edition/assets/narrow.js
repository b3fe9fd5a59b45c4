// A page narrowed by filters: what its address asks for is counted and drawn here, and the rows of
// its lists are taken from the pages that have them. What comes from articles is text, or a row
// that this site wrote.
import { overTime, ranked } from "./charts.js";
import { calendar, matrix } from "./cells.js";
import { form } from "./filter_form.js";
import { element, listing } from "./listing.js";
import { panels } from "./panels.js";
import { cities, placed, tiles } from "./places.js";
import { BUCKETS } from "./periods.js";
import { Facts, isEverything, measures, query } from "./selection.js";
import { takeAway } from "./take_away.js";
import { speaker } from "./words.js";

const page = document.documentElement.dataset;
const PREFIX = { zh: "", en: "en/" };
const HOME = page.root + PREFIX[page.language];
const OWN = ["per", "by", "measure"];
// The search narrows its own hits; here stand its filters alone.
const SEARCH = page.narrows === "search/";
const COUNTED = ["activities", "articles", "figures"];
const NEWEST = 6;
const BESIDE = 10;
const content = document.getElementById("content");
// The page as it was written: it goes while another view stands there, whose charts have its names.
const written = [...content.childNodes];
const files = new Map();

function file(name) {
  if (!files.has(name)) {
    const found = fetch(`${page.root}filters/${name}.json`).then((one) => {
      if (!one.ok) throw new Error(`${name}: ${one.status}`);
      return one.json();
    });
    files.set(name, found);
    found.catch(() => files.delete(name));
  }
  return files.get(name);
}

// The narrowed page's own address with other choices; everything chosen is the page as it stands.
function address(chosen, own) {
  const found = query(chosen);
  const words = new URLSearchParams(location.search).get("q");
  if (SEARCH && words) found.set("q", words);
  for (const name of OWN) if (own[name]) found.set(name, own[name]);
  const home = HOME + page.narrows || "./";
  return found.size ? `${home}?${found}` : home;
}

async function viewOf() {
  const [data, words] = await Promise.all([file("facts"), file(page.language)]);
  const facts = new Facts(data);
  const asked = new URLSearchParams(location.search);
  const chosen = facts.asked(asked);
  const own = Object.fromEntries(OWN.map((name) => [name, asked.get(name)]));
  const said = speaker(words, page.language);
  const wide = innerWidth <= 640 ? 356 : 600;
  const view = { facts, said, chosen, own, language: page.language, width: wide, source: words.source, home: HOME };
  view.found = facts.select(chosen);
  view.href = (changes) => address({ ...chosen, ...changes }, own);
  view.toFact = (one) => `${HOME}articles/${one.article}/#${one.id}`;
  return view;
}

// The selection in words, as the dashboard says it.
function summary(view) {
  const { facts, said, chosen } = view;
  const places = [...chosen.province, ...chosen.city].map((one) => facts.names.get(one) || one);
  const types = chosen.type.map((one) => said.named("type", one));
  const { from, to } = chosen;
  const period = from && to ? said.t("filters.between", { start: from, end: to })
    : from ? said.t("filters.since", { start: from }) : to ? said.t("filters.until", { end: to }) : "";
  return [said.joined(places), said.joined(types), period].filter(Boolean).join(" · ") || said.t("filters.everything");
}

function card(view, chart) {
  const made = element("figure", undefined, "card");
  made.id = `chart-${chart.name}`;
  const head = element("header", undefined, "bm-chart-head");
  head.append(element("h3", chart.title, "bm-chart-title"));
  chart.notes.filter(Boolean).forEach((one, at) => head.append(element("p", one, at ? "bm-chart-note" : "bm-chart-sub")));
  const keys = element("div", undefined, "bm-keys");
  for (const one of chart.keys) {
    const key = element("span");
    const mark = element("i", undefined, `bm-key bm-key-${one.mark}`);
    mark.style.color = one.colour;
    key.append(mark, one.name);
    keys.append(key);
  }
  made.append(head, ...(chart.keys.length ? [keys] : []), chart.svg);
  for (const one of [chart.silent, view.source]) if (one) made.append(element("p", one, "bm-source"));
  made.append(takeAway(view, chart, summary(view)));
  return made;
}

function group(look, charts, view) {
  const made = element("div", undefined, look);
  made.append(...charts.filter(Boolean).map((one) => card(view, one)));
  return made;
}

function nothing(view) {
  return element("p", view.said.t("edition.nothing"), "note");
}

function overview(view) {
  const { facts, said, found } = view;
  const counts = facts.overview(view.chosen, found);
  if (!counts.articles && !counts.activities && !counts.figures) return [nothing(view)];
  const numbers = element("div", undefined, "numbers");
  const ways = { articles: "articles/", activities: "activities/", figures: "figures/", provinces: "map/", cities: "map/" };
  for (const [name, way] of Object.entries(ways)) {
    const one = element("a");
    one.href = `${HOME}${way}?${query(view.chosen)}`;
    one.append(element("strong", counts[name].toLocaleString("en")), ` ${said.t(`overview.${name}`)}`);
    numbers.append(one);
  }
  const charts = found.activities.length ? [overTime(view, facts.usualPeriod(found.activities)), ranked(view, "province", BESIDE)] : [];
  return [numbers, group("beside", charts, view), listing(view, "activities", found.activities, said.t("overview.newest"), NEWEST)];
}

function activities(view) {
  const { said, found } = view;
  if (!found.activities.length) return [nothing(view)];
  const per = BUCKETS.includes(view.own.per) ? view.own.per : view.facts.usualPeriod(found.activities);
  const charts = [
    overTime(view, per) || { name: `activities_${per}`, title: said.t("charts.time_question"), notes: [said.t("activities.undated")], keys: [], svg: "", rows: [] },
    calendar(view), ...["type", "city", "province"].map((one) => ranked(view, one)), panels(view, per), matrix(view)];
  return [group("cards", charts, view), listing(view, "activities", found.activities, said.t("activities.list", { count: found.activities.length }))];
}

async function figures(view) {
  const { said, found } = view;
  view.values = await file("measures");
  const every = measures(view.facts, view.values, found.figures);
  const chosen = every.find((one) => one.id === view.own.measure) || every[0];
  const parts = [];
  if (chosen) {
    if (innerWidth > 640) view.width = 900;
    parts.push(measureChoice(view, every, chosen), group("alone", [cities(view, chosen)], view));
  }
  if (!found.figures.length) return [nothing(view)];
  return [...parts, listing(view, "figures", found.figures, said.t("figures.list", { count: found.figures.length }))];
}

const MOST_MEASURES = 500;

function measureChoice(view, every, chosen) {
  const { said } = view;
  const label = element("label", `${said.t("figures.choose")} `, "narrow-measure");
  const select = element("select");
  for (const one of new Set([...every.slice(0, MOST_MEASURES), chosen])) {
    const words = { ...one, unit: one.unit || said.t("figures.no_unit"), kind: said.named("kind", one.kind) };
    select.append(new Option(said.t("figures.measure", words), one.id, false, one === chosen));
  }
  select.addEventListener("change", () => go(address(view.chosen, { ...view.own, measure: select.value })));
  label.append(select);
  return label;
}

function map(view) {
  const { facts, said, chosen } = view;
  const by = COUNTED.includes(view.own.by) ? view.own.by : COUNTED[0];
  const [province] = chosen.province;
  const alone = chosen.province.length === 1;
  const [areas, level] = alone ? facts.below(province) : [facts.provinces, "province"];
  const inside = { ...chosen, province: alone ? [province] : [], city: [] };
  const counts = facts.areaCounts(inside, areas, level).map((one) => ({ ...one, value: one.articles ? one[by] : null }));
  if (!alone && !counts.some((one) => one.articles)) return [nothing(view)];
  const every = alone ? placed(counts) : counts.map((one, at) => ({ ...one, column: areas[at][3], row: areas[at][4] }));
  const title = alone ? said.t(`map.cities_by.${by}`, { name: facts.names.get(province) }) : said.t(`map.provinces_by.${by}`);
  const href = alone
    ? (one) => (facts.reported.city.includes(one.code) ? view.href({ city: [one.code] }) : null)
    : (one) => (facts.reported.province.includes(one.code) ? view.href({ province: [one.code], city: [] }) : null);
  const notes = [said.t(`map.unit_${by}`), said.t(alone ? "map.note_order" : "map.note_tiles")];
  const chart = tiles(view, alone ? "map_cities" : "map_tiles", title, notes, every, href);
  const beside = group("beside", [chart], view);
  beside.append(areaList(view, every, alone ? said.t("map.list_cities", { name: facts.names.get(province) }) : said.t("map.list_provinces")));
  return [mapBy(view, by), beside];
}

function mapBy(view, by) {
  const made = element("nav", undefined, "switch");
  const label = view.said.t("map.by");
  made.setAttribute("aria-label", label);
  made.append(element("span", label));
  for (const one of COUNTED) {
    const way = element("a", view.said.t(`map.by_${one}`));
    way.href = address(view.chosen, { ...view.own, by: one === COUNTED[0] ? null : one });
    if (one === by) way.setAttribute("aria-current", "true");
    made.append(way);
  }
  return made;
}

function areaList(view, areas, title) {
  const made = element("section");
  const list = element("ul", undefined, "bm-areas");
  for (const one of areas.filter(({ value }) => value !== null).sort((a, b) => b.value - a.value)) {
    const item = element("li");
    item.append(placeName(view, one), " ", element("b", view.said.number(one.value)));
    list.append(item);
  }
  made.append(element("h2", title), list);
  const silent = areas.filter(({ value }) => value === null).map(({ name }) => name);
  if (silent.length) made.append(element("p", `${view.said.t("map.list_unreported", { count: silent.length })} ${view.said.joined(silent)}`, "bm-none"));
  return made;
}

// A place's name, as a link where there is a page of it.
function placeName(view, { code, name }) {
  if (!view.facts.areas.some((one) => one.includes(code))) return name;
  const way = element("a", name, "bm-to-place");
  way.href = `${HOME}place/${code}/`;
  return way;
}

function articles(view) {
  const { articles: found } = view.found;
  return found.length ? [listing(view, "articles", found, view.said.t("place.articles", { count: found.length }))] : [nothing(view)];
}

const SECTIONS = { "": overview, "activities/": activities, "figures/": figures, "map/": map, "articles/": articles };

// Ways to the other pages that can be narrowed keep the filters.
function keepInWays(view) {
  const asked = query(view.chosen);
  for (const way of document.querySelectorAll("nav a[data-narrows]"))
    way.href = asked.size ? `${HOME}${way.dataset.narrows}?${asked}` : HOME + way.dataset.narrows || "./";
  const other = document.querySelector("nav .language");
  other.href = `${other.href.split("?")[0]}${location.search}`;
}

let turn = 0;
// Draw what the address asks for; a page that is asked for nothing stands as it was written.
export async function narrow() {
  const mine = ++turn;
  const place = document.getElementById("narrowed");
  try {
    const view = await viewOf();
    const plain = SEARCH || isEverything(view.chosen) && !OWN.some((name) => view.own[name]);
    keepInWays(view);
    form(view, (chosen) => go(address(chosen, view.own)), summary(view));
    const drawn = plain ? [] : await SECTIONS[page.narrows](view);
    const { from, to } = view.chosen;
    if (from && to && from > to) drawn.unshift(element("p", view.said.t("filters.reversed"), "note"));
    if (mine !== turn) return;
    place.replaceChildren(...drawn);
    if (!SEARCH) content.replaceChildren(...(plain ? written : []));
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    await Promise.all(drawn.map((one) => one.done));
    place.dataset.drawn = location.search;
  } catch {
    if (mine === turn) document.getElementById("notice-unread").hidden = false;
  }
}

// Another choice: drawn in place where this page can, else by the page that can.
function go(way) {
  const target = new URL(way, location.href);
  if (target.pathname !== location.pathname || SEARCH) {
    location.assign(target);
    return;
  }
  history.pushState(null, "", target);
  narrow();
}
addEventListener("popstate", () => narrow());
