"""What a person writes into a field of a correction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from etl import divisions
from etl.corrections import WrongValueError, said

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/corrections.yaml").read_text("utf-8"))


def means(kind: str, case: dict[str, Any]) -> Any:
    if kind == "place":
        return said.place(case["text"], case["year"])
    return getattr(said, kind)(case["text"])


@pytest.mark.parametrize(
    ("kind", "case"), [(kind, case) for kind, cases in CASES.items() for case in cases]
)
def test_what_is_written_means(kind: str, case: dict[str, Any]) -> None:
    if "fails" in case:
        with pytest.raises(WrongValueError) as error:
            means(kind, case)
        assert error.value.why == case["fails"]
    else:
        assert means(kind, case) == case["is"]


@given(st.floats(min_value=-1e15, max_value=1e15, allow_nan=False))
def test_a_number_in_a_field_is_read_back(value: float) -> None:
    assert said.number(said.as_number(value)) == value


def test_a_place_in_a_field_is_read_back() -> None:
    known = divisions.load()
    codes = [one.adcode for one in known.rows if one.in_force(None)]
    wrong = [one for one in codes if said.place(said.as_place(one, None), None) != one]
    assert wrong == []
