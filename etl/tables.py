"""Every table and every column, declared once.

A class below is one row of one table. Its fields are the table's columns in order; the
Parquet schema, the data dictionary, the data package and the validation all come from here.

Conventions that hold in every table:

- `start`, `end` are 0-based code points into the text of the row's document, end exclusive,
  and `documents.text[start:end] == raw`.
- Dates are ISO 8601 strings at the precision that the text has.
- `adcode` is the 6-digit GB/T 2260 code in force at the issue date.
- null means "not stated in the text and not inferred", never 0.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pyarrow as pa


def column(
    description: str,
    *,
    unit: str | None = None,
    null: str | None = None,
    values: tuple[str, ...] | None = None,
    refers: str | None = None,
    default: Any = dataclasses.MISSING,
) -> Any:
    """Declare one column: what it holds, its unit, what null means, which values it may take.

    `refers` names the column of another table that it points to (`articles.article_id`).
    A column with a `null` meaning is nullable and defaults to None.
    """
    metadata = {
        "description": description,
        "unit": unit,
        "null": null,
        "values": values,
        "refers": refers,
    }
    if null is not None and default is dataclasses.MISSING:
        default = None
    if isinstance(default, list):
        return field(metadata=metadata, default_factory=list)
    return field(metadata=metadata, default=default)


KINDS_OF_ARTICLE = ("news", "feature", "brief", "caption", "fragment")
PLACE_BASES = ("stated", "dateline", "organisation", "inferred")
PRECISIONS = ("day", "month", "quarter", "year", "range")
LEVELS = ("province", "city", "county")
ROLES_OF_PEOPLE = ("reporter", "photographer", "official", "member", "expert", "other")
KINDS_OF_FIGURE = (
    "count",
    "money",
    "measure",
    "percent",
    "multiple",
    "rank",
    "duration",
    "change",
)
STATUSES_OF_FIGURE = ("result", "target", "forecast", "threshold")
ACTIVITY_TYPES = (
    "meeting",
    "inspection",
    "consultation",
    "supervision",
    "proposal",
    "survey",
    "training",
    "lecture",
    "award",
    "launch",
    "signing",
    "donation",
    "visit",
    "statement",
    "publication",
    "service",
    "work",
)
ACTIVITY_STATUSES = ("event", "programme", "practice")
ACTIONS_OF_CORRECTION = ("change", "reject", "add", "accept", "split", "join", "order", "place")
OUTCOMES_OF_CORRECTION = (
    "applied",
    "surprised",
    "conflict",
    "not_needed",
    "no_match",
    "no_document",
)
KINDS_OF_REPAIR = ("repeat", "jump", "join", "split_word", "misread", "gap", "noise", "boundary")
ROLES_OF_TEXT = (
    "kicker",
    "headline",
    "subheadline",
    "byline",
    "section",
    "jump",
    "body",
    "caption",
    "credit",
)

FORMATS = ("txt", "md", "jsonl", "csv", "parquet", "html", "docx", "pdf", "picture")

START = "first code point of the span in the document's text, counted from 0"
END = "code point behind the span's last one"
RAW = "the span's text as the document has it"
SENTENCE = "sentence that holds the span's start"
ADCODE_NULL = "national, foreign or unknown"
CONFIDENCE = "how sure the extraction is, from 0 to 1"
FROM_CORNER = "counted from the page's upper left corner"
UNIT_OF_PAGE = "points (PDF) or pixels (picture)"
REVIEWED = "true where a person accepted, changed or added the row"


@dataclass(slots=True)
class Document:
    """one row per source document"""

    document_id: str = column("identifier, equal for equal name, record and content")
    uri: str = column("the source's name, relative to the folder that was read")
    record_id: str | None = column("id in a record file", null="the source is no record file")
    sha256: str = column("SHA-256 of the document's bytes, of the text for a record", default="")
    format: str = column("format of the source", values=FORMATS, default="txt")
    encoding: str = column("encoding that the bytes were decoded with", default="utf-8")
    publication: str | None = column("name of the newspaper or programme", null="not said")
    issue_date: str | None = column("ISO date of the issue", null="neither given nor stated")
    page: int | None = column("page number in the issue", null="not said")
    title: str | None = column("title that the source gives beside the text", null="none given")
    extra: str | None = column("the record's other columns as JSON", null="none")
    n_chars: int = column("length of the text", unit="code points", default=0)
    text: str = column("the decoded text, exactly as the source has it", default="")


@dataclass(slots=True)
class Article:
    """one row per article or photo caption, with its scattered pieces joined"""

    article_id: str = column("identifier")
    document_id: str = column("document it stands in", refers="documents.document_id")
    order: int = column("place among the document's articles, from 1")
    kind: str = column("what sort of article", values=KINDS_OF_ARTICLE)
    kicker: str | None = column("line above the headline", null="none")
    headline: str | None = column("headline", null="none on this page")
    subheadline: str | None = column("line below the headline", null="none")
    byline: list[str] = column("names of reporters and photographers", default=[])
    continued_from: int | None = column("page number where the text says 上接N版", null="not said")
    issue_date: str | None = column("ISO date of the issue", null="neither given nor stated")
    event_date: str | None = column("ISO date of what it mainly reports", null="none stated")
    adcode: str | None = column("division it is about", null=ADCODE_NULL)
    province: str | None = column("province's full name", null=ADCODE_NULL)
    city: str | None = column("city's full name", null="the division is a province, or unknown")
    county: str | None = column("county's full name", null="the division is no county, or unknown")
    place_basis: str | None = column(
        "what the place rests on", values=PLACE_BASES, null="no place was found"
    )
    ranges: list[list[int]] = column(
        "[start, end] of its pieces in the document, in reading order", default=[]
    )
    n_chars: int = column("length of the clean text", unit="code points", default=0)
    text: str = column("clean text in reading order", default="")
    flags: list[str] = column("what a reader should know of it", default=[])


@dataclass(slots=True)
class Sentence:
    """one row per sentence of an article; a headline or a byline is a sentence of its own"""

    sentence_id: str = column("identifier")
    article_id: str = column("article it belongs to", refers="articles.article_id")
    order: int = column("place in the article's reading order, from 1")
    start: int = column(START)
    end: int = column(END)
    raw: str = column(RAW, default="")
    role: str = column("part of the article", values=ROLES_OF_TEXT, default="body")
    paragraph: int = column("number of its paragraph in the article, from 1", default=1)


@dataclass(slots=True)
class Date:
    """one row per date expression"""

    article_id: str = column("article it stands in", refers="articles.article_id")
    sentence_id: str = column(SENTENCE, refers="sentences.sentence_id")
    start: int = column(START)
    end: int = column(END)
    raw: str = column(RAW)
    iso: str | None = column(
        "2023-12-28, 2023-07, 2023-Q2, 2023, or a/b for a range",
        null="without a year, and no issue date is known",
    )
    precision: str = column("how exact it is", values=PRECISIONS, default="day")
    basis: str = column(
        "where the missing parts came from",
        values=("stated", "issue_date", "context"),
        default="stated",
    )
    reviewed: bool = column(REVIEWED, default=False)


@dataclass(slots=True)
class Place:
    """one row per mention of an administrative place, also inside an organisation's name"""

    article_id: str = column("article it stands in", refers="articles.article_id")
    sentence_id: str = column(SENTENCE, refers="sentences.sentence_id")
    start: int = column(START)
    end: int = column(END)
    raw: str = column(RAW)
    adcode: str | None = column("division that is meant", null="a name that could not be settled")
    name: str | None = column("the division's full name", null="a name that could not be settled")
    level: str | None = column("its level", values=LEVELS, null="a name that could not be settled")
    context: str = column(
        "what it is part of", values=("plain", "organisation", "event", "person"), default="plain"
    )
    certain: bool = column("false where another reading is possible", default=True)
    basis: str = column("how it was settled: name, parent, context or inferred", default="name")
    confidence: float = column(CONFIDENCE, default=1.0)
    reviewed: bool = column(REVIEWED, default=False)


