"""Fits data/reference/character_pairs.csv: how gladly one character follows another.

    python -m scripts.fit_character_pairs --corpora ../shared/corpora

Counts pairs of neighbouring characters in the corpora's texts and writes, for each pair, the
logarithm of how many times as often it stands there as chance would put it. The texts are read
where they lie; what is written holds no word of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from etl import reference
from etl.page.cuts import LEAST, UNSEEN
from etl.text import normalise

HEAD = """\
# How gladly one character follows another in print: the logarithm of how many times as often a
# pair stands in running text as chance would put it. A single character's number is what it
# adds to that for a pair which is not here (see etl/page/cuts.py).
# Source: own counts by scripts/fit_character_pairs.py over {texts} texts ({characters} characters):
# broadcast news of 2012-2026 and proposals of 2022; pairs seen {least} times and more.
# Every tenth text was kept out.
# Date: 2026-11.
pair,number
"""
FILES = ("broadcast_news", "cppcc_proposals", "scale_73k")
# Every tenth text, from this one on, is kept out: tests.page_measure makes its pages of those.
# The newer part of scale_73k has the same texts as broadcast_news and is passed over.
KEPT_OUT, OVERLAP = 7, "2022-09"


def texts(folder: Path) -> Iterator[str]:
    """The corpora's texts, normalised, less those that are kept out."""
    for name in FILES:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                twice = name == "scale_73k" and row["date"] >= OVERLAP
                if number % 10 != KEPT_OUT and not twice:
                    yield normalise(row["text"])


def count(folder: Path) -> tuple[Counter[str], Counter[str], int]:
    """How often each character and each pair of neighbours stands in the texts; number of texts."""
    ones: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    number = 0
    for text in texts(folder):
        number += 1
        for line in text.split("\n"):
            ones.update(line)
            pairs.update(map("".join, pairwise(line)))
    return ones, pairs, number


def weigh(ones: Counter[str], pairs: Counter[str], least: int) -> dict[str, float]:
    """The numbers of the table: single characters first, then pairs."""
    total = sum(ones.values())
    half = UNSEEN * total
    found = {
        one: math.log(n) - 0.5 * math.log(half)
        for one, n in ones.items()
        if _is_written(one) and math.log(n) - 0.5 * math.log(half) > LEAST
    }
    for pair, n in pairs.items():
        if n >= least and all(map(_is_written, pair)):
            expected = ones[pair[0]] * ones[pair[1]]
            found[pair] = math.log((n + UNSEEN) * total / (expected + half))
    return found


def _is_written(one: str) -> bool:
    return "\u4e00" <= one <= "\u9fff" or one in "、，,:;。!?“”《》()·%"


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--least", type=int, default=150)
    parser.add_argument("--out", type=Path, default=reference.FOLDER / "character_pairs.csv")
    options = parser.parse_args()
    ones, pairs, number = count(options.corpora)
    rows = weigh(ones, pairs, options.least)
    head = HEAD.format(
        texts=f"{number:,}", characters=f"{sum(ones.values()):,}", least=options.least
    )
    lines = [f"{_cell(key)},{value:.1f}" for key, value in sorted(rows.items())]
    options.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows):,} rows in {options.out}")
    return 0


def _cell(key: str) -> str:
    return f'"{key}"' if "," in key else key


if __name__ == "__main__":
    raise SystemExit(main())
