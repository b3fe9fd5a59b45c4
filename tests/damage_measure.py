"""What is still found in damaged text: `python -m tests.damage_measure`.

Articles of the corpora beside the project are read clean and, damaged in each way of
`tests.damage`, once more. Printed is the share of the clean reading's facts that the damaged one
has again, and of its own facts those that the clean one has not. The texts stay where they lie.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import tables
from etl.extraction import read
from tests.damage import WAYS, Damaged, damage

ROOT = Path(__file__).parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
# How many articles of each corpus, and what one of the large archive has to speak of.
DRAWN = {"scale_73k": 200, "cppcc_proposals": 50, "broadcast_news": 50}
_LOCAL = re.compile(r"政协|人大常委|[省市县区]委|[省市县区]政府|全[市县区]|[一-龥]{2}县|村民")
_LABEL = re.compile(r"【[^】]*】|\[[^\]]*\]")
_SHORTEST, _LONGEST = 150, 1500

# The facts asked for: the table, and what makes two of its rows the same fact.
Key = Callable[[Any], object]
QUESTIONS: dict[str, tuple[str, Key]] = {
    "figures": ("figures", lambda one: (one.value, one.value_high, one.unit, one.adcode)),
    "figures' values": ("figures", lambda one: (one.value, one.value_high, one.unit)),
    "dates": ("dates", lambda one: one.iso),
    "places": ("places", lambda one: one.adcode),
    "people": ("people", lambda one: one.name),
    "events": ("activities", lambda one: one.type),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as it is compared, and the clean text's characters that it stands on."""

    key: object
    start: int
    end: int
    raw: str


@dataclass(slots=True)
class Count:
    """Facts of the clean text, those found again, and those that only the damaged text has."""

    wanted: int = 0
    again: int = 0
    false: int = 0

    def __str__(self) -> str:
        if not self.wanted:
            return "–"
        return f"{self.again / self.wanted:.3f} ({self.false / self.wanted:.3f})"


def articles(seed: int, share: float = 1.0) -> list[tuple[str, str]]:
    """Issue day and text of articles drawn with `seed`, none of them in any gold."""
    known = _in_gold()
    dice = random.Random(seed)
    found = []
    for corpus, many in DRAWN.items():
        rows = [one for one in _records(corpus) if one["id"] not in known and _fits(corpus, one)]
        found += dice.sample(rows, round(many * share))
    return [(one["date"], _page(one)) for one in found]


def _in_gold() -> set[str]:
    files = (ROOT / "tests" / "gold").glob("*.json")
    return {one["document"] for file in files for one in json.loads(file.read_text("utf-8"))}


def _records(corpus: str) -> Iterable[dict[str, str]]:
    with gzip.open(CORPORA / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _fits(corpus: str, row: dict[str, str]) -> bool:
    if not row["title"] or not _SHORTEST <= len(row["text"]) <= _LONGEST:
        return False
    return corpus != "scale_73k" or len(_LOCAL.findall(row["text"])) >= 2


def _page(row: dict[str, str]) -> str:
    paragraphs = [one.strip() for one in row["text"].splitlines()]
    return "\n\n".join([_LABEL.sub("", row["title"]).strip(), *filter(None, paragraphs)]) + "\n"


def facts(day: str, damaged: Damaged) -> dict[str, list[Fact]]:
    """The facts of one text by question; those on put-in characters alone are left out."""
    document = tables.Document("page", "page.txt", text=damaged.text, issue_date=day)
    rows = read(document)
    return {
        name: [fact for one in rows[table] if _counts(one) for fact in _fact(one, key, damaged)]
        for name, (table, key) in QUESTIONS.items()
    }


def _counts(row: Any) -> bool:
    """Whether a reader would see the row: a result, an event."""
    if isinstance(row, tables.Figure):
        return row.reportable
    return not isinstance(row, tables.Activity) or row.status == "event"


def _fact(row: Any, key: Key, damaged: Damaged) -> list[Fact]:
    origin = [one for one in damaged.origin[row.start : row.end] if one >= 0]
    return [Fact(key(row), min(origin), max(origin) + 1, row.raw)] if origin else []


def compare(clean: list[Fact], found: list[Fact]) -> tuple[Count, list[Fact], list[Fact]]:
    """How many of the `clean` facts are found again, one for one; then the lost and the false."""
    lost, left = [], list(found)
    for one in clean:
        same = next((other for other in left if _same(one, other)), None)
        if same:
            left.remove(same)
        else:
            lost.append(one)
    return Count(len(clean), len(clean) - len(lost), len(left)), lost, left


def _same(one: Fact, other: Fact) -> bool:
    return one.key == other.key and one.start < other.end and other.start < one.end


def measure(source: list[tuple[str, str]], way: str) -> dict[str, Count]:
    """The counts of one way of damage by question."""
    total = {name: Count() for name in QUESTIONS}
    for seed, (day, text) in enumerate(source):
        clean = facts(day, damage(text, WAYS["none"], seed))
        found = facts(day, damage(text, WAYS[way], seed))
        for name, into in total.items():
            count, _, _ = compare(clean[name], found[name])
            into.wanted += count.wanted
            into.again += count.again
            into.false += count.false
    return total


def main(arguments: list[str]) -> int:
    """Print the table, articles drawn with the seed that is given; 3 where there are none."""
    if not CORPORA.exists():
        print("The corpora are not beside the project (../shared).")
        return 3
    source = articles(int(arguments[0]) if arguments else 2026)
    print(f"| damage | {' | '.join(QUESTIONS)} |")
    print("|---|" + "---|" * len(QUESTIONS))
    for way in WAYS:
        print(f"| {way} | {' | '.join(map(str, measure(source, way).values()))} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
