"""What part each paragraph plays, as far as the line itself and its neighbours show."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

import rjieba

from etl.page.cuts import closes_before_opening, open_quotes, word_across
from etl.page.paragraphs import Paragraph
from etl.page.patterns import BYLINE, SOURCE_LINE, STOP_END
from etl.page.printed import is_table, is_table_title
from etl.page.sheet_patterns import (
    BOX_BYLINE,
    CAPTION_START,
    CREDIT_END,
    DASH_START,
    JUMP_END,
    JUMP_LINE,
    JUMP_START,
    LEAD,
    PICTURE_OF,
    SENTENCE_INSIDE,
    SIGNATURE_END,
    SIGNATURE_LINE,
)

_LONGEST_TITLE, _LONGEST_WITH_COMMA = 45, 30
# A headline's lines: so long, the second longer than the first by so much.
_SHORTEST_TITLE_LINE, _LONGEST_TITLE_LINE, _RAGGED_TITLE = 4, 24, 3
_LIST = 5
_LONGEST_NAMES = 16
# 青禾县: above a headline; who speaks stands so, too.
_CALLS = re.compile(r"(?!记者|主持人|嘉宾|问|答)[^。!?,;:]{3,12}:$")
_NAMES_APART = re.compile(r"[\u4e00-\u9fff]{2,3}(?: [\u4e00-\u9fff]{2,3}){0,3}$")
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
    split = _whole_titles([part for one in paragraphs for part in _split(one)])
    for one in split:
        if one.role == "body":
            one.role = _own_role(one.text)
    for one, following in pairwise(split):
        _by_neighbour(one, following)
    for above, one, following in zip(split, split[1:], split[2:], strict=False):
        if is_table(following.text) and above.role == "body" and is_table_title(one.text):
            one.role = "section"
    return split


def settle_roles(paragraphs: list[Paragraph]) -> None:
    """Take back what only looks like headlines, once all that is no article has been left out."""
    _tell_lists(paragraphs)
    for index, one in enumerate(paragraphs):
        if one.role == "headline" and "," in one.text and not _led_to(paragraphs, index):
            one.role = "body"


def _whole_titles(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, headlines that were set in two lines and cut in a word or a quote joined."""
    whole: list[Paragraph] = []
    for index, one in enumerate(paragraphs):
        if whole and _same_title(whole[-1].text, one.text, paragraphs[index + 1 : index + 6]):
            last = whole[-1]
            whole[-1] = Paragraph([*last.parts, *one.parts], last.text + one.text)
        else:
            whole.append(one)
    return whole


def _same_title(above: str, below: str, following: list[Paragraph]) -> bool:
    """Whether two short lines are one headline, parted in a word, a quote, or words of its text."""
    if max(len(above), len(below)) > _LONGEST_TITLE_LINE or len(below) > len(above) + _RAGGED_TITLE:
        return False
    if min(len(above), len(below)) < _SHORTEST_TITLE_LINE or SENTENCE_INSIDE.search(above + below):
        return False
    if STOP_END.search(above) or any(one.match(below) for one in (LEAD, BYLINE, DASH_START)):
        return False
    if BYLINE.match(above):
        return False
    quoted = open_quotes(above) > 0 and closes_before_opening(below)
    return quoted or bool(_cut_word(above, below, following))


def _cut_word(above: str, below: str, following: list[Paragraph]) -> bool:
    """Whether a word, of the dictionary or of the text that follows, is parted by a line's end."""
    last, first = above[-1], below[0]
    if last.isascii() and first.isascii():
        return last.isalnum() and first.isalnum()
    if not (last.isalpha() and first.isalpha()):
        return False
    cut = (above[-2:] + first, last + below[:2])
    found = any(one in paragraph.text for paragraph in following for one in cut)
    return found or (len(below) <= len(above) + 1 and bool(word_across(above, below)))


def _by_neighbour(one: Paragraph, following: Paragraph) -> None:
    """What a line is because of the line behind it, and the other way round."""
    if following.role == "credit" and one.role in ("body", "headline"):
        one.role = "caption"
    if following.role == "headline" and one.role == "body" and _CALLS.match(one.text):
        one.role = "headline"
    if one.role == following.role == "headline" and _only_names(following.text, 1):
        following.role = "byline"
    if following.role == "byline" and one.role == "body" and following.text[0] in "([【":
        following.role = "signature"
    roles = {one.role, following.role}
    if roles == {"headline", "body"} and not one.stops and word_across(one.text, following.text):
        one.role = following.role = "body"


def _tell_lists(paragraphs: list[Paragraph]) -> None:
    """Many short lines in a row are a list, of names or places, and no headlines."""
    for role, run in groupby(paragraphs, key=lambda one: one.role):
        lines = list(run)
        if role == "headline" and len(lines) >= _LIST:
            for one in lines[1 if lines[0] is paragraphs[0] else 0 :]:
                one.role = "list"


def _split(paragraph: Paragraph) -> list[Paragraph]:
    """Jump lines, credits, signatures and headlines that share a line with text, on their own."""
    front, back = [], []
    while (start := JUMP_START.search(paragraph.text)) and start.end() < len(paragraph.text):
        jump, paragraph = paragraph.cut(start.end())
        front.append(jump)
    while (end := _end_mark(paragraph.text)) and end.start():
        paragraph, mark = paragraph.cut(end.start())
        mark.role = "credit" if end.re is CREDIT_END else "body"
        back.append(mark)
    return [*front, *_split_headlines(paragraph), *reversed(back)]


def _end_mark(text: str) -> re.Match[str] | None:
    """What stands behind a paragraph's text: (下转3版), a photographer, a signature."""
    credit = CREDIT_END.search(text) if len(text) <= _CAPTION else None
    return JUMP_END.search(text) or credit or SIGNATURE_END.search(text)


def _split_headlines(paragraph: Paragraph) -> list[Paragraph]:
    """Headlines that stand in one line with their lead and with the text above."""
    pieces = []
    while found := _EMBEDDED.search(paragraph.text):
        if found.start():
            before, paragraph = paragraph.cut(found.start())
            pieces.append(before)
        title, paragraph = paragraph.cut(found.end() - found.start())
        pieces.append(title)
    return [*pieces, paragraph]


def _own_role(text: str) -> str:
    """The role that the line's own words give it."""
    if is_table(text):
        return "body"
    if JUMP_LINE.match(text):
        return "jump"
    if CAPTION_START.match(text) and len(text) <= _CAPTION:
        return "caption"
    if PICTURE_OF.match(text):
        return "caption"
    if CREDIT_END.fullmatch(text) and "报道" not in text:
        return "credit"
    if BYLINE.match(text) or BOX_BYLINE.match(text) or _only_names(text, 2):
        return "byline"
    if len(text) <= _LONGEST_TITLE and SOURCE_LINE.match(text):
        return "source"
    if SIGNATURE_LINE.match(text):
        return "signature"
    return "headline" if _title_like(text) else "body"


def _only_names(text: str, least: int) -> bool:
    """Whether a line holds persons' names, `least` of them or more, and nothing else: 张三 李四."""
    if len(text) > _LONGEST_NAMES or not _NAMES_APART.match(text):
        return False
    words = [(word, tag) for word, tag in rjieba.tag(text) if word.strip()]
    return len(words) >= least and all(tag == "nr" for _, tag in words)


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
