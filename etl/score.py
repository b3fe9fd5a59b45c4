"""Tables × gold → accuracy.

A gold file is JSON: an object per document, or a list of them, in the columns of the tables, with
offsets into the document's text. Rows with `"sure": false` are borderline: they are neither asked
for nor held against anyone who finds them. A document with `spots` (see `etl.gold`) was judged
there only: what is found elsewhere counts for nothing, and articles are not asked for.

What counts as right:

- articles: the stretch of text is the same for at least 95 % of its characters, and the pieces
  stand in the same order.
- figures: spans overlap and the value is equal; then also the unit; then also the place. Only
  reportable ones, on both sides.
- places: same span, same adcode. dates: same span, same iso. people: same name in the same article.
- activities: an event is found in the sentence that reports it, one for one.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl import gold as gold_rows

Row = dict[str, Any]
Same = Callable[[Row, Row], bool]


@dataclass(slots=True)
class Tally:
    """Counts for one question: how many were right, asked for, and given."""

    name: str
    right: int = 0
    gold: int = 0
    found: int = 0
    missed: list[Row] = field(default_factory=list)
    wrong: list[Row] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right ones among those given; 1.0 where none was given and none asked for."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Right ones among those asked for; 1.0 where none was asked for."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, other: Tally) -> None:
        """Take in the counts of another document."""
        self.right += other.right
        self.gold += other.gold
        self.found += other.found
        self.missed += other.missed
        self.wrong += other.wrong


def main(tables: Path, gold: Path, *, show: int = 20) -> int:
    """Print precision, recall, F1 and the misses of each table; 0, or 3 where nothing matches."""
    tallies = score(tables, gold)
    if not tallies:
        print(f"{gold} names no document that {tables} holds; build the same sources first.")
        return 3
    print(f"{'':34}{'right':>7}{'gold':>7}{'found':>7}{'precision':>11}{'recall':>9}{'F1':>7}")
    for one in tallies.values():
        counts = f"{one.name:34}{one.right:7}{one.gold:7}{one.found:7}"
        print(f"{counts}{one.precision:11.3f}{one.recall:9.3f}{one.f1:7.3f}")
    for one in tallies.values():
        _print_misses(one, show)
    return 0


def score(tables: Path, gold: Path) -> dict[str, Tally]:
    """A tally per question over all documents of the gold file that the tables hold."""
    content = json.loads(gold.read_text(encoding="utf-8"))
    totals: dict[str, Tally] = {}
    for document in content if isinstance(content, list) else [content]:
        found = rows_of(tables, document["document"])
        if found is None:
            continue
        for tally in score_document(found, document):
            totals.setdefault(tally.name, Tally(tally.name)).add(tally)
    return totals


def score_document(found: dict[str, list[Row]], gold: dict[str, Any]) -> list[Tally]:
    """The tallies of one document: `found` as rows per table, `gold` in the same columns."""
    if "spots" in gold:
        found = _at_spots(found, gold)
    figures = [row for row in found["figures"] if row["reportable"]]
    wanted = [row for row in gold["figures"] if row["reportable"]]
    unsure = [row for row in gold["figures"] if not row.get("sure", True)]
    events = [row for row in found["activities"] if row["status"] == "event"]
    articles = [] if "spots" in gold else [score_articles(found["articles"], gold["articles"])]
    return [
        *articles,
        match("figures: value", figures, wanted, unsure, _same_value),
        match("figures: value, unit", figures, wanted, unsure, _same_unit),
        match("figures: value, unit, place", figures, wanted, unsure, _same_place),
        score_numerals(figures, gold["figures"]),
        match("places", found["places"], gold["places"], gold["places"], _same_adcode),
        match("dates", _dated(found["dates"]), _dated(gold["dates"]), gold["dates"], _same_iso),
        score_people(found, gold),
        score_events(events, gold["activities"], found["sentences"]),
    ]


def _at_spots(found: dict[str, list[Row]], gold: dict[str, Any]) -> dict[str, list[Row]]:
    """The rows that were found where somebody judged; a person by the name, too."""
    named = {row["name"] for row in gold["people"]}
    judged = {
        table: [row for row in found[table] if gold_rows.lies_in(row, spots)]
        for table, spots in gold["spots"].items()
    }
    people = [row for row in found["people"] if row in judged["people"] or row["name"] in named]
    return found | judged | {"people": people}


def match(name: str, found: list[Row], wanted: list[Row], all_gold: list[Row], same: Same) -> Tally:
    """Pair rows one for one by `same`; a row on top of a gold row not asked for is left out."""
    asked = [row for row in wanted if row.get("sure", True)]
    open_rows = list(found)
    tally = Tally(name, gold=len(asked))
    for row in asked:
        hit = next((one for one in open_rows if same(one, row)), None)
        if hit is None:
            tally.missed.append(row)
        else:
            open_rows.remove(hit)
            tally.right += 1
    unasked = [row for row in all_gold if row not in asked]
    tally.wrong = [row for row in open_rows if not any(_overlap(row, one) for one in unasked)]
    tally.found = tally.right + len(tally.wrong)
    return tally


def judged_figures(
    found: dict[str, list[Row]], gold: dict[str, list[Row]]
) -> list[tuple[Row, bool]]:
    """Each reportable figure that was found, and whether value, unit and place are the gold's.

    Figures on top of a gold row that is not asked for are left out.
    """
    figures = [row for row in found.get("figures", []) if row["reportable"]]
    wanted = [row for row in gold["figures"] if row["reportable"]]
    unsure = [row for row in gold["figures"] if not row.get("sure", True)]
    tally = match("figures", figures, wanted, unsure, _same_place)
    wrong = {id(row) for row in tally.wrong}
    judged = [
        row
        for row in figures
        if id(row) in wrong or any(_same_place(row, one) for one in wanted if one.get("sure", True))
    ]
    return [(row, id(row) not in wrong) for row in judged]


def score_articles(found: list[Row], gold: list[Row]) -> Tally:
    """Articles whose stretch and order of pieces are those of the gold."""
    tally = Tally("articles: extent and order", gold=len(gold), found=len(found))
    for row in gold:
        if any(_same_extent(one["ranges"], row["ranges"]) for one in found):
            tally.right += 1
        else:
            tally.missed.append({"start": row["ranges"][0][0], "raw": row["headline"]})
    return tally


def score_numerals(figures: list[Row], gold: list[Row]) -> Tally:
    """Numerals that are no result (985, 十四届), and how many of them stay out of the figures."""
    none = [row for row in gold if not row["reportable"] and row.get("sure", True)]
    shown = [row for row in none if any(_overlap(row, one) for one in figures)]
    right = len(none) - len(shown)
    return Tally("numerals kept out of results", right, len(none), len(none), missed=shown)


def score_people(found: dict[str, list[Row]], gold: dict[str, list[Row]]) -> Tally:
    """Persons by article and name; the gold's article is the one that holds the first mention."""
    spots = [(row["article_id"], row["ranges"]) for row in found["articles"]]
    named = {
        (_article_at(spots, row["mentions"][0]), row["name"]): row.get("sure", True)
        for row in gold["people"]
    }
    asked = [one for one, sure in named.items() if sure]
    given = [(row["article_id"], row["name"]) for row in found["people"]]
    missed = [{"raw": name} for article, name in asked if (article, name) not in given]
    wrong = [{"raw": name} for article, name in given if (article, name) not in named]
    right = len(asked) - len(missed)
    return Tally("people", right, len(asked), right + len(wrong), missed, wrong)


