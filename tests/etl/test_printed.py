"""Tables printed as text → figures, from the source's text to the rows of the build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import tables
from etl.extraction import read
from etl.grids import find_grids

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "printed_tables.yaml").read_text(encoding="utf-8")
)
CELLS = st.sampled_from(
    [
        "太原",
        "大同",
        "合计",
        "12",
        "3.5",
        "1,200",
        "98%",
        "—",
        "|",
        "12件",
        "（件）",
        "单位：件",
        "。",
        "长",
        "治",
        "、",
    ]
)
LINES = st.lists(st.lists(CELLS, max_size=5).map(" ".join), max_size=8).map("\n".join)


def document(text: str, kind: str) -> tables.Document:
    """A page's text, or the text of a record of `kind`."""
    record = "1" if kind == "jsonl" else None
    return tables.Document("d", "d", record, format=kind, issue_date="2024-03-02", text=text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_rule(case: dict[str, Any]) -> None:
    rows = read(document(case["text"], case.get("format", "txt")))
    assert [one.kind for one in rows["articles"]] != []
    found = [
        [one.raw, one.value, one.unit, one.counted, one.adcode, one.status]
        for one in rows["figures"]
        if one.reportable
    ]
    assert found == case["figures"]
    assert not [one for one in rows["figures"] if one.repeats]


def test_a_table_stays_with_its_article_and_each_row_is_a_sentence() -> None:
    rows = read(document(CASES[0]["text"], "txt"))
    assert len(rows["articles"]) == 1
    said = [rows["documents"][0].text[one.start : one.end] for one in rows["sentences"]]
    assert "抚州 87 97.5" in said
    assert "城市 立案（件） 办复率（%）" in said


@settings(max_examples=60, deadline=None)
@given(LINES, st.sampled_from(["txt", "jsonl"]))
def test_any_table_gives_spans_that_hold(text: str, kind: str) -> None:
    one = document(text, kind)
    for figure in read(one)["figures"]:
        assert one.text[figure.start : figure.end] == figure.raw != ""


def test_lines_without_rows_make_no_grid() -> None:
    assert find_grids("一行\n两行", [(0, 2), (3, 5)]) == []
