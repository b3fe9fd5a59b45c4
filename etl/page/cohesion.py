"""How well two pieces of text fit together by their common vocabulary."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from operator import mul


@dataclass(frozen=True, slots=True)
class Bag:
    """Weighed vocabulary and its length as a vector."""

    weights: dict[str, float]
    norm: float

    def __len__(self) -> int:
        return len(self.weights)


_HAN = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{2,}|\d+")


class Vocabulary:
    """The character pairs of each paragraph of a page, weighed by how few paragraphs have them.

    Pairs of characters need no dictionary, so that rare names count as well: names are what an
    article's pieces have in common.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._pairs = [list(_pairs(text)) for text in texts]
        self._threes = {text[at : at + 3] for text in texts for at in range(len(text) - 2)}
        seen = Counter(chain.from_iterable(dict.fromkeys(pairs) for pairs in self._pairs))
        self._weight = {pair: math.log(1 + len(texts) / n) for pair, n in seen.items()}

    def knows(self, three: str) -> bool:
        """Whether the page has these three characters side by side."""
        return three in self._threes

    def bag(self, indexes: Iterable[int]) -> Bag:
        """The weighed vocabulary of some paragraphs together."""
        total = Counter(chain.from_iterable(self._pairs[index] for index in indexes))
        weight = self._weight
        weights = {
            pair: weight[pair] if n == 1 else (1 + math.log(n)) * weight[pair]
            for pair, n in total.items()
        }
        return Bag(weights, math.hypot(*weights.values()))


def _pairs(text: str) -> Iterable[str]:
    for run in _HAN.findall(text):
        if "\u4e00" <= run[0] <= "\u9fff":
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run


def similarity(one: Bag, other: Bag) -> float:
    """Cosine of two bags, 0.0 to 1.0."""
    few, many = sorted((one.weights, other.weights), key=len)
    common = sum(map(mul, few.values(), map(many.get, few, repeat(0.0))))
    return common / (one.norm * other.norm) if common else 0.0


class Cohesion:
    """How likely two stretches of one page belong to one article, in log odds.

    The cosine of two stretches is held against what is usual for them: the geometric mean of
    their middle cosines with the page's known articles. On a page with one theme all are more
    alike, and a short stretch is less like anything than a long one. Measured on pages put
    together from 7,500 broadcast news: halves of one article are 13 times as alike as usual,
    halves of two articles as alike as usual. A stretch of a few words that shares none with its
    article says little: the odds against it grow with its length.
    """

    _STEEP, _MOST, _LEAST_USUAL, _REFERENCES = 2.0, 2.5, 0.008, 12
    _LEAST_COMMON, _ENOUGH_PAIRS = 0.0001, 100
    # Halves of one article are so many times as alike as usual (its logarithm): what is expected
    # before the page's own articles are looked at, and how many of those that expectation is worth.
    _ALIKE, _EXPECTED = 2.5, 3

    def __init__(self, texts: Sequence[str], known: Sequence[Iterable[int]]) -> None:
        """`texts` are the page's paragraphs, `known` runs of them that are surely one article's."""
        self._texts = texts
        self._bags: dict[tuple[int, ...], Bag] = {}
        self._usuals: dict[tuple[int, ...], float] = {}
        self._known = [tuple(one) for one in known[: self._REFERENCES]]

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._texts)

    @cached_property
    def _middle(self) -> float:
        return self._measure_alike() / 2

    def _measure_alike(self) -> float:
        """How much more alike than usual halves of this page's known articles are (logarithm).

        Where all articles are about one thing, it is less than elsewhere.
        """
        found = [self._ALIKE] * self._EXPECTED
        for one in self._known:
            half = len(one) // 2
            if half >= 2:
                left, right = one[:half], one[half:]
                found.append(min(max(self._likeness(left, right), 0.0), 2 * self._ALIKE))
        return sum(found) / len(found)

    def _likeness(self, left: tuple[int, ...], right: tuple[int, ...]) -> float:
        """The logarithm of how many times as alike as usual two stretches are."""
        common = max(similarity(self._bag(left), self._bag(right)), self._LEAST_COMMON)
        usual = max(self._LEAST_USUAL, math.sqrt(self._usual(left) * self._usual(right)))
        return math.log(common / usual)

    def knows(self, three: str) -> bool:
        """Whether the page has these three characters side by side."""
        return self._vocabulary.knows(three)

    def fit(self, one: Iterable[int], other: Iterable[int]) -> float:
        """Log odds, from -2.5 to 2.5, for the paragraphs `one` and `other`."""
        left, right = tuple(one), tuple(other)
        bags = self._bag(left), self._bag(right)
        odds = self._STEEP * (self._likeness(left, right) - self._middle)
        trust = min(1.0, min(map(len, bags)) / self._ENOUGH_PAIRS)
        return max(-self._MOST * trust, min(self._MOST, odds))

    def _usual(self, indexes: tuple[int, ...]) -> float:
        """The middle cosine of a stretch with the known articles that it is no part of."""
        if indexes not in self._usuals:
            own = set(indexes)
            found = sorted(
                similarity(self._bag(indexes), self._bag(one))
                for one in self._known
                if own.isdisjoint(one)
            )
            self._usuals[indexes] = found[len(found) // 2] if found else 0.0
        return self._usuals[indexes]

    def _bag(self, indexes: tuple[int, ...]) -> Bag:
        if indexes not in self._bags:
            self._bags[indexes] = self._vocabulary.bag(indexes)
        return self._bags[indexes]
