"""Visits that go on over several sentences: each stop is of the day of the first one."""

from __future__ import annotations

import re

from etl import tables
from etl.model import Reading

_TOUR = ("visit", "inspection", "survey")
_GOING = re.compile("赶赴|前往|奔赴|赶往")
_STOPS_APART = 6
_STOPS = 12


def go_on_tour(
    reading: Reading,
    sentence: tables.Sentence,
    row: tables.Activity,
    before: list[tables.Activity],
    rows: list[tables.Activity],
) -> None:
    """Make a visit without a day an event of the days of the visit told shortly before it."""
    if row.type not in (*_TOUR, "meeting") or row.date:
        return
    for one in _last_stop(before, rows):
        apart = sentence.order - reading.sentence_at(one.start).order
        near = apart <= _STOPS_APART or (one.organiser and one.organiser == row.organiser)
        if near and one.date_precision in ("day", "range"):
            row.status, row.date, row.date_precision = "event", one.date, one.date_precision


def _last_stop(before: list[tables.Activity], rows: list[tables.Activity]) -> list[tables.Activity]:
    """The last stop told so far, if any."""
    last = [one for one in (*before[-_STOPS:], *rows) if one.status == "event"]
    return [one for one in last if one.type in _TOUR or _GOING.search(one.raw)][-1:]