@dataclass(slots=True)
class Person:
    """one row per named person and article"""

    article_id: str = column("article the person is named in", refers="articles.article_id")
    sentence_id: str = column(SENTENCE, refers="sentences.sentence_id")
    start: int = column(START)
    end: int = column(END)
    raw: str = column(RAW)
    name: str = column("the person's name")
    title: str | None = column("office or title as written", null="none written")
    organisation: str | None = column("body the title belongs to", null="none written")
    role: str = column("part played in the article", values=ROLES_OF_PEOPLE, default="other")
    adcode: str | None = column("division of the office", null=ADCODE_NULL)
    reviewed: bool = column(REVIEWED, default=False)


@dataclass(slots=True)
class Organisation:
    """one row per organisation or named programme and article"""

    article_id: str = column("article it is named in", refers="articles.article_id")
    sentence_id: str = column(SENTENCE, refers="sentences.sentence_id")
    start: int = column(START)
    end: int = column(END)
    raw: str = column(RAW)
    name: str = column("its name, with the place that a short form leaves out")
    kind: str = column("what it is", values=("organisation", "programme"), default="organisation")
    adcode: str | None = column("division it belongs to", null=ADCODE_NULL)


@dataclass(slots=True)
class Figure:
    """one row per quantity stated in prose"""

    figure_id: str = column("identifier")
    article_id: str = column("article it stands in", refers="articles.article_id")
    sentence_id: str = column(SENTENCE, refers="sentences.sentence_id")
    start: int = column(START)
    end: int = column(END)
    raw: str = column("number with its approximator and unit, the shortest span that has them")
    value: float | None = column(
        "the number in the base unit (112.6亿元 = 11260000000)", null="no single number (几个)"
    )
    value_high: float | None = column("upper end of a range", null="no range")
    previous: float | None = column("where a change came from", null="no change is stated")
    unit: str | None = column("unit as written, without 万 and 亿", null="none written")
    kind: str = column("what sort of quantity", values=KINDS_OF_FIGURE, default="count")
    approximate: bool = column("true for 多, 余, 近, 约, 超 and the like", default=False)
    direction: str | None = column(
        "growth or decline", values=("increase", "decrease"), null="neither is stated"
    )
    counted: str | None = column("short noun phrase of what is counted", null="not found")
    adcode: str | None = column("most specific division it belongs to", null=ADCODE_NULL)
    province: str | None = column("province's full name", null=ADCODE_NULL)
    city: str | None = column("city's full name", null="the division is a province, or unknown")
    county: str | None = column("county's full name", null="the division is no county, or unknown")
    place_basis: str | None = column(
        "where the place was read", values=("sentence", "paragraph", "article"), null="no place"
    )
    organisation: str | None = column("who achieved or holds it", null="not found")
    activity_id: str | None = column(
        "activity it belongs to", null="none", refers="activities.activity_id"
    )
    reportable: bool = column("true for what belongs in a table of results", default=True)
    status: str = column(
        "result: reached or observed; target: planned or aimed at; forecast: expected; "
        "threshold: the bound of a rule or a class, which is no result and never reportable",
        values=STATUSES_OF_FIGURE,
        default="result",
    )
    repeats: str | None = column(
        "figure_id of the first statement of the same fact",
        null="this is the first one",
        refers="figures.figure_id",
    )
    confidence: float = column(CONFIDENCE, default=1.0)
    reviewed: bool = column(REVIEWED, default=False)


