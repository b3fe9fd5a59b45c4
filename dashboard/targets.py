"""A row that a person corrects, and the correction that comes of it. No streamlit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard.desk import FIELDS, Desk, Row
from dashboard.queries import ArticleDetail
from etl import corrections
from etl.corrections import Correction, WrongValueError, said
from etl.corrections.entries import RowKey
from etl.corrections.values import ADCODE, DATES
from etl.text import normalise

NUMBERS = ("value", "value_high", "previous")
_QUANTITY = re.compile(r"(\d[\d,]*(?:\.\d+)?(?:万亿|亿|万)?)[多余]?(.*)")
_DATES = {name for _, name in DATES}


@dataclass(frozen=True, slots=True)
class Target:
    """A row of `table` at a span of a document; `row` has the table's FIELDS as the next build
    will, `id` is the row's own where it has one, `rejected` that it was taken out. What is
    `suggested` stands in the fields of a row that is added.
    """

    table: str
    uri: str
    record_id: str | None
    start: int
    end: int
    raw: str
    sentence: str
    issue_year: int | None
    row: Row
    id: str = ""
    rejected: bool = False
    suggested: Row = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What a link calls the row, also where it has no id."""
        return row_name(self.table, self.start, self.end)

    @property
    def key(self) -> RowKey:
        """What the row is known by."""
        return self.uri, self.record_id, self.table, self.start, self.end

    def draft(
        self, action: str, who: str, reason: str, change: dict[str, Any] | None = None
    ) -> Correction:
        """The correction, without its id and its moment; it expects what the person saw."""
        seen = change if action == "change" else self.row
        expect = {} if action == "add" else {name: self.row[name] for name in seen or {}}
        return Correction(
            id="",
            table=self.table,
            uri=self.uri,
            start=self.start,
            end=self.end,
            raw=self.raw,
            action=action,
            reason=reason.strip(),
            who=who,
            when="",
            record_id=self.record_id,
            change=change or {},
            expect=expect,
        )


def row_name(table: str, start: int, end: int) -> str:
    """What a link calls a row of an article."""
    return f"{table}-{start}-{end}"


def year_of(issue_date: object) -> int | None:
    """The year of an issue's date, where it has one."""
    return int(issue_date[:4]) if isinstance(issue_date, str) and issue_date else None


def plain(value: Any) -> Any:
    """A cell of a data frame as the tables have it: None for what is missing."""
    if not isinstance(value, list) and pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def targets(detail: ArticleDetail, desk: Desk) -> Iterator[Target]:
    """Every row of an article that can be corrected, in the order of the text, table by table."""
    sentences = dict(zip(detail.sentences["sentence_id"], detail.sentences["raw"], strict=True))
    for table in FIELDS:
        for row in getattr(detail, table).to_dict("records"):
            yield target(
                table,
                row,
                desk,
                (detail.document["uri"], detail.document["record_id"]),
                str(sentences.get(row["sentence_id"], row["raw"])),
                year_of(detail.article["issue_date"]),
            )


def target(
    table: str,
    row: dict[str, Any],
    desk: Desk,
    document: tuple[str, str | None],
    sentence: str,
    issue_year: int | None,
) -> Target:
    """A row of the tables as a target, with the corrections of it that wait."""
    uri, record_id = document[0], plain(document[1])
    start, end = int(row["start"]), int(row["end"])
    fields = {name: plain(row[name]) for name in FIELDS[table]}
    found = desk.with_waiting((uri, record_id, table, start, end), fields)
    own = corrections.CORRECTABLE[table]
    return Target(
        table=table,
        uri=uri,
        record_id=record_id,
        start=start,
        end=end,
        raw=str(row["raw"]),
        sentence=sentence,
        issue_year=issue_year,
        row=fields if found is None else found,
        id=str(row[own]) if own else "",
        rejected=found is None,
    )


def of_row(table: str, row: dict[str, Any], desk: Desk) -> Target:
    """A row as `Tables.row_to_review` gives it, as a target."""
    document = str(row["uri"]), row["record_id"]
    return target(table, row, desk, document, str(row["sentence"]), year_of(row["issue_date"]))


def empty(
    table: str, detail: ArticleDetail, sentence: dict[str, Any], words: str, occurrence: int = 1
) -> Target:
    """A row to be added where `words` stand in a sentence for the n-th time.

    Raises WrongValueError where they do not stand there so often, word for word.
    """
    at = -1
    for _ in range(occurrence):
        at = str(sentence["raw"]).find(words, at + 1)
        if at < 0 or not words:
            raise WrongValueError("not_there", "raw", value=words)
    start = int(sentence["start"]) + at
    if detail.page[start : start + len(words)] != words:
        raise WrongValueError("not_there", "raw", value=words)
    return Target(
        table=table,
        uri=detail.document["uri"],
        record_id=plain(detail.document["record_id"]),
        start=start,
        end=start + len(words),
        raw=words,
        sentence=str(sentence["raw"]),
        issue_year=year_of(detail.article["issue_date"]),
        row=dict.fromkeys(FIELDS[table]),
        suggested=suggestions(table, words, year_of(detail.article["issue_date"])),
    )


def suggestions(table: str, words: str, year: int | None) -> Row:
    """What the words of a row that was missed say by themselves."""
    if table == "figures":
        number = _QUANTITY.search(normalise(words))
        if not number:
            return {}
        value, unit = said.number(number[1]), number[2].strip()
        return {"value": value, "unit": unit or None}
    if table in ("activities", "people"):
        return {"name": words}
    column = {"dates": "iso", "places": ADCODE}[table]
    try:
        return {column: said.date(words) if table == "dates" else said.place(words, year)}
    except WrongValueError:
        return {}


def written(name: str, value: Any, year: int | None) -> str:
    """A column's value as text in a field."""
    if name == ADCODE:
        return said.as_place(value, year)
    if name in NUMBERS:
        return said.as_number(value)
    return "" if value is None else str(value)


def meant(name: str, text: str, year: int | None) -> Any:
    """The value that a text in a field means; raises WrongValueError."""
    if name == ADCODE:
        return said.place(text, year)
    if name in NUMBERS:
        return said.number(text, name)
    if name in _DATES:
        return said.date(text, name)
    return text.strip() or None
