"""The pieces of a page, put together step by step into chains: one chain, one article."""

from __future__ import annotations

import math
from dataclasses import dataclass

from etl.page.cohesion import Cohesion
from etl.page.cuts import word_across
from etl.page.heads import begins_like_news, looks_like_section, section_score
from etl.page.paragraphs import Paragraph
from etl.page.pieces import Piece, cut_pieces, is_closed, is_open
from etl.page.seams import (
    ENOUGH,
    LIKELY,
    NOTHING_BETTER,
    ORPHAN,
    SURE,
    Seam,
    in_file_order,
    match_neighbours,
    match_orphans,
    match_seams,
)

Chain = list[int]

# So many paragraphs on each side show whether news begins in the middle of a text, and log odds
# that say so.
_NEAR, _STRANGE = 6, -2.5
# What begins in the middle has so many paragraphs: less says too little.
_LEAST_NEWS = 2
_MOST_CHAINS = 200
# Log odds, before the words are looked at, that text without a head belongs to the text above
# (which breaks off, or ends a sentence, with or without open ends elsewhere on the page), or to
# another; and from how much on it is put there.
_NEXT_IN_FILE, _BELOW, _BELOW_OPEN, _ELSEWHERE, _ENOUGH = 1.0, 3.1, 2.0, -1.0, 0.5


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of page repair, in the terms of `tables.Repair`."""

    kind: str
    start: int
    end: int
    action: str
    confidence: float


class Desk:
    """A page's paragraphs on a desk. `chains` hold each paragraph's number once.

    `heads` says how the chain that begins at a paragraph begins (see `pieces.Piece`); `seams`
    tells by the paragraph that stops in mid-sentence which one goes on with it.
    """

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self.paragraphs = paragraphs
        pieces = cut_pieces(paragraphs)
        self.heads = {piece.first: piece.head for piece in pieces}
        self.chains: list[Chain] = [list(piece.indexes) for piece in pieces]
        self.seams: dict[int, Seam] = {}
        self._continued: set[int] = set()
        self._alone = sum(piece.head in ("hard", "jump") for piece in pieces) < 2
        self._chain_with = {index: chain for chain in self.chains for index in chain}
        self.decisions: list[Decision] = []
        self._cohesion = Cohesion([one.text for one in paragraphs], _known_apart(pieces))

    def put_together(self) -> None:
        """Join the pieces: sure cuts first, then scattered ones, then what has no cut to go by."""
        if any(is_open(self.paragraphs[one[-1]]) for one in self.chains):
            self._match_ends()
        for step in (self._place_bare, self._part, self._place_soft):
            for chain in sorted(self.chains, key=lambda one: one[0]):
                step(chain)

    def _match_ends(self) -> None:
        """Join pieces that stop in mid-sentence to those that go on with it."""
        self._join(in_file_order(self.paragraphs, self.chains, self._cohesion))
        for least in (SURE, LIKELY, ENOUGH):
            taken = self._continued
            self._join(match_seams(self.paragraphs, self.chains, self._cohesion, taken, least))
            self._join(match_neighbours(self.paragraphs, self.chains, self._cohesion, least))
        self._join(match_neighbours(self.paragraphs, self.chains, self._cohesion, NOTHING_BETTER))
        orphans = [one for one in self.chains if self._is_orphan(one)]
        self._join(match_orphans(self.paragraphs, orphans, self.chains, self._cohesion, ORPHAN))

    def _join(self, seams: list[Seam]) -> None:
        """Append the chain that goes on to the one that stops, cutting it out where needed."""
        for seam in seams:
            left, right = self._chain_with[seam.left], self._chain_with[seam.right]
            at = right.index(seam.right)
            if left is right or left[-1] != seam.left:
                continue
            self._move(right, at, left)
            self.seams[seam.left] = seam
            self._continued.add(seam.right)
            self._note_seam(seam)
        self.chains = [one for one in self.chains if one]

    def _move(self, chain: Chain, at: int, host: Chain) -> None:
        """Append the part of `chain` from place `at` on to `host`."""
        host += chain[at:]
        self._chain_with.update((index, host) for index in chain[at:])
        del chain[at:]

    def _place_bare(self, chain: Chain) -> None:
        """Body text without a head goes on with the text it fits best, most often the one above.

        Text behind a caption, behind a sentence that breaks off, or at the top of the page.
        """
        if not self._is_orphan(chain):
            return
        above = self._above(chain)
        near = _BELOW
        if above and is_open(self.paragraphs[above[-1]]):
            near = _NEXT_IN_FILE
        elif any(is_open(self.paragraphs[one[-1]]) for one in self.chains):
            near = _BELOW_OPEN
        scored = [
            (self._cohesion.fit(host, chain) + (near if host is above else _ELSEWHERE), -host[0])
            for host in self._hosts(chain)
        ]
        best = max(scored, default=(-1.0, 0))
        if best[0] >= _ENOUGH:
            self._append(self._chain_with[-best[1]], chain, "no headline of its own", best[0])

    def _is_orphan(self, chain: Chain) -> bool:
        """Whether a chain has no head and goes on with nothing."""
        return self.heads.get(chain[0], "bare") == "bare" and chain[0] not in self._continued

    def _part(self, chain: Chain) -> None:
        """Cut a chain where news begins that shares no words with what stands above it."""
        for at in range(len(chain) - 1, 0, -1):
            one, above = self.paragraphs[chain[at]], self.paragraphs[chain[at - 1]]
            if one.role != "body" or above.role != "body" or not above.stops:
                continue
            if not begins_like_news(one):
                continue
            if len(chain) - at < _LEAST_NEWS:
                continue
            fit = self._cohesion.fit(chain[max(0, at - _NEAR) : at], chain[at : at + _NEAR])
            if fit <= _STRANGE:
                self.heads[chain[at]] = "hard"
                self.chains.append([])
                self._move(chain, at, self.chains[-1])
                action = "read as an article of its own: news begins that has no words in common"
                self._decide("boundary", one.start, one.end, action, _confidence(-fit))

    def _place_soft(self, chain: Chain) -> None:
        """Text under a line that may be a section head goes where its words belong, if anywhere."""
        if self.heads.get(chain[0]) != "soft":
            return
        above = self._above(chain)
        here = -9.0
        if above is not None and above in self._hosts(chain):
            fit = self._cohesion.fit(above, chain)
            head = self.heads[above[0]]
            here = section_score(self.paragraphs, above, chain, head, fit, self._alone)
        own = looks_like_section(self.paragraphs, chain) + _ELSEWHERE
        elsewhere = [
            (self._cohesion.fit(host, chain) + own, -host[0])
            for host in self._hosts(chain)
            if host is not above and self._unfinished(host)
        ]
        best = max(elsewhere, default=(-9.0, 0))
        if best[0] > max(here, 0.0):
            self._append(self._chain_with[-best[1]], chain, "section head without a story", best[0])
        elif here > 0 and above is not None:
            self._append(above, chain, "section head", here)

    def _hosts(self, chain: Chain) -> list[Chain]:
        """Chains that could go on with `chain`: begun as articles, and not said to end.

        On a page of very many pieces only the one above, for the work would grow with the square.
        """
        above = self._above(chain)
        chains = self.chains if len(self.chains) <= _MOST_CHAINS else [above] if above else []
        return [
            one
            for one in chains
            if one is not chain
            and self.heads.get(one[0]) in ("hard", "jump", "soft")
            and not is_closed(self.paragraphs[one[-1]])
        ]

    def _unfinished(self, chain: Chain) -> bool:
        """Whether a chain came from another page or breaks off: there more text may be its own."""
        return self.heads[chain[0]] == "jump" or is_open(self.paragraphs[chain[-1]])

    def _above(self, chain: Chain) -> Chain | None:
        """The chain whose text stands before `chain` in the file, captions passed over."""
        at = chain[0] - 1
        while at >= 0 and self.paragraphs[at].role in ("caption", "credit"):
            at -= 1
        return self._chain_with[at] if at >= 0 else None

    def _append(self, host: Chain, chain: Chain, why: str, score: float) -> None:
        first = self.paragraphs[chain[0]]
        begin = self.paragraphs[host[0]].start
        action = f"read as part of the article that begins at {begin}: {why}, common vocabulary"
        self._decide("boundary", first.start, first.end, action, _confidence(score))
        self._move(chain, 0, host)
        self.chains.remove([])

    def _note_seam(self, seam: Seam) -> None:
        left, right = self.paragraphs[seam.left], self.paragraphs[seam.right]
        word = word_across(left.text, right.text)
        kind, what = ("split_word", f"the word {word}") if word else ("join", "the sentence")
        if seam.right == seam.left + 1:
            action = f"joined without a break: {what} goes on in the next paragraph"
            self._decide(kind, left.end, right.start, action, _confidence(seam.score))
        else:
            action = f"moved: goes on with {what} that stops at {left.end}"
            self._decide(kind, right.start, right.end, action, _confidence(seam.score))

    def _decide(self, kind: str, start: int, end: int, action: str, confidence: float) -> None:
        self.decisions.append(Decision(kind, start, end, action, confidence))


def _confidence(log_odds: float) -> float:
    """Log odds as a probability, never quite sure."""
    return round(min(0.97, max(0.5, 1 / (1 + math.exp(-log_odds)))), 2)


def _known_apart(pieces: list[Piece]) -> list[range]:
    """Stretches under different headlines."""
    return [piece.indexes for piece in pieces if piece.head in ("hard", "jump")]
