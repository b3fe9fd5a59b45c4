// Places side by side: reads the file of each chosen place. What comes from articles is text.
"use strict";

const form = document.getElementById("compare");
const choices = [...form.querySelectorAll("select")];
const told = document.getElementById("told");
const beside = document.getElementById("beside");
const hint = told.textContent;
const SHARED = 40;
const OWN = 15;

for (const one of choices.slice(1))
  one.append(...[...choices[0].options].map((option) => option.cloneNode(true)));

function element(tag, text, look) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (look) made.className = look;
  return made;
}

function value([, , said, issue, article, figure]) {
  const cell = element("td");
  const way = element("a", said);
  way.href = `../articles/${article}/#${figure}`;
  cell.append(way);
  if (issue) cell.append(document.createElement("br"), element("small", issue));
  return cell;
}

function row(head, cells) {
  const line = element("tr");
  const name = element("th", head);
  name.scope = "row";
  line.append(name, ...cells.map((one) => one || element("td", form.dataset.unreported, "bm-none")));
  return line;
}

function table(places, lines, label) {
  const frame = element("div", undefined, "bm-scroll");
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", label);
  const made = element("table", undefined, "bm-table");
  const heads = element("tr");
  for (const one of [{ name: form.dataset.measure }, ...places]) {
    const head = element("th");
    head.scope = "col";
    const way = one.code ? element("a", one.name) : one.name;
    if (one.code) way.href = `../place/${one.code}/`;
    head.append(way);
    heads.append(head);
  }
  const top = element("thead");
  top.append(heads);
  const body = element("tbody");
  body.append(...lines);
  made.append(top, body);
  frame.append(made);
  return frame;
}

function totals(places) {
  return ["articles", "activities", "figures"].map((name, at) =>
    row(form.dataset[name], places.map((one) => (one.counts[0] ? element("td", one.counts[at].toLocaleString("en")) : null))));
}

// Measures by how many of the places report them, in the order of the first place that does.
function byMeasure(places) {
  const found = new Map();
  places.forEach((place, at) => {
    for (const one of place.measures) {
      if (!found.has(one[0])) found.set(one[0], { words: one[1], cells: Array(places.length).fill(null), of: [] });
      found.get(one[0]).cells[at] = one;
      found.get(one[0]).of.push(at);
    }
  });
  return [...found.values()];
}

function own(place, at, measures) {
  const mine = measures.filter((one) => one.of.length === 1 && one.of[0] === at);
  const part = element("section");
  const list = element("ul", undefined, "bm-people");
  for (const one of mine.slice(0, OWN)) {
    const item = element("li");
    const way = element("a", one.cells[at][2]);
    way.href = `../articles/${one.cells[at][4]}/#${one.cells[at][5]}`;
    item.append(`${one.words} `, way);
    list.append(item);
  }
  if (mine.length > OWN) list.append(element("li", form.dataset.more.replace("{count}", mine.length - OWN)));
  if (!mine.length) list.append(element("li", form.dataset.nothing));
  part.append(element("h3", place.name), list);
  return part;
}

function draw(places) {
  const measures = byMeasure(places);
  const shared = measures.filter((one) => one.of.length > 1).sort((a, b) => b.of.length - a.of.length);
  const names = places.map((one) => one.name).join(" · ");
  const parts = [table(places, totals(places), names)];
  parts.push(element("h2", form.dataset.shared.replace("{count}", shared.length)));
  const lines = shared.slice(0, SHARED).map((one) => row(one.words, one.cells.map((cell) => cell && value(cell))));
  parts.push(shared.length ? table(places, lines, names) : element("p", form.dataset.none));
  parts.push(element("h2", form.dataset.own));
  const columns = element("div", undefined, "beside");
  columns.append(...places.map((one, at) => own(one, at, measures)));
  parts.push(columns);
  beside.replaceChildren(...parts);
}

let turn = 0;
async function run() {
  const mine = ++turn;
  const codes = [...new Set(choices.map((one) => one.value).filter(Boolean))];
  beside.replaceChildren();
  told.textContent = codes.length > 1 ? "" : hint;
  if (codes.length < 2) return;
  try {
    const places = await Promise.all(
      codes.map(async (code) => ({ code, ...(await (await fetch(`${code}.json`)).json()) })));
    if (mine === turn) draw(places);
  } catch {
    if (mine === turn) told.textContent = form.dataset.broken;
  }
}

function fromAddress() {
  const asked = new URLSearchParams(location.search).getAll("place");
  choices.forEach((one, at) => {
    one.value = asked[at] || "";
    if (one.selectedIndex < 0) one.value = "";
  });
  run();
}

form.addEventListener("change", () => {
  const query = new URLSearchParams(choices.filter((one) => one.value).map((one) => ["place", one.value]));
  history.pushState(null, "", query.size ? `?${query}` : "./");
  run();
});
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("popstate", fromAddress);
fromAddress();
