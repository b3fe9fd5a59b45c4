"""A text → the stretches that could be a person's name, by their characters alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl import reference
from etl.extract.people.characters import long_surnames, name_characters, single_surnames
from etl.extract.segment import Cut, part_of_speech

_LONGEST_FOREIGN = 12
# Fewer than one name in fifty has less.
_LEAST_ODDS = 1.0
_LONGEST_DOTTED = 24
_NAME_TAGS = ("nr", "nrt", "nrfg")
_DOT = "·"


@dataclass(frozen=True, slots=True)
class Candidate:
    """text[start:end] may be a name; `first` and `after` are its token and the one behind it.

    `form` says how it is built (surname and given name: c2, c3, c4; transliterated: f2 ... f5;
    with a dot: dot; in the dictionary: k2 ... k5), `odds` how much its characters look like it,
    `shape` how the dictionary cuts it: name (one word, known as a name), place or word (another
    one), singles, split (the given name is a word of its own), glued (surname and part of the
    given name are a word), inside (its end lies within a word), places or words (several).
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
    surnames, doubles = single_surnames(), long_surnames()
    tokens, done, dots = words.tokens, 0, 0
    for index, token in enumerate(tokens):
        first = token[0]
        if not "一" <= first <= "鿿":
            continue
        if first in surnames:
            yield from _surnamed(words, index, 1)
        elif len(token) > 1 and part_of_speech(token) in _NAME_TAGS and token not in abroad():
            yield _known(words, index)
        if token in doubles:
            yield from _surnamed(words, index, len(token))
        elif len(token) == 1 and "".join(tokens[index : index + 2]) in doubles:
            yield from _surnamed(words, index, 2)
        if index >= dots and tokens[index + 1 : index + 2] == [_DOT]:
            dots, dotted = _dotted(words, index)
            if dotted:
                yield dotted
        if index >= done and _foreign_token(token):
            done = _foreign_run(words, index)
            yield from _foreign(words, index, done)


@cache
def abroad() -> frozenset[str]:
    """Places abroad and transliterated words, which are spelt as names are."""
    return reference.word_set("foreign_places", "places")


def _known(words: Cut, index: int) -> Candidate:
    """A word that the dictionary lists as a name, with no family name we know."""
    token = words.tokens[index]
    start = words.starts[index]
    form = f"k{min(len(token), 5)}"
    return Candidate(start, start + len(token), index, index + 1, form, 0.0, "name")


def _surnamed(words: Cut, index: int, surname: int) -> Iterator[Candidate]:
    """Surname and one or two characters, from the token at `index` on."""
    tokens, starts = words.tokens, words.starts
    start = starts[index]
    following = "".join(tokens[index : index + 4])[: surname + 2]
    for given in (1, 2):
        name = following[: surname + given]
        if len(name) < surname + given or not all("一" <= one <= "鿿" for one in name[1:]):
            return
        end, after = start + len(name), index
        while starts[after] < end:
            after += 1
        shape = _shape(words, index, after, end, name)
        odds = _odds(name, surname)
        if odds < _LEAST_ODDS and shape != "name":
            continue
        form = f"c{len(name)}" if surname == 1 else "c4"
        yield Candidate(start, end, index, after, form, odds, shape)


def _shape(words: Cut, index: int, after: int, end: int, name: str) -> str:
    if words.starts[after] > end:
        return "inside"
    if after == index + 1:
        return _word_shape(name)
    if len(words.tokens[index]) > 1:
        return "glued"
    return "singles" if after - index == len(name) else "split"


def _odds(name: str, surname: int) -> float:
    """Log odds of surname and given name; a given name of one character counts as the mean."""
    odds = name_characters()
    first = odds.surname.get(name[0], -1.0) if surname == 1 else 3.5
    given = name[surname:]
    if len(given) == 1:
        return first + (odds.middle.get(given, 0.0) + odds.last.get(given, 0.0)) / 2
    return first + odds.middle.get(given[0], 0.0) + odds.last.get(given[1], 0.0)


def _foreign_token(token: str) -> bool:
    """Whether a token may be part of a transliterated name."""
    foreign = name_characters().foreign
    return all(foreign.get(one, -9.0) > -0.8 for one in token) and token not in abroad()


def _foreign_run(words: Cut, index: int) -> int:
    """Index of the first token behind the run of such tokens that begins at `index`."""
    tokens, limit = words.tokens, len(words.tokens)
    after = index + 1
    while after < limit and words.starts[after + 1] - words.starts[index] <= 16:
        if not _foreign_token(tokens[after]):
            break
        after += 1
    return after


def _dotted(words: Cut, index: int) -> tuple[int, Candidate | None]:
    """The name whose first dot is behind the token at `index`, and the index behind it."""
    tokens, starts = words.tokens, words.starts
    first, after = index + 1, index + 1
    while first and _syllables(tokens[first - 1]):
        first -= 1
    while after < len(tokens) and (tokens[after] == _DOT or _syllables(tokens[after])):
        after += 1
    if tokens[after - 1] == _DOT or first > index:
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
    return all(one in known or foreign.get(one, -9.0) > -0.8 for one in token)


def _is_context(token: str) -> bool:
    """Whether a word is one that stands beside names."""
    lists = ("saying", "acting", "taking")
    return any(token in reference.word_set("name_contexts", one) for one in lists) or any(
        token in reference.word_set("titles", one) for one in ("endings", "following")
    )


def _foreign(words: Cut, first: int, last: int) -> Iterator[Candidate]:
    """The run as a whole, and without its first or last token."""
    for begin, after in ((first, last), (first + 1, last), (first, last - 1)):
        if begin >= after:
            continue
        start, end = words.starts[begin], words.starts[after]
        name = "".join(words.tokens[begin:after])
        if not 2 <= end - start <= _LONGEST_FOREIGN:
            continue
        foreign = name_characters().foreign
        odds = sum(foreign.get(one, -3.5) for one in name) / len(name)
        form = f"f{min(len(name), 5)}"
        shape = "singles"
        if after == begin + 1:
            shape = _word_shape(name)
        elif any(part_of_speech(one) == "ns" for one in words.tokens[begin:after] if len(one) > 1):
            shape = "places"
        elif any(
            part_of_speech(one) not in _NAME_TAGS
            for one in words.tokens[begin:after]
            if len(one) > 1
        ):
            shape = "words"
        yield Candidate(start, end, begin, after, form, odds, shape)


def _han(character: str) -> bool:
    return "一" <= character <= "鿿"


def _word_shape(word: str) -> str:
    """What the dictionary takes a word for: name, place or another word."""
    tag = part_of_speech(word)
    return "name" if tag in _NAME_TAGS else "place" if tag == "ns" else "word"
