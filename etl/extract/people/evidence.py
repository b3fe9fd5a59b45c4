"""What speaks for and against a candidate being a person's name, as named hints with weights.

The hints come in parts that hang on one or two words each (the name, what stands before it, what
stands behind it), so that each part is weighed once however often it comes again.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from etl import reference
from etl.extract.people.candidates import find_candidates
from etl.extract.people.characters import dictionary_tag, is_syllable
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
    candidates = [one for one in find_candidates(words) if not _is_word(words, one)]
    scores = [_score(text, words, one) for one in candidates]
    twice = _known_in_office(candidates)
    scores = [
        score + (_TWICE if (one.start, one.end) in twice else 0.0)
        for one, score in zip(candidates, scores, strict=True)
    ]
    likely = [one for one, score in zip(candidates, scores, strict=True) if score > 0]
    starts, ends = {one.start for one in likely}, {one.end for one in likely}
    found = []
    for one, score in zip(candidates, scores, strict=True):
        if score > _NO_CHANCE:
            if hints := neighbours(words, one, starts, ends):
                score += _sum(hints)
            found.append(Scored(one.start, one.end, score))
    return found


def _known_in_office(candidates: list[Candidate]) -> set[tuple[int, int]]:
    """The names that the dictionary knows and that stand behind an office of another country."""
    known = {(one.start, one.end) for one in candidates if one.form[0] == "k"}
    ends = {
        one.start: one.end for one in candidates if one.form[0] == "t"
    }  # the longest comes last
    return {span for span in known if ends.get(span[0]) == span[1]}


def _is_word(words: Cut, one: Candidate) -> bool:
    """Whether it is an ordinary word (黄牛) or names a ground (… 石窟), no sign of a person by it.

    Such signs are a title or a word of saying.
    """
    before, behind = words.tokens[one.first - 1] if one.first else "^", _behind(words, one)
    if (
        one.end - one.start == 2
        and behind in _BETWEEN_NATIONS
        and words.tokens[one.after - 1] == "中"
    ):
        return True
    if _right(behind) == "ground" and (one.form[0] != "c" or len(behind) > 1):
        return _left(before) != "title"
    if one.shape not in ("word", "place") or _looks_like_a_name(one):
        return False
    return _left(before) not in _SURE and _right(behind) not in _SURE


def _looks_like_a_name(one: Candidate) -> bool:
    """Whether characters as names have them leave it to the words around, whatever the dictionary
    takes it for: that has some people as things and places."""
    return one.end - one.start > 2 and one.form[0] in "ck" and one.odds > _NAMELIKE_ODDS


def _behind(words: Cut, one: Candidate) -> str:
    if one.shape == "inside":
        return "inside"
    return words.tokens[one.after] if one.after < len(words.tokens) else "$"


def _score(text: str, words: Cut, one: Candidate) -> float:
    parts = _parts(text, words, one)
    total = _name_weight(*parts[0]) + _left_weight(*parts[1]) + _right_weight(*parts[2])
    return total + _pair_weight(*parts[3]) + weights()["odds " + one.form[0]] * one.odds


def features(text: str, words: Cut, one: Candidate) -> list[str]:
    """The hints of one candidate, by name; `odds`, which has a strength, is not among them."""
    name, left, right, pair = _parts(text, words, one)
    return [*name_hints(*name), *left_hints(*left), *right_hints(*right), *pair_hints(*pair)]


_Strings = tuple[str, str, str]


def _parts(text: str, words: Cut, one: Candidate) -> tuple[_Strings, _Strings, _Strings, _Strings]:
    """What the four parts of the hints hang on."""
    tokens, kind = words.tokens, one.form[0]
    before = tokens[one.first - 1] if one.first else "^"
    ahead = tokens[one.first - 2] if one.first > 1 else "^"
    behind = beyond = _behind(words, one)
    if one.shape != "inside":
        beyond = tokens[one.after + 1] if one.after + 1 < len(tokens) else "$"
    name = text[one.start : one.end]
    around = text[max(0, one.start - 1) : one.start] + "|" + text[one.end : one.end + 1]
    return (
        (one.form, one.shape, name),
        (kind, before, ahead),
        (kind, behind, beyond),
        (kind + name[0] + name[-1], around, f"{_left(before)}|{_right(behind)}"),
    )


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
    return [
        f"{kind} behind {_left(before)}",
        f"{kind}<{before}",
        f"{kind}<<{before[-1]}",
        f"{kind}<<{before[-2:]}",
        f"{kind}<+{ahead}",
    ]


def right_hints(kind: str, behind: str, beyond: str) -> list[str]:
    """What the two words behind the name say."""
    return [
        f"{kind} before {_right(behind)}",
        f"{kind}>{behind}",
        f"{kind}>>{behind[0]}",
        f"{kind}>+{beyond}",
    ]


def pair_hints(edges: str, around: str, sides: str) -> list[str]:
    """What both sides say together: their sorts, quotes around, a longer name around.

    `edges` is the kind with the name's first and last characters, `around` the characters before
    and behind it, parted by |.
    """
    kind = edges[0]
    hints = [f"{kind} between {sides}"]
    left, _, right = around.partition("|")
    if left in "“《‘「" and right in "”》’」" and left and right:
        hints.append(f"{kind} quoted")
    if right and is_syllable(right) and is_syllable(edges[2]):
        hints.append(f"{kind} goes on")
    if left and is_syllable(left) and is_syllable(edges[1]):
        hints.append(f"{kind} goes before")
    return hints


@lru_cache(maxsize=1 << 16)
def _name_weight(form: str, shape: str, name: str) -> float:
    return _sum(name_hints(form, shape, name))


@lru_cache(maxsize=1 << 16)
def _left_weight(kind: str, before: str, ahead: str) -> float:
    return _sum(left_hints(kind, before, ahead))


@lru_cache(maxsize=1 << 16)
def _right_weight(kind: str, behind: str, beyond: str) -> float:
    return _sum(right_hints(kind, behind, beyond))


def _pair_weight(edges: str, around: str, sides: str) -> float:
    return _sum(pair_hints(edges, around, sides))


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


@lru_cache(maxsize=1 << 16)
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


@lru_cache(maxsize=1 << 16)
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
