"""Where a sentence that is cut goes on."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass

from etl.page.assign import best_pairs
from etl.page.cohesion import Cohesion
from etl.page.cuts import (
    begins_within_sentence,
    begins_within_word,
    closes_before_opening,
    follows,
    open_quotes,
    word_across,
)
from etl.page.paragraphs import Paragraph
from etl.page.pieces import is_open
from etl.page.sheet_patterns import LEAD

Chain = list[int]

# Evidence for "this is one sentence", as log odds. A random cut parts a dictionary word in 53 of
# 100 cases (one of three characters and more in 14), two random halves make one in 3 (0.2), a cut
# and the start of a sentence in 1. Measured on broadcast news, together with how gladly the two
# characters follow each other (`follows`) and whether the page has them elsewhere, by logistic
# regression; on proposals, which it did not see, it is as good (area under the curve .90).
_FOLLOWS, _KNOWN = 0.75, 1.7
_WORD, _LONG_WORD, _NO_WORD, _REST_OF_ANOTHER = 0.7, 2.5, 0.0, -1.2
_QUOTES, _NO_QUOTES = 2.5, -2.5
_ADJACENT, _BEHIND_PICTURE, _PRIOR = 3.5, 2.5, -1.0
# The same for a start inside a running text, where it would have to be no paragraph of that text.
_IN_TEXT, _BELOW_TITLE = -2.0, -3.5
_ODD, _ODD_WITH_WORD, _PLAIN, _PLAIN_WITH_WORD = 2.9, 5.0, -0.3, -0.1
SURE, LIKELY, ENOUGH, NOTHING_BETTER, ORPHAN = 4.0, 2.0, 1.0, -0.5, -1.5
_MOST_COHESION = 2.5
# No more pairs of an end and a start are tried: a page has some 40 ends and 300 paragraphs.
_MOST_PAIRS = 40_000


@dataclass(frozen=True, slots=True)
class Seam:
    """The paragraph `left` stops in mid-sentence; `right` goes on with it."""

    left: int
    right: int
    score: float


def match_seams(
    paragraphs: list[Paragraph],
    chains: Sequence[Chain],
    cohesion: Cohesion,
    taken: Container[int],
    least: float,
) -> list[Seam]:
    """The best pairs of an open end and a start, each used once, in the order of the file.

    Only pairs with evidence of `least` and more; `taken` starts go on with something already.

    `chains` are runs of paragraph numbers in reading order; an open end is the end of a chain, a
    start may lie inside one.
    """
    ends = [one for one in chains if is_open(paragraphs[one[-1]])]
    if len(ends) * len(paragraphs) > _MOST_PAIRS:
        return []
    seams = []
    for left in ends:
        for right in chains:
            for at, start in enumerate(right):
                if start in taken:
                    continue
                score = _score(paragraphs, cohesion, left, right, at)
                if score >= least:
                    seams.append(Seam(left[-1], start, score))
    return _one_for_one(seams, least)


def match_orphans(
    paragraphs: list[Paragraph],
    orphans: Sequence[Chain],
    chains: Sequence[Chain],
    cohesion: Cohesion,
    least: float,
) -> list[Seam]:
    """Open ends and `orphans`, pieces without a head that go on with nothing so far.

    Each most likely belongs to some other, so less evidence is asked for.
    """
    ends = [one for one in chains if is_open(paragraphs[one[-1]])]
    if len(ends) * len(orphans) > _MOST_PAIRS:
        return []
    seams = []
    for left in ends:
        for right in orphans:
            score = _score(paragraphs, cohesion, left, right, 0)
            if score >= least:
                seams.append(Seam(left[-1], right[0], score))
    return _one_for_one(seams, least)


def match_neighbours(
    paragraphs: list[Paragraph], chains: Sequence[Chain], cohesion: Cohesion, least: float
) -> list[Seam]:
    """Open ends that the next chain of the file goes on with: evidence of `least` and more."""
    firsts = {one[0]: one for one in chains}
    seams = []
    for left in chains:
        right = firsts.get(left[-1] + 1)
        if right and is_open(paragraphs[left[-1]]):
            score = _score(paragraphs, cohesion, left, right, 0)
            if score >= least:
                seams.append(Seam(left[-1], right[0], score))
    return seams


def in_file_order(
    paragraphs: list[Paragraph], chains: Sequence[Chain], cohesion: Cohesion
) -> list[Seam]:
    """Open ends that the next paragraph of the file goes on with, as its first words show."""
    seams = []
    for end in (chain[-1] for chain in chains):
        following = paragraphs[end + 1 : end + 2]
        if not is_open(paragraphs[end]) or not all(map(_may_continue, following)):
            continue
        score = _at_seam(paragraphs[end].text, following[0].text, cohesion) if following else 0.0
        if score >= ENOUGH:
            seams.append(Seam(end, end + 1, score + _ADJACENT))
    return seams


def _one_for_one(seams: list[Seam], least: float) -> list[Seam]:
    """The seams that together score most above `least`, no paragraph's end or start used twice."""
    known = {(one.left, one.right): one for one in seams}
    pairs = best_pairs({pair: one.score - least for pair, one in known.items()})
    return [known[pair] for pair in pairs]