@dataclass(slots=True)
class Activity:
    """one row per real-world event or piece of work reported"""

    activity_id: str = column("identifier")
    article_id: str = column("article that reports it", refers="articles.article_id")
    sentence_id: str = column(SENTENCE, refers="sentences.sentence_id")
    start: int = column(START)
    end: int = column(END)
    raw: str = column(RAW)
    type: str = column("what was done", values=ACTIVITY_TYPES)
    name: str = column("short name")
    status: str = column(
        "event: took place at a time; programme: a standing programme or brand; "
        "practice: routine work",
        values=ACTIVITY_STATUSES,
        default="event",
    )
    date: str | None = column("ISO date at the precision of the text", null="none stated")
    date_precision: str | None = column("how exact it is", values=PRECISIONS, null="no date")
    adcode: str | None = column("division where or for which it took place", null=ADCODE_NULL)
    province: str | None = column("province's full name", null=ADCODE_NULL)
    city: str | None = column("city's full name", null="the division is a province, or unknown")
    county: str | None = column("county's full name", null="the division is no county, or unknown")
    level: str | None = column(
        "level of the organiser", values=("national", *LEVELS), null="unknown"
    )
    organiser: str | None = column("who held it", null="not found")
    participants: int | None = column(
        "how many took part, as stated", unit="people", null="not stated"
    )
    confidence: float = column(CONFIDENCE, default=1.0)
    reviewed: bool = column(REVIEWED, default=False)


