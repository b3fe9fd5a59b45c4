// Small multiples of a filtered page, as dashboard/charts/panels.py has them.
import { GAP, asides, labelRoom, ranking, span, sum, timeAxis, timeRange, total } from "./charts.js";
import { Drawing, ink } from "./draw.js";
import { daysOf, indexOf, windowOf } from "./periods.js";
import { shortened } from "./words.js";

const MOST_PANELS = 34;
const PANEL = 38;

// The same axis of time and the same scale, one row for each province.
export function panels(view, per) {
  const { said, facts } = view;
  const counts = facts.panels(view.found.activities, per);
  const dated = counts.filter(([key, bucket]) => key !== null && bucket !== null);
  const name = "activities_panels";
  if (!dated.length) {
    const [title, drawing] = [said.t("charts.panels_question"), new Drawing(view.width, PANEL, [GAP, 0, GAP, 0], "")];
    return { name, title, notes: [said.t("charts.panels_counts"), said.t("charts.nothing")], keys: [], svg: drawing.svg, rows: [] };
  }
  const every = ranking(total(dated)).slice(0, MOST_PANELS);
  const shown = windowOf(new Map([...total(dated, 1)].map(([key, count]) => [indexOf(key), count])));
  const kept = dated.filter(([key]) => every.some((one) => one.key === key));
  const aside = asides(shown, kept.map(([, bucket]) => indexOf(bucket)));
  const labels = every.map((one) => shortened(facts.names.get(one.key) || one.key, 16));
  const first = every.filter((one) => one.rank === 1);
  const title = first.length === 1
    ? said.t("charts.panels_most", { name: facts.names.get(first[0].key), count: first[0].count, places: every.length })
    : said.t("charts.panels_question");
  const drawing = new Drawing(view.width, PANEL * every.length, [labelRoom(labels), 8, 3.5 * GAP, 56], title);
  panelRows(view, drawing, every, kept, labels, shown, aside, per);
  const [drawn, all] = [sum(kept.map((one) => one[2])), sum(counts.map((one) => one[2]))];
  const notes = [said.t("charts.panels_counts")];
  if (drawn < all) notes.push(said.t("charts.panels_drawn", { total: all, drawn }));
  const heads = [said.t("dimension.province"), said.t("per.label"), said.t("overview.activities")];
  return { name, title, notes, keys: [], svg: drawing.svg,
    rows: [heads, ...counts.map(([key, bucket, count]) => [facts.names.get(key) || "", bucket ?? "", count])] };
}

function panelRows(view, drawing, every, kept, labels, shown, aside, per) {
  const x = drawing.across(...timeRange(shown, aside));
  const places = every.map(({ key }) => {
    const held = new Map();
    for (const [, bucket, count] of kept.filter((one) => one[0] === key)) {
      const at = shown.place(indexOf(bucket));
      const [first, last, before] = held.get(at) || [bucket, bucket, 0];
      held.set(at, [first < bucket ? first : bucket, last > bucket ? last : bucket, before + count]);
    }
    return held;
  });
  const high = Math.max(...places.flatMap((one) => [...one.values()].map(([, , count]) => count)));
  every.forEach((one, row) => {
    const floor = drawing.top + (row + 0.9) * PANEL;
    drawing.line(drawing.left, floor, drawing.right, floor);
    drawing.text(labels[row], drawing.left - 6, floor - 0.4 * PANEL, "end");
    drawing.text(one.count, drawing.right + 4, floor - 0.4 * PANEL);
    for (const [at, [first, last, count]] of places[row]) {
      const address = view.href({ province: [one.key], from: daysOf(first)[0], to: daysOf(last)[1] });
      const mark = drawing.mark(`${view.facts.names.get(one.key)} ${span(view, first, last)} ${count}`, address);
      const tall = (0.82 * PANEL * count) / high;
      drawing.bar(x(at - 0.43), floor - tall, x(at + 0.43) - x(at - 0.43), tall, ink("accent"), mark);
    }
  });
  timeAxis(view, drawing, x, shown, per, aside);
}
