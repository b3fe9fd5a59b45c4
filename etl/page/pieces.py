"""A page's paragraphs → pieces: runs that stand in the file as they were printed."""

from __future__ import annotations

from dataclasses import dataclass

from etl.page.cuts import begins_within_sentence
from etl.page.paragraphs import Paragraph
from etl.page.printed import is_table
from etl.page.sheet_patterns import CAPTION_START, EDITORS_NOTE, LEAD, PICTURE_OF
from etl.page.titles import begins_article, is_jump_from, title_run


@dataclass(slots=True)
class Piece:
    """Paragraphs `first` to `last` (behind the end) of the page.

    `head` says how it begins: `hard` with a headline or a lead, `soft` with a line that may be a
    headline or a section head, `jump` with (上接N版), `caption`, or `bare` with body text.
    """

    first: int
    last: int
    head: str

    @property
    def indexes(self) -> range:
        """Its paragraphs."""
        return range(self.first, self.last)


def cut_pieces(paragraphs: list[Paragraph]) -> list[Piece]:
    """The pieces in the order of the file; together they hold every paragraph once."""
    heads = _heads(paragraphs)
    starts = sorted(heads)
    stops = [*starts[1:], len(paragraphs)]
    return [Piece(start, stop, heads[start]) for start, stop in zip(starts, stops, strict=True)]


def _heads(paragraphs: list[Paragraph]) -> dict[int, str]:
    """Where pieces begin, and with what."""
    heads = {0: "bare"} if paragraphs else {}
    at = 0
    while at < len(paragraphs):
        one = paragraphs[at]
        if one.role == "byline" and _below_note(paragraphs, at):
            at += 1
            continue
        if one.role in ("headline", "byline", "source"):
            at = _title_head(paragraphs, at, heads)
            continue
        if one.role == "jump" and is_jump_from(one):
            heads[at] = "jump"
        elif one.role == "caption" and not _second_caption(paragraphs, at):
            heads[at] = "caption"
        elif one.role == "body" and LEAD.match(one.text):
            heads[at] = "hard"
        elif one.role == "body" and not is_table(one.text) and begins_within_sentence(one.text):
            heads.setdefault(at, "bare")
        if _is_end(paragraphs, at):
            heads.setdefault(at + 1, "bare")
        at += 1
    heads.pop(len(paragraphs), None)
    return heads


def _below_note(paragraphs: list[Paragraph], at: int) -> bool:
    """Whether an editor's note stands between a headline and the byline at `at`."""
    above = paragraphs[max(0, at - 2) : at]
    return (
        len(above) == 2 and above[0].role == "headline" and bool(EDITORS_NOTE.match(above[1].text))
    )


def _second_caption(paragraphs: list[Paragraph], at: int) -> bool:
    """Whether a caption goes on with the one above it, which says what the picture shows."""
    above = paragraphs[at - 1 : at]
    return (
        bool(above)
        and bool(PICTURE_OF.match(above[0].text))
        and not CAPTION_START.match(paragraphs[at].text)
    )


def _title_head(paragraphs: list[Paragraph], at: int, heads: dict[int, str]) -> int:
    """Note the head that the title lines at `at` make; the index of the first line behind them.

    The lead or the caption below a headline is no head of its own, nor is (上接N版).
    """
    stop = title_run(paragraphs, at)
    what = begins_article(paragraphs, at)
    if what != "section":
        heads[at] = what
    following = paragraphs[stop] if stop < len(paragraphs) else None
    if following is None or following.role == "headline":
        return stop
    if following.role == "jump" and is_jump_from(following):
        heads[at] = "jump"
        return stop + 1
    if following.role == "caption":
        heads[at] = "caption"
        return stop + 1
    if what != "section" and (LEAD.match(following.text)):
        if _is_end(paragraphs, stop):
            heads.setdefault(stop + 1, "bare")
        return stop + 1
    return stop


def is_open(paragraph: Paragraph) -> bool:
    """Whether a paragraph stops in mid-sentence."""
    return paragraph.role == "body" and not paragraph.stops and paragraph.text[-1:] not in "):—"


def is_closed(paragraph: Paragraph) -> bool:
    """Whether a paragraph says that its article, or this page's part of it, ends here."""
    if paragraph.role == "jump":
        return not is_jump_from(paragraph)
    return paragraph.role in ("credit", "signature")


def _is_end(paragraphs: list[Paragraph], at: int) -> bool:
    return is_open(paragraphs[at]) or is_closed(paragraphs[at])
