"""Sentences → figures, by the table of cases, and what must hold for any text."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import tables
from etl.extract.dates import find_dates
from etl.extract.figures import find_figures
from etl.extract.figures.mentions import mentions
from etl.extract.organisations import find_organisations
from etl.extract.places import find_places, settle_article
from etl.extract.sentences import split_sentences
from etl.model import Block, Reading

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "figures.yaml").read_text(encoding="utf-8")
)
WORDS = (
    "全省 我市 共 增长 从 到 第 一 两 十 万 亿 几 数 百分之 点 3 1.5 12,345 % 个 元 吨 年 月 次 人 "
    "项目 的 等 、 ， 。 “ ” 成 折 半 多 余 约 近 以上 A - — / :"
)
PIECES = st.sampled_from([*WORDS.split(" "), "\n", " "])


def read(text: str, headline: str | None = None, sections: tuple[str, ...] = ()) -> Reading:
    """The figures of `text`, each line a paragraph or a section head, with what they rest on."""
    blocks, at = [], 0
    for number, line in enumerate(text.split("\n")):
        role = "section" if line in sections else "body"
        role = "headline" if headline and number == 0 else role
        blocks.append(Block(role, at, at + len(line)))
        at += len(line) + 1
    reading = Reading("a", text, blocks, headline, issue_date=datetime.date(2024, 6, 3))
    reading.sentences = split_sentences(reading)
    reading.dates = find_dates(reading)
    reading.places = find_places(reading)
    reading.place = settle_article(reading)
    reading.organisations = find_organisations(reading)
    reading.figures = find_figures(reading)
    return reading


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['text'][:30]}")
def test_sentence_has_the_figures_it_states(case: dict[str, Any]) -> None:
    found = read(case["text"]).figures
    for wanted in case.get("figures", []):
        rows = [one for one in found if one.raw == wanted["raw"]]
        assert rows, f"{wanted['raw']} not among {[one.raw for one in found]}"
        row = rows[wanted.get("nth", 1) - 1]
        for name, value in wanted.items():
            if name != "nth":
                assert getattr(row, name) == value, (name, row)
    for raw in case.get("none", []):
        assert not [one for one in found if one.reportable and raw in one.raw]
    if "reportable" in case:
        assert [one.raw for one in found if one.reportable] == case["reportable"]


def test_headline_and_body_state_one_fact_once() -> None:
    text = "青山县改造旧厂房128间\n当地今年共改造旧厂房128间，投入资金3200万元。"
    first, second, third = read(text, "青山县改造旧厂房128间").figures
    assert (first.repeats, second.repeats, third.repeats) == (None, first.figure_id, None)


def test_caption_naming_a_load_twice_states_it_once() -> None:
    first, second = read("一车42吨“暖心苹果”今天发出。这批42吨苹果来自山区果园。").figures[1:3]
    assert second.repeats == first.figure_id


def test_the_year_of_a_reign_is_no_length_of_time() -> None:
    rows = read("古桥于乾隆三年建成，历时五年。").figures
    assert [one.raw for one in rows] == ["五年"]


def test_small_counts_of_other_things_are_no_repeat() -> None:
    rows = read("镇里新修3座桥，又建3个广场。").figures
    assert [one.repeats for one in rows] == [None, None]


def test_items_of_a_digest_keep_their_places_to_themselves() -> None:
    items = [
        ("苏州地铁新线开通", "新线今天开通，全长31公里。"),
        ("粮食收购进度过半", "各地收购粮食6000万吨。"),
        ("铁路迎来客流高峰", "铁路发送旅客1500万人次。"),
    ]
    text = "\n".join(line for item in items for line in item)
    reading = read(text, sections=tuple(head for head, _ in items))
    codes = {one.raw: one.adcode for one in reading.figures}
    assert codes == {"31公里": "320500", "6000万吨": None, "1500万人次": None}


def test_an_article_without_numerals_has_no_figures() -> None:
    assert read("村里的路修好了。").figures == []


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=24).map("".join))
def test_any_text_gives_spans_that_hold(text: str) -> None:
    reading = read(text)
    assert all(reading.text[one.start : one.end] == one.raw != "" for one in reading.figures)
    assert len({one.figure_id for one in reading.figures}) == len(reading.figures)
    assert [one.start for one in reading.figures] == sorted(one.start for one in reading.figures)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_no_text_crashes_and_equal_text_gives_equal_figures(text: str) -> None:
    assert read(text).figures == read(text).figures


def test_two_readings_of_one_name_keep_their_order() -> None:
    """The order of mentions rests on the text, not on how a set happens to be laid out."""
    reading = read("路修好了。")
    reading.places = [
        tables.Place("a", "", 0, 1, "路", f"65{code:04}", None, "county") for code in range(40)
    ]
    assert [one.adcode for one in mentions(reading)] == [one.adcode for one in reading.places]
