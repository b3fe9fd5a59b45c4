"""Pieces → stories: the paragraphs of each article in reading order, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.page.cohesion import Vocabulary, similarity
from etl.page.paragraphs import Paragraph
from etl.page.pieces import Piece, cut_pieces, is_closed, is_open
from etl.page.seams import Seam, match_seams
from etl.page.titles import name_titles

# A piece under a line that may be a section head goes with the story it shares most words with,
# from this much on; to a story that is not the one above it, only from twice as much.
_SECTION, _ELSEWHERE, _MARGIN = 0.10, 0.12, 1.3


@dataclass(slots=True)
class Story:
    """An article's paragraphs in reading order, and what a reader should know of it."""

    paragraphs: list[Paragraph]
    flags: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of page repair, in the terms of `tables.Repair`."""

    kind: str
    start: int
    end: int
    action: str
    confidence: float


def assemble(paragraphs: list[Paragraph]) -> tuple[list[Story], list[Decision]]:
    """The stories in the order of the file, and every decision that led to them."""
    if not paragraphs:
        return [], []
    vocabulary = Vocabulary([one.text for one in paragraphs])
    pieces = cut_pieces(paragraphs)
    seams = match_seams(paragraphs, pieces, vocabulary)
    pieces = _cut_at(pieces, seams)
    desk = _Desk(paragraphs, pieces, seams, vocabulary)
    desk.follow_seams()
    desk.place_soft_heads()
    return desk.stories(), desk.decisions


def _cut_at(pieces: list[Piece], seams: list[Seam]) -> list[Piece]:
    """The pieces, cut where a seam goes on in the middle of one."""
    cuts = {seam.right for seam in seams}
    found: list[Piece] = []
    for piece in pieces:
        starts = [piece.first, *sorted(at for at in cuts if piece.first < at < piece.last)]
        for start, stop in zip(starts, [*starts[1:], piece.last], strict=True):
            found.append(Piece(start, stop, piece.head if start == piece.first else "bare"))
    return found


class _Desk:
    """The pieces of a page on a desk, put together step by step into chains."""

    def __init__(
        self,
        paragraphs: list[Paragraph],
        pieces: list[Piece],
        seams: list[Seam],
        vocabulary: Vocabulary,
    ) -> None:
        self.decisions: list[Decision] = []
        self._paragraphs = paragraphs
        self._vocabulary = vocabulary
        self._seams = {seam.left: seam for seam in seams}
        self._chains: list[list[Piece]] = [[piece] for piece in pieces]

    def follow_seams(self) -> None:
        """Join the chains whose sentences go on in one another; an inset goes between neither."""
        for seam in self._seams.values():
            left = self._chain_with(seam.left)
            right = self._chain_with(seam.right)
            if left is not right and right[0].first == seam.right:
                left += right
                self._chains.remove(right)
                self._note_seam(seam)
        self._continue_after_insets()

    def _chain_with(self, index: int) -> list[Piece]:
        return next(one for one in self._chains if any(index in piece.indexes for piece in one))

    def _note_seam(self, seam: Seam) -> None:
        left, right = self._paragraphs[seam.left], self._paragraphs[seam.right]
        confidence = min(0.95, 0.5 + seam.score / 10)
        if left.end <= right.start and seam.right == seam.left + 1:
            action = "joined without a break: the sentence goes on in the next paragraph"
            self._decide("join", left.end, right.start, action, confidence)
        else:
            action = f"joined: goes on with the sentence that stops at {left.end}"
            self._decide("join", right.start, right.end, action, confidence)

    def _continue_after_insets(self) -> None:
        """Body text behind a caption or a broken-off sentence goes on with the text before."""
        for chain in sorted(self._chains, key=lambda one: one[0].first):
            if chain[0].head != "bare":
                continue
            host = self._host_before(chain)
            if host is not None:
                host += chain
                self._chains.remove(chain)

    def _host_before(self, chain: list[Piece]) -> list[Piece] | None:
        """The chain whose text stands before `chain` in the file, captions passed over."""
        at = chain[0].first - 1
        while at >= 0 and self._paragraphs[at].role == "caption":
            at -= 1
        if at < 0:
            return None
        host = self._chain_with(at)
        ends = host[-1].last - 1 == at and host is not chain
        return host if ends and not is_closed(self._paragraphs[at]) else None

    def place_soft_heads(self) -> None:
        """Put what stands under a possible section head where its words belong."""
        for chain in sorted(self._chains, key=lambda one: one[0].first):
            if chain[0].head == "soft":
                self._place(chain)

    def _place(self, chain: list[Piece]) -> None:
        bag = self._bag(chain)
        scores = sorted(
            ((similarity(bag, self._bag(one)), -one[0].first, one) for one in self._hosts(chain)),
            key=lambda scored: scored[:2],
            reverse=True,
        )
        if not scores:
            return
        above = self._above(chain)
        best, _, host = scores[0]
        near = next((score for score, _, one in scores if one is above), 0.0)
        if above is not None and near >= _SECTION and best < _MARGIN * near:
            best, host = near, above
        elif host is above or best < _ELSEWHERE:
            return
        host += chain
        self._chains.remove(chain)
        self._note_placing(chain, host, best)

    def _hosts(self, chain: list[Piece]) -> list[list[Piece]]:
        """Chains that could go on with `chain`: begun as articles, and not said to end."""
        return [
            one
            for one in self._chains
            if one is not chain
            and one[0].head in ("hard", "jump", "soft")
            and not is_closed(self._paragraphs[one[-1].last - 1])
        ]

    def _above(self, chain: list[Piece]) -> list[Piece] | None:
        at = chain[0].first - 1
        return self._chain_with(at) if at >= 0 else None

    def _note_placing(self, chain: list[Piece], host: list[Piece], score: float) -> None:
        head = self._paragraphs[chain[0].first]
        begin = self._paragraphs[host[0].first].start
        action = f"read as a section of the article that begins at {begin}: common vocabulary"
        self._decide("boundary", head.start, head.end, action, min(0.95, 0.5 + score))

    def _bag(self, chain: list[Piece]) -> dict[str, float]:
        return self._vocabulary.bag(at for piece in chain for at in piece.indexes)

    def _decide(self, kind: str, start: int, end: int, action: str, confidence: float) -> None:
        self.decisions.append(Decision(kind, start, end, action, round(confidence, 2)))

    def stories(self) -> list[Story]:
        """The chains as stories, their open ends noted."""
        return [self._story(chain) for chain in self._chains]

    def _story(self, chain: list[Piece]) -> Story:
        indexes = [at for piece in chain for at in piece.indexes]
        story = Story([])
        for at in indexes:
            self._add(story, at)
        name_titles(story.paragraphs)
        self._flag(story, chain)
        return story

    def _add(self, story: Story, at: int) -> None:
        """Add a paragraph, to the one before it where a seam joins the two."""
        paragraph = self._paragraphs[at]
        seam = self._seams.get(at)
        if self._joined(story, at):
            last = story.paragraphs[-1]
            story.paragraphs[-1] = Paragraph(
                [*last.parts, *paragraph.parts], last.text + paragraph.text, last.role
            )
        else:
            story.paragraphs.append(Paragraph(paragraph.parts, paragraph.text, paragraph.role))
        if seam is None and is_open(paragraph):
            action = "kept as it stands: the sentence breaks off and no text on the page continues it"
            self._decide("gap", paragraph.end, paragraph.end, action, 0.8)
            story.flags.append("text_missing")

    def _joined(self, story: Story, at: int) -> bool:
        """Whether paragraph `at` goes on with the story's last sentence."""
        return bool(story.paragraphs) and any(
            seam.right == at and self._paragraphs[seam.left].end == story.paragraphs[-1].end
            for seam in self._seams.values()
        )

    def _flag(self, story: Story, chain: list[Piece]) -> None:
        last = self._paragraphs[chain[-1].last - 1]
        roles = {one.role for one in story.paragraphs}
        if chain[0].head == "jump":
            story.flags.append("starts_on_another_page")
        if is_open(last) and (chain[-1].last - 1) not in self._seams:
            story.flags.append("cut_at_end")
        if "headline" not in roles and "caption" not in roles:
            story.flags.append("headline_missing")
        story.flags[:] = dict.fromkeys(story.flags)
