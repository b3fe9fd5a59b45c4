"""Bodies and programmes: cases as data in tests/cases/organisations.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.etl.articles import read

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "organisations.yaml").read_text(encoding="utf-8")
)
WORDS = "长沙市 湖南 省 市 各 政协 委员会 和 的 大学 公司 “春风” 活动 平台 国务院 组织部 召开 11"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_bodies_and_programmes(case: dict[str, Any]) -> None:
    assert [one.name for one in read(case["text"]).organisations] == case["names"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(), "\n", "，"]), max_size=30).map("".join))
def test_mentions_hold_and_do_not_overlap(text: str) -> None:
    reading = read(text)
    stop = 0
    for one in reading.bodies:
        assert one.start >= stop and reading.text[one.start : one.end] == one.raw
        stop = one.end
    assert {one.name for one in reading.bodies} == {one.name for one in reading.organisations}
