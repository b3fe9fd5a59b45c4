"""Paragraphs in the order of the file → stories: each article's paragraphs in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.page.chains import Decision, Desk
from etl.page.paragraphs import Paragraph
from etl.page.pieces import is_open
from etl.page.titles import is_jump_from, name_titles

_JUMP = {
    True: "the article begins on another page; nothing is taken over from the text above",
    False: "the article goes on on another page; its part on this page ends here",
}


@dataclass(slots=True)
class Story:
    """An article's paragraphs in reading order, and what a reader should know of it."""

    paragraphs: list[Paragraph]
    flags: list[str] = field(default_factory=list)


def assemble(paragraphs: list[Paragraph]) -> tuple[list[Story], list[Decision]]:
    """The stories of a page, and every decision that led to them; no paragraph is lost."""
    if not paragraphs:
        return [], []
    desk = Desk(paragraphs)
    desk.put_together()
    stories = [_story(desk, chain) for chain in desk.chains]
    return stories, [*desk.decisions, *_gaps(desk), *_jumps(desk)]


def _story(desk: Desk, chain: list[int]) -> Story:
    """A chain's paragraphs, cut sentences made whole, title lines named, flags set."""
    paragraphs: list[Paragraph] = []
    before = -1
    for at in chain:
        one = desk.paragraphs[at]
        seam = desk.seams.get(before)
        if seam and seam.right == at:
            last = paragraphs[-1]
            paragraphs[-1] = Paragraph([*last.parts, *one.parts], last.text + one.text, last.role)
        else:
            paragraphs.append(Paragraph(one.parts, one.text, one.role))
        before = at
    name_titles(paragraphs)
    return Story(paragraphs, _flags(desk, chain, paragraphs))


def _flags(desk: Desk, chain: list[int], paragraphs: list[Paragraph]) -> list[str]:
    open_ends = [at for at in chain if _breaks_off(desk, at)]
    roles = {one.role for one in paragraphs}
    flags = {
        "starts_on_another_page": desk.heads.get(chain[0]) == "jump",
        "text_missing": bool(open_ends),
        "cut_at_end": chain[-1] in open_ends,
        "headline_missing": not roles & {"headline", "caption"},
    }
    return [name for name, holds in flags.items() if holds]


def _breaks_off(desk: Desk, at: int) -> bool:
    return is_open(desk.paragraphs[at]) and at not in desk.seams


def _gaps(desk: Desk) -> list[Decision]:
    """A row for each sentence that breaks off for good."""
    action = "kept as it stands: the sentence breaks off, and no text of the page continues it"
    return [
        Decision("gap", one.end, one.end, action, 0.8)
        for at, one in enumerate(desk.paragraphs)
        if _breaks_off(desk, at)
    ]


def _jumps(desk: Desk) -> list[Decision]:
    """A row for each line that says where an article comes from or goes to."""
    return [
        Decision("jump", one.start, one.end, _JUMP[is_jump_from(one)], 0.95)
        for one in desk.paragraphs
        if one.role == "jump"
    ]
