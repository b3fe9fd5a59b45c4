// The filters as a form: places and types that are chosen one after another, and two days.
import { FILTERS, isEverything } from "./selection.js";

const SEVERAL = FILTERS.slice(0, 3);
const NOTHING = { province: [], city: [], type: [], from: null, to: null };

const place = document.querySelector("details.filter[data-narrows]");

function optionsOf({ facts, said, chosen }, name) {
  if (name === "type") return facts.reported.type.map((one) => [one, said.named("type", one)]);
  const within = (code) => name === "province" || !chosen.province.length || chosen.province.includes(facts.cityOf.get(code));
  return facts.reported[name].filter(within).map((code) => [code, facts.names.get(code) || code]);
}

function made(tag, words, given = {}) {
  const one = document.createElement(tag);
  one.textContent = words;
  Object.assign(one, given);
  return one;
}

// A menu to add from, and what is chosen, each to be taken away again.
function several(view, name, choose) {
  const { said, chosen, facts } = view;
  const box = made("div", "", { className: "narrow-several" });
  const label = made("label", `${said.t(`filters.${name}`)} `);
  const select = made("select", "", { name });
  select.append(new Option(said.t(chosen[name].length ? "edition.add" : "filters.all"), ""));
  for (const [code, words] of optionsOf(view, name)) if (!chosen[name].includes(code)) select.append(new Option(words, code));
  select.addEventListener("change", () => select.value && choose({ ...chosen, [name]: [...chosen[name], select.value] }));
  label.append(select);
  box.append(label);
  for (const code of chosen[name]) {
    const words = name === "type" ? said.named("type", code) : facts.names.get(code) || code;
    const chip = made("button", `${words} ×`, { type: "button", className: "chip" });
    chip.setAttribute("aria-label", said.t("edition.remove", { name: words }));
    chip.addEventListener("click", () => choose({ ...chosen, [name]: chosen[name].filter((one) => one !== code) }));
    box.append(chip);
  }
  return box;
}

function day(view, name, choose) {
  const { said, chosen, facts } = view;
  const label = made("label", `${said.t(`filters.${name}`)} `);
  const input = made("input", "", { type: "date", name, value: chosen[name] || "" });
  if (facts.reported.from) [input.min, input.max] = [facts.reported.from, facts.reported.to];
  input.addEventListener("change", () => choose({ ...chosen, [name]: input.value || null }));
  label.append(input);
  return label;
}

// Put the form where the page's list of provinces stands; `choose` takes another selection.
export function form(view, choose, summary) {
  if (!place) return;
  const { chosen } = view;
  // A page of one province has it chosen, though its address does not say so.
  const [, own] = location.pathname.match(/\/(\d{6})\/$/) || [];
  if (own && view.facts.names.has(own) && !chosen.province.length) chosen.province = [own];
  const box = made("form", "", { className: "narrow" });
  box.append(...SEVERAL.map((name) => several(view, name, choose)));
  const days = made("div", "", { className: "narrow-several" });
  days.append(day(view, "from", choose), day(view, "to", choose));
  const clear = made("button", view.said.t("filters.clear"), { type: "button", disabled: isEverything(chosen) });
  clear.addEventListener("click", () => choose(NOTHING));
  box.append(days, clear);
  box.addEventListener("submit", (event) => event.preventDefault());
  const focused = document.activeElement?.closest("form.narrow") && document.activeElement.name;
  place.querySelector("form.narrow")?.remove();
  place.append(box);
  place.querySelector("ul")?.setAttribute("hidden", "");
  if (focused) box.querySelector(`[name="${focused}"]`)?.focus();
  if (!own || location.search) place.querySelector("summary b").textContent = summary;
}
