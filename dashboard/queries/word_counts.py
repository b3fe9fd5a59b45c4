"""Which word stands how often in which article, as numbers in memory: 6 bytes a row.

`count` reads them from the file of the table `words`. Rows of an article stand next to each other,
so that those of some articles are read without looking at the others'; what has no bounds otherwise
is worked on in pieces of PIECE rows.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard import mapped
from dashboard.mapped import Numbers

PIECE = 2_000_000
# Rows of some articles that are summed at a time: they lie all over, and what is read for them is
# given back behind each piece.
AT_ONCE = 500_000

# Row groups that are read at a time.
GROUPS = 64
# Articles whose words are added up at a time: numpy makes wide numbers of all that it adds.
ARTICLES = 10_000


@dataclass(frozen=True, slots=True)
class Sums:
    """Of each word, by its code: how often it stands in some articles, and in how many of them."""

    count: Numbers
    articles: Numbers

    def without(self, other: Sums) -> Sums:
        """What is left without the articles of `other`, which are some of these."""
        return Sums(self.count - other.count, self.articles - other.articles)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Each distinct word and part of speech, in order: a code is a place in here.

    `phrases` says which are set phrases that every report has.
    """

    words: Numbers
    pos: Numbers
    phrases: Numbers

    def codes_of(self, word: str) -> range:
        """The codes of a word, one for each part of speech."""
        return range(bisect_left(self.words, word), bisect_right(self.words, word))


@dataclass(frozen=True, slots=True)
class ByWord:
    """The rows of `words` by their codes: the number of the article and the count of each.

    Code `i` has the rows up to `ends[i]`, from where those of the code before it end.
    """

    ends: Numbers
    articles: Numbers
    counts: Numbers

    def of(self, code: int) -> slice:
        """Where the rows of a code stand."""
        return slice(int(self.ends[code - 1]) if code else 0, int(self.ends[code]))


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The rows of `words`: `codes` and `counts` of each, an article's next to each other.

    Article number `i` of `ranks` (see `keys`) has the rows from `starts[i]` up to `starts[i + 1]`;
    `whole` are the sums of all articles, `totals` the words of each. `by_word` has the rows once
    more where they are kept in files, so that those of a word need not be looked for among all.
    """

    vocabulary: Vocabulary
    codes: Numbers
    counts: Numbers
    ranks: Numbers
    starts: Numbers
    whole: Sums
    totals: Numbers
    by_word: ByWord | None = None

    def sums(self, kept: Numbers | None) -> Sums:
        """The sums of the articles whose rank is true in `kept`; None is all of them.

        Where that is most of them the others are summed and taken away.
        """
        if kept is None:
            return self.whole
        chosen = kept[self.ranks]
        lengths = np.diff(self.starts)
        if int(lengths[chosen].sum()) * 2 > len(self.codes):
            return self.whole.without(self._sums(np.flatnonzero(~chosen)))
        return self._sums(np.flatnonzero(chosen))

    def _sums(self, articles: Numbers) -> Sums:
        return _sums(self._rows(articles), self.codes, self.counts, len(self.whole.count))

    def _rows(self, articles: Numbers) -> Iterator[Numbers]:
        """The numbers of some articles' rows, a piece after the other."""
        starts, lengths = self.starts[articles], self.starts[articles + 1] - self.starts[articles]
        ends = np.cumsum(lengths)
        kind = np.int32 if len(self.codes) < 2**31 else np.int64
        first = 0
        while first < len(articles):
            before = int(ends[first - 1]) if first else 0
            last = max(first + 1, int(np.searchsorted(ends, before + AT_ONCE, "right")))
            # From a row to the next it is 1, from an article's last to another's first more.
            steps = np.ones(int(ends[last - 1]) - before, kind)
            begins = ends[first:last] - lengths[first:last] - before
            behind = np.concatenate([[0], starts[first : last - 1] + lengths[first : last - 1] - 1])
            steps[begins] = starts[first:last] - behind
            yield np.cumsum(steps, dtype=kind)
            first = last

    def _held(self, words: Sequence[range], codes: Numbers) -> Numbers:
        """Which of some rows' codes are of the words."""
        if len(words) == 1:
            # To look each code up takes three times as long.
            first = np.int32(words[0].start)
            return (codes - first).view(np.uint32) < np.uint32(len(words[0]))
        wanted = np.zeros(len(self.whole.count), bool)
        for some in words:
            wanted[some.start : some.stop] = True
        return wanted[codes]

    def having(self, words: Sequence[range]) -> tuple[Numbers, Numbers, Numbers]:
        """Of each row of some words, given by their codes: code, rank of the article, count.

        A word's rows come in the order of the articles.
        """
        if self.by_word is not None:
            return self._looked_up(self.by_word, words)
        found = [
            np.flatnonzero(self._held(words, self.codes[first : first + PIECE])) + first
            for first in range(0, len(self.codes), PIECE)
        ]
        rows = _joined(found, np.int64)
        articles = np.searchsorted(self.starts, rows, "right") - 1
        return self.codes[rows], self.ranks[articles], self.counts[rows].astype(np.int64)

    def _looked_up(
        self, by_word: ByWord, words: Sequence[range]
    ) -> tuple[Numbers, Numbers, Numbers]:
        each = sorted({code for some in words for code in some})
        slices = [by_word.of(code) for code in each]
        codes = np.repeat(np.array(each, np.int32), [one.stop - one.start for one in slices])
        articles = _joined([by_word.articles[one] for one in slices], np.int64)
        counts = _joined([by_word.counts[one] for one in slices], np.int64)
        return codes, self.ranks[articles], counts


