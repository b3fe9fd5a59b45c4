"""Activities: cases as data in tests/cases/activities.yaml, figures linked to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import tables
from tests.etl.articles import read

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "activities.yaml").read_text(encoding="utf-8")
)
WORDS = (
    "长沙市政协 召开 会议 大会 座谈会 5月28日 调研 捐赠 了 要 启动 "
    "项目 印发 《办法》 30件 “义诊”活动 在 、 ， 。 ： 建议 播种 完成 提出 呼吁"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_activities_told(case: dict[str, Any]) -> None:
    found = read(case["text"], case.get("headline")).activities
    assert len(found) == len(case["activities"]), [one.raw for one in found]
    for one, wanted in zip(found, case["activities"], strict=True):
        assert {key: getattr(one, key) for key in wanted} == wanted


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(), "\n", " "]), max_size=30).map("".join))
def test_rows_are_whole(text: str) -> None:
    reading = read(text)
    for one in reading.activities:
        assert reading.text[one.start : one.end] == one.raw and one.name
        assert one.type in tables.ACTIVITY_TYPES and one.status in tables.ACTIVITY_STATUSES
        assert (one.date is None) == (one.date_precision is None)
    known = {one.activity_id for one in reading.activities}
    assert len(known) == len(reading.activities)
    assert {one.activity_id for one in reading.figures} <= known | {None}


def test_figure_goes_to_the_event_before_it() -> None:
    reading = read("5月28日，长沙市政协召开座谈会，收到建议30条。6月1日，果农收获樱桃8吨。")
    assert [one.activity_id for one in reading.figures][:1] == [reading.activities[0].activity_id]


def test_figure_right_behind_an_event_goes_to_it() -> None:
    reading = read("5月28日，长沙市开展义诊活动。共有300人受益。")
    assert reading.figures[-1].activity_id == reading.activities[0].activity_id


def test_figure_of_another_paragraph_goes_to_none() -> None:
    reading = read("5月28日，长沙市开展义诊活动。\n全县共有300人种茶。")
    assert reading.figures[-1].activity_id is None
