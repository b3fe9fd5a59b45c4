"""What part each paragraph plays, as far as the line itself and its neighbours show."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from etl.page.paragraphs import Paragraph
from etl.page.patterns import (
    BOX_BYLINE,
    BYLINE,
    CREDIT_END,
    DASH_START,
    JUMP_END,
    JUMP_LINE,
    JUMP_START,
    LEAD,
    SENTENCE_INSIDE,
    SIGNATURE_END,
    SIGNATURE_LINE,
    SOURCE_LINE,
    STOP_END,
)

_LONGEST_TITLE, _LONGEST_WITH_COMMA = 45, 30
_LIST = 5
_CAPTION = 400
_TITLE_END = re.compile(r"[,，、:;—…(《“‘]$|[。.]$")
_TITLE_START = re.compile(r"^[,，、:;。.!?)”’》·%]")
# A headline and the lead behind it that stand on one line, behind a full stop or at the start.
_EMBEDDED = re.compile(
    r"(?:^|(?<=[。!?”)]))\s*([^。!?,;()]{6,40}?)\s*"
    r"(?=本报讯|本报\S{2,10}日[电讯]|新华社\S{2,10}日电|本报记者 )"
)


def give_roles(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs with their roles; a line that holds two parts becomes two paragraphs.

    `headline` stands for any line that may be a headline, a subheadline or a section head;
    `list`, `source` and `signature` for lines that `etl.page.titles` gives their final roles.
    """
    split = [part for one in paragraphs for part in _split(one)]
    for one in split:
        one.role = _own_role(one.text)
    for one, following in pairwise(split):
        if following.role == "credit" and one.role in ("body", "headline"):
            one.role = "caption"
    _tell_lists(split)
    for index, one in enumerate(split):
        if one.role == "headline" and "," in one.text and not _led_to(split, index):
            one.role = "body"
    return split


def _tell_lists(paragraphs: list[Paragraph]) -> None:
    """Many short lines in a row are a list, of names or places, and no headlines."""
    for role, run in groupby(paragraphs, key=lambda one: one.role):
        lines = list(run)
        if role == "headline" and len(lines) >= _LIST:
            for one in lines[1 if lines[0] is paragraphs[0] else 0 :]:
                one.role = "list"


def _split(paragraph: Paragraph) -> list[Paragraph]:
    """Jump lines and headlines that share a line with body text, on their own."""
    start = JUMP_START.search(paragraph.text)
    if start and start.end() < len(paragraph.text):
        jump, rest = paragraph.cut(start.end())
        return [jump, *_split(rest)]
    end = JUMP_END.search(paragraph.text)
    if end and end.start():
        rest, jump = paragraph.cut(end.start())
        return [*_split(rest), jump]
    credit = CREDIT_END.search(paragraph.text) if len(paragraph.text) <= _CAPTION else None
    mark = credit or SIGNATURE_END.search(paragraph.text)
    if mark and mark.start():
        rest, signed = paragraph.cut(mark.start())
        return [*_split(rest), signed]
    return _split_headline(paragraph)


def _split_headline(paragraph: Paragraph) -> list[Paragraph]:
    found = _EMBEDDED.search(paragraph.text)
    if not found:
        return [paragraph]
    pieces = []
    if found.start():
        before, paragraph = paragraph.cut(found.start())
        pieces.append(before)
    title, body = paragraph.cut(found.end() - found.start())
    return [*pieces, title, *_split_headline(body)]


def _own_role(text: str) -> str:
    """The role that the line's own words give it."""
    if JUMP_LINE.match(text):
        return "jump"
    if BYLINE.match(text) or BOX_BYLINE.match(text):
        return "byline"
    if len(text) <= _LONGEST_TITLE and SOURCE_LINE.match(text):
        return "source"
    if SIGNATURE_LINE.match(text):
        return "signature"
    if CREDIT_END.fullmatch(text):
        return "credit"
    return "headline" if _title_like(text) else "body"


def _title_like(text: str) -> bool:
    """A short line that is no sentence."""
    if len(text) > _LONGEST_TITLE or len(text) < 2 or LEAD.match(text):
        return False
    if DASH_START.match(text):
        return not SENTENCE_INSIDE.search(text)
    if text.count(",") > 1 or ("," in text and len(text) > _LONGEST_WITH_COMMA):
        return False
    if _TITLE_END.search(text) or _TITLE_START.match(text) or SENTENCE_INSIDE.search(text):
        return False
    return not (STOP_END.search(text) and text[-1] not in "!?”")


def _led_to(paragraphs: list[Paragraph], index: int) -> bool:
    """Whether a byline or a lead such as 本报讯 follows, maybe after another title line."""
    for one in paragraphs[index + 1 : index + 4]:
        if one.role == "byline" or LEAD.match(one.text):
            return True
        if one.role != "headline":
            return False
    return False
