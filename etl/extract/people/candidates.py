"""A text → the stretches that could be a person's name, by their characters alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from etl import reference
from etl.extract.people.characters import long_surnames, name_characters, single_surnames
from etl.extract.segment import Cut, part_of_speech

_LONGEST_FOREIGN = 12
# Fewer than one name in fifty has less.
_LEAST_ODDS = 1.0
_LEAST_BEHIND_TITLE = -3.0
_NO_ODDS = -99.0
_COMMON_ODDS, _RARE_ODDS = -0.8, -2.6
# 普京 and 奥巴马 stand in the dictionary as places.
_COMMON_ODDS_OF_WORD = 0.1
# 张先生 and 张家村 are called by a name, and are none; 韩日 and 墨中 are two countries.
_NATIONS = frozenset("中美俄英法德日韩朝印巴以伊叙土乌欧澳越泰缅菲墨沙埃")
_NO_NAME_ENDS = frozenset("村镇乡县街巷庙牌")
_LONGEST_DOTTED = 24
_NAME_TAGS = ("nr", "nrt", "nrfg")
_DOT_MARK = "·"
# What may begin with a token.
_SURNAME, _LONG_SURNAME, _HALF_SURNAME, _NAME, _FOREIGN, _DOT = 1, 2, 4, 8, 16, 32


@dataclass(frozen=True, slots=True)
class Candidate:
    """text[start:end] may be a name; `first` and `after` are its token and the one behind it.

    `form` says how it is built (surname and given name: c2, c3, c4; transliterated: f2 ... f5;
    with a dot: dot; in the dictionary: k2 ... k5), `odds` how much its characters look like it,
    `shape` how the dictionary cuts it: name (one word, known as a name), place or word (another
    one), singles, split (the given name is a word of its own), glued (surname and part of the
    given name are a word), inside (its end lies within a word), words (an ordinary one among
    several).
    """

    start: int
    end: int
    first: int
    after: int
    form: str
    odds: float
    shape: str


def find_candidates(words: Cut) -> Iterator[Candidate]:
    """Every candidate of a text; they overlap."""
    done = dots = 0
    for index, kind in enumerate(map(_kind, words.tokens)):
        if not kind:
            continue
        if kind & _SURNAME:
            yield from _surnamed(words, index, 1)
        if kind & _NAME:
            yield _known(words, index)
        if kind & _LONG_SURNAME:
            yield from _surnamed(words, index, len(words.tokens[index]))
        elif kind & _HALF_SURNAME and "".join(words.tokens[index : index + 2]) in long_surnames():
            yield from _surnamed(words, index, 2)
        if kind & _DOT and index > dots:
            dots, dotted = _dotted(words, index - 1)
            if dotted:
                yield dotted
        if kind & _FOREIGN and index >= done:
            done = _foreign_run(words, index)
            yield from _foreign(words, index, done)


@lru_cache(maxsize=1 << 16)
def _kind(token: str) -> int:
    """What may begin with a token, as flags."""
    if token == _DOT_MARK:
        return _DOT
    if not _han(token[0]):
        return 0
    surname, foreign = token[0] in single_surnames(), _foreign_token(token)
    kind = _SURNAME * surname | _FOREIGN * foreign
    if len(token) > 1 and token not in abroad():
        tag = part_of_speech(token)
        if tag in _NAME_TAGS:
            kind |= _NAME * (foreign or not surname or len(token) > 3)
        elif tag in ("ns", "nz", "n", "v") and len(token) < 6:
            kind |= _NAME * (_transliteration((token,))[1] > _COMMON_ODDS_OF_WORD)
    if token in long_surnames():
        kind |= _LONG_SURNAME
    elif token in {one[0] for one in long_surnames()}:
        kind |= _HALF_SURNAME
    return kind


@cache
def abroad() -> frozenset[str]:
    """Places abroad and transliterated words, which are spelt as names are."""
    return reference.word_set("foreign_places", "places")


def _known(words: Cut, index: int) -> Candidate:
    """A word that the dictionary lists as a name: one from abroad, or without a family name."""
    token = words.tokens[index]
    start = words.starts[index]
    _, odds, _ = _transliteration((token,))
    form = f"k{min(len(token), 5)}"
    return Candidate(start, start + len(token), index, index + 1, form, odds, _word_shape(token))


def _surnamed(words: Cut, index: int, surname: int) -> Iterator[Candidate]:
    """Surname and one or two characters, from the token at `index` on."""
    tokens, starts = words.tokens, words.starts
    start = starts[index]
    following = "".join(tokens[index : index + 4])
    titled = index > 0 and tokens[index - 1] in reference.word_set("titles", "endings")
    least = _LEAST_BEHIND_TITLE if titled else _LEAST_ODDS
    for length in (surname + 1, surname + 2):
        name = following[:length]
        if len(name) < length:
            return
        odds = _odds(name, surname)
        whole = starts[index + 1] == start + length
        if odds < least and not (whole and odds > _NO_ODDS):
            continue
        after = index + 1
        while starts[after] < start + length:
            after += 1
        shape = _shape(words, index, after, start + length, name)
        if odds < least and shape != "name":
            continue
        form = f"c{length}" if surname == 1 else "c4"
        yield Candidate(start, start + length, index, after, form, odds, shape)


def _shape(words: Cut, index: int, after: int, end: int, name: str) -> str:
    if words.starts[after] > end:
        return "inside"
    if after == index + 1:
        return _word_shape(name)
    if len(words.tokens[index]) > 1:
        return "glued"
    return "singles" if after - index == len(name) else "split"


@lru_cache(maxsize=1 << 16)
def _odds(name: str, surname: int) -> float:
    """Log odds of surname and given name; a given name of one character counts as the mean."""
    given = name[surname:]
    if not given or not all(map(_han, given)):
        return _NO_ODDS
    if given in reference.word_set("titles", "courtesy") or given[-1] in _NO_NAME_ENDS:
        return _NO_ODDS
    if len(name) == 2 and _NATIONS.issuperset(name):
        return _NO_ODDS
    odds = name_characters()
    first = odds.surname.get(name[0], -1.0) if surname == 1 else 3.5
    if len(given) == 1:
        return first + (odds.middle.get(given, 0.0) + odds.last.get(given, 0.0)) / 2
    return first + odds.middle.get(given[0], 0.0) + odds.last.get(given[1], 0.0)


def _foreign_token(token: str) -> bool:
    """Whether a token may be part of a transliterated name."""
    if token in abroad():
        return False
    foreign = name_characters().foreign
    odds = [foreign.get(one, -9.0) for one in token]
    if len(token) > 2 and sum(odds) > len(token) / 2:
        return part_of_speech(token) in _NAME_TAGS
    return min(odds) > _COMMON_ODDS


def _foreign_run(words: Cut, index: int) -> int:
    """Index of the first token behind the run of such tokens that begins at `index`.

    One character that is rare in such names may stand within the run or at its end.
    """
    tokens, limit = words.tokens, len(words.tokens)
    after = index + 1
    while after < limit and words.starts[after + 1] - words.starts[index] <= 16:
        if not _kind(tokens[after]) & _FOREIGN and not _rare(words, index, after):
            break
        after += 1
    return after


def _rare(words: Cut, first: int, at: int) -> bool:
    token = words.tokens[at]
    if len(token) > 1 or name_characters().foreign.get(token, -9.0) < _RARE_ODDS:
        return False
    goes_on = at + 1 < len(words.tokens) and _kind(words.tokens[at + 1]) & _FOREIGN
    return bool(goes_on) or words.starts[at] - words.starts[first] > 1


def _dotted(words: Cut, index: int) -> tuple[int, Candidate | None]:
    """The name whose first dot is behind the token at `index`, and the index behind it."""
    tokens, starts = words.tokens, words.starts
    first, after = index + 1, index + 1
    while first and _syllables(tokens[first - 1]):
        first -= 1
    while after < len(tokens) and (tokens[after] == _DOT_MARK or _syllables(tokens[after])):
        after += 1
    if tokens[after - 1] == _DOT_MARK or first > index:
        return index, None
    form = "dot" if starts[after] - starts[first] <= _LONGEST_DOTTED else "dots"
    return after, Candidate(starts[first], starts[after], first, after, form, 0.0, "singles")


@cache
def _syllables(token: str) -> bool:
    """Whether a token may be part of a name with a dot."""
    if len(token) > 1 and (_is_context(token) or token in abroad()):
        return False
    if len(token) > 1 and part_of_speech(token) in _NAME_TAGS:
        return True
    foreign, known = name_characters().foreign, reference.word_set("surnames", "syllables")
    return all(one in known or foreign.get(one, -9.0) > _COMMON_ODDS for one in token)


def _is_context(token: str) -> bool:
    """Whether a word is one that stands beside names."""
    lists = ("saying", "acting", "taking")
    return any(token in reference.word_set("name_contexts", one) for one in lists) or any(
        token in reference.word_set("titles", one) for one in ("endings", "following")
    )


def _foreign(words: Cut, first: int, last: int) -> Iterator[Candidate]:
    """The run as a whole, and without its first or last token; no single word among them."""
    for begin, after in ((first, last), (first + 1, last), (first, last - 1)):
        start, end = words.starts[begin], words.starts[after]
        if begin >= after or not 2 <= end - start <= _LONGEST_FOREIGN:
            continue
        parts = words.tokens[begin:after]
        if len(parts) > 1:
            form, odds, shape = _transliteration(tuple(parts))
            yield Candidate(start, end, begin, after, form, odds, shape)


@lru_cache(maxsize=1 << 14)
def _transliteration(parts: tuple[str, ...]) -> tuple[str, float, str]:
    """Form, mean log odds of the characters, and shape of a run of transliterated tokens."""
    name = "".join(parts)
    foreign = name_characters().foreign
    odds = sum(foreign.get(one, -3.5) for one in name) / len(name)
    shapes = {_word_shape(one) for one in parts if len(one) > 1}
    shape = "words" if "word" in shapes else "singles"
    return f"f{min(len(name), 5)}", odds, shape


def _han(character: str) -> bool:
    return "一" <= character <= "鿿"


def _word_shape(word: str) -> str:
    """What the dictionary takes a word for: name, place or another word."""
    tag = part_of_speech(word)
    return "name" if tag in _NAME_TAGS else "place" if tag == "ns" else "word"
