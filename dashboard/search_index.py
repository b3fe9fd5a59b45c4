"""An index of every sentence by pairs of characters, made once for a version of the tables.

    FOLDER/search/done.json                      written last: without it the index is none
    FOLDER/search/text.bin, ends.npy             the sentences as they stand, and where each ends
    FOLDER/search/articles.npy, headings.npy     one entry per sentence, by its row's number
    FOLDER/search/0.keys.npy, 0.starts.npy, 0.postings.npy, 1.keys.npy, ...

A part holds PART sentences: its pairs in order, and for each pair the sentences that have it. So
a word of two characters is one look-up and one of one character a range; a longer one is looked
for in the text of the sentences that have all of its pairs. No word is ever missed, and nothing
is cut into words that a reader might cut otherwise. Arrays are mapped, not read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from dashboard import mapped
from dashboard.beside import Beside
from dashboard.mapped import Numbers

# Another layout of the files gets another number, so that an older index is made anew.
FOLDER = Beside("search", 3)
PART = 65_536
# A character takes 21 bits, a sentence's number within its part 16.
CHARACTER, NUMBER = 21, 16
HEADINGS = ("headline", "kicker", "subheadline")

Progress = Callable[[float], None]

_BREAK = re.compile(r"(?<=[A-Za-z0-9])\s*\n\s*(?=[A-Za-z0-9])")


def clean(raw: str) -> str:
    """A sentence without the line breaks of its column."""
    return _BREAK.sub(" ", raw).replace("\n", "") if "\n" in raw else raw


class Sentences:
    """The sentences of one version as they stand, by their rows' numbers."""

    def __init__(self, folder: Path) -> None:
        self.ends = mapped.load(folder / "ends.npy")
        # Articles are numbered by their first sentence, whose number `firsts` has.
        self.articles = mapped.load(folder / "articles.npy")
        self.firsts = mapped.load(folder / "firsts.npy")
        # Read, not mapped: a million articles' sentences would fill a server's memory by and by.
        self._file = (folder / "text.bin").open("rb", buffering=0)

    def raw(self, number: int) -> str:
        """A sentence with the line breaks of its column."""
        start = int(self.ends[number - 1]) if number else 0
        size = int(self.ends[number]) - start
        return os.pread(self._file.fileno(), size, start).decode("utf-8")

    def of_article(self, first: int, last: int) -> Iterator[tuple[int, str]]:
        """Number and text of the sentences from `first` to `last` of the article of the first."""
        own = np.flatnonzero(self.articles[first : last + 1] == self.articles[first]) + first
        return ((one, self.raw(one)) for one in own.tolist())


@dataclass(frozen=True, slots=True)
class Part:
    """The pairs of a part's sentences, and the sentences (from `first`) that have each."""

    first: int
    keys: Numbers
    starts: Numbers
    postings: Numbers

    def having(self, low: int, high: int) -> Numbers:
        """Numbers, each once or more, of the sentences that have a pair from low up to high."""
        begin, end = np.searchsorted(self.keys, [low, high])
        if begin == end:
            return self.postings[:0]
        last = self.starts[end] if end < len(self.starts) else len(self.postings)
        return self.postings[self.starts[begin] : last]


