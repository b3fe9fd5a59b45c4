// Search in an edition: reads the one or two files of the index that a query needs, then the
// sentences that it shows. What comes from articles is only ever set as text.
"use strict";

const form = document.getElementById("search");
const input = document.getElementById("q");
const told = document.getElementById("told");
const list = document.getElementById("hits");
const more = document.getElementById("more");
const START = 20;
// Files of sentences that one query reads at the most to check long words.
const MOST_READ = 60;
const files = new Map();
let hits = [];
let shown = 0;
let turn = 0;

function file(name) {
  if (!files.has(name)) {
    const found = fetch(form.dataset.index + name).then((one) => {
      if (!one.ok) throw new Error(`${name}: ${one.status}`);
      return one.json();
    });
    files.set(name, found);
    found.catch(() => files.delete(name));
  }
  return files.get(name);
}

function numbers(gaps) {
  let at = 0;
  return gaps ? gaps.split(" ").map((one) => (at += parseInt(one, 36))) : [];
}

// Words between blanks; what stands in quotation marks is one word. As in the dashboard.
function wordsOf(query) {
  const found = query.toLowerCase().matchAll(/["“”„](.+?)["“”]|(\S+)/g);
  return [...new Set([...found].map((one) => (one[1] || one[2]).trim()).filter(Boolean))].slice(0, 8);
}

async function postings(pair, about) {
  const shard = await file(`p${pair.codePointAt(0) % about.shards}.json`);
  if ([...pair].length > 1) return numbers(shard[pair]);
  const every = new Set();
  for (const [key, gaps] of Object.entries(shard))
    if ([...key][0] === pair) for (const one of numbers(gaps)) every.add(one);
  return [...every].sort((a, b) => a - b);
}

async function sentence(number, about) {
  const chunk = await file(`s${Math.floor(number / about.chunk)}.json`);
  return chunk[number % about.chunk];
}

// The numbers of the sentences that hold a word, and whether all could be checked.
async function holding(word, about) {
  const letters = [...word];
  if (letters.length === 1) return { found: await postings(word, about), all: true };
  const pairs = [...new Set(letters.slice(1).map((one, at) => letters[at] + one))];
  const lists = await Promise.all(pairs.map((one) => postings(one, about)));
  lists.sort((a, b) => a.length - b.length);
  let found = lists[0];
  for (const other of lists.slice(1)) {
    const held = new Set(other);
    found = found.filter((one) => held.has(one));
  }
  return letters.length === 2 ? { found, all: true } : checked(word, found, about);
}

async function checked(word, candidates, about) {
  const read = new Set();
  const found = [];
  for (const number of candidates) {
    const chunk = Math.floor(number / about.chunk);
    if (!read.has(chunk) && read.size === MOST_READ) return { found, all: false };
    read.add(chunk);
    if ((await sentence(number, about))[1].toLowerCase().includes(word)) found.push(number);
  }
  return { found, all: true };
}

// The article of a sentence: the last one that begins at or before it.
function articleOf(number, starts) {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= number) low = middle;
    else high = middle;
  }
  return low;
}

async function article(number, about) {
  const some = await file(`a${Math.floor(number / about.chunk)}.json`);
  return some[number % about.chunk];
}

// Articles that hold every word somewhere, each with the sentence that holds most of them.
async function search(words, about) {
  const starts = numbers(about.starts);
  const each = await Promise.all(words.map((one) => holding(one, about)));
  const held = new Map();
  each.forEach(({ found }, word) => {
    for (const number of found) {
      const of = articleOf(number, starts);
      if (!held.has(of)) held.set(of, { words: new Set(), sentences: new Map() });
      held.get(of).words.add(word);
      held.get(of).sentences.set(number, (held.get(of).sentences.get(number) || 0) + 1);
    }
  });
  const found = [...held].filter(([, one]) => one.words.size === words.length);
  found.sort(([a], [b]) => a - b);
  const best = (sentences) => [...sentences].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0];
  return {
    found: found.map(([of, one]) => ({ of, sentence: best(one.sentences), count: one.sentences.size })),
    all: each.every((one) => one.all),
  };
}

// The hits in articles that the address's filters choose, as on every other page.
async function chosen(found, about) {
  const { FILTERS, Facts } = await import("./selection.js");
  const asked = new URLSearchParams(location.search);
  if (!FILTERS.some((one) => asked.get(one))) return found;
  const facts = new Facts(await file("../../filters/facts.json"));
  const kept = new Set(facts.select(facts.asked(asked)).articles);
  const ranks = numbers(about.ranks);
  return found.filter((one) => kept.has(ranks[one.of]));
}

function element(tag, text, look) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (look) made.className = look;
  return made;
}

function marked(text, words) {
  const made = element("p");
  const plain = (one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`(${[...words].sort((a, b) => b.length - a.length).map(plain).join("|")})`, "i");
  const low = text.toLowerCase();
  const at = Math.max(0, Math.min(...words.map((one) => low.indexOf(one)).filter((one) => one >= 0)) - 50);
  const start = Number.isFinite(at) ? at : 0;
  const cut = (start ? "…" : "") + text.slice(start, start + 160) + (text.length > start + 160 ? "…" : "");
  cut.split(new RegExp(pattern, "gi")).forEach((part, number) => {
    made.append(number % 2 ? element("mark", part) : document.createTextNode(part));
  });
  return made;
}

async function item(hit, words, about) {
  const [id, headline, issue, paper] = await article(hit.of, about);
  const [name, text] = await sentence(hit.sentence, about);
  const made = element("li");
  const way = element("a", headline || text.slice(0, 24), "head");
  way.href = `../articles/${id}/#${name}`;
  const count = form.dataset.in_province.replace("{count}", hit.count);
  made.append(way, marked(text, words), element("div", [paper, issue, count].filter(Boolean).join(" · "), "bm-details"));
  return made;
}

async function showMore(words, about) {
  const mine = turn;
  const some = hits.slice(shown, shown + START);
  const made = await Promise.all(some.map((one) => item(one, words, about)));
  if (mine !== turn) return;
  list.append(...made);
  shown += some.length;
  more.hidden = shown >= hits.length;
}

async function run() {
  const words = wordsOf(input.value);
  const mine = ++turn;
  list.replaceChildren();
  more.hidden = true;
  told.textContent = words.length ? form.dataset.loading : "";
  if (!words.length) return;
  try {
    const about = await file("index.json");
    const { found, all } = await search(words, about);
    const kept = await chosen(found, about);
    if (mine !== turn) return;
    [hits, shown] = [kept, 0];
    const said = all ? form.dataset.hits : form.dataset.least;
    told.textContent = kept.length ? said.replace("{count}", kept.length) : form.dataset.no_hits;
    more.onclick = () => showMore(words, about);
    await showMore(words, about);
  } catch {
    if (mine === turn) told.textContent = form.dataset.broken;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = new URLSearchParams(location.search);
  query.delete("q");
  if (input.value.trim()) query.set("q", input.value.trim());
  history.pushState(null, "", query.size ? `?${query}` : "./");
  run();
});

function fromAddress() {
  const asked = new URLSearchParams(location.search);
  input.value = asked.get("q") || "";
  run();
}
addEventListener("popstate", fromAddress);
fromAddress();