def score_events(found: list[Row], gold: list[Row], sentences: list[Row]) -> Tally:
    """Events paired within their sentence; sentences with borderline work forgive what is found."""
    events = [row for row in gold if row["status"] == "event" and row["sure"]]
    borderline = [row for row in gold if row not in events]
    place = {id(row): _sentence_at(sentences, row["start"]) for row in [*found, *gold]}
    open_rows = list(found)
    tally = Tally("activities: events by sentence", gold=len(events))
    for row in events:
        here = [one for one in open_rows if place[id(one)] == place[id(row)]]
        if not here:
            tally.missed.append(row)
            continue
        open_rows.remove(max(here, key=lambda one: _shared(one, row)))
        tally.right += 1
    forgiven = {place[id(row)] for row in borderline}
    tally.wrong = [row for row in open_rows if place[id(row)] not in forgiven]
    tally.found = tally.right + len(tally.wrong)
    return tally


def documents(tables: Path) -> list[Row]:
    """Name (record id, else file name), issue date and text of each document in `tables`."""
    columns = ["document_id", "uri", "record_id", "issue_date", "text"]
    rows: list[Row] = pq.read_table(tables / "documents.parquet", columns=columns).to_pylist()
    return [{**row, "name": row["record_id"] or Path(row["uri"]).name} for row in rows]


