// Lists of a filtered page: their rows are taken from the pages of the list that have them.

// Rows of a page of a list, and how many of them are shown at once.
const ROWS = 100;
const SHOWN = 20;

export function element(tag, words, look) {
  const made = document.createElement(tag);
  if (words !== undefined) made.textContent = words;
  if (look) made.className = look;
  return made;
}

// Rows of a list by their numbers, from the pages of the list that have them.
async function rows(home, name, numbers) {
  const pages = new Map();
  for (const at of numbers) {
    const number = Math.floor(at / ROWS) + 1;
    const way = new URL(`${home}${name}/${number > 1 ? `p${number}/` : ""}`, location.href);
    if (!pages.has(number)) pages.set(number, fetch(way).then(async (one) => {
      if (!one.ok) throw new Error(`${way}: ${one.status}`);
      return new DOMParser().parseFromString(await one.text(), "text/html");
    }));
    pages.get(number).way = way;
  }
  return Promise.all(numbers.map(async (at) => {
    const coming = pages.get(Math.floor(at / ROWS) + 1);
    const list = (await coming).querySelector("#list ~ .facts, #list ~ .articles");
    const item = document.importNode(list.children[at % ROWS], true);
    item.removeAttribute("id");
    for (const one of item.querySelectorAll("a[href]")) one.href = new URL(one.getAttribute("href"), coming.way);
    return item;
  }));
}

export function listing(view, name, numbers, title, limit = Infinity) {
  const made = element("section");
  const list = element("ul", undefined, name === "articles" ? "articles" : "facts");
  const more = element("button", view.said.t("edition.more"));
  more.type = "button";
  let shown = 0;
  const show = async () => {
    more.disabled = true;
    const some = numbers.slice(shown, Math.min(shown + SHOWN, limit));
    try {
      list.append(...(await rows(view.home, name, some)));
      shown += some.length;
    } catch {
      if (!shown) list.append(element("li", view.said.t("edition.broken"), "note"));
    }
    more.disabled = false;
    more.hidden = shown >= Math.min(numbers.length, limit);
  };
  more.addEventListener("click", show);
  made.append(element("h2", title), list, more);
  made.done = show();
  return made;
}
