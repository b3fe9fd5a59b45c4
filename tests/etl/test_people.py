"""People: cases as data in tests/cases/people.yaml, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.people import dictionary
from etl.extract.people.evidence import weights
from scripts.other_names import Names, changed
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


WORDS = st.text("甲乙丙abé", min_size=1, max_size=4)
LINES = st.tuples(WORDS, st.integers(0, 10**6), st.sampled_from(["n", "nr", "nrt", "nrfg"]))


@given(lines=st.lists(LINES, min_size=1, max_size=6))
def test_a_word_list_is_counted_as_line_by_line(lines: list[tuple[str, int, str]]) -> None:
    found = dictionary.parse("".join(f"{word} {count} {tag}\n" for word, count, tag in lines))
    assert found.counts.tolist() == [count for _, count, _ in lines]
    assert found.han.tolist() == [set(word) <= set("甲乙丙") for word, _, _ in lines]
    assert found.tagged("nr", "nrt").tolist() == [tag in ("nr", "nrt") for _, _, tag in lines]
    codes, owners = found.spelt(found.han)
    spelt = [(ord(one), at) for at, word in enumerate(chosen(lines)) for one in word]
    assert list(zip(codes.tolist(), owners.tolist(), strict=True)) == spelt


def chosen(lines: list[tuple[str, int, str]]) -> list[str]:
    return [word for word, _, _ in lines if set(word) <= set("甲乙丙")]


@pytest.mark.parametrize("text", ["甲 1\n", "甲 1 n 2\n", "甲\n乙 1 n 2 x\n"])
def test_a_word_list_of_other_lines_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="three fields"):
        dictionary.parse(text)


def test_changed_names_stand_where_their_spans_say_and_are_the_same_everywhere() -> None:
    text, names = "王小平说，李强与王小平都来了。", {(0, 3), (5, 7), (8, 11)}
    other, spans = changed(text, names, Names(["王小平", "李强", "陈立新"]))
    first, second, third = (other[start:end] for start, end in sorted(spans))
    assert other == f"{first}说，{second}与{third}都来了。"
    assert first == third != "王小平"
