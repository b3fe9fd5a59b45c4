"""What speaks for and against a candidate being a person's name, as named hints with weights.

The hints come in parts that hang on one word each (the name, what stands before it, what stands
behind it), so that each part is weighed once however often it comes again.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from etl import reference
from etl.extract.memory import remembered
from etl.extract.people.candidates import find_candidates
from etl.extract.people.characters import dictionary_tag, syllables, tibetan_names
from etl.extract.people.tokens import Candidate, is_title
from etl.extract.segment import Cut, part_of_speech

_MARKS = {
    mark: kind
    for kind, marks in {
        "comma": "，,",
        "list": "、/",
        "stop": "。；;！!？?…",
        "bracket": "（(",
        "closed": "）)",
        "quote": "“《",
        "unquote": "”》",
        "colon": "：:",
        "space": " 　",
        "line": "\n",
        "dot": "·",
        "dash": "—",
    }.items()
    for mark in marks
}
_BETWEEN = frozenset("、 　和与，/")
_OPENING, _CLOSING = frozenset("“《‘「"), frozenset("”》’」")
# What stands behind two nations in short: 格中友好.
_BETWEEN_NATIONS = frozenset(
    ("两国", "友好", "友好关系", "友谊", "建交", "关系", "双边", "双方", "合作", "友好合作")
)
_NAMELIKE_ODDS = 2.0
_NO_CHANCE = -5.0
_SURE = frozenset({"title", "reporter", "saying", "photographer"})


class Scored(NamedTuple):
    """text[start:end] with the sum of what speaks for a name there (log odds, 0 is even)."""

    start: int
    end: int
    score: float


# What is both a name by the dictionary and stands where one is asked for.
_TWICE = 2.5


def score_candidates(words: Cut, text: str) -> list[Scored]:
    """Every candidate of `text` with its score, those without any chance left out.

    Names stand beside names: a candidate next to a likely name, or parted from one by 、 or
    the like, gets the weight of that on top.
    """
    weighed = [(one, _sides(words, one)) for one in find_candidates(words)]
    weighed = [(one, sides) for one, sides in weighed if not _is_word(words, one, sides)]
    candidates = [one for one, _ in weighed]
    twice = _known_in_office(candidates) | _tibetan_in_office(words, text, candidates)
    scores = [_score(text, words, one, sides) for one, sides in weighed]
    if twice:
        scores = [
            score + (_TWICE if (one.start, one.end) in twice else 0.0)
            for one, score in zip(candidates, scores, strict=True)
        ]
    likely = [one for one, score in zip(candidates, scores, strict=True) if score > 0]
    starts, ends = {one.start for one in likely}, {one.end for one in likely}
    found = []
    for one, score in zip(candidates, scores, strict=True):
        if score > _NO_CHANCE:
            if likely and (hints := neighbours(words, one, starts, ends)):
                score += _sum(hints)
            found.append(Scored(one.start, one.end, score))
    return found


def _known_in_office(candidates: list[Candidate]) -> set[tuple[int, int]]:
    """The names that the dictionary knows and that stand behind an office of another country."""
    # The longest comes last.
    ends = {one.start: one.end for one in candidates if one.form[0] == "t"}
    if not ends:
        return set()
    known = {(one.start, one.end) for one in candidates if one.form[0] == "k"}
    return {span for span in known if ends.get(span[0]) == span[1]}


def _tibetan_in_office(words: Cut, text: str, candidates: list[Candidate]) -> set[tuple[int, int]]:
    """The Tibetan names of one word that stand right behind a title: 居民次仁."""
    return {
        (one.start, one.end)
        for one in candidates
        if one.form == "k2"
        and one.first
        and text[one.start : one.end] in tibetan_names()
        and is_title(words.tokens[one.first - 1])
    }


# The words before and behind a candidate, and what sort of word each of them is.
_Sides = tuple[str, str, str, str]


def _sides(words: Cut, one: Candidate) -> _Sides:
    before = words.tokens[one.first - 1] if one.first else "^"
    behind = "inside"
    if one.shape != "inside":
        behind = words.tokens[one.after] if one.after < len(words.tokens) else "$"
    return before, behind, _left(before), _right(behind)


def _is_word(words: Cut, one: Candidate, sides: _Sides) -> bool:
    """Whether it is an ordinary word (黄牛) or names a ground (… 石窟), no sign of a person by it.

    Such signs are a title or a word of saying.
    """
    _, behind, left, right = sides
    short = behind in _BETWEEN_NATIONS and one.end - one.start == 2
    if short and words.tokens[one.after - 1] == "中":
        return True
    if right == "ground" and (one.form[0] != "c" or len(behind) > 1):
        return left != "title"
    if one.shape not in ("word", "place") or _looks_like_a_name(one):
        return False
    return left not in _SURE and right not in _SURE


def _looks_like_a_name(one: Candidate) -> bool:
    """Whether characters as names have them leave it to the words around, whatever the dictionary
    takes it for: that has some people as things and places."""
    return one.end - one.start > 2 and one.form[0] in "ck" and one.odds > _NAMELIKE_ODDS


def _score(text: str, words: Cut, one: Candidate, sides: _Sides) -> float:
    name, left, right, pair = _parts(text, words, one, sides)
    total = _name_weight(*name) + _left_weight(*left) + _right_weight(*right)
    return total + _pair_weight(*pair) + _strengths()[one.form[0]] * one.odds


def features(text: str, words: Cut, one: Candidate) -> list[str]:
    """The hints of one candidate, by name; `odds`, which has a strength, is not among them."""
    name, left, right, pair = _parts(text, words, one, _sides(words, one))
    return [*name_hints(*name), *left_hints(*left), *right_hints(*right), *pair_hints(*pair)]


_Strings = tuple[str, str, str]
_Pair = tuple[str, str, str, str, tuple[str, ...]]


def _parts(
    text: str, words: Cut, one: Candidate, sides: _Sides
) -> tuple[_Strings, _Strings, _Strings, _Pair]:
    """What the four parts of the hints hang on."""
    tokens, kind = words.tokens, one.form[0]
    before, behind, left, right = sides
    ahead = tokens[one.first - 2] if one.first > 1 else "^"
    beyond = behind
    if one.shape != "inside":
        beyond = tokens[one.after + 1] if one.after + 1 < len(tokens) else "$"
    return (
        (one.form, one.shape, text[one.start : one.end]),
        (kind, before, ahead),
        (kind, behind, beyond),
        (kind, one.shape, left, right, _around(text, one.start, one.end)),
    )


def _around(text: str, start: int, end: int) -> tuple[str, ...]:
    """What the characters before and behind a name say: quotes, or a longer name around it."""
    left, right = text[start - 1 : start], text[end : end + 1]
    found: tuple[str, ...] = ()
    if left not in _telling() and right not in _telling():
        return found
    if left in _OPENING and right in _CLOSING:
        found += ("quoted",)
    if right in syllables() and text[end - 1] in syllables():
        found += ("goes on",)
    if left in syllables() and text[start] in syllables():
        found += ("goes before",)
    return found


def name_hints(form: str, shape: str, name: str) -> list[str]:
    """What the name itself says: its form, its characters, the words that it is made of."""
    kind = form[0]
    hints = [
        form,
        f"{kind} {shape}",
        f"{kind}1{name[0]}",
        f"{kind}-{name[-1]}{min(len(name), 4)}",
    ]
    if kind != "c":
        return [*hints, f"{kind}-{name[-2:]}"]
    hints.append(f"c2{name[1]}{len(name)}")
    if len(name) == 3:
        hints += [f"c given {dictionary_tag(name[1:])}", f"c first {dictionary_tag(name[:2])}"]
        hints.append(f"c parts {dictionary_tag(name[:2])} {shape} {dictionary_tag(name[1:])}")
    return hints


def left_hints(kind: str, before: str, ahead: str) -> list[str]:
    """What the two words before the name say."""
    return [*_before_hints(kind, before), f"{kind}<+{ahead}"]


def _before_hints(kind: str, before: str) -> list[str]:
    return [
        f"{kind} behind {_left(before)}",
        f"{kind}<{before}",
        f"{kind}<<{before[-1]}",
        f"{kind}<<{before[-2:]}",
    ]


def right_hints(kind: str, behind: str, beyond: str) -> list[str]:
    """What the two words behind the name say."""
    return [*_behind_hints(kind, behind), *_beyond_hints(kind, len(behind) > 1, beyond)]


def _beyond_hints(kind: str, whole: bool, beyond: str) -> list[str]:
    """The next word but one, alone and by its sort beside whether the one before is a whole word.

    A single character between a name and a mark may be the name's end.
    """
    return [f"{kind}>+{beyond}", f"{kind} rest {1 + whole} {_right(beyond)}"]


def _behind_hints(kind: str, behind: str) -> list[str]:
    return [f"{kind} before {_right(behind)}", f"{kind}>{behind}", f"{kind}>>{behind[0]}"]


@cache
def _telling() -> frozenset[str]:
    return syllables() | _OPENING | _CLOSING


def pair_hints(kind: str, shape: str, left: str, right: str, around: tuple[str, ...]) -> list[str]:
    """What both sides say together: their sorts, and what stands around the name."""
    between = f"between {left}|{right}"
    return [f"{kind} {between}", f"{kind} {shape} {between}", *(f"{kind} {one}" for one in around)]


@lru_cache(maxsize=1 << 16)
def _name_weight(form: str, shape: str, name: str) -> float:
    return _sum(name_hints(form, shape, name))


def _left_weight(kind: str, before: str, ahead: str) -> float:
    return _before_weight(kind + before) + weights().get(f"{kind}<+{ahead}", 0.0)


@remembered
def _before_weight(kind_and_word: str) -> float:
    return _sum(_before_hints(kind_and_word[0], kind_and_word[1:]))


def _right_weight(kind: str, behind: str, beyond: str) -> float:
    return _behind_weight(kind + behind) + _beyond_weight(kind, len(behind) > 1, beyond)


@lru_cache(maxsize=1 << 16)
def _beyond_weight(kind: str, whole: bool, beyond: str) -> float:
    return _sum(_beyond_hints(kind, whole, beyond))


@remembered
def _behind_weight(kind_and_word: str) -> float:
    return _sum(_behind_hints(kind_and_word[0], kind_and_word[1:]))


@lru_cache(maxsize=1 << 14)
def _pair_weight(kind: str, shape: str, left: str, right: str, around: tuple[str, ...]) -> float:
    return _sum(pair_hints(kind, shape, left, right, around))


@cache
def _strengths() -> dict[str, float]:
    """How much the odds of a name's characters count, by its kind."""
    start = "odds "
    return {
        one.removeprefix(start): weight
        for one, weight in weights().items()
        if one.startswith(start)
    }


