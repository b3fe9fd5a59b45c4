"""What a word can begin, and what a candidate is."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from etl import reference
from etl.extract.memory import remembered
from etl.extract.people.characters import (
    COMMON_ODDS,
    is_han,
    japanese_surnames,
    long_surnames,
    name_characters,
    single_surnames,
    spelt_with,
    tibetan_names,
)
from etl.extract.segment import part_of_speech

NAME_TAGS = ("nr", "nrt", "nrfg")
DOT_MARKS = frozenset("·•‧・.．")
HYPHENS = frozenset("-－‐–—")
# Countries in one character, as headlines and titles write them: 俄总统, 美国务卿. Two are no name.
SHORT_COUNTRIES = frozenset("美俄英法德日韩朝印巴以伊叙土乌越泰缅柬菲")
_ODDS_OF_COUNTRIES = -9.0
# 普京 and 奥巴马 stand in the dictionary as places.
_COMMON_ODDS_OF_WORD = 0.1
# What may begin with a token, as flags.
SURNAME, LONG_SURNAME, HALF_SURNAME, NAME, FOREIGN, JOINT, TITLE = 1, 2, 4, 8, 16, 32, 64
# It is a form of address, which stands behind a name.
ADDRESS = 128


class Candidate(NamedTuple):
    """text[start:end] may be a name; `first` and `after` are its token and the one behind it.

    `form` says how it is built (surname and given name: c2, c3, c4; transliterated: f2 ... f5;
    with a dot: dot; in the dictionary: k2 ... k5; behind a title of another country: t2 ... t5),
    `odds` how much its characters look like it, `shape` how the dictionary cuts it: name (one
    word, known as a name), place or word (another one), singles, split (the given name is a word
    of its own), glued (surname and part of the given name are a word), inside (its end lies
    within a word), words (an ordinary one among several).
    """

    start: int
    end: int
    first: int
    after: int
    form: str
    odds: float
    shape: str


@remembered
def kind_of(token: str) -> int:
    """What may begin with a token, as flags."""
    if not is_han(token[0]):
        return JOINT if token in DOT_MARKS or token in HYPHENS else 0
    kind = SURNAME if token[0] in single_surnames() else 0
    if _foreign_token(token):
        kind |= FOREIGN
    if is_title(token):
        kind |= TITLE
    if token in _addresses():
        kind |= ADDRESS
    if _is_name(token, kind):
        kind |= NAME
    if token in long_surnames():
        kind |= LONG_SURNAME
    elif token in _first_halves() or (len(token) > 2 and token[:2] in japanese_surnames()):
        kind |= HALF_SURNAME
    return kind


def _is_name(token: str, kind: int) -> bool:
    """Whether a token of this kind may be a whole name: listed as one, or spelt as those abroad.

    One that begins with a family name is read as that and a given name.
    """
    if token in tibetan_names() or token in japanese_surnames():
        return True
    if len(token) == 1 or token in abroad():
        return False
    spelt = len(token) < 6 and _spells(token) and _spelling(token) > _COMMON_ODDS_OF_WORD
    alone = kind & FOREIGN or not kind & SURNAME or len(token) > 3
    if not spelt and not alone:
        return False
    if word_shape(token) == "name":
        return bool(alone)
    return spelt and part_of_speech(token) in ("ns", "nz", "n", "v")


@cache
def _addresses() -> frozenset[str]:
    return reference.word_set("titles", "following")


@cache
def _first_halves() -> frozenset[str]:
    return frozenset(one[0] for one in long_surnames())


@cache
def abroad() -> frozenset[str]:
    """Places abroad and transliterated words, which are spelt as names are."""
    return reference.word_set("foreign_places", "places")


@remembered
def is_country(token: str) -> bool:
    """Whether a word names another country or a part of one."""
    return token in abroad() or token in SHORT_COUNTRIES or token in _nations()


@cache
def _nations() -> frozenset[str]:
    return reference.word_set("nations", "abroad")


@cache
def _offices() -> frozenset[str]:
    return reference.word_set("titles", "endings")


def is_title(token: str) -> bool:
    """Whether a word ends with an office (外交部长)."""
    endings = _offices()
    if token in endings or token[1:] in endings:
        return True
    return len(token) > 2 and (token[2:] in endings or token[3:] in endings)


@remembered
def is_context(token: str) -> bool:
    """Whether a word is one that stands beside names."""
    lists = ("saying", "acting", "taking")
    return any(token in reference.word_set("name_contexts", one) for one in lists) or any(
        token in reference.word_set("titles", one) for one in ("endings", "following")
    )


def _foreign_token(token: str) -> bool:
    """Whether a token may be part of a transliterated name."""
    if len(token) > 2 and _spells(token):
        foreign = name_characters().foreign
        if sum([foreign.get(one, -9.0) for one in token]) > len(token) / 2:
            return token not in abroad() and part_of_speech(token) in NAME_TAGS
    return spelt_with(COMMON_ODDS).issuperset(token) and token not in abroad()


def _spells(token: str) -> bool:
    """Whether any of its characters is rather of a name from abroad than of another word."""
    return not spelt_with(0.0).isdisjoint(token)


def _spelling(name: str) -> float:
    """The mean log odds that characters are those of names from abroad."""
    if len(name) == 2 and SHORT_COUNTRIES.issuperset(name):
        return _ODDS_OF_COUNTRIES
    foreign = name_characters().foreign
    return sum([foreign.get(one, -3.5) for one in name]) / len(name)


@lru_cache(maxsize=1 << 14)
def transliteration(parts: tuple[str, ...]) -> tuple[str, float, str]:
    """Form, mean log odds of the characters, and shape of a run of transliterated tokens."""
    name = "".join(parts)
    odds = _spelling(name)
    shapes = {word_shape(one) for one in parts if len(one) > 1}
    shape = "words" if "word" in shapes else "singles"
    return f"f{min(len(name), 5)}", odds, shape


@remembered
def word_shape(word: str) -> str:
    """What the dictionary takes a word for: name, place or another word."""
    if word in reference.word_set("name_contexts", "ordinary") or is_title(word):
        return "word"
    if len(word) > 3 and word[:2] in japanese_surnames():
        return "name"
    tag = part_of_speech(word)
    return "name" if tag in NAME_TAGS else "place" if tag == "ns" else "word"
