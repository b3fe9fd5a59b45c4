"""What speaks for and against a candidate being a person's name, as named hints with weights."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from etl import reference
from etl.extract.people.candidates import Candidate, find_candidates
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
_NO_CHANCE = -5.0
_SURE = frozenset({"title", "reporter", "saying", "photographer"})


class Scored(NamedTuple):
    """text[start:end] with the sum of what speaks for a name there (log odds, 0 is even)."""

    start: int
    end: int
    score: float


def score_candidates(words: Cut, text: str) -> list[Scored]:
    """Every candidate of `text` with its score, those without any chance left out.

    Names stand beside names: a candidate next to a likely name, or parted from one by 、 or
    the like, gets the weight of that on top.
    """
    candidates = list(find_candidates(words))
    scores = [_score(text, words, one) for one in candidates]
    likely = [one for one, score in zip(candidates, scores, strict=True) if score > 0]
    starts, ends = {one.start for one in likely}, {one.end for one in likely}
    found = []
    for one, score in zip(candidates, scores, strict=True):
        if score > _NO_CHANCE and not _is_ground(words, one) and not _is_word(words, one):
            hints = neighbours(words, one, starts, ends)
            found.append(Scored(one.start, one.end, score + _sum(hints)))
    return found


def _is_ground(words: Cut, one: Candidate) -> bool:
    """Whether a transliterated stretch names a place or thing (… 石窟), no title before it."""
    if one.form[0] == "c" or one.after >= len(words.tokens):
        return False
    before = words.tokens[one.first - 1] if one.first else "^"
    return _right(words.tokens[one.after]) == "ground" and _left(before) != "title"


def _is_word(words: Cut, one: Candidate) -> bool:
    """Whether it is an ordinary word (黄牛, 文明) with no title beside it and no word of saying."""
    if one.shape not in ("word", "place"):
        return False
    before = words.tokens[one.first - 1] if one.first else "^"
    behind = words.tokens[one.after] if one.after < len(words.tokens) else "$"
    return _left(before) not in _SURE and _right(behind) not in _SURE


def _score(text: str, words: Cut, one: Candidate) -> float:
    return _sum(features(text, words, one)) + weights()[f"odds {one.form[0]}"] * one.odds


def _sum(hints: list[str]) -> float:
    known = weights()
    return sum(known.get(hint, 0.0) for hint in hints)


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


def features(text: str, words: Cut, one: Candidate) -> list[str]:
    """The hints of one candidate, by name; `odds`, which has a strength, is not among them."""
    kind, tokens = one.form[0], words.tokens
    before = tokens[one.first - 1] if one.first else "^"
    ahead = tokens[one.first - 2] if one.first > 1 else "^"
    behind, beyond = "inside", "inside"
    if one.shape != "inside":
        behind = tokens[one.after] if one.after < len(tokens) else "$"
        beyond = tokens[one.after + 1] if one.after + 1 < len(tokens) else "$"
    name = text[one.start : one.end]
    hints = [
        one.form,
        f"{kind} {one.shape}",
        f"{kind} behind {_left(before)}",
        f"{kind} before {_right(behind)}",
        f"{kind}<{before}",
        f"{kind}<<{before[-1]}",
        f"{kind}<<{before[-2:]}",
        f"{kind}<+{ahead}",
        f"{kind}>{behind}",
        f"{kind}>>{behind[0]}",
        f"{kind}>+{beyond}",
        f"{kind}1{name[0]}",
        f"{kind}-{name[-1]}{min(len(name), 4)}",
    ]
    if kind == "c":
        hints.append(f"c2{name[1]}{len(name)}")
    else:
        hints.append(f"{kind}-{name[-2:]}")
    return hints


@cache
def _endings() -> frozenset[str]:
    return reference.word_set("titles", "endings")


@cache
def _left(token: str) -> str:
    """What sort of word stands before a name."""
    if token == "^":
        return "start"
    if token in _MARKS:
        return _MARKS[token]
    if token in reference.word_set("titles", "reporters"):
        return "reporter"
    if any(token[at:] in _endings() for at in range(min(len(token), 4))):
        return "title"
    if token in reference.word_set("name_contexts", "taking"):
        return f"taking {token}" if token in "的之和与同" else "taking"
    return "tag " + _tag(token)


@cache
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
    tag = part_of_speech(token)
    return tag if tag in ("ns", "nr", "nrt", "nt", "nz") else tag[0]
