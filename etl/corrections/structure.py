"""Corrections of where articles begin and end, in which order they are read, and of their place.

They are about the table `articles` and are made before anything is extracted. The span tells the
place: its first character lies in the paragraph that is meant.

- `split`: another article begins with the span, and takes all that is read behind it. With
  `{"role": "headline"}` in `change` the span's words are its headline.
- `join`: the article that the span lies in goes on the one that holds `change["to"]`, an offset.
- `order`: the paragraph of the span is read behind the one that holds `change["after"]`, an
  offset in the same article, or first where that is null.
- `place`: the article that the span lies in is about the division `change["adcode"]`, or about none
  of them where that is null. What stands in it without a place of its own follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from etl import tables
from etl.corrections.conflicts import contradict
from etl.corrections.entries import Correction
from etl.model import PageArticle, PageReading, SaidPlace
from etl.page.articles import build_article
from etl.page.paragraphs import Paragraph

TITLES = ("kicker", "headline", "subheadline")


@dataclass(slots=True)
class _Open:
    """An article that can still be changed; `made` is what page repair made of it."""

    made: PageArticle
    paragraphs: list[Paragraph]
    flags: list[str]
    id: str
    changed: bool = False
    said: tuple[Correction, ...] = ()

    def at(self, offset: int) -> int | None:
        """The number of the paragraph that holds an offset of the document."""
        for number, one in enumerate(self.paragraphs):
            if any(start <= offset < end for start, end in one.parts):
                return number
        return None


def restructure(
    page: PageReading, document: tables.Document, corrections: Iterable[Correction]
) -> tuple[PageReading, list[tuple[Correction, str]]]:
    """The page as people corrected it, and what came of each correction.

    The articles that no correction touches stay as they are, with their ids; a new one is called
    after the one that it was split from and the correction.
    """
    articles = [_opened(one, document.text) for one in page.articles]
    outcomes = []
    for one in corrections:
        outcome = "no_match"
        if document.text[one.start : one.end] == one.raw:
            outcome = _ACTIONS[one.action](articles, one, document.text)
        outcomes.append((one, outcome))
    articles.sort(key=lambda one: min(start for p in one.paragraphs for start, _ in p.parts))
    closed = [_closed(one, order, document) for order, one in enumerate(articles, 1)]
    return PageReading(closed, page.repairs), outcomes


def _opened(article: PageArticle, text: str) -> _Open:
    paragraphs = []
    for block in article.blocks:
        parts = []
        for piece in article.mapped.pieces:
            first = max(piece.start, block.start)
            last = min(piece.start + piece.length, block.end)
            if first < last:
                start = piece.source + first - piece.start
                parts.append((start, start + last - first))
        if parts:
            paragraphs.append(_paragraph(text, parts, block.role))
    return _Open(article, paragraphs, list(article.flags), article.article_id)


def _paragraph(text: str, parts: list[tuple[int, int]], role: str) -> Paragraph:
    return Paragraph(parts, "".join(text[start:end] for start, end in parts), role)


def _closed(one: _Open, order: int, document: tables.Document) -> PageArticle:
    said = _said_place(one.said)
    if not one.changed:
        one.made.order, one.made.said = order, said
        return one.made
    flags = [flag for flag in one.flags if flag != "headline_missing"]
    if not {p.role for p in one.paragraphs} & {"headline", "caption"}:
        flags.append("headline_missing")
    article = build_article(document.document_id, order, document.text, one.paragraphs, flags)
    article.article_id, article.said = one.id, said
    return article


def _said_place(said: Sequence[Correction]) -> SaidPlace | None:
    """What the last correction of an article's place says; a later one expects the earlier."""
    if not said:
        return None
    last = said[-1]
    expected = tuple(last.expect.values()) if len(said) == 1 else ()
    return SaidPlace(last.change["adcode"], last.id, expected)


def _holder(articles: list[_Open], offset: int) -> tuple[_Open, int] | None:
    """The article and the number of its paragraph at an offset of the document."""
    for one in articles:
        number = one.at(offset)
        if number is not None:
            return one, number
    return None


def _split(articles: list[_Open], one: Correction, text: str) -> str:
    found = _holder(articles, one.start)
    if found is None:
        return "no_match"
    article, number = found
    before, behind = _cut(article.paragraphs[number], one.start, text)
    if one.change.get("role"):
        title, rest = _cut(behind, one.end, text)
        behind_all = [_paragraph(text, title.parts, one.change["role"]), rest]
    else:
        behind_all = [behind]
    first = [*article.paragraphs[:number], before]
    second = [*behind_all, *article.paragraphs[number + 1 :]]
    first, second = ([p for p in some if p.parts] for some in (first, second))
    if not first:
        return "not_needed"
    open_end = [flag for flag in article.flags if flag == "cut_at_end"]
    article.flags = [flag for flag in article.flags if flag != "cut_at_end"]
    article.paragraphs, article.changed = first, True
    new = _Open(article.made, second, open_end, f"{article.id}-{one.id}", changed=True)
    articles.append(new)
    return "applied"


def _cut(paragraph: Paragraph, offset: int, text: str) -> tuple[Paragraph, Paragraph]:
    """What stands before an offset of the document in a paragraph, and from it on."""
    before: list[tuple[int, int]] = []
    behind: list[tuple[int, int]] = []
    for start, end in paragraph.parts:
        if behind or offset <= start:
            behind.append((start, end))
        elif end <= offset:
            before.append((start, end))
        else:
            before.append((start, offset))
            behind.append((offset, end))
    return _paragraph(text, before, paragraph.role), _paragraph(text, behind, paragraph.role)


def _join(articles: list[_Open], one: Correction, text: str) -> str:
    source, target = _holder(articles, one.start), _holder(articles, one.change["to"])
    if source is None or target is None:
        return "no_match"
    tail, head = source[0], target[0]
    if tail is head:
        return "not_needed"
    titled = {p.role for p in head.paragraphs} & set(TITLES)
    for paragraph in tail.paragraphs:
        # A second headline in an article is a heading within it.
        role = "section" if titled and paragraph.role in TITLES else paragraph.role
        head.paragraphs.append(Paragraph(paragraph.parts, paragraph.text, role))
    head.flags = list(dict.fromkeys([*_whole(head.flags, "cut_at_end"), *tail.flags]))
    head.changed = True
    articles.remove(tail)
    return "applied"


def _whole(flags: list[str], gone: str) -> list[str]:
    return [flag for flag in flags if flag != gone]


def _order(articles: list[_Open], one: Correction, text: str) -> str:
    found = _holder(articles, one.start)
    if found is None:
        return "no_match"
    article, number = found
    after = one.change["after"]
    wanted = -1 if after is None else article.at(after)
    if wanted is None or wanted == number:
        return "no_match"
    if wanted == number - 1:
        return "not_needed"
    moved = article.paragraphs.pop(number)
    article.paragraphs.insert(wanted + 1 if wanted < number else wanted, moved)
    article.changed = True
    return "applied"


def _place(articles: list[_Open], one: Correction, text: str) -> str:
    found = _holder(articles, one.start)
    if found is None:
        return "no_match"
    article, _ = found
    before, article.said = article.said, (*article.said, one)
    return "conflict" if any(contradict(other, one) for other in before) else "applied"


_ACTIONS: dict[str, Any] = {"split": _split, "join": _join, "order": _order, "place": _place}
