"""The rows of a printed table → the division that each one is about."""

from __future__ import annotations

import re
from collections import Counter

from etl import divisions
from etl.extract.figures.spans import Mention, together
from etl.grids import Grid, Span
from etl.model import Reading

TOTAL = re.compile(
    "[总合共小]计|总数|总量|全[省市县州区盟旗国]|平均(?:值|水平)?|[全各][省市县区]合?计?"
)


def places_of_rows(reading: Reading, grid: Grid) -> list[tuple[str | None, bool]]:
    """The code of each row, and whether its label names a place at all.

    A name that several divisions bear is the one beside the others; 合计 is all of them.
    """
    labels = [label_of(reading, row.label) for row in grid.rows]
    known = [_mentioned(reading, row.label) for row in grid.rows]
    parents = Counter(_parent(reading, code) for code in known if code)
    parent = parents.most_common(1)[0][0] if parents else reading.place.adcode
    codes = [
        _beside(reading, label, parent) or code for label, code in zip(labels, known, strict=True)
    ]
    named = [code for code in codes if code]
    few = len(named) * 2 < len(labels)
    rows: list[tuple[str | None, bool]] = []
    for label, code in zip(labels, codes, strict=True):
        if code:
            rows.append((code, True))
        elif TOTAL.fullmatch(label) and not few:
            rows.append((_whole(reading, named), True))
        else:
            rows.append((reading.place.adcode, False))
    return rows


def _whole(reading: Reading, named: list[str]) -> str | None:
    """Whose the totals are: the article's place where it holds all rows, else what holds them."""
    own = reading.place.adcode
    inside = own and all(_parent(reading, one) == own for one in named)
    return own if inside else together([Mention(0, 0, one) for one in named])


def label_of(reading: Reading, span: Span) -> str:
    """A row's label without the blanks of names set wide (长 治)."""
    return "".join(reading.normal[slice(*span)].split())


def _mentioned(reading: Reading, span: Span) -> str | None:
    """The code of the place that a label is, as it was read in the article."""
    inside = [one for one in reading.places if span[0] <= one.start and one.end <= span[1]]
    whole = inside and inside[-1].end == span[1]
    return inside[-1].adcode if whole else None


def _parent(reading: Reading, adcode: str) -> str | None:
    row = divisions.load().get(adcode, reading.year)
    return row.parent if row else None


def _beside(reading: Reading, label: str, parent: str | None) -> str | None:
    """The division of that name among the children of `parent`."""
    if parent is None or len(label) < 2:
        return None
    found = [one for one in divisions.load().named(label, reading.year) if one.parent == parent]
    return found[0].adcode if len(found) == 1 else None
