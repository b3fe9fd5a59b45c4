"""Dates: the cases in tests/cases/dates.yaml, and what must hold for any text."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import tables
from etl.extract.dates import find_dates, patterns
from etl.extract.sentences import split_sentences
from etl.model import Block, Reading

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "dates.yaml").read_text("utf-8"))
CHARACTERS = "0123456789零〇一二三十廿年月日号至到-—、，。（）今明昨前后上下本当世纪周底初旬同"
WORDS = [
    "2023",
    "季度",
    "半年",
    "年代",
    "“十四五”期间",
    "\n",
    "以来",
    "13月",
    "32日",
    "0000年",
    "9999年",
]
PIECES = st.sampled_from([*CHARACTERS, *WORDS])
ISSUES = st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))


def read(text: str, issue: datetime.date | None) -> list[tables.Date]:
    """The dates of `text`, each line of it a paragraph."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("body", at, at + len(line)))
        at += len(line) + 1
    reading = Reading("a1", text, blocks or [Block("body", 0, len(text))], issue_date=issue)
    reading.sentences = split_sentences(reading)
    return find_dates(reading) if reading.sentences else []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_case(case: dict[str, Any]) -> None:
    found = read(case["text"], case["issue"])
    assert [[one.raw, one.iso, one.precision, one.basis] for one in found] == case["expect"]


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60), ISSUES)
def test_any_text(text: str, issue: datetime.date | None) -> None:
    found = read(text, issue)
    assert found == read(text, issue)
    assert all(left.end <= right.start for left, right in pairwise(found))
    for one in found:
        assert text[one.start : one.end] == one.raw
        assert one.precision in tables.PRECISIONS
        for point in (one.iso or "").split("/"):
            check_point(point)


def check_point(point: str) -> None:
    """A point is a real day, month, quarter or year."""
    year, _, rest = point.partition("-")
    if rest and not rest.startswith("Q"):
        month, _, day = rest.partition("-")
        datetime.date(int(year), int(month), int(day or 1))
    if point:
        assert len(year) == 4


_PAIRS = [
    first + second for first in "上下本今去周星截月岁第公“" for second in "年月日末底元期至十一"
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from([*CHARACTERS, *WORDS, *_PAIRS]), max_size=8).map("".join))
def test_what_passes_over_most_of_a_text_hides_no_date(text: str) -> None:
    whole = re.compile(patterns._WHOLE)
    found = [one.span() for one in patterns.DATE.finditer(text)]
    assert found == [one.span() for one in whole.finditer(text)]


def test_long_text_is_read_once() -> None:
    """Twice the text takes about twice the time, not four times."""
    text = "2023年12月28日至29日，会议召开，目前已有一百二十人报名，1至11月增长。" * 500
    clock = datetime.datetime.now
    start = clock()
    read(text, datetime.date(2023, 12, 29))
    once = clock() - start
    start = clock()
    read(text * 4, datetime.date(2023, 12, 29))
    assert clock() - start < once * 10 + datetime.timedelta(seconds=0.2)
