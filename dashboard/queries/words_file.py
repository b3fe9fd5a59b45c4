"""The words of `word_counts` as arrays in files, for a large version: mapped, not read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from dashboard import mapped
from dashboard.beside import Beside
from dashboard.queries.word_counts import PIECE, ByWord, Sums, Vocabulary, WordCounts

FOLDER = Beside("words", 2)
_ARRAYS = ("codes", "counts", "ranks", "starts", "totals")
_BY_WORD = {"word_articles": np.int32, "word_counts": np.uint16}
_VOCABULARY = "vocabulary.json"


def write(counts: WordCounts, folder: Path) -> None:
    """Write the files into `folder`."""
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(counts, name))
    np.save(folder / "whole.npy", np.stack([counts.whole.count, counts.whole.articles]))
    said = [counts.vocabulary.words.tolist(), counts.vocabulary.pos.tolist()]
    (folder / _VOCABULARY).write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    _write_by_word(counts, folder)


def _write_by_word(counts: WordCounts, folder: Path) -> None:
    """Write the rows by their words, a piece after the other: each goes where its word is next."""
    size, ends = len(counts.codes), np.cumsum(counts.whole.articles)
    owners, stands = (
        np.lib.format.open_memmap(folder / f"{name}.npy", "w+", kind, (size,))
        for name, kind in _BY_WORD.items()
    )
    free = ends - counts.whole.articles
    for first in range(0, size, PIECE):
        codes = counts.codes[first : first + PIECE]
        order = np.argsort(codes, kind="stable")
        begins = np.flatnonzero(np.diff(codes[order], prepend=-1))
        lengths, own = np.diff(begins, append=len(order)), codes[order[begins]]
        places = np.repeat(free[own] - begins, lengths) + np.arange(len(order))
        rows = np.arange(first, first + len(order))
        owners[places] = (np.searchsorted(counts.starts, rows, "right") - 1)[order]
        stands[places] = counts.counts[first : first + PIECE][order]
        free[own] += lengths
    np.save(folder / "word_ends.npy", ends)


def read(folder: Path, phrases: Iterable[str]) -> WordCounts:
    """The words in the files of `folder`; `phrases` are the set phrases."""
    words, pos = json.loads((folder / _VOCABULARY).read_text("utf-8"))
    known = set(phrases)
    vocabulary = Vocabulary(
        np.array(words, object),
        np.array([*map(sys.intern, pos)], object),
        np.array([one in known for one in words], bool),
    )
    arrays, by_word = (
        {name: mapped.load(folder / f"{name}.npy") for name in names}
        for names in (_ARRAYS, _BY_WORD)
    )
    count, articles = np.load(folder / "whole.npy")
    return WordCounts(
        vocabulary,
        whole=Sums(count, articles),
        by_word=ByWord(np.load(folder / "word_ends.npy"), *by_word.values()),
        **arrays,
    )
