"""How much a run of characters looks like a name, by the names in jieba's dictionary."""

from __future__ import annotations

import importlib.util
import math
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from etl import reference
from etl.extract.memory import remembered
from etl.extract.segment import part_of_speech, segmenter

_FIRST, _LAST = ord("一"), ord("鿿")
_HAN = re.compile("[一-鿿]+")
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
    """The odds, counted over the dictionary's names (nr, nrt) and all its words. About 0.1 s.

    Source: `dict.txt` of the installed jieba package (MIT).
    """
    # Each line is a word, how often it stands in text, and its tag.
    fields = _dictionary().read_text(encoding="utf-8").split()
    words, tags = fields[::3], fields[2::3]
    running = _running(words, np.fromiter(map(int, fields[1::3]), np.int64, len(words)))
    places: list[Counter[str]] = [Counter(), Counter(), Counter(), Counter()]
    surnames = single_surnames()
    for word, tag in zip(words, tags, strict=True):
        if tag[:2] != "nr" or not _HAN.fullmatch(word):
            continue
        if tag in ("nr", "nrfg") and len(word) == 3 and word[0] in surnames:
            for place, character in enumerate(word):
                places[place][character] += 1
        elif tag == "nrt" and len(word) > 2:
            places[3].update(word)
    odds = [_log_odds(counts, running) for counts in places]
    return NameCharacters(*odds)


def _running(words: list[str], frequencies: Any) -> dict[str, int]:
    """How often each character stands in running text: in words, each as often as the word.

    Words with other characters than Chinese ones do not count.
    """
    codes = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    owners = np.repeat(np.arange(len(words)), np.fromiter(map(len, words), np.int64, len(words)))
    sound = np.ones(len(words), bool)
    sound[owners[(codes < _FIRST) | (codes > _LAST)]] = False
    kept = sound[owners]
    counts = np.bincount(codes[kept], frequencies[owners[kept]])
    return {chr(code): int(counts[code]) for code in np.unique(codes[kept]).tolist()}


def _dictionary() -> Path:
    """jieba's list of words; importing jieba itself takes a while."""
    package = importlib.util.find_spec("jieba")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("jieba is not installed: pip install -r requirements.txt")
    return Path(package.origin).parent / "dict.txt"


def _log_odds(names: Counter[str], running: dict[str, int]) -> dict[str, float]:
    """Capped log of (share among names / share in text); both smoothed by one half."""
    all_names, all_text = sum(names.values()), sum(running.values())
    odds = {}
    for character, count in running.items():
        ratio = (names[character] + 0.5) / all_names / ((count + 0.5) / all_text)
        odds[character] = max(-_CAP, min(_CAP, math.log(ratio)))
    return odds


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
    foreign = name_characters().foreign
    return frozenset(one for one, odds in foreign.items() if odds > _SYLLABLE_ODDS)


@remembered
def dictionary_tag(word: str) -> str:
    """The tag of a word in jieba's dictionary, none where it is not in it as a whole."""
    whole = len(segmenter().cut(word, False)) == 1
    return part_of_speech(word) if whole else "none"
