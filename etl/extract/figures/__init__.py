"""An article's text → its figures: value, unit, what is counted, whose it is, where."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from etl import divisions, tables
from etl.extract.figures import exclude, numerals
from etl.extract.figures.combine import combine
from etl.extract.figures.counted import Former, counted_at
from etl.extract.figures.direction import with_direction
from etl.extract.figures.judge import is_reportable, with_rank
from etl.extract.figures.lists import deal_to_pairs, share_nouns
from etl.extract.figures.owner import Owners
from etl.extract.figures.printed import (
    Printed,
    apart,
    grids_of,
    printed_figures,
    with_printed,
)
from etl.extract.figures.quantity import Quantity
from etl.extract.figures.repeats import mark_repeats
from etl.extract.figures.scan import quantities
from etl.extract.figures.status import ahead, is_bound, keeps_within, status_of
from etl.extract.segment import Cut, cut
from etl.model import Reading

# Numbers that say no more than a magnitude.
_LOOSE = frozenset("几数上")
_A_FEW = 10
# How often a figure's place is right where it was read in its sentence, its paragraph ...; None:
# the nation, another country, or an article that names no place.
_BY_BASIS = {"sentence": 0.93, "paragraph": 0.9, None: 0.9, "article": 0.7}
_WIDE_COMMA = re.compile("[0-9]，(?!0[0-9]{2}(?![0-9]))[0-9]")
# Longer rows of digits are numbers of files and parcels, whatever stands behind them.
_LARGEST = Decimal(10) ** 30


def find_figures(reading: Reading) -> list[tables.Figure]:
    """Every quantity of the article in text order, reportable or not; needs dates, places, bodies.

    Numerals in dates and inside everyday words (四川, 十分) are no quantities and get no row.
    """
    text = numerals.fold(_lists(reading))
    grids = grids_of(reading)
    text = apart(text, grids)
    found = exclude.without_dates(text, quantities(text), reading.dates)
    if not found:
        return []
    words = cut(reading.text)
    kept = exclude.without_words(text, words, combine(text, found))
    printed = printed_figures(reading, grids)
    kept = with_printed(kept, grids, printed)
    rows = _rows(reading, text, words, kept, printed)
    mark_repeats(rows, frozenset(printed))
    return rows


def _lists(reading: Reading) -> str:
    """The normal text, where 3，5 and 15，280 are two numbers: the comma is wider than digits.

    5，000 is one all the same, for no number begins with 0.
    """
    normal = reading.normal
    for found in _WIDE_COMMA.finditer(reading.text):
        normal = normal[: found.start() + 1] + "、" + normal[found.end() - 1 :]
    return normal


def _rows(
    reading: Reading, text: str, words: Cut, found: list[Quantity], printed: dict[int, Printed]
) -> list[tables.Figure]:
    owners = Owners(reading, found)
    plans = ahead(reading.dates, reading.issue_date)
    rows: list[tables.Figure] = []
    direction, former = None, Former()
    for one in found:
        sentence = reading.sentence_at(one.start)
        if one.start in printed:
            rows.append(_printed_row(reading, printed[one.start], sentence.sentence_id))
            continue
        same = bool(rows) and rows[-1].sentence_id == sentence.sentence_id
        one = with_rank(text, one, rows[-1].end if same and rows[-1].kind == "rank" else None)
        one = with_direction(text, one)
        if rows and one.direction is None and _listed(text, rows[-1], one):
            one = one._replace(direction=direction)
        direction = one.direction
        former = former if same else Former()
        counted = None if _uncounted(one) else counted_at(words, text, one, former, sentence.start)
        row = _row(reading, one, sentence.sentence_id)
        row.counted = counted
        row.reportable = is_reportable(text, one, counted)
        row.status = status_of(text, words, one, sentence, plans) if row.reportable else "result"
        within = row.status == "result" and keeps_within(text, one)
        if within or is_bound(text, words, one):
            row.status, row.reportable = "threshold", False
        row.adcode, row.place_basis = owners.place(one, sentence)
        row.organisation = owners.body(one, sentence, row.adcode)
        row.province, row.city, row.county = _names(row.adcode, reading.year)
        row.confidence = _confidence(row)
        rows.append(row)
        if one.form not in ("ordinal", "name") and one.sense not in ("ordinal", "date"):
            former = former.then(counted, one)
    share_nouns(text, rows)
    deal_to_pairs(text, rows)
    return rows


def _printed_row(reading: Reading, one: Printed, sentence_id: str) -> tables.Figure:
    """A number of a printed table: its column and its row say what others say in words."""
    row = _row(reading, one.quantity, sentence_id)
    row.counted, row.adcode, row.reportable = one.counted, one.adcode, one.reportable
    row.status = one.status
    row.place_basis = ("sentence" if one.placed else "article") if one.adcode else None
    row.province, row.city, row.county = _names(row.adcode, reading.year)
    row.confidence = _confidence(row)
    return row


def _uncounted(one: Quantity) -> bool:
    """Ordinals, names, scores and an indefinite 一 count nothing."""
    return one.form in ("ordinal", "name", "ratio") or (one.numeral == "一" and one.kind == "count")


def _listed(text: str, former: tables.Figure, one: Quantity) -> bool:
    """分别增长5%和7%: what is said of the first of a list holds for the next."""
    return former.unit == one.unit and text[former.end : one.start] in ("、", "和", "及", "与")


def _row(reading: Reading, one: Quantity, sentence_id: str) -> tables.Figure:
    return tables.Figure(
        figure_id=f"{reading.article_id}-f{one.start:05d}",
        article_id=reading.article_id,
        sentence_id=sentence_id,
        start=one.start,
        end=one.end,
        raw=reading.text[one.start : one.end],
        value=_float(one.value),
        value_high=_float(one.high),
        previous=_float(one.previous),
        unit=one.unit,
        kind=one.kind,
        approximate=one.approximate,
        direction=one.direction,
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None or abs(value) > _LARGEST else float(value)


@lru_cache(maxsize=1 << 12)
def _names(adcode: str | None, year: int | None) -> tuple[str | None, str | None, str | None]:
    """Full names of province, city and county of a code in `year`."""
    return divisions.load().path(adcode, year) if adcode else (None, None, None)


def _confidence(row: tables.Figure) -> float:
    """How sure value, unit and place are together: by where the place was read, less for doubts.

    Weights after a judged sample of 250 figures of articles of every kind (docs/accuracy.md).
    """
    score = _BY_BASIS[row.place_basis]
    score -= 0.1 if not row.unit and row.kind != "rank" else 0.0
    score -= 0.1 if not row.counted else 0.0
    # A few 个 of something are how a text is built as often as a result.
    score -= 0.1 if row.unit == "个" and (row.value or 0) <= _A_FEW else 0.0
    score -= 0.1 if row.raw[0] in _LOOSE else 0.0
    return round(score, 2)
