"""Which value a person may give a column: its type, its bounds, its form."""

from __future__ import annotations

import functools
import math
import re
from typing import Any

from etl import divisions, tables
from etl.sources.common import iso_date

LONGEST_TEXT = 200
LARGEST_NUMBER = 1e18
# Columns that are a division's code, or a date with a precision of its own.
ADCODE = "adcode"
DATES = {("dates", "iso"): "precision", ("activities", "date"): "date_precision"}

_REASONS = {
    "column": "column {column!r} of {table} cannot be changed",
    "null": "{column} cannot be empty",
    "text": "{column} is {value!r}; a text is needed",
    "long": "{column} has {length} characters; at most {most}",
    "lines": "{column} holds a line break or a character that cannot be shown",
    "number": "{column} is {value!r}; a number is needed",
    "large": "{column} is {value!r}; the number is too large",
    "truth": "{column} is {value!r}; true or false is needed",
    "values": "{column} is {value!r}; one of {allowed}",
    "adcode": "{column} is {value!r}; a division's six digits are needed",
    "not_there": "the words {value!r} do not stand there",
    "no_place": "no division is called {value!r}; write its six digits",
    "many_places": "several divisions are called {value!r}: {places}; write its six digits",
    "date": "{column} is {value!r}; write 2023-12-28, 2023-12, 2023-Q4, 2023 or two of them "
    "with / between",
    "precision": "{column} is {value!r}, but the date is one of {allowed}",
}
_FORMS = {
    "day": re.compile(r"\d{4}-\d\d-\d\d"),
    "month": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    "quarter": re.compile(r"\d{4}-Q[1-4]"),
    "year": re.compile(r"\d{4}"),
}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class WrongValueError(ValueError):
    """A column cannot have this value; `why` names the reason, `values` fill its sentence."""

    def __init__(self, why: str, column: str, **values: Any) -> None:
        super().__init__(_REASONS[why].format(column=column, **values))
        self.why, self.column, self.values = why, column, values


@functools.cache
def columns_of(table: str) -> dict[str, tables.Column]:
    """The columns of a table by name; a file has thousands of entries, and asks for each."""
    return {column.name: column for column in tables.columns(table)}


def check(table: str, change: dict[str, Any]) -> None:
    """Raise WrongValueError for the first column that cannot have its value."""
    columns = columns_of(table)
    for name, value in change.items():
        _check_one(columns[name], value)
        if value is not None and name == ADCODE:
            check_adcode(value)
    for (of, name), precision in DATES.items():
        if of == table and change.get(name) is not None:
            found = precision_of(change[name], name)
            if change.get(precision, found) != found:
                raise WrongValueError(
                    "precision", precision, value=change[precision], allowed=found
                )


def _check_one(column: tables.Column, value: Any) -> None:
    if value is None:
        if not column.nullable:
            raise WrongValueError("null", column.name)
        return
    if column.type is str:
        _check_text(column.name, value)
    elif column.type is bool:
        if not isinstance(value, bool):
            raise WrongValueError("truth", column.name, value=value)
    else:
        _check_number(column, value)
    if column.values and value not in column.values:
        allowed = ", ".join(column.values)
        raise WrongValueError("values", column.name, value=value, allowed=allowed)


def _check_text(name: str, value: Any) -> None:
    if not isinstance(value, str):
        raise WrongValueError("text", name, value=value)
    if not value.strip():
        raise WrongValueError("null", name)
    if len(value) > LONGEST_TEXT:
        raise WrongValueError("long", name, length=len(value), most=LONGEST_TEXT)
    if _UNSEEN.search(value):
        raise WrongValueError("lines", name)


def _check_number(column: tables.Column, value: Any) -> None:
    allowed = (int,) if column.type is int else (int, float)
    if isinstance(value, bool) or not isinstance(value, allowed):
        raise WrongValueError("number", column.name, value=value)
    if not math.isfinite(value) or abs(value) > LARGEST_NUMBER:
        raise WrongValueError("large", column.name, value=value)


def check_adcode(value: Any) -> None:
    """Raise WrongValueError for what is no division's code."""
    if not isinstance(value, str) or divisions.load().get(value) is None:
        raise WrongValueError("adcode", ADCODE, value=value)


def precision_of(value: str, column: str = "date") -> str:
    """How exact an ISO date of the tables is; raises WrongValueError where it is none."""
    if value.count("/") == 1:
        parts = [precision_of(part, column) for part in value.split("/")]
        return "range" if parts else ""
    for precision, form in _FORMS.items():
        if form.fullmatch(value):
            if precision == "day":
                _check_day(value, column)
            return precision
    raise WrongValueError("date", column, value=value)


def _check_day(value: str, column: str) -> None:
    try:
        iso_date(value)
    except ValueError:
        raise WrongValueError("date", column, value=value) from None
