"""How well two pieces of text fit together: common vocabulary, words cut at the seam, quotes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import rjieba

Bag = dict[str, float]

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{2,}|\d+")
_OPENING, _CLOSING = "“‘(《「『", "”’)》」』"
_REACH = 8


class Vocabulary:
    """The character pairs of each paragraph of a page, weighed by how few paragraphs have them.

    Pairs of characters need no dictionary, so that rare names count as well: names are what an
    article's pieces have in common.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = [Counter(_pairs(text)) for text in texts]
        seen = Counter(pair for counts in self._counts for pair in counts)
        self._weight = {pair: math.log(1 + len(texts) / n) for pair, n in seen.items()}

    def bag(self, indexes: Iterable[int]) -> Bag:
        """The weighed vocabulary of some paragraphs together."""
        total: Counter[str] = Counter()
        for index in indexes:
            total.update(self._counts[index])
        return {pair: (1 + math.log(n)) * self._weight[pair] for pair, n in total.items()}


def _pairs(text: str) -> Iterable[str]:
    for run in _HAN.findall(text):
        if "\u4e00" <= run[0] <= "\u9fff":
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run


def similarity(one: Bag, other: Bag) -> float:
    """Cosine of two bags, 0.0 to 1.0."""
    if len(one) > len(other):
        one, other = other, one
    common = sum(weight * other[pair] for pair, weight in one.items() if pair in other)
    if not common:
        return 0.0
    norms = math.hypot(*one.values()) * math.hypot(*other.values())
    return common / norms


class Cohesion:
    """How likely two stretches of one page belong to one article, in log odds.

    Measured on pages put together from 7,500 broadcast news: the cosine of two halves of one
    article has its middle at 0.13 (5 % below 0.05), that of halves of two articles at 0.01 (5 %
    above 0.05). On a page with one theme strangers are more alike, so they set the level.
    """

    _STEEP, _MOST, _LEVEL, _ABOVE_STRANGERS = 40.0, 2.5, 0.035, 1.6

    def __init__(self, vocabulary: Vocabulary, known: Sequence[Iterable[int]]) -> None:
        self._vocabulary = vocabulary
        self._bags: dict[tuple[int, ...], Bag] = {}
        self._level = max(self._LEVEL, self._ABOVE_STRANGERS * self._strangers(known))

    def _strangers(self, known: Sequence[Iterable[int]]) -> float:
        """The middle cosine of stretches that are known to be different articles."""
        bags = [self._bag(tuple(one)) for one in known[:12]]
        found = sorted(
            similarity(one, other) for at, one in enumerate(bags) for other in bags[at + 1 :]
        )
        return found[len(found) // 2] if found else 0.0

    def fit(self, one: Iterable[int], other: Iterable[int]) -> float:
        """Log odds, from -2.5 to 2.5, for the paragraphs `one` and `other`."""
        common = similarity(self._bag(tuple(one)), self._bag(tuple(other)))
        return max(-self._MOST, min(self._MOST, self._STEEP * (common - self._level)))

    def _bag(self, indexes: tuple[int, ...]) -> Bag:
        if indexes not in self._bags:
            self._bags[indexes] = self._vocabulary.bag(indexes)
        return self._bags[indexes]


def word_across(left: str, right: str) -> str | None:
    """The dictionary word that a cut between `left` and `right` has parted: 将进 | 一步 → 进一步."""
    left, right = left[-_REACH:], right[:_REACH]
    at = 0
    for word in rjieba.cut(left + right):
        if at < len(left) < at + len(word):
            return word if rjieba.has_word(word) else None
        at += len(word)
    return None


def open_quotes(text: str) -> int:
    """Opening quotes and brackets less closing ones, over the whole of `text`."""
    return sum(map(text.count, _OPENING)) - sum(map(text.count, _CLOSING))


def closes_before_opening(text: str) -> bool:
    """Whether a quote or bracket closes in `text` that was opened before it."""
    depth = 0
    for mark in re.findall(f"[{_OPENING}{_CLOSING}]", text):
        depth += 1 if mark in _OPENING else -1
        if depth < 0:
            return True
    return False
