"""How much a run of characters looks like a name, by the names in jieba's dictionary."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from etl import reference
from etl.extract.memory import remembered
from etl.extract.people import dictionary
from etl.extract.segment import part_of_speech, segmenter

_CAP = 3.5
# Characters of transliterated names: common ones have more than the first, rare ones the second.
COMMON_ODDS, RARE_ODDS = -0.8, -2.6
_SYLLABLE_ODDS = 0.5
# A Tibetan name counts as one spelt throughout in the characters of names.
TIBETAN_ODDS = 5.0


class NameCharacters(NamedTuple):
    """Log odds, name against running text, of each character by its place in a name.

    A character that no name of the dictionary has at a place gets the lowest odds.
    """

    surname: dict[str, float]
    middle: dict[str, float]
    last: dict[str, float]
    foreign: dict[str, float]


@cache
def name_characters() -> NameCharacters:
    """The odds, counted over the dictionary's names (nr, nrt) and all its words. About 0.1 s."""
    words = dictionary.read()
    lengths = words.ends - words.starts
    own = words.han & words.tagged("nr", "nrfg") & (lengths == 3)
    own &= np.isin(words.codes[words.starts], list(map(ord, single_surnames())))
    starts = words.starts[own]
    names = [dictionary.count(words.codes[starts + place]) for place in range(3)]
    foreign, _ = words.spelt(words.han & words.tagged("nrt") & (lengths > 2))
    names.append(dictionary.count(foreign))
    codes, owners = words.spelt(words.han)
    running = dictionary.count(codes, words.counts[words.han][owners])
    known = np.flatnonzero(dictionary.count(codes))
    return NameCharacters(*(_log_odds(counts, running, known) for counts in names))


def _log_odds(names: Any, running: Any, known: Any) -> dict[str, float]:
    """Capped log of (share among names / share in text) of `known` code points.

    `names` and `running` count all code points; both are smoothed by one half.
    """
    share = (names[known] + 0.5) / int(names.sum())
    ratios = share / ((running[known] + 0.5) / int(running.sum()))
    odds = (max(-_CAP, min(_CAP, math.log(ratio))) for ratio in ratios.tolist())
    return dict(zip(map(chr, known.tolist()), odds, strict=True))


@cache
def single_surnames() -> frozenset[str]:
    """Family names of one character."""
    return reference.word_set("surnames", "single")


@cache
def long_surnames() -> frozenset[str]:
    """Family names of two and three characters, Japanese ones and Tibetan names too."""
    lists = ("double", "japanese", "tibetan")
    return frozenset().union(*(reference.word_set("surnames", one) for one in lists))


@cache
def japanese_surnames() -> frozenset[str]:
    """Japanese family names of two and three characters, by which people are called, too."""
    return reference.word_set("surnames", "japanese")


@cache
def tibetan_names() -> frozenset[str]:
    """Tibetan names of two syllables, which stand alone or as one half of a longer name."""
    return reference.word_set("surnames", "tibetan")


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return "一" <= character <= "鿿"


@cache
def syllables() -> frozenset[str]:
    """The characters that spell names from abroad more often than other words."""
    return spelt_with(_SYLLABLE_ODDS)


@cache
def spelt_with(least: float) -> frozenset[str]:
    """The characters whose odds of spelling a name from abroad are greater than `least`."""
    foreign = name_characters().foreign
    return frozenset(one for one, odds in foreign.items() if odds > least)


@remembered
def dictionary_tag(word: str) -> str:
    """The tag of a word in jieba's dictionary, none where it is not in it as a whole."""
    whole = len(segmenter().cut(word, False)) == 1
    return part_of_speech(word) if whole else "none"
