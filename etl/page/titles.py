"""Title lines: where a headline begins an article, and which line of it is what."""

from __future__ import annotations

import re

from etl.page.headlines import one_headline
from etl.page.paragraphs import Paragraph
from etl.page.sheet_patterns import DASH_START, LEAD, SECTION_NUMBER

_FINAL = {"signature": "byline", "source": "byline", "list": "body"}
_KICKER_LONGEST = 8
# 履职故事 山里来了修表匠: a column's label and the headline on one line.
_LABELLED = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:新貌|纪事|故事|观察|见闻|声音|风采|动态|之窗|聚焦|关注|速递|传真|一线|现场|人物|视点"
    r"|手记|札记|特写|追踪|民意|建言|人生|履职|走笔|掠影|风景) (?=[^ ]{7,}$)"
)
# ——走基层——
_SERIES = re.compile(r"^(?:—|--|–|―|─).{2,16}(?:—|--|–|―|─)$")
_KICKER_END = re.compile(r"(?:强调|指出|要求|主张|表示|时说|:)$")


def is_jump_from(paragraph: Paragraph) -> bool:
    """Whether a jump line says where the article comes from, not where it goes."""
    return "转" not in paragraph.text and "下接" not in paragraph.text


def title_run(paragraphs: list[Paragraph], start: int) -> int:
    """Index behind the title lines (and bylines among them) that begin at `start`."""
    at = start
    while at < len(paragraphs) and paragraphs[at].role in ("headline", "byline", "source"):
        at += 1
    return at


def begins_article(paragraphs: list[Paragraph], start: int) -> str:
    """What the title lines at `start` are: `hard` a headline, `section` a section head, or `soft`.

    `soft` means that the lines alone do not show it.
    """
    stop = title_run(paragraphs, start)
    run = paragraphs[start:stop]
    following = paragraphs[stop] if stop < len(paragraphs) else None
    above = paragraphs[start - 1] if start else None
    if above and above.role == "jump" and is_jump_from(above):
        return "section"
    if len(run) == 1 and SECTION_NUMBER.match(run[0].text):
        return "section"
    if start == 0 or any(
        one.role in ("byline", "source") or DASH_START.match(one.text) for one in run
    ):
        return "hard"
    if following is None or following.role in ("jump", "caption") or LEAD.match(following.text):
        return "hard"
    return "hard" if len(run) > 1 else "soft"


def name_titles(paragraphs: list[Paragraph]) -> None:
    """Give the title lines of one article their roles: kicker, headline, subheadline, section.

    Lines before the first body or jump are headline lines. A short label or a line that ends
    with 强调 and the like, above others, is the kicker; of the rest the first is the headline.
    """
    first = next(
        (
            at
            for at, one in enumerate(paragraphs)
            if one.role in ("body", "jump", "caption", "list")
        ),
        len(paragraphs),
    )
    first += _split_label(paragraphs, first)
    top = [one for one in paragraphs[:first] if one.role == "headline"]
    if len(top) > 2 and _SERIES.match(top[0].text):
        top.pop(0).role = "kicker"
    if len(top) > 1 and _is_kicker(top):
        top.pop(0).role = "kicker"
    for one in top[_lines_of_headline(top) :]:
        one.role = "subheadline"
    if top and DASH_START.match(top[0].text) and len(top) == 1:
        top[0].role = "subheadline"
    for at, one in enumerate(paragraphs):
        if one.role in _FINAL:
            one.role = _FINAL[one.role]
        elif one.role == "headline" and at >= first:
            one.role = "section"


def _split_label(paragraphs: list[Paragraph], first: int) -> int:
    """Part a column's label from the headline that it stands on one line with; 1 where it did."""
    for at, one in enumerate(paragraphs[:first]):
        if one.role == "headline":
            label = _LABELLED.match(one.text)
            if not label:
                return 0
            paragraphs[at : at + 1] = one.cut(label.end())
            paragraphs[at].role = paragraphs[at + 1].role = "headline"
            return 1
    return 0


def _is_kicker(top: list[Paragraph]) -> bool:
    """Whether the first of several title lines stands above the headline."""
    line, below = top[0], top[1]
    if _KICKER_END.search(line.text) or _SERIES.match(line.text):
        return True
    if len(top) >= 4:
        return True
    if DASH_START.match(below.text) or one_headline(line.text, below.text):
        return False
    # A subheadline with a dash stands right below the headline.
    dashed = len(top) > 2 and DASH_START.match(top[2].text)
    return bool(dashed) or len(line.text) <= _KICKER_LONGEST


def _lines_of_headline(top: list[Paragraph]) -> int:
    """How many of the title lines are the headline: it may be set in lines of equal length."""
    count = 1
    while count < len(top) and one_headline(top[count - 1].text, top[count].text):
        count += 1
    return count
