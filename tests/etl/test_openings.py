"""Patterns tried only where one of them may begin find what `re.finditer` finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.activities import names
from etl.extract.figures import attach, direction, mentions, owner, roles, status
from etl.extract.figures.scan import quantities
from etl.extract.openings import find_all
from etl.extract.people import titles

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


# What is found ends, or begins, with one of some characters: without it nothing is looked for.
ENDS = [
    (attach._BEFORE, attach._BEFORE_ENDS),
    (names._TAIL, names._TAIL_ENDS),
    (titles._GAP_BEFORE, titles._GAPS),
]
MARKS = " 、，,/;:!"
BEGINNINGS = [(titles._GAP, titles._GAPS), (roles.TIMES_OF, owner._COMPARES)]


def of_words(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Texts of the words and characters that the pattern itself is made of, and marks."""
    words = re.findall("[\u4e00-\u9fff]+", pattern.pattern)
    return st.lists(st.sampled_from([*words, *"".join(words), *MARKS]), max_size=6).map("".join)


@given(st.data())
def test_what_ends_a_find_is_known(data: st.DataObject) -> None:
    for pattern, ends in ENDS:
        text = data.draw(of_words(pattern))
        if pattern is names._TAIL:
            text = text.replace(" ", "")  # a name has none by then
        found = pattern.search(text)
        assert not found or not found[0] or text[-1] in ends, text


@given(st.data())
def test_what_begins_a_find_is_known(data: st.DataObject) -> None:
    for pattern, beginnings in BEGINNINGS:
        text = data.draw(st.from_regex(pattern))
        found = pattern.match(text)
        assert not found or not found[0] or text[0] in beginnings, text


@given(st.data())
def test_a_direction_has_a_word_that_says_it(data: st.DataObject) -> None:
    text = data.draw(st.from_regex(direction._pattern()))
    assert not direction._pattern().search(text) or direction._words().search(text), text


@pytest.mark.parametrize("sign", [*attach._SIGN, "-", "−", "零下"])
def test_every_sign_before_a_number_is_read(sign: str) -> None:
    (found,) = quantities(f"{sign}5" if sign in attach._SIGN else f"{sign}5℃")
    assert found.start == 0
    assert found.kind == "money" if sign in attach._SIGN else found.value == -5
