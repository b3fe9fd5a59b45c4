"""Accuracy on real text: `python -m tests.accuracy`.

Measures the newspaper page and the articles of `tests/gold/unseen.json`, 60 articles drawn at
random from the corpora beside the project and annotated by machine readers that saw no output of
the extraction; the gold holds offsets and facts but no sentence. Rules were developed on the page
and on the open half; nobody looked at the misses of the closed half.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from etl import score
from etl.__main__ import main as command

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
PAGE = SHARED / "seeds" / "page.txt"
PAGE_GOLD = SHARED / "gold" / "page.json"
UNSEEN = Path(__file__).parent / "gold" / "unseen.json"
HALVES = ("open", "closed")


def gold_of(half: str) -> list[dict[str, Any]]:
    """The gold documents of one half."""
    documents: list[dict[str, Any]] = json.loads(UNSEEN.read_text(encoding="utf-8"))
    return [one for one in documents if one["half"] == half]


def score_page(folder: Path) -> dict[str, score.Tally]:
    """The tallies of the newspaper page, whose tables are built in `folder`."""
    options = ["--issue-date", "2023-12-29", "--publication", "人民政协报"]
    command(["build", str(PAGE), *options, "--out", str(folder / "page")])
    return score.score(folder / "page", PAGE_GOLD)


def score_unseen(half: str, folder: Path) -> dict[str, score.Tally]:
    """The tallies of one half; the articles' texts are fetched from the corpora by their ids."""
    gold = gold_of(half)
    source = folder / f"{half}.jsonl"
    with source.open("w", encoding="utf-8") as lines:
        for corpus in sorted({one["corpus"] for one in gold}):
            wanted = {one["document"] for one in gold if one["corpus"] == corpus}
            lines.writelines(_records(corpus, wanted))
    command(["build", str(source), "--out", str(folder / half)])
    marked = folder / f"{half}.json"
    marked.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return score.score(folder / half, marked)


def _records(corpus: str, wanted: set[str]) -> list[str]:
    path = SHARED / "corpora" / f"{corpus}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line for line in lines if json.loads(line)["id"] in wanted]


def main() -> int:
    """Print F1 per question for the page and both halves; 3 where the shared texts are missing."""
    if not PAGE.exists():
        print("The texts that the gold speaks of are not beside the project (../shared).")
        return 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        columns = {"page": score_page(folder)} | {
            half: score_unseen(half, folder) for half in HALVES
        }
    print("| | " + " | ".join(columns) + " |")
    print("|---|" + "---|" * len(columns))
    for question in columns["page"]:
        cells = [_cell(tallies[question]) for tallies in columns.values()]
        print(f"| {question} | " + " | ".join(cells) + " |")
    return 0


def _cell(tally: score.Tally) -> str:
    return f"{tally.f1:.3f} ({tally.right} of {tally.gold}, {tally.found} found)"


if __name__ == "__main__":
    sys.exit(main())
