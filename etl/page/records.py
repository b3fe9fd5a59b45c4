"""A text that is one article in order: a record of a record file, or a Markdown file."""

from __future__ import annotations

import re

from etl import tables
from etl.model import Block, PageArticle
from etl.page.articles import article_id, kind_of, names_in_byline
from etl.page.patterns import BYLINE, STOP_END
from etl.text import MappedText, normalise

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_LINE = re.compile(r"[^\r\n]+")
_MARK = re.compile(r"#{1,6}[ \t]+")
_LONGEST_HEAD = 40


def read_record(document: tables.Document) -> PageArticle:
    """The document as one article; its clean text is the document's text from end to end.

    The headline is the title that the source gives, else the first heading of a Markdown text.
    """
    text = document.text
    matter = _FRONT_MATTER.match(text) if document.format == "md" else None
    blocks = _blocks(text, matter.end() if matter else 0)
    if document.format == "md":
        blocks = _without_marks(text, blocks)
    if blocks and document.title and text[blocks[0].start : blocks[0].end] == document.title:
        blocks[0] = Block("headline", blocks[0].start, blocks[0].end)
    headline = document.title or next(
        (text[one.start : one.end] for one in blocks if one.role == "headline"), None
    )
    bylines = [text[one.start : one.end] for one in blocks if one.role == "byline"]
    return PageArticle(
        article_id=article_id(document.document_id, 1),
        order=1,
        kind=kind_of(blocks, text),
        mapped=MappedText.whole(text),
        blocks=blocks,
        headline=headline,
        byline=names_in_byline(bylines),
    )


def _blocks(text: str, start: int) -> list[Block]:
    """One block per line that holds more than white space."""
    blocks: list[Block] = []
    for line in _LINE.finditer(text, start):
        raw = line.group()
        left = line.start() + len(raw) - len(raw.lstrip())
        right = left + len(raw.strip())
        if left < right:
            blocks.append(Block(_role(text[left:right], blocks), left, right))
    if blocks and blocks[-1].role == "section":
        blocks[-1] = Block("body", blocks[-1].start, blocks[-1].end)
    return blocks


def _role(line: str, before: list[Block]) -> str:
    """The role of one line; a short one without a stop between paragraphs is a section head."""
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