class SearchIndex:
    """The index of one version; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._sentences = Sentences(folder)
        self.articles, self.firsts = self._sentences.articles, self._sentences.firsts
        self._ends = self._sentences.ends
        self.headings = mapped.load(folder / "headings.npy")
        self._parts = [
            Part(
                number * PART,
                *(mapped.load(folder / f"{number}.{name}.npy") for name in _ARRAYS),
            )
            for number in range(-(-len(self._ends) // PART))
        ]

    def text(self, number: int) -> str:
        """The text of a sentence without line breaks."""
        return clean(self._sentences.raw(number))

    def masks(self, words: Sequence[str]) -> Numbers:
        """For every sentence which of the words it holds: the first as 1, the second as 2, ..."""
        masks = np.zeros(len(self._ends), np.uint8)
        for part in self._parts:
            for number, word in enumerate(words):
                masks[part.first + self._holding(part, word)] |= 1 << number
            mapped.give_back(part.keys, part.starts, part.postings)
        return masks

    def _holding(self, part: Part, word: str) -> Numbers:
        """Numbers within the part of the sentences that hold a word."""
        codes = [ord(one) << CHARACTER for one in word]
        if len(word) == 1:
            return part.having(codes[0], codes[0] + (1 << CHARACTER)).astype(np.int64)
        pairs = sorted(
            (part.having(key, key + 1) for key in {_key(*two) for two in pairwise(word)}),
            key=len,
        )
        found = pairs[0]
        for other in pairs[1:]:
            found = found[np.isin(found, other, assume_unique=True)]
        if len(word) > 2:
            kept = [one for one in found if word in self.text(part.first + int(one)).lower()]
            found = np.array(kept, dtype=np.int64)
        return found.astype(np.int64)


def _key(first: str, second: str) -> int:
    return ord(first) << CHARACTER | ord(second)


_ARRAYS = ("keys", "starts", "postings")


def open_index(tables: Path, spare: Path, progress: Progress | None = None) -> SearchIndex:
    """The index of the tables in a folder, made where there is none yet.

    It lies beside the tables and goes with them; where that folder cannot be written, in
    `spare`. Whoever comes while it is being made waits for it. `progress` hears from 0 to 1.
    """
    return SearchIndex(made(tables, spare, progress))


def made(tables: Path, spare: Path, progress: Progress | None = None) -> Path:
    """The folder of the index, made where there is none yet."""

    def write(folder: Path) -> None:
        _write(tables / "sentences.parquet", folder, progress or (lambda _: None))

    return FOLDER.found_or_made(tables, spare, write)


_NONE = np.empty(0, np.int64)


def _write(sentences: Path, folder: Path, progress: Progress) -> None:
    """Write every file of the index."""
    file = pq.ParquetFile(sentences)
    total = max(file.metadata.num_rows, 1)
    columns = ["article_id", "role", "raw"]
    # Arrays, for a million articles have ten million sentences.
    articles, headings, lengths = [_NONE], [_NONE.astype(bool)], [_NONE]
    order: dict[str, int] = {}
    done = 0
    with (folder / "text.bin").open("wb") as blob:
        for number, rows in enumerate(_parts_of(file, columns)):
            encoded = [one.encode("utf-8") for one in rows["raw"]]
            blob.write(b"".join(encoded))
            lengths.append(np.array([len(one) for one in encoded], np.int64))
            numbers = [order.setdefault(one, len(order)) for one in rows["article_id"]]
            articles.append(np.array(numbers, np.int32))
            headings.append(np.array([one in HEADINGS for one in rows["role"]], bool))
            done += len(encoded)
            pairs = _pairs([clean(one) for one in rows["raw"]])
            for name, array in zip(_ARRAYS, pairs, strict=True):
                np.save(folder / f"{number}.{name}.npy", array)
            progress(min(done / total, 1))
    owners = np.concatenate(articles, dtype=np.int32)
    highest = np.maximum.accumulate(owners)
    for name, array in {
        "articles": owners,
        "firsts": np.flatnonzero(np.diff(highest, prepend=-1)).astype(np.int32),
        "headings": np.concatenate(headings),
        "ends": np.cumsum(np.concatenate(lengths)),
    }.items():
        np.save(folder / f"{name}.npy", array)


def _parts_of(file: pq.ParquetFile, columns: list[str]) -> Iterator[dict[str, list[Any]]]:
    """The rows of a file in parts of PART rows, whatever its row groups are."""
    waiting: dict[str, list[Any]] = {name: [] for name in columns}
    for batch in file.iter_batches(PART, columns=columns):
        for name in columns:
            waiting[name] += batch.column(name).to_pylist()
        while len(waiting[columns[0]]) >= PART:
            yield {name: values[:PART] for name, values in waiting.items()}
            waiting = {name: values[PART:] for name, values in waiting.items()}
    if waiting[columns[0]]:
        yield waiting


def _pairs(texts: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
    """The pairs of characters of a part's sentences: keys, starts, postings.

    The last character of a sentence makes a pair with nothing, so that it is found alone.
    """
    lowered = [one.lower().replace("\0", " ") for one in texts]
    codes = np.frombuffer(("\0".join(lowered) + "\0\0").encode("utf-32-le"), np.uint32)
    codes = codes.astype(np.uint64)
    numbers = np.repeat(np.arange(len(lowered), dtype=np.uint64), [len(one) + 1 for one in lowered])
    firsts, seconds = codes[:-1], codes[1:]
    kept = firsts != 0
    keys = (firsts[kept] << np.uint64(CHARACTER)) | seconds[kept]
    together = _distinct(np.sort((keys << np.uint64(NUMBER)) | numbers[: len(firsts)][kept]))
    ordered = together >> np.uint64(NUMBER)
    starts = np.flatnonzero(np.diff(ordered, prepend=np.uint64(0)))
    postings = together & np.uint64(PART - 1)
    return ordered[starts].astype(np.int64), starts, postings.astype(np.uint16)


def _distinct(ordered: Numbers) -> Numbers:
    """The values of a sorted array, each once; no pair is 0."""
    found: Numbers = ordered[np.diff(ordered, prepend=np.uint64(0)) != 0]
    return found
