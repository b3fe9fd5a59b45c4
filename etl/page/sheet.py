"""A newspaper page as character recognition leaves it → its articles."""

from __future__ import annotations

from etl import tables
from etl.model import PageArticle, PageReading
from etl.page.articles import build_article
from etl.page.assemble import assemble
from etl.page.noise import noise_in
from etl.page.paragraphs import Span, read_lines, read_paragraphs
from etl.page.repeats import find_repeats
from etl.page.roles import give_roles


def read_sheet(document_id: str, text: str) -> PageReading:
    """The articles of one page's text, ordered by where they first stand in it."""
    dropped, repairs = _drop(document_id, text)
    paragraphs = give_roles(read_paragraphs(text, dropped))
    stories, decisions = assemble(paragraphs)
    repairs += [
        tables.Repair(document_id, one.kind, one.start, one.end, one.action, one.confidence)
        for one in decisions
    ]
    stories.sort(key=lambda story: min(one.start for one in story.paragraphs))
    articles = [
        build_article(document_id, order, text, story.paragraphs, story.flags)
        for order, story in enumerate(stories, 1)
    ]
    for row in repairs:
        if row.kind == "repeat":
            _flag_repeat(articles, text, row)
    return PageReading(articles, sorted(repairs, key=lambda one: (one.start, one.end, one.kind)))


def _flag_repeat(articles: list[PageArticle], text: str, repeat: tables.Repair) -> None:
    """Say in the article that a repeat stood in it, and that the text below it is lost."""
    before = len(text[: repeat.start].rstrip())
    for article in articles:
        if any(one.source < before <= one.source + one.length for one in article.mapped.pieces):
            article.flags = list(dict.fromkeys([*article.flags, "repeat_removed", "text_missing"]))


def _drop(document_id: str, text: str) -> tuple[list[Span], list[tables.Repair]]:
    """Stretches that belong to no article, each with the row that says why."""
    dropped: list[Span] = []
    repairs: list[tables.Repair] = []
    for (start, end), (first, _) in find_repeats(text):
        action = f"left out: the same text stands at {first} already; what it covers is lost"
        repairs.append(tables.Repair(document_id, "repeat", start, end, action, 0.95))
        dropped.append((start, end))
    for line in read_lines(text, dropped):
        what = noise_in(line)
        if what:
            action = f"left out: {what}"
            repairs.append(tables.Repair(document_id, "noise", line.start, line.end, action, 0.9))
            dropped.append((line.start, line.end))
    return dropped, repairs