def count(file: Path, ranks: Mapping[str, int], phrases: Iterable[str]) -> WordCounts:
    """Number all words in the file of the table `words`.

    `ranks` has every article's rank by its id (see `keys`), `phrases` are the set phrases. Texts
    stay what they are in the file, numbers into a list: only those of the lists are compared.
    """
    parquet = pq.ParquetFile(file, read_dictionary=["article_id", "word", "pos"])
    found = _Found(parquet.metadata.num_rows)
    for first in range(0, parquet.num_row_groups, GROUPS):
        groups = range(first, min(first + GROUPS, parquet.num_row_groups))
        rows = parquet.read_row_groups(list(groups), ["article_id", "word", "pos", "count"])
        found.add(rows.unify_dictionaries().combine_chunks(), ranks)
    return found.ordered(set(phrases))


class _Found:
    """The rows that were read so far; words are numbered as they come."""

    def __init__(self, rows: int) -> None:
        self.codes, self.counts = np.empty(rows, np.int32), np.empty(rows, np.uint16)
        self.filled, self.last = 0, -1
        self.words: dict[tuple[str, str], int] = {}
        self.ranks: list[Numbers] = []
        self.starts: list[Numbers] = []

    def add(self, rows: pa.Table, ranks: Mapping[str, int]) -> None:
        """Take in the rows of a table whose texts are numbers into lists."""
        owners, articles = _listed(rows["article_id"])
        known = np.array([ranks.get(one, -1) for one in articles], np.int32)[owners]
        kept = np.flatnonzero(known >= 0)
        here = slice(self.filled, self.filled + len(kept))
        self.codes[here] = self._codes(rows)[kept]
        self.counts[here] = rows["count"].to_numpy()[kept]
        begins = np.flatnonzero(np.diff(known[kept], prepend=self.last))
        self.ranks.append(known[kept][begins])
        self.starts.append(begins + self.filled)
        self.filled = here.stop
        self.last = int(known[kept][-1]) if len(kept) else self.last

    def _codes(self, rows: pa.Table) -> Numbers:
        words, spoken = _listed(rows["word"])
        parts, found = _listed(rows["pos"])
        pos = [sys.intern(one) for one in found]
        pairs = words.astype(np.int64) * len(pos) + parts
        code_of = np.zeros(len(spoken) * len(pos), np.int32)
        present = np.zeros(len(code_of), bool)
        present[pairs] = True
        seen = np.flatnonzero(present)
        said = zip((seen // len(pos)).tolist(), (seen % len(pos)).tolist(), strict=True)
        codes = self.words
        code_of[seen] = [codes.setdefault((spoken[one], pos[two]), len(codes)) for one, two in said]
        return code_of[pairs]

    def ordered(self, phrases: set[str]) -> WordCounts:
        """All of it, the words numbered in their order."""
        order = sorted(self.words)
        code_of = np.empty(len(order), np.int32)
        for code, key in enumerate(order):
            code_of[self.words[key]] = code
        codes = self.codes[: self.filled]
        for first in range(0, len(codes), PIECE):
            codes[first : first + PIECE] = code_of[codes[first : first + PIECE]]
        vocabulary = Vocabulary(
            np.array([word for word, _ in order], object),
            np.array([pos for _, pos in order], object),
            np.array([word in phrases for word, _ in order], bool),
        )
        found = (codes, self.counts[: self.filled])
        return _arranged(
            vocabulary, *found, _joined(self.ranks, np.int32), _joined(self.starts, np.int64)
        )


def _listed(column: pa.ChunkedArray) -> tuple[Numbers, list[str]]:
    """A column of texts as numbers into a list of them."""
    array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return array.indices.to_numpy(), array.dictionary.to_pylist()


def _joined(parts: list[Numbers], kind: type[Any]) -> Numbers:
    return np.concatenate(parts).astype(kind) if parts else np.empty(0, kind)


def _arranged(
    vocabulary: Vocabulary, codes: Numbers, counts: Numbers, ranks: Numbers, starts: Numbers
) -> WordCounts:
    """Each article's rows next to each other: a build writes them so, others may not."""
    lengths = np.diff(starts, append=len(codes))
    if len(np.unique(ranks)) < len(ranks):
        owners = np.repeat(ranks, lengths)
        order = np.argsort(owners, kind="stable")
        codes, counts = codes[order], counts[order]
        ranks, lengths = np.unique(owners, return_counts=True)
    bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    whole = _sums(
        [slice(at, at + PIECE) for at in range(0, len(codes), PIECE)],
        codes,
        counts,
        len(vocabulary.words),
    )
    totals = [
        np.add.reduceat(counts[some[0] : some[-1]], some[:-1] - some[0], dtype=np.int64)
        for first in range(0, len(ranks), ARTICLES)
        if len(some := bounds[first : first + ARTICLES + 1])
    ]
    return WordCounts(vocabulary, codes, counts, ranks, bounds, whole, _joined(totals, np.int64))


def _sums(pieces: Iterable[Any], codes: Numbers, counts: Numbers, size: int) -> Sums:
    """The sums of the rows that the pieces name."""
    more, articles = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for rows in pieces:
        some, count = codes[rows], counts[rows]
        articles += np.bincount(some, minlength=size)
        # Most words stand in an article once.
        often = np.flatnonzero(count > 1)
        more += np.bincount(some[often], count[often] - 1, size).astype(np.int64)
        mapped.give_back(codes, counts)
    return Sums(articles + more, articles)
