"""A text that is one article in order: a record of a record file, or a Markdown file."""

from __future__ import annotations

import re

from etl import tables
from etl.grids import find_grids
from etl.model import Block, PageArticle
from etl.page.articles import article_id, bylines, kind_of
from etl.page.imprints import imprint_at_end, imprint_in, without_form
from etl.page.misread import misread
from etl.page.patterns import BYLINE, STOP_END
from etl.page.slips import may_slip, slips
from etl.text import MappedText, normalise

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_LINE = re.compile(r"[^\r\n]+")
_MARK = re.compile(r"#{1,6}[ \t]+")
_LONGEST_HEAD = 40


def read_record(document: tables.Document) -> PageArticle:
    """The document as one article, in the order in which it stands.

    The clean text of a record is its text from end to end, less what slipped into numbers and
    words; that of a Markdown file leaves out the front matter and the marks of headings. The
    headline is the title that the source gives, else the first heading of a Markdown text.
    """
    mapped, blocks = _lay_out(document)
    text = mapped.text
    if blocks and document.title and text[blocks[0].start : blocks[0].end] == document.title:
        blocks[0] = Block("headline", blocks[0].start, blocks[0].end)
    headline = (
        without_form(document.title)
        if document.title
        else next((text[one.start : one.end] for one in blocks if one.role == "headline"), None)
    )
    return PageArticle(
        article_id=article_id(document.document_id, 1),
        order=1,
        kind=kind_of(blocks, text),
        mapped=mapped,
        blocks=blocks,
        headline=headline,
        byline=bylines(text, [one for one in blocks if one.role != "credit"]),
        misread=misread(normalise(text)),
    )


def _lay_out(document: tables.Document) -> tuple[MappedText, list[Block]]:
    """The clean text and its blocks, one per line that holds more than white space."""
    text = document.text
    if document.format != "md":
        mapped = _without_slips(text)
        return mapped, _blocks(mapped.text, 0)
    matter = _FRONT_MATTER.match(text)
    blocks = _without_marks(text, _blocks(text, matter.end() if matter else 0))
    parts: list[tuple[int, int] | str] = []
    moved: list[Block] = []
    at = 0
    for block in blocks:
        if parts:
            parts.append("\n")
            at += 1
        parts.append((block.start, block.end))
        moved.append(Block(block.role, at, at + block.end - block.start))
        at += block.end - block.start
    return MappedText.build(text, parts), moved


def _without_slips(text: str) -> MappedText:
    """The text less what slipped into its numbers and words."""
    if not may_slip(text):
        return MappedText.whole(text)
    parts: list[tuple[int, int] | str] = []
    at = 0
    for line in _LINE.finditer(text):
        for start, end in slips(normalise(line.group())):
            parts.append((at, line.start() + start))
            at = line.start() + end
    return MappedText.build(text, [*parts, (at, len(text))])


def _blocks(text: str, start: int) -> list[Block]:
    """One block per line that holds more than white space."""
    blocks: list[Block] = []
    lines = _lines(text, start)
    tables_at = {one.start: one.end for one in find_grids(text, lines)}
    stop = 0
    for left, right in lines:
        if left in tables_at:
            stop = tables_at[left]
            blocks.append(Block("body", left, stop))
        elif left >= stop:
            blocks += _parts(text, left, right, blocks)
    told = [at for at, one in enumerate(blocks) if one.role in ("section", "body")]
    if told and blocks[told[-1]].role == "section":
        last = blocks[told[-1]]
        blocks[told[-1]] = Block("body", last.start, last.end)
    return blocks


def _lines(text: str, start: int) -> list[tuple[int, int]]:
    """The spans of the lines that hold more than white space, without the white space around."""
    spans = []
    for line in _LINE.finditer(text, start):
        raw = line.group()
        left = line.start() + len(raw) - len(raw.lstrip())
        right = left + len(raw.strip())
        if left < right:
            spans.append((left, right))
    return spans


def _parts(text: str, left: int, right: int, before: list[Block]) -> list[Block]:
    """The block of one line, and one for the imprint in brackets at its end."""
    end = left + imprint_at_end(text[left:right])
    blocks = [Block(_role(text[left:end], before), left, end)]
    start = right - len(text[end:right].lstrip())
    if start < right:
        blocks.append(Block(imprint_in(text[start:right]) or "credit", start, right))
    return blocks


def _role(line: str, before: list[Block]) -> str:
    """The role of one line; a short one without a stop between paragraphs is a section head."""
    imprint = imprint_in(line)
    if imprint:
        return imprint
    if len(line) > _LONGEST_HEAD:
        return "body"
    if len(before) < 3 and BYLINE.match(normalise(line)):
        return "byline"
    if before and not STOP_END.search(normalise(line)) and line[-1] not in ":：;；,，、":
        return "section"
    return "body"


def _without_marks(text: str, blocks: list[Block]) -> list[Block]:
    """Markdown's headings: the first is the headline, later ones section heads, `#` left out."""
    found: list[Block] = []
    for block in blocks:
        mark = _MARK.match(text, block.start, block.end)
        if mark and mark.end() < block.end:
            first = not any(one.role == "headline" for one in found)
            found.append(Block("headline" if first else "section", mark.end(), block.end))
        else:
            found.append(block)
    return found
