"""Which piece of a page continues which, where a sentence is cut."""

from __future__ import annotations

import math
from dataclasses import dataclass

from etl.page.cohesion import (
    Bag,
    Vocabulary,
    closes_before_opening,
    open_quotes,
    similarity,
    word_across,
)
from etl.page.paragraphs import Paragraph
from etl.page.patterns import LEAD
from etl.page.pieces import Piece, is_open

# Sums of evidence for "this is one sentence", in the units of log odds.
_WORD, _NO_WORD, _QUOTES, _NO_QUOTES = 2.5, -0.5, 3.0, -2.5
_ADJACENT, _NATURAL_START, _NEVER_INITIAL = 2.5, -2.5, 2.0
_COHESION, _STRANGERS, _MOST_COHESION = 12.0, 0.05, 2.0
_ENOUGH = 0.8
_MOST_OPEN_ENDS = 120
_NEVER = tuple(",、。;:!?)”》’的了着们")


@dataclass(frozen=True, slots=True)
class Seam:
    """The paragraph `left` stops in mid-sentence; `right` goes on with it."""

    left: int
    right: int
    score: float


def match_seams(
    paragraphs: list[Paragraph], pieces: list[Piece], vocabulary: Vocabulary
) -> list[Seam]:
    """The best pairs of an open end and a start, each used once, in the order of the file."""
    ends = [one for one in pieces if is_open(paragraphs[one.last - 1])]
    if len(ends) > _MOST_OPEN_ENDS:
        return _in_file_order(paragraphs, ends)
    page = _Page(paragraphs, vocabulary)
    seams = []
    for piece in ends:
        for owner in pieces:
            for start in owner.indexes:
                score = page.score(piece, owner, start)
                if score >= _ENOUGH:
                    seams.append(Seam(piece.last - 1, start, score))
    return _one_for_one(seams)


def _one_for_one(seams: list[Seam]) -> list[Seam]:
    """The seams with the best scores, no paragraph's end or start used twice."""
    ends: set[int] = set()
    starts: set[int] = set()
    chosen = []
    for seam in sorted(seams, key=lambda one: (-one.score, one.left, one.right)):
        if seam.left not in ends and seam.right not in starts:
            ends.add(seam.left)
            starts.add(seam.right)
            chosen.append(seam)
    return sorted(chosen, key=lambda one: one.left)


def _in_file_order(paragraphs: list[Paragraph], ends: list[Piece]) -> list[Seam]:
    """So many open ends are a layout, not accidents: each goes on with the next paragraph."""
    return [
        Seam(one.last - 1, one.last, _ENOUGH)
        for one in ends
        if one.last < len(paragraphs) and _may_continue(paragraphs[one.last])
    ]


def _may_continue(paragraph: Paragraph) -> bool:
    return paragraph.role == "body" and not LEAD.match(paragraph.text)


class _Page:
    """Scores of seams, with the bags of words worked out once."""

    def __init__(self, paragraphs: list[Paragraph], vocabulary: Vocabulary) -> None:
        self._paragraphs = paragraphs
        self._vocabulary = vocabulary
        self._bags: dict[tuple[int, int], Bag] = {}

    def score(self, piece: Piece, owner: Piece, start: int) -> float:
        """Evidence that the sentence in which `piece` stops goes on at paragraph `start`."""
        inside = start > owner.first and _in_text(self._paragraphs[start - 1])
        if not _may_continue(self._paragraphs[start]) or (piece is owner and start <= piece.last):
            return -math.inf
        left, right = self._paragraphs[piece.last - 1].text, self._paragraphs[start].text
        score = _at_seam(left, right)
        if start == piece.last:
            return score + _ADJACENT
        if inside:
            score += _NATURAL_START
        if score + _MOST_COHESION < _ENOUGH:
            return score
        score += self._fit((piece.first, piece.last), (start, owner.last))
        return score - self._fit((owner.first, start), (start, owner.last)) if inside else score

    def _fit(self, one: tuple[int, int], other: tuple[int, int]) -> float:
        common = similarity(self._bag(one), self._bag(other)) - _STRANGERS
        return max(-_MOST_COHESION, min(_MOST_COHESION, _COHESION * common))

    def _bag(self, span: tuple[int, int]) -> Bag:
        if span not in self._bags:
            self._bags[span] = self._vocabulary.bag(range(*span))
        return self._bags[span]


def _in_text(paragraph: Paragraph) -> bool:
    return paragraph.role == "body"


def _at_seam(left: str, right: str) -> float:
    """What the words and marks on both sides of a cut say about it."""
    score = _WORD if word_across(left, right) else _NO_WORD
    if right.startswith(_NEVER):
        score += _NEVER_INITIAL
    if open_quotes(left) > 0:
        score += _QUOTES if closes_before_opening(right) else _NO_QUOTES
    elif closes_before_opening(right):
        score += _NO_QUOTES
    return score
