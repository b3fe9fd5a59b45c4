"""Places side by side: what they share, what only one has, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard import charts
from dashboard.queries import Tables
from dashboard.selection import Selection
from tests import newsroom
from tests.dashboard.factory import sample
from tests.dashboard.test_pages import html

ALL = Selection()
TAIYUAN, DATONG, BEIJING = "140100", "140200", "110000"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return sample().write(tmp_path_factory.mktemp("tables"))


def said(found: Tables, selection: Selection, *places: str) -> list[tuple[str, str, float, int]]:
    rows = found.compared(selection, places)
    columns = (rows["place"], rows["counted"], rows["value"], rows["places"])
    return list(zip(*columns, strict=True))


def test_a_measure_of_several_places_comes_before_those_of_one(found: Tables) -> None:
    assert said(found, ALL, TAIYUAN, DATONG) == [
        (TAIYUAN, "提案", 320, 2),
        (DATONG, "提案", 210, 2),
        (TAIYUAN, "办结率", 98, 1),
    ]


def test_a_province_holds_its_cities_and_takes_the_highest_of_the_latest_issue(
    found: Tables,
) -> None:
    assert said(found, ALL, "140000")[:1] == [("140000", "办结率", 98, 1)]
    assert ("140000", "提案", 1500, 1) in said(found, ALL, "140000")


def test_the_other_filters_hold_and_that_of_places_gives_way(found: Tables) -> None:
    assert said(found, Selection(provinces=(BEIJING,)), DATONG) == [(DATONG, "提案", 210, 1)]
    assert said(found, Selection(start="2024-01-01"), DATONG) == []


@pytest.mark.parametrize("places", [(), ("999999",)])
def test_places_without_reports_compare_to_nothing(found: Tables, places: tuple[str, ...]) -> None:
    assert found.compared(ALL, places).empty
    assert found.compared_types(ALL, places).empty


def test_types_are_counted_for_each_place(found: Tables) -> None:
    rows = found.compared_types(ALL, (DATONG, TAIYUAN))
    assert rows.to_dict("records") == [
        {"place": DATONG, "type": "meeting", "count": 1},
        {"place": TAIYUAN, "type": "training", "count": 1},
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chart_has_a_dot_only_where_something_is_reported(found: Tables, language: str) -> None:
    names = {DATONG: "大同市", TAIYUAN: "太原市", "410100": "郑州市"}
    rows = found.compared_types(ALL, names)
    figure = charts.compare_types(rows, names, language, "s")
    dots = {one.name: (list(one.x), list(one.y)) for one in figure.data if one.mode == "markers"}
    assert dots == {"大同市": ([1], [0]), "太原市": ([1], [1])}


App = Callable[..., Any]


def test_the_page_sets_places_side_by_side_and_leads_to_sentences(app: App) -> None:
    words = html(app("compare", place=[newsroom.TAIYUAN, newsroom.ZHENGZHOU]))
    row = words.split("<th scope='row'>提案</th>")[1].split("</tr>")[0]
    assert "320件" in row
    assert "98件" in row
    assert "figure=f2" in row
    assert "只有太原市报道（1 项）" in words


def test_a_place_without_reports_is_named_and_not_dropped(app: App) -> None:
    words = html(app("compare", place=[newsroom.TAIYUAN, "460100"]))
    assert "海口市" in words
    assert "未报告" in words


def test_one_place_asks_for_another(app: App) -> None:
    assert app("compare", place=[newsroom.TAIYUAN]).info


def test_filters_apply_to_a_comparison(app: App, tables_folder: Path) -> None:
    words = html(app("compare", place=[newsroom.TAIYUAN, newsroom.ZHENGZHOU], to="2023-11-30"))
    row = words.split("<th scope='row'>文章</th>")[1].split("</tr>")[0]
    assert row.count("未报告") == 1
