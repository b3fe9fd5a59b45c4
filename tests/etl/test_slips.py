"""What recognition misread or let slip into words and numbers, and how the tables say so."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from etl import tables
from etl.extraction import read
from etl.page.misread import as_meant, misread
from etl.page.slips import MARKS, slips
from etl.text import normalise
from tests.damage import WAYS, damage

CASES = Path(__file__).parents[1] / "cases"
MISREAD = yaml.safe_load((CASES / "page_misread.yaml").read_text(encoding="utf-8"))
SLIPS = yaml.safe_load((CASES / "page_slips.yaml").read_text(encoding="utf-8"))

TEXT = (
    "2023年12月3日，青禾县一千二百名农民参加培训，县里拨款112.6亿元，增长3.5%，种树15000棵，"
    "2—3年成林。他们说：“很好。”"
)


@pytest.mark.parametrize("case", MISREAD, ids=lambda case: case["text"])
def test_misread_characters_are_read_as_meant(case: dict[str, Any]) -> None:
    plain = normalise(case["text"])
    assert as_meant(plain, misread(plain)) == normalise(case["read"])


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: case["line"])
def test_slips_in_words_and_numbers_are_left_out(case: dict[str, Any]) -> None:
    plain = normalise(case["line"])
    kept = list(plain)
    for start, end in slips(plain):
        kept[start:end] = [""] * (end - start)
    assert "".join(kept) == normalise(case["read"])


@given(st.text("20Oo〇Il.·。,方忆兀介屯入曰己末夫年月元人 ", max_size=30))
def test_what_is_read_is_as_long_as_what_stands_there(text: str) -> None:
    found = misread(text)
    assert len(as_meant(text, found)) == len(text)
    assert all(left.start + len(left.meant) <= right.start for left, right in pairwise(found))


@given(st.text(f"12.,年个农民山川 {MARKS}，。", max_size=40))
def test_slips_are_white_space_and_marks_in_order(text: str) -> None:
    found = slips(text)
    assert found == sorted(set(found))
    assert all(text[start:end].isspace() or text[start:end] in MARKS for start, end in found)


@pytest.mark.parametrize("record", [None, "r1"], ids=["page", "record"])
def test_each_slip_is_a_row_of_repairs_and_spans_hold(record: str | None) -> None:
    text = "春耕\n\n2023 年 l2 月，青禾县引资1 12.6忆元，农■民都说好。"
    document = tables.Document("d", "d.txt", text=text, record_id=record)
    rows = read(document)
    kinds = {(one.kind, text[one.start : one.end]) for one in rows["repairs"]}
    assert {("misread", "l2"), ("misread", "忆"), ("split_word", " "), ("noise", "■")} <= kinds
    (figure,) = [one for one in rows["figures"] if one.unit == "元"]
    assert (figure.value, figure.raw) == (11_260_000_000, "1 12.6忆元")
    assert [(one.iso, one.raw) for one in rows["dates"]] == [("2023-12", "2023 年 l2 月")]
    for table in ("sentences", "dates", "places", "figures", "activities"):
        assert all(text[one.start : one.end] == one.raw for one in rows[table])


@pytest.mark.parametrize("way", WAYS)
def test_damage_says_where_each_character_stood(way: str) -> None:
    clean = f"青禾县春耕忙\n\n{TEXT * 8}\n"
    damaged = damage(clean, WAYS[way], 3)
    assert damaged == damage(clean, WAYS[way], 3)
    assert (damaged.text == clean) == (way == "none")
    kept = [at for at in damaged.origin if at >= 0]
    assert kept == sorted(set(kept))
    assert len(kept) >= 0.9 * len(clean)