def rows_of(tables: Path, document: str) -> dict[str, list[Row]] | None:
    """The rows of the gold document named `document`, per table; None where `tables` lacks it."""
    name = Path(document).name
    columns = ["document_id", "uri", "record_id"]
    known = pq.read_table(tables / "documents.parquet", columns=columns).to_pylist()
    ids = [one["document_id"] for one in known if name in (Path(one["uri"]).name, one["record_id"])]
    if not ids:
        return None
    articles = _rows(tables, "articles", "document_id", ids)
    keys = [row["article_id"] for row in articles]
    wanted = ("sentences", "figures", "places", "dates", "people", "activities")
    return {"articles": articles} | {one: _rows(tables, one, "article_id", keys) for one in wanted}


def _rows(tables: Path, table: str, column: str, values: list[str]) -> list[Row]:
    chosen = pc.field(column).isin(values)
    rows: list[Row] = pq.read_table(tables / f"{table}.parquet", filters=chosen).to_pylist()
    return rows


def _dated(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["iso"]]


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _shared(one: Row, other: Row) -> int:
    """Code points that both spans cover; negative for the distance between them."""
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)


def _same_value(one: Row, gold: Row) -> bool:
    return _overlap(one, gold) and all(
        _equal(one[key], gold[key]) for key in ("value", "value_high", "previous")
    )


def _same_unit(one: Row, gold: Row) -> bool:
    return _same_value(one, gold) and one["unit"] == gold["unit"]


def _same_place(one: Row, gold: Row) -> bool:
    return _same_unit(one, gold) and one["adcode"] == gold["adcode"]


def _same_adcode(one: Row, gold: Row) -> bool:
    return _same_span(one, gold) and one["adcode"] == gold["adcode"]


def _same_iso(one: Row, gold: Row) -> bool:
    return _same_span(one, gold) and one["iso"] == gold["iso"]


def _same_span(one: Row, gold: Row) -> bool:
    return bool(one["start"] == gold["start"] and one["end"] == gold["end"])


def _same_extent(found: list[list[int]], gold: list[list[int]]) -> bool:
    """True where both cover the same characters (95 %) and go through them in the same order."""
    here, there = _offsets(found), _offsets(gold)
    common = set(here) & set(there)
    if len(common) < 0.95 * len(set(here) | set(there)):
        return False
    return [one for one in here if one in common] == [one for one in there if one in common]


def _offsets(ranges: Iterable[Iterable[int]]) -> list[int]:
    return [offset for start, end in ranges for offset in range(start, end)]


def _article_at(spots: list[tuple[str, list[list[int]]]], offset: int) -> str | None:
    for article, ranges in spots:
        if any(start <= offset < end for start, end in ranges):
            return article
    return None


def _sentence_at(sentences: list[Row], offset: int) -> str | None:
    for row in sentences:
        if row["start"] <= offset < row["end"]:
            return str(row["sentence_id"])
    return None


def _print_misses(tally: Tally, show: int) -> None:
    for title, rows in (("missed", tally.missed), ("wrong", tally.wrong)):
        if rows:
            print(f"\n{tally.name}, {title} ({len(rows)}):")
        for row in rows[:show]:
            keys = ("start", "raw", "value", "unit", "iso", "adcode", "type")
            print("  " + "  ".join(f"{key}={row[key]}" for key in keys if row.get(key) is not None))
