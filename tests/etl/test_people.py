"""People: cases as data in tests/cases/people.yaml, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.people.evidence import weights
from tests.etl.articles import read

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "people.yaml").read_text(encoding="utf-8")
)
WORDS = (
    "王小平 李 张 记者 摄 主席 、 · （ ） 说 表示 的 和 阿不都 克里斯 总统 市政协 先生 “ ” ， 。"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_people_named(case: dict[str, Any]) -> None:
    found = read(case["text"]).people
    assert [one.name for one in found] == [one["name"] for one in case["people"]]
    for one, wanted in zip(found, case["people"], strict=True):
        assert {key: getattr(one, key) for key in wanted} == wanted


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(), "\n", " "]), max_size=30).map("".join))
def test_spans_hold_and_names_are_said_once(text: str) -> None:
    reading = read(text)
    for one in reading.people:
        assert reading.text[one.start : one.end] == one.raw
        assert one.name == "".join(one.raw.split())
    names = [one.name for one in reading.people]
    assert len(names) == len(set(names))
    assert reading.people == read(text).people


def test_weights_know_every_kind_of_candidate() -> None:
    assert {f"odds {kind}" for kind in "cfdk"} <= weights().keys()
