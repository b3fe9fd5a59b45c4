"""Patterns tried only where one of them may begin find what `re.finditer` finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from etl.extract.figures import mentions, status
from etl.extract.openings import find_all

PAIRS = [
    (mentions._IMPLIED_OPENINGS, mentions._IMPLIED),
    (status._MARK_OPENINGS, status._MARKS),
]
WORDS = (
    "全 我 本 该 省 自治区 市 州 县 政协 委 政府 各 级 外 力争 "
    "争取 目标 任务 是 总 确保 计划 拟 规划 面积 建议 提高 预计 预期 据估计 已 "
    "已经 了 解 截至 截止 目前 上年 同期 现有 累计 至今 此前 总投资 将 知 , "
    "。"
)
PARTS = st.sampled_from(WORDS.split())


@given(st.lists(PARTS, max_size=14).map("".join), st.integers(0, 3), st.integers(0, 20))
def test_all_are_found_from_their_openings(text: str, start: int, end: int) -> None:
    for openings, pattern in PAIRS:
        wanted = [one.span() for one in pattern.finditer(text, start, end)]
        found = [one.span() for one in find_all(openings, pattern, text, start, end)]
        assert found == wanted, (pattern.pattern, text)


def test_a_find_within_the_one_before_is_none() -> None:
    found = find_all(re.compile("a"), re.compile("a+"), "aaba", 0, 4)
    assert [one.span() for one in found] == [(0, 2), (3, 4)]
