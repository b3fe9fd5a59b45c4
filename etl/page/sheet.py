"""A newspaper page as character recognition leaves it → its articles."""

from __future__ import annotations

from bisect import bisect_left

from etl import tables
from etl.model import PageArticle, PageReading
from etl.page.adverts import find_adverts
from etl.page.articles import build_article
from etl.page.assemble import assemble
from etl.page.columns import in_reading_order
from etl.page.lines import Line, Span, read_lines
from etl.page.noise import CONTACTS, noise_in
from etl.page.paragraphs import Paragraph, read_paragraphs
from etl.page.printed import whole_tables
from etl.page.repeats import find_repeats
from etl.page.roles import give_roles, settle_roles

_COLUMNS = "read as two columns: their lines stand by turns, or side by side on one line"


def read_sheet(document_id: str, text: str) -> PageReading:
    """The articles of one page's text, ordered by where they first stand in it."""
    kept, repairs = _drop(document_id, text)
    whole = whole_tables(text, kept)
    lines, columns = in_reading_order(text, whole)
    repairs += [
        tables.Repair(document_id, "boundary", start, end, _COLUMNS, 0.8) for start, end in columns
    ]
    paragraphs = give_roles(read_paragraphs(lines))
    contacts = [(one.start, one.end) for one in repairs if one.action.endswith(CONTACTS)]
    paragraphs, adverts = _without_adverts(document_id, paragraphs, contacts)
    repairs += adverts
    settle_roles(paragraphs)
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
    _flag_repeats(articles, text, repairs)
    return PageReading(articles, sorted(repairs, key=lambda one: (one.start, one.end, one.kind)))


def _flag_repeats(articles: list[PageArticle], text: str, repairs: list[tables.Repair]) -> None:
    """Say in an article that a repeat stood in it, and that the text below it is lost."""
    owners = sorted(
        (one.source, one.source + one.length, at)
        for at, article in enumerate(articles)
        for one in article.mapped.pieces
    )
    for row in repairs:
        if row.kind != "repeat":
            continue
        before = row.start - _blanks_before(text, row.start)
        at = bisect_left(owners, (before,)) - 1
        if at >= 0 and before <= owners[at][1]:
            article = articles[owners[at][2]]
            flags = [*article.flags, "repeat_removed", "text_missing"]
            article.flags = list(dict.fromkeys(flags))


def _blanks_before(text: str, at: int) -> int:
    """How many characters of white space stand right before `at`."""
    start = at
    while start and text[start - 1].isspace():
        start -= 1
    return at - start


def _drop(document_id: str, text: str) -> tuple[list[Line], list[tables.Repair]]:
    """The lines less what belongs to no article, and for each such stretch why it was left out."""
    dropped: list[Span] = []
    repairs: list[tables.Repair] = []
    for (start, end), (first, _) in find_repeats(text):
        action = f"left out: the same text stands at {first} already; what it covers is lost"
        repairs.append(tables.Repair(document_id, "repeat", start, end, action, 0.95))
        dropped.append((start, end))
    noise: list[Span] = []
    lines = read_lines(text, dropped)
    for line in lines:
        what = noise_in(line)
        if what:
            action = f"left out: {what}"
            repairs.append(tables.Repair(document_id, "noise", line.start, line.end, action, 0.9))
            noise.append((line.start, line.end))
    return read_lines(text, [*dropped, *noise]) if noise else lines, repairs


def _without_adverts(
    document_id: str, paragraphs: list[Paragraph], contacts: list[Span]
) -> tuple[list[Paragraph], list[tables.Repair]]:
    """The paragraphs that belong to articles, and a row for each stretch of a notice."""
    kept, repairs, at = [], [], 0
    for block in find_adverts(paragraphs, contacts):
        kept += paragraphs[at : block.start]
        at = block.stop
        action = "left out: notice or advertisement"
        repairs += [
            tables.Repair(document_id, "noise", start, end, action, 0.8)
            for one in paragraphs[block.start : block.stop]
            for start, end in one.parts
        ]
    return [*kept, *paragraphs[at:]], repairs
