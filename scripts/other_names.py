"""Texts whose people are called otherwise, so that weights rest on the words around a name.

News names the same few hundred people again and again. A weight learnt from it knows them, and
thinks little of what stands beside them; a county's vice-chairman is known to nobody. So every
text that weights are fitted on is read a second time with other names: made of the same
characters, of ordinary words that serve as given names (建新, 兴旺), Tibetan or transliterated.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from functools import cache

from etl import reference
from etl.extract.people import dictionary
from etl.extract.people.characters import is_han, single_surnames
from etl.extract.people.tokens import abroad

Span = tuple[int, int]
Weighed = tuple[list[str], list[int]]
# Of the new names so many are no Han names, so many have one character behind the surname, and so
# many are given ordinary words.
OTHER_PEOPLES, SHORT, WORDS = 0.15, 0.15, 0.3
# Of the first so many are Tibetan, the others spelt by their sound.
TIBETAN = 0.4
WORD_TAGS = ("n", "v", "a", "nz", "vn", "ns", "z", "d", "an")


class Names:
    """New names in the manner of those that `known` holds."""

    def __init__(self, known: Iterable[str], seed: int = 5) -> None:
        self.chance = random.Random(seed)
        whole = [one for one in known if is_han_name(one)]
        self.surnames = _weighed(one[0] for one in whole)
        self.middles = _weighed(one[1] for one in whole if len(one) == 3)
        self.lasts = _weighed(one[-1] for one in whole)
        self.words = self._words()

    def another(self) -> str:
        """A name that nobody need bear."""
        sort = self.chance.random()
        if sort < OTHER_PEOPLES:
            return self._of_another_people()
        surname = self._pick(self.surnames)
        if sort < OTHER_PEOPLES + SHORT:
            return surname + self._pick(self.lasts)
        if sort < OTHER_PEOPLES + SHORT + WORDS:
            return surname + self._pick(self.words)
        return surname + self._pick(self.middles) + self._pick(self.lasts)

    def _of_another_people(self) -> str:
        if self.chance.random() < TIBETAN:
            return "".join(self.chance.sample(_tibetan(), 2))
        return self.chance.choice(_spelt())

    def _words(self) -> Weighed:
        """Words that may be given names, weighed by how often names have their characters."""
        middles, lasts = (dict(zip(*one, strict=True)) for one in (self.middles, self.lasts))
        weights = {one: middles.get(one[0], 0) * lasts.get(one[1], 0) for one in _pairs()}
        kept = [one for one, weight in weights.items() if weight]
        return kept, [weights[one] for one in kept]

    def _pick(self, weighed: Weighed) -> str:
        return self.chance.choices(*weighed)[0]


def is_han_name(name: str) -> bool:
    """Whether a name is a surname of one character and a given name of one or two."""
    return len(name) in (2, 3) and name[0] in single_surnames() and all(map(is_han, name))


def changed(text: str, spans: set[Span], names: Names) -> tuple[str, set[Span]]:
    """The text with each Han name in it changed, the same one everywhere alike; its names."""
    given: dict[str, str] = {}
    parts, found, at, length = [], set(), 0, 0
    for start, end in sorted(spans):
        if start < at:
            continue
        old = text[start:end]
        new = given.setdefault(old, names.another()) if is_han_name(old) else old
        parts += [text[at:start], new]
        length += start - at
        found.add((length, length + len(new)))
        length, at = length + len(new), end
    return "".join([*parts, text[at:]]), found


def _weighed(characters: Iterable[str]) -> Weighed:
    counts = Counter(characters)
    return list(counts), list(counts.values())


def _pairs() -> list[str]:
    """The dictionary's words of two characters that are no names."""
    words = dictionary.read()
    chosen = words.han & words.tagged(*WORD_TAGS) & (words.ends - words.starts == 2)
    return ["".join(map(chr, words.codes[at : at + 2])) for at in words.starts[chosen]]


@cache
def _spelt() -> list[str]:
    """Transliterated names of three to five characters in the dictionary, no places."""
    words = dictionary.read()
    lengths = words.ends - words.starts
    chosen = words.han & words.tagged("nrt") & (lengths > 2) & (lengths < 6)
    pairs = zip(words.starts[chosen], words.ends[chosen], strict=True)
    names = ("".join(map(chr, words.codes[start:end])) for start, end in pairs)
    return [one for one in names if one not in abroad()]


@cache
def _tibetan() -> list[str]:
    return sorted(reference.word_set("surnames", "tibetan"))
