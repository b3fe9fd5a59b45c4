// What an edition's pages do beyond being read: addresses of the dashboard lead to their page here,
// and a chart's SVG becomes a PNG. Without scripts everything but PNG and search works all the same.
"use strict";

const page = document.documentElement.dataset;
const asked = new URLSearchParams(location.search);
// What an address may hold of ours: codes and ids, never a way to somewhere else.
const CODE = /^[0-9A-Za-z_-]{1,80}$/;
const PREFIX = { zh: "", en: "en/" };
const UNFILTERED = ["type", "from", "to"];
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

// The dashboard's address of a view (/activities?province=140000) as the path of its page here.
function path() {
  let first = page.path.split("/")[0];
  if (!VIEWS.some((one) => asked.get(one))) return page.path;
  // A chart alone (/chart?page=map&chart=map_tiles) is the page that it is on.
  if (first === "chart") first = PAGES.includes(code("page")) ? code("page") : "";
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
  if (!province || ["search", "quality", "data"].includes(first)) return first ? `${first}/` : "";
  return first ? `${first}/${province}/` : `place/${province}/`;
}

function show(name) {
  document.getElementById(`notice-${name}`)?.removeAttribute("hidden");
}

async function lead() {
  if (UNFILTERED.some((one) => asked.get(one))) show("unfiltered");
  const made = asked.get("v");
  const now = document.querySelector("[data-version]")?.dataset.version || "";
  if (made && CODE.test(made) && !now.startsWith(made)) show("changed");
  const target = path();
  const other = asked.has("lang") && (asked.get("lang") === "en") !== (page.language === "en");
  if (target === page.path && !other) return;
  const fact = code("figure") || code("activity") || code("sentence");
  const kept = new URLSearchParams();
  for (const name of ["q", "v", ...UNFILTERED]) if (asked.get(name)) kept.set(name, asked.get(name));
  const query = kept.size ? `?${kept}` : "";
  const mark = fact || (code("chart") && `chart-${code("chart")}`);
  const address = to(target) + query + (mark ? `#${mark}` : location.hash);
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
const view = asked.get("view");
if (view && CODE.test(view)) document.querySelector(`[id^="chart-activities_${view}"]`)?.scrollIntoView();
lead();
