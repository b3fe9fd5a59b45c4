"""Numerals → values, by the table of cases and by round trip."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.figures import numerals

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "numerals.yaml").read_text(encoding="utf-8")
)
DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['numeral']}")
def test_numeral_has_the_value_it_says(case: dict[str, Any]) -> None:
    found = numerals.read(numerals.fold(case["numeral"]))
    assert found.value == (None if case["value"] is None else Decimal(case["value"]))
    assert found.high == (Decimal(case["high"]) if "high" in case else None)
    assert found.vague is case.get("vague", False)


@pytest.mark.parametrize("text", ["", "点五", "五点", "abc"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no"):
        numerals.read(text)


def chinese(number: int) -> str:
    """`number` below 10**12 as a Chinese numeral."""
    if number < 10:
        return DIGITS[number]
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return chinese(head) + name + (gap + chinese(rest) if rest else "")
    raise AssertionError(number)


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_numerals_round_trip(number: int) -> None:
    assert numerals.read(chinese(number)).value == number


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["", "万", "亿"]))
def test_grouped_digits_and_magnitudes_round_trip(number: int, magnitude: str) -> None:
    scale = {"": 1, "万": 10**4, "亿": 10**8}[magnitude]
    assert numerals.read(f"{number:,}{magnitude}").value == number * scale


@given(st.text(alphabet="一二两三十百千万亿零点几多余数壹貳叁拾佰1234567890.,% 個個", max_size=12))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(numerals.fold(text)) == len(text)
