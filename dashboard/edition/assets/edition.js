// What an edition's pages do beyond being read: addresses of the dashboard lead to their page here,
// and a chart's SVG becomes a PNG. Without scripts everything but PNG and search works all the same.
"use strict";

const page = document.documentElement.dataset;
const asked = new URLSearchParams(location.search);
// What an address may hold of ours: codes and ids, never a way to somewhere else.
const CODE = /^[0-9A-Za-z_-]{1,80}$/;
const PREFIX = { zh: "", en: "en/" };
// Filters of the dashboard; pages that can be narrowed by them, and what they take beside them.
const FILTERS = ["province", "city", "type", "from", "to"];
const NARROWED = ["", "activities", "figures", "map", "articles"];
const BESIDE = ["per", "by", "measure"];
const VIEWS = ["province", "city", "place", "region", "article", "measure", "by", "page"];
const PAGES = ["activities", "figures", "map", "words", "quality", "place", "compare"];

function code(name) {
  const found = asked.getAll(name).filter((one) => CODE.test(one));
  return found.length === 1 ? found[0] : null;
}

function to(path) {
  const tongue = asked.has("lang") ? (asked.get("lang") === "en" ? "en" : "zh") : page.language;
  return page.root + PREFIX[tongue] + path;
}

// The page that is asked for: a chart alone (/chart?page=map&chart=map_tiles) is that it is on.
function section() {
  const [first] = page.path.split("/");
  if (first !== "chart") return first;
  return PAGES.includes(code("page")) ? code("page") : "";
}

// Whether the address asks for more than one province or one measure, of which there are pages.
function narrows(first) {
  if (!NARROWED.includes(first) || (first === "articles" && code("article"))) return false;
  if (["city", "type", "from", "to"].some((one) => asked.get(one))) return true;
  if (first === "activities" && asked.get("per")) return true;
  return asked.getAll("province").length > 1 || (first === "" && Boolean(asked.get("province")));
}

// What the path of a page says already, as the parameters of an address.
function ofPath() {
  const found = {};
  const [first, ...rest] = page.path.split("/");
  for (const one of rest) {
    if (/^\d{6}$/.test(one)) found.province = one;
    else if (first === "map" && one) found.by = one;
    else if (first === "figures" && /^[0-9a-f]{12}$/.test(one)) found.measure = one;
  }
  return found;
}

// The filters and what else the narrowed page takes of an address, `?` before them.
function narrowed() {
  const kept = new URLSearchParams();
  for (const name of [...FILTERS, ...BESIDE, "v"]) for (const one of asked.getAll(name)) kept.append(name, one);
  for (const [name, one] of Object.entries(ofPath())) if (!kept.has(name)) kept.set(name, one);
  return `?${kept}`;
}

// The dashboard's address of a view (/activities?province=140000) as the path of its page here.
function path(first) {
  if (!VIEWS.some((one) => asked.get(one))) return page.path;
  if (first === "search") return "search/";
  const place = code("place") || code("city");
  if (first === "articles" && code("article")) return `articles/${code("article")}/`;
  if (first === "compare") return "compare/";
  if (place) return `place/${place}/`;
  if (first === "figures" && code("measure")) return `figures/${code("measure")}/`;
  const province = code("region") || code("province");
  if (first === "map") {
    const by = ["articles", "figures"].includes(asked.get("by")) ? `${asked.get("by")}/` : "";
    return `map/${by}${province ? `${province}/` : ""}`;
  }
  if (!province || ["quality", "data"].includes(first)) return first ? `${first}/` : "";
  return first ? `${first}/${province}/` : `place/${province}/`;
}

function show(name) {
  document.getElementById(`notice-${name}`)?.removeAttribute("hidden");
}

async function narrow() {
  try {
    await (await import("./narrow.js")).narrow();
  } catch {
    show("unread");
  }
}

async function lead() {
  const first = section();
  const made = asked.get("v");
  const now = document.querySelector("[data-version]")?.dataset.version || "";
  if (made && CODE.test(made) && !now.startsWith(made)) show("changed");
  const other = asked.has("lang") && (asked.get("lang") === "en") !== (page.language === "en");
  const hash = code("chart") ? `#chart-${code("chart")}` : location.hash;
  if (narrows(first)) {
    const home = first ? `${first}/` : "";
    if (page.path === home && !other) narrow();
    else location.replace(to(home) + narrowed() + hash);
    return;
  }
  if (first === "search") {
    if (FILTERS.some((one) => asked.get(one))) narrow();
  } else if (["type", "from", "to"].some((one) => asked.get(one))) show("unfiltered");
  const target = path(first);
  if (target === page.path && !other) return;
  const fact = code("figure") || code("activity") || code("sentence");
  const kept = new URLSearchParams();
  const asking = first === "search" ? FILTERS : ["type", "from", "to"];
  for (const name of ["q", "v", ...asking]) for (const one of asked.getAll(name)) kept.append(name, one);
  const query = kept.size ? `?${kept}` : "";
  const address = to(target) + query + (fact ? `#${fact}` : hash);
  // A place without a page has nothing reported; say so rather than lead to an error.
  const there = await fetch(to(target), { method: "HEAD" }).catch(() => null);
  if (there && there.ok) location.replace(address);
  else show("unreported");
}

// A picture of twice the size, drawn from the SVG, whose letters are outlines.
async function picture(button) {
  const found = await fetch(button.dataset.png);
  const url = URL.createObjectURL(await found.blob());
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  canvas.toBlob((blob) => {
    const way = document.createElement("a");
    way.href = URL.createObjectURL(blob);
    way.download = button.dataset.png.replace(/\.svg$/, ".png");
    way.click();
    setTimeout(() => URL.revokeObjectURL(way.href), 10000);
  });
}

// Marks on its page the sentence that the address leads to, and shows its place near by and in words.
function onPage() {
  const box = document.querySelector(".on-page");
  if (!box) return;
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const sentence = at?.closest(".spot, .bm-sentence");
  const id = sentence?.dataset.of || sentence?.id;
  const spots = [...box.querySelectorAll(".spot")];
  const [fact, whole] = [at?.id, id].map((own) => spots.find((one) => one.dataset.of === own));
  for (const one of spots) one.classList.toggle("on", one === fact || one === whole);
  const near = box.querySelector(".on-page-near");
  const said = box.querySelector(".on-page-said");
  near.toggleAttribute("hidden", !whole);
  said.toggleAttribute("hidden", !whole);
  said.textContent = whole?.dataset.said || "";
  if (whole) near.setAttribute("viewBox", (fact || whole).dataset.near);
}
addEventListener("hashchange", onPage);
onPage();

for (const button of document.querySelectorAll("[data-png]")) {
  button.hidden = false;
  button.addEventListener("click", () => picture(button));
}
document.querySelector("details.filter[data-narrows]")?.addEventListener("toggle", narrow, { once: true });
const view = asked.get("view");
if (view && CODE.test(view)) document.querySelector(`[id^="chart-activities_${view}"]`)?.scrollIntoView();
lead();