def _may_continue(paragraph: Paragraph) -> bool:
    return paragraph.role == "body" and not LEAD.match(paragraph.text)


def _score(
    paragraphs: list[Paragraph], cohesion: Cohesion, left: Chain, right: Chain, at: int
) -> float:
    """Evidence that the sentence in which `left` stops goes on at `right[at]`."""
    end, start = left[-1], right[at]
    if left is right or not _may_continue(paragraphs[start]):
        return -math.inf
    score = _PRIOR + _at_seam(paragraphs[end].text, paragraphs[start].text, cohesion)
    if start == end + 1:
        score += _ADJACENT
    elif not at and _only_picture_between(paragraphs, end, start):
        score += _BEHIND_PICTURE
    elif at:
        inside = paragraphs[right[at - 1]].role == "body"
        score += _IN_TEXT if inside else _BELOW_TITLE
        score += _as_start(paragraphs[end].text, paragraphs[start].text)
    if score + 2 * _MOST_COHESION < ENOUGH:
        return score
    score += cohesion.fit(left, right[at:])
    return score - cohesion.fit(right[:at], right[at:]) if at else score


def _only_picture_between(paragraphs: list[Paragraph], end: int, start: int) -> bool:
    """Whether a caption with its credit, and nothing else, stands between two paragraphs."""
    between = paragraphs[end + 1 : min(start, end + 5)]
    return 0 < start - end - 1 == len(between) and all(
        one.role in ("caption", "credit") for one in between
    )


def _as_start(left: str, right: str) -> float:
    """What a paragraph inside a text says about being the rest of the sentence `left`."""
    odd = begins_within_sentence(right)
    if word_across(left, right):
        return _ODD_WITH_WORD if odd else _PLAIN_WITH_WORD
    return _ODD if odd else _PLAIN


def _at_seam(left: str, right: str, cohesion: Cohesion) -> float:
    """What the words and marks on both sides of a cut say about it."""
    score = _FOLLOWS * follows(left[-1:], right[:1])
    word = word_across(left, right)
    if word:
        score += _WORD if len(word) < 3 else _LONG_WORD
    else:
        score += _REST_OF_ANOTHER if begins_within_word(right) else _NO_WORD
    if cohesion.knows(left[-2:] + right[:1]) or cohesion.knows(left[-1:] + right[:2]):
        score += _KNOWN
    if open_quotes(left) > 0:
        score += _QUOTES if closes_before_opening(right) else _NO_QUOTES
    elif closes_before_opening(right):
        score += _NO_QUOTES
    return score
