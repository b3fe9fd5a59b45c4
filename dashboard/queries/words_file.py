"""The words of `word_counts` as arrays in files, for a large version: mapped, not read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from dashboard.beside import Beside
from dashboard.queries.word_counts import Sums, Vocabulary, WordCounts

FOLDER = Beside("words", 1)
_ARRAYS = ("codes", "counts", "ranks", "starts", "totals")
_VOCABULARY = "vocabulary.json"


def write(counts: WordCounts, folder: Path) -> None:
    """Write the files into `folder`."""
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(counts, name))
    np.save(folder / "whole.npy", np.stack([counts.whole.count, counts.whole.articles]))
    said = [counts.vocabulary.words.tolist(), counts.vocabulary.pos.tolist()]
    (folder / _VOCABULARY).write_text(json.dumps(said, ensure_ascii=False), "utf-8")


def read(folder: Path, phrases: Iterable[str]) -> WordCounts:
    """The words in the files of `folder`; `phrases` are the set phrases."""
    words, pos = json.loads((folder / _VOCABULARY).read_text("utf-8"))
    known = set(phrases)
    vocabulary = Vocabulary(
        np.array(words, object),
        np.array([*map(sys.intern, pos)], object),
        np.array([one in known for one in words], bool),
    )
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    count, articles = np.load(folder / "whole.npy")
    return WordCounts(vocabulary, whole=Sums(count, articles), **arrays)
