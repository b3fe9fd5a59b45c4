"""Headline or section head? What speaks for either where the line alone does not show it."""

from __future__ import annotations

import re

from etl.page.paragraphs import Paragraph
from etl.page.sheet_patterns import LEAD

# How news begins: a day, a vague day, or where the reporter knows it from.
_NEWS_BEGINS = re.compile(
    r"^(?!另?据|此外|另外|同时|与此|其中|对此|\d{1,2}日|当[天日晚]|随后|之后|为此)"
    r".{0,16}?(?:\d{1,2}日|近日|日前|近期|昨[日天]|今[日天]|前不久|连日来|记者.{0,12}(?:获悉|了解到))"
)
_COMMON, _STYLE, _RARE = 2.0, 0.8, 0.6
_COMMON_ALONE, _ONE_FILE = 0.7, 2.0
_SHORT_HEAD, _LONG_HEAD = 16, 22
_SHORT_STORY, _LONG_STORY = 300, 800


def section_score(
    paragraphs: list[Paragraph],
    above: list[int],
    chain: list[int],
    head: str,
    fit: float,
    alone: bool = False,
) -> float:
    """Evidence, as log odds, that `chain` is a section of the story above and no article.

    Sections belong to long articles with a byline or from another page, rarely to 本报讯 news.
    `fit` is the log odds of common vocabulary; it tells most. Of 405 such lines on pages put
    together from broadcast news it is above 0 for 204 of 221 sections, and for 14 of 184 headlines.
    `alone` says that the file shows no other article: then there is nothing to measure likeness
    by, and it may well be one article.
    """
    style = _by_story(paragraphs, above, head) + looks_like_section(paragraphs, chain)
    common = _ONE_FILE + _COMMON_ALONE * fit if alone else _COMMON * fit
    return common + _STYLE * style - _RARE


def begins_like_news(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with a day, or with where the reporter knows it from."""
    return bool(_NEWS_BEGINS.match(paragraph.text))


def looks_like_section(paragraphs: list[Paragraph], chain: list[int]) -> float:
    """What the piece itself says: an article begins with a day and has a longer headline."""
    title = paragraphs[chain[0]].text
    score = 0.5 if len(title) <= _SHORT_HEAD else -1.0 if len(title) > _LONG_HEAD else 0.0
    news = len(chain) > 1 and begins_like_news(paragraphs[chain[1]])
    return score + (-1.5 if news else 0.5)


def _by_story(paragraphs: list[Paragraph], above: list[int], head: str) -> float:
    """What the story above says: its length, its byline, its lead, and its sections so far."""
    texts = [paragraphs[at] for at in above]
    length = sum(len(one.text) for one in texts)
    score = 0.7 if length > _LONG_STORY else -1.0 if length < _SHORT_STORY else 0.0
    titles = [at for at, one in enumerate(texts) if one.role == "headline"]
    bodies = [at for at, one in enumerate(texts) if one.role == "body"]
    sections = [at for at in titles if bodies and at > bodies[0]]
    if head == "jump" or sections or any(one.role == "byline" for one in texts):
        return score + 1.5
    if any(LEAD.match(texts[at].text) for at in bodies[:1]):
        return score - 1.5
    return score
