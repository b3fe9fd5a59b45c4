"""Documents → their rows: pages are read, facts extracted, and both carried to the document."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from etl import corrections, tables
from etl.corrections import Correction
from etl.extract import extract_together
from etl.extract.locate import locate
from etl.extract.places.settle import own_place
from etl.model import PageArticle, PageReading, Reading, SaidPlace
from etl.page import ranges, read_document
from etl.page.misread import as_meant
from etl.sources.common import PlacedDocument
from etl.spans import START

# An issue reports what took place in the weeks before it, or will in the days behind it.
NEWS_BACK = datetime.timedelta(days=31)
NEWS_AHEAD = datetime.timedelta(days=14)
SECTIONS_OF_DIGEST = 2
LONGEST_DATELINE = 30

Rows = dict[str, list[Any]]
# A document, and where people saw its articles begin, end or go on otherwise.
Asked = tuple[tables.Document, Sequence[Correction]]


def read(document: tables.Document, corrected: Sequence[Correction] = ()) -> Rows:
    """All rows of one document, by table; see `read_together`."""
    return read_together([(document, corrected)])[0]


def read_together(documents: Sequence[Asked]) -> list[Rows]:
    """All rows of each document, by table; equal documents give equal rows, whatever is beside.

    The documents go through each step together, for that is a quarter faster: what a step needs is
    in the processor's cache by then.
    """
    found: list[Rows] = []
    pages: list[PageReading] = []
    for document, corrected in documents:
        rows: Rows = {table: [] for table in tables.TABLES}
        found.append(rows)
        pages.append(_read_page(document, corrected, rows))
    readings = [
        [reading_of(article, document) for article in page.articles]
        for page, (document, _) in zip(pages, documents, strict=True)
    ]
    extract_together([one for some in readings for one in some])
    for rows, page, some, (document, _) in zip(found, pages, readings, documents, strict=True):
        for article, reading in zip(page.articles, some, strict=True):
            _add(rows, article, reading, document)
    return found


def _read_page(
    document: tables.Document, corrected: Sequence[Correction], rows: Rows
) -> PageReading:
    """The document's articles; what is known of it without reading them goes into `rows`."""
    page = read_document(document)
    if corrected:
        # Its patterns take a while to compile, and few documents need them.
        from etl.corrections.structure import restructure

        page, outcomes = restructure(page, document, corrected)
        rows["corrections"] += [corrections.noted(*one) for one in outcomes]
    rows["documents"].append(document)
    if isinstance(document, PlacedDocument):
        rows["boxes"] += document.boxes
    rows["repairs"] += page.repairs
    return page


def _add(rows: Rows, article: PageArticle, reading: Reading, document: tables.Document) -> None:
    """Carry what was found in an article to the document and add it to `rows`."""
    if article.said:
        _judge_place(rows, article.said, own_place(reading).adcode)
    locate(reading, article.mapped, document.text)
    rows["articles"].append(_row(article, reading, document))
    for table in ("sentences", "dates", "places", "people", "organisations"):
        rows[table] += getattr(reading, table)
    for table in ("figures", "activities", "words"):
        rows[table] += getattr(reading, table)


def _judge_place(rows: Rows, said: SaidPlace, own: str | None) -> None:
    """Note where the machine's `own` place is the one that a person says, or not what they saw."""
    outcome = "applied"
    if own == said.adcode:
        outcome = "not_needed"
    elif said.expected and own not in said.expected:
        outcome = "surprised"
    for one in rows["corrections"]:
        if one.correction_id == said.correction_id and one.outcome == "applied":
            one.outcome = outcome


def reading_of(article: PageArticle, document: tables.Document) -> Reading:
    """The article as the extractors take it, nothing found in it yet."""
    issued = document.issue_date
    return Reading(
        article_id=article.article_id,
        text=as_meant(article.mapped.text, article.misread),
        blocks=article.blocks,
        headline=article.headline,
        publication=document.publication,
        issue_date=datetime.date.fromisoformat(issued) if issued else None,
        seams=article.mapped.seams(document.text),
        said=article.said,
    )


def _row(article: PageArticle, reading: Reading, document: tables.Document) -> tables.Article:
    place = reading.place
    return tables.Article(
        article_id=article.article_id,
        document_id=document.document_id,
        order=article.order,
        kind=article.kind,
        kicker=article.kicker,
        headline=article.headline,
        subheadline=article.subheadline,
        byline=article.byline,
        continued_from=article.continued_from,
        issue_date=document.issue_date,
        event_date=_event_date(reading),
        adcode=place.adcode,
        province=place.province,
        city=place.city,
        county=place.county,
        place_basis=place.basis,
        ranges=ranges(article, document.text),
        n_chars=len(article.mapped.text),
        text=article.mapped.text,
        flags=[*article.flags, *(["place_said"] if article.said else [])],
    )


def _event_date(reading: Reading) -> str | None:
    """The day of the first event that took place near the issue's day.

    None for an article that only has vaguer or far-off dates, and for a digest, which reports no
    one event.
    """
    if _is_digest(reading):
        return None
    for one in sorted(reading.activities, key=START):
        if one.status == "event" and one.date and one.date_precision == "day":
            day = datetime.date.fromisoformat(one.date)
            if reading.issue_date is None or _is_news(day, reading.issue_date):
                return one.date
    return None


def _is_digest(reading: Reading) -> bool:
    """Whether it is a row of short items with a heading each, and no lead before the first one."""
    sections = [block.start for block in reading.blocks if block.role == "section"]
    bodies = [block for block in reading.blocks if block.role == "body"]
    if len(sections) < SECTIONS_OF_DIGEST or not bodies:
        return False
    lead = sum(block.end - block.start for block in bodies if block.end <= sections[0])
    return lead <= LONGEST_DATELINE


def _is_news(day: datetime.date, issued: datetime.date) -> bool:
    return issued - NEWS_BACK <= day <= issued + NEWS_AHEAD