@dataclass(slots=True)
class Word:
    """one row per word and article"""

    article_id: str = column("article", refers="articles.article_id")
    word: str = column("the word")
    pos: str = column("part of speech: n noun, v verb, a adjective, nr person, ns place, nt body")
    count: int = column("how often it stands in the article", unit="occurrences")


@dataclass(slots=True)
class Repair:
    """one row per decision of page repair"""

    document_id: str = column("document", refers="documents.document_id")
    kind: str = column("what was found", values=KINDS_OF_REPAIR)
    start: int = column(START)
    end: int = column(END)
    action: str = column("what was done about it")
    confidence: float = column(CONFIDENCE, default=1.0)


@dataclass(slots=True)
class Box:
    """one row per line of a scan, a photo or a PDF: where its words stand on the page"""

    document_id: str = column("document", refers="documents.document_id")
    page: int = column("page of the source's file, from 1")
    start: int = column(START)
    end: int = column(END)
    left: float = column(f"left edge, {FROM_CORNER}", unit=UNIT_OF_PAGE)
    top: float = column(f"upper edge, {FROM_CORNER}", unit=UNIT_OF_PAGE)
    right: float = column(f"right edge, {FROM_CORNER}", unit=UNIT_OF_PAGE)
    bottom: float = column(f"lower edge, {FROM_CORNER}", unit=UNIT_OF_PAGE)
    page_width: float = column("width of the page as it is read, upright", unit=UNIT_OF_PAGE)
    page_height: float = column("height of the page as it is read, upright", unit=UNIT_OF_PAGE)


@dataclass(slots=True)
class Reject:
    """one row per source or record not taken"""

    uri: str = column("the source's name")
    record_id: str | None = column("id of the record", null="the whole source")
    line: int | None = column("line in the source, from 1", null="the whole source")
    reason: str = column("why, and what to do", default="")


@dataclass(slots=True)
class Correction:
    """one row per correction that a person made, and what came of it in this build"""

    correction_id: str = column("identifier in the corrections file")
    uri: str = column("source that it is about")
    table: str = column("table that it is about")
    action: str = column("what is done", values=ACTIONS_OF_CORRECTION)
    start: int = column(START)
    end: int = column(END)
    raw: str = column("the span's text when it was corrected")
    reason: str = column("why")
    who: str = column("who corrected it")
    when: str = column("ISO date or moment of the correction")
    outcome: str = column(
        "applied; surprised: applied, but the machine says something else than when it was "
        "corrected (an accepted row is then not accepted any more); conflict: applied against "
        "somebody's earlier correction that it did not know of; not_needed: the machine says so "
        "itself by now; no_match: no such row or text; no_document: its source was not read",
        values=OUTCOMES_OF_CORRECTION,
    )
    record_id: str | None = column("id in a record file", null="the source is no record file")
    change: str | None = column(
        "the columns' right values as JSON", null="a rejected or accepted row"
    )


TABLES: dict[str, type] = {
    "documents": Document,
    "articles": Article,
    "sentences": Sentence,
    "dates": Date,
    "places": Place,
    "people": Person,
    "organisations": Organisation,
    "figures": Figure,
    "activities": Activity,
    "words": Word,
    "repairs": Repair,
    "boxes": Box,
    "corrections": Correction,
    "rejects": Reject,
}

ARROW_TYPES: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    list[str]: pa.list_(pa.string()),
    list[list[int]]: pa.list_(pa.list_(pa.int64())),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the rest of the code sees it."""

    name: str
    type: Any
    nullable: bool
    description: str
    unit: str | None
    null: str | None
    values: tuple[str, ...] | None
    refers: str | None


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of `table` in order."""
    row = TABLES[table]
    hints = typing.get_type_hints(row)
    return tuple(_column(item, hints[item.name]) for item in dataclasses.fields(row))


def _column(item: dataclasses.Field[Any], hint: Any) -> Column:
    kinds = [one for one in typing.get_args(hint) if one is not types.NoneType]
    nullable = isinstance(hint, types.UnionType)
    return Column(item.name, kinds[0] if nullable else hint, nullable, **item.metadata)


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of `table`, with each column's description as metadata."""
    return pa.schema(
        [
            pa.field(
                one.name,
                ARROW_TYPES[one.type],
                nullable=one.nullable,
                metadata={"description": one.description},
            )
            for one in columns(table)
        ]
    )


def describe(table: str) -> str:
    """What one row of `table` is."""
    return (TABLES[table].__doc__ or "").strip()