def _sum(hints: list[str]) -> float:
    known = weights()
    return sum([known.get(hint, 0.0) for hint in hints])


@cache
def weights() -> dict[str, float]:
    """How much each hint speaks for a name, in log odds."""
    return reference.numbers("name_weights")


def neighbours(words: Cut, one: Candidate, starts: set[int], ends: set[int]) -> list[str]:
    """Hints from likely names that begin at `starts` and end at `ends`."""
    kind, tokens, hints = one.form[0], words.tokens, []
    if one.start in ends:
        hints.append(f"{kind} touching name")
    elif one.first and tokens[one.first - 1] in _BETWEEN and one.start - 1 in ends:
        hints.append(f"{kind} listed behind name")
    if one.end in starts:
        hints.append(f"{kind} touched by name")
    elif one.after < len(tokens) and tokens[one.after] in _BETWEEN and one.end + 1 in starts:
        hints.append(f"{kind} listed before name")
    return hints


@remembered
def _left(token: str) -> str:
    """What sort of word stands before a name."""
    if token == "^":
        return "start"
    if token in _MARKS:
        return _MARKS[token]
    if token in reference.word_set("titles", "reporters"):
        return "reporter"
    if is_title(token):
        return "title"
    if token in reference.word_set("name_contexts", "taking"):
        return f"taking {token}" if token in "的之和与同" else "taking"
    return "tag " + _tag(token)


@remembered
def _right(token: str) -> str:
    """What sort of word stands behind a name."""
    if token in ("$", "inside"):
        return "end" if token == "$" else token
    if token in _MARKS:
        return _MARKS[token]
    if token in reference.word_set("name_contexts", "saying"):
        return "saying"
    if token in reference.word_set("titles", "following"):
        return "title"
    if token in reference.word_set("titles", "photographers"):
        return "photographer"
    if token in reference.word_set("name_contexts", "acting"):
        return f"acting {token}" if len(token) == 1 and token in "的和与在等" else "acting"
    if token in reference.word_set("name_contexts", "ground"):
        return "ground"
    return "tag " + _tag(token)


def _tag(token: str) -> str:
    if token[0].isascii():
        return "number" if token[0].isdigit() else "ascii"
    tag = part_of_speech(token)
    return tag if tag in ("ns", "nr", "nrt", "nt", "nz") else tag[0]
