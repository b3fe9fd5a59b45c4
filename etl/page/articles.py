"""Paragraphs in reading order → an article with clean text, blocks, headline and byline."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from etl.model import Block, PageArticle
from etl.page.lines import Span
from etl.page.misread import misread
from etl.page.patterns import NOT_A_BYLINE, NOT_A_NAME, PAGE_NUMBER, WRITERS_IN_LEAD
from etl.text import MappedText, normalise

if TYPE_CHECKING:
    from etl.page.paragraphs import Paragraph

_BRIEF, _LEAD = 220, 80
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+[·•・][\u3400-\u9fff·•・]+")
_SEPARATOR = re.compile(r"[、,/ 和;]+")
_LONE = re.compile(r"(?:^|(?<=[ 、,]))([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?=$|[ 、,)])")
_CHINESE_DIGITS = {one: at for at, one in enumerate("零一二三四五六七八九十")}


def article_id(document_id: str, order: int) -> str:
    """The id of a document's article number `order`, counted from 1."""
    return f"{document_id}-a{order:02d}"


def build_article(
    document_id: str, order: int, text: str, paragraphs: list[Paragraph], flags: list[str]
) -> PageArticle:
    """The article that `paragraphs`, in reading order, make up."""
    mapped, blocks = _lay_out(text, paragraphs)
    names = _headlines(mapped.text, blocks)
    return PageArticle(
        article_id=article_id(document_id, order),
        order=order,
        kind=kind_of(blocks, mapped.text),
        mapped=mapped,
        blocks=blocks,
        kicker=names.get("kicker"),
        headline=names.get("headline"),
        subheadline=names.get("subheadline"),
        byline=bylines(mapped.text, blocks),
        continued_from=_continued_from(mapped.text, blocks),
        flags=flags,
        misread=misread(normalise(mapped.text)),
    )


def _lay_out(text: str, paragraphs: list[Paragraph]) -> tuple[MappedText, list[Block]]:
    """Clean text with a line break between paragraphs, and one block per paragraph."""
    parts: list[Span | str] = []
    blocks: list[Block] = []
    at = 0
    for paragraph in paragraphs:
        if parts:
            parts.append("\n")
            at += 1
        start = at
        for part in paragraph.parts:
            parts.append(part)
            at += part[1] - part[0]
        blocks.append(Block(paragraph.role, start, at))
    return MappedText.build(text, parts), blocks


def _headlines(text: str, blocks: list[Block]) -> dict[str, str]:
    """Kicker, headline and subheadline, each one's lines joined by a space."""
    found: dict[str, str] = {}
    for block in blocks:
        if block.role in ("kicker", "headline", "subheadline"):
            line = text[block.start : block.end]
            before = found.get(block.role)
            found[block.role] = f"{before} {line}" if before else line
    return found


def bylines(text: str, blocks: list[Block]) -> list[str]:
    """Names of reporters and photographers, each once, in the order in which they stand."""
    lines = [text[one.start : one.end] for one in blocks if one.role in ("byline", "credit")]
    lines = [one for one in lines if not NOT_A_BYLINE.match(normalise(one))]
    bodies = [one for one in blocks if one.role in ("body", "caption")]
    leads = []
    for body in bodies[:2]:
        lead = normalise(text[body.start : min(body.end, body.start + _LEAD)])
        leads += [found[1] for found in WRITERS_IN_LEAD.finditer(lead)]
    return names_in_byline([*leads, *lines])


def names_in_byline(lines: list[str]) -> list[str]:
    """The persons' names in byline lines such as 本报记者 张三 李四.

    王 泳, spaced out to the width of a longer name, is one name.
    """
    names: list[str] = []
    for line in lines:
        plain = NOT_A_NAME.compiled.sub("、", normalise(line)).replace("\u3000", " ")
        plain = _LONE.sub(r"\1\2", plain)
        names += [one for one in _SEPARATOR.split(plain) if _NAME.fullmatch(one)]
    return list(dict.fromkeys(names))


def _continued_from(text: str, blocks: list[Block]) -> int | None:
    for block in blocks:
        line = normalise(text[block.start : block.end])
        if block.role == "jump" and "转" not in line and "下接" not in line:
            number = PAGE_NUMBER.search(line)
            return _number(number[1]) if number else None
    return None


def _number(digits: str) -> int | None:
    """7, 07, 七, 十, 十二, 二十一 → the number."""
    if digits.isdigit():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS.get(ones)
    return _CHINESE_DIGITS.get(tens, 1) * 10 + _CHINESE_DIGITS.get(ones, 0)


def kind_of(blocks: list[Block], text: str) -> str:
    """What sort of article the blocks make: see `tables.KINDS_OF_ARTICLE`."""
    roles = {one.role for one in blocks}
    if "caption" in roles and "body" not in roles:
        return "caption"
    if "body" not in roles:
        return "fragment"
    if "section" in roles and ("byline" in roles or "jump" in roles):
        return "feature"
    length = sum(one.end - one.start for one in blocks if one.role == "body")
    if length <= _BRIEF:
        return "brief"
    return "feature" if "byline" in roles else "news"


def ranges(article: PageArticle, document_text: str) -> list[list[int]]:
    """The article's stretches of the document as [start, end], in reading order.

    Pieces with only white space between them are one stretch. So are pieces that only a removed
    repeat parts: the place on the page is the article's, although its text stands there twice.
    """
    spans = [[one.source, one.source + one.length] for one in article.mapped.pieces if one.length]
    if len(spans) < 2:
        return spans
    squeezed = "".join(article.mapped.text.split())
    merged = spans[:1]
    for (_, stop), (start, end) in pairwise(spans):
        between = "".join(document_text[stop:start].split())
        if start >= stop and between in squeezed:
            merged[-1][1] = end
        else:
            merged.append([start, end])
    return merged
