"""What every chart must have, and what each one must say."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
import yaml

from dashboard import charts, theme
from dashboard.charts import frame
from dashboard.queries import Tables
from dashboard.selection import Selection
from etl.tables import ACTIVITY_TYPES
from tests.dashboard.factory import sample

ROOT = Path(__file__).parents[2]
CASES = yaml.safe_load((ROOT / "tests" / "cases" / "theme.yaml").read_text("utf-8"))
SOURCE = "来源：测试用表"
NASTY = '<b>粗</b><a href="x">A&B</a>'


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return sample().write(tmp_path_factory.mktemp("tables"))


def counts(*rows: tuple[str | None, str, int]) -> pd.DataFrame:
    """Rows of `activity_counts`: key, type, count."""
    cells = [(key, key, kind, count) for key, kind, count in rows]
    return pd.DataFrame(cells, columns=["key", "label", "type", "count"])


def cities(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of `city_figures`; a row without a value is a city that reported nothing."""
    usual = {
        "county": None,
        "value": None,
        "value_high": None,
        "previous": None,
        "approximate": False,
        "unit": "件",
        "kind": "count",
        "raw": None,
        "counted": "提案",
        "figure_id": None,
        "article_id": "a",
        "sentence_id": "s",
        "sentence": "一句话。",
        "headline": "标题",
        "province": "山西省",
        "issue_date": "2023-12-29",
    }
    frame = pd.DataFrame(
        [
            usual
            | {"adcode": f"1{number:05}", "city": f"城{number}", "figure_id": f"f{number}"}
            | row
            for number, row in enumerate(rows)
        ]
    )
    for name in ("value", "value_high", "previous"):
        frame[name] = pd.to_numeric(frame[name])
    return frame.assign(reported=frame["value"].notna())


TIME = counts(("2023-11", "meeting", 3), ("2023-12", "survey", 2), (None, "work", 4))
PLACES = counts(("140000", "meeting", 3), ("110000", "survey", 5), (None, "work", 4))
CITIES = cities(
    {"value": 320},
    {"value": 210, "approximate": True},
    {"value": 60, "value_high": 80},
    {"value": 89, "previous": 20},
    {},
    {},
)
WORDS = pd.DataFrame({"word": ["提案", "调研"], "pos": "n", "count": [8, 3], "articles": [3, 1]})

Draw = Callable[[str, bool], go.Figure]
ALL: dict[str, Draw] = {
    "over_time": lambda language, dark: charts.activities_over_time(TIME, language, SOURCE, dark),
    "by": lambda language, dark: charts.activities_by(PLACES, "province", language, SOURCE, dark),
    "cities": lambda language, dark: charts.city_bars(CITIES, language, SOURCE, dark),
    "words": lambda language, dark: charts.word_bars(WORDS, language, SOURCE, dark),
    "over_time_empty": lambda language, dark: charts.activities_over_time(
        TIME[:0], language, SOURCE, dark
    ),
    "by_empty": lambda language, dark: charts.activities_by(
        PLACES[:0], "city", language, SOURCE, dark
    ),
    "cities_empty": lambda language, dark: charts.city_bars(CITIES[:0], language, SOURCE, dark),
    "cities_silent": lambda language, dark: charts.city_bars(CITIES[4:], language, SOURCE, dark),
    "words_empty": lambda language, dark: charts.word_bars(WORDS[:0], language, SOURCE, dark),
}


def title(figure: go.Figure) -> str:
    return str(figure.layout.title.text)


def bars(figure: go.Figure) -> list[float]:
    return [float(x) for trace in figure.data if isinstance(trace, go.Bar) for x in trace.x]


def words(figure: go.Figure) -> list[str]:
    return [
        one.strip()
        for trace in figure.data
        if isinstance(trace, go.Scatter) and trace.mode == "text"
        for one in trace.text
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ALL)
def test_every_chart_has_template_title_source_and_background(
    name: str, language: str, dark: bool
) -> None:
    figure = ALL[name](language, dark)
    assert figure.layout.template == theme.template(dark)
    assert figure.layout.template.layout.paper_bgcolor == theme.palette(dark).background
    assert title(figure).startswith("<b>")
    (source,) = figure.layout.annotations
    assert source.text == SOURCE
    # The line stands inside the margin that is kept for it, or the camera cuts it off.
    assert -source.yshift + frame.LINE_NOTE <= figure.layout.margin.b
    assert figure.layout.height > figure.layout.margin.t + figure.layout.margin.b


@pytest.mark.parametrize("name", ALL)
def test_every_chart_says_its_unit_or_that_there_is_nothing(name: str) -> None:
    said = title(ALL[name]("zh", False))
    assert "单位" in said or "没有可画" in said


@pytest.mark.parametrize(
    "figure",
    [
        charts.activities_over_time(counts(("2023-11", NASTY, 3)), "zh", NASTY),
        charts.activities_by(counts((NASTY, "meeting", 3)), "province", "zh", NASTY),
        charts.activities_by(counts((NASTY, NASTY, 3)), "type", "zh", NASTY),
        charts.city_bars(
            cities({"value": 1, "city": NASTY, "counted": NASTY, "unit": NASTY, "sentence": NASTY}),
            "zh",
            NASTY,
        ),
        charts.word_bars(WORDS.assign(word=NASTY), "zh", NASTY, name=NASTY),
    ],
)
def test_text_of_an_article_stays_text(figure: go.Figure) -> None:
    drawn = json.dumps(figure.to_plotly_json(), default=list, ensure_ascii=False)
    assert "&lt;b&gt;粗" in drawn
    assert "<b>粗" not in drawn
    assert "<a " not in drawn


def test_time_stacks_groups_in_their_colours() -> None:
    figure = charts.activities_over_time(TIME, "zh", SOURCE)
    assert [trace.name for trace in figure.data] == ["会议、协商等", "视察、调研"]
    assert [list(trace.y) for trace in figure.data] == [[3], [2]]
    assert figure.data[1].x[0] - figure.data[0].x[0] == 1
    assert "2023年12月" in figure.data[1].hovertext[0]
    assert "调研 2" in figure.data[1].hovertext[0]


def test_time_tells_what_no_bucket_holds() -> None:
    assert "另有 4 项" in title(charts.activities_over_time(TIME, "zh", SOURCE))


def test_time_leaves_out_the_few_far_away_and_counts_them() -> None:
    year = [(f"2023-{month:02}", "meeting", 20) for month in range(1, 13)]
    figure = charts.activities_over_time(
        counts(("1949-10", "meeting", 1), *year, ("2035-12", "meeting", 2)), "zh", SOURCE
    )
    assert [len(trace.x) for trace in figure.data] == [12]
    assert "另有 3 项远早于" in title(figure)


def test_time_keeps_what_is_near_and_what_is_much() -> None:
    figure = charts.activities_over_time(
        counts(("2003-01", "meeting", 9), ("2023-01", "meeting", 9), ("2023-09", "meeting", 1)),
        "zh",
        SOURCE,
    )
    assert [len(trace.x) for trace in figure.data] == [3]


@pytest.mark.parametrize(
    ("keys", "apart"),
    [
        (("2023-12-31", "2024-01-01"), 1),
        (("2023-W52", "2024-W01"), 1),
        (("2020-W53", "2021-W01"), 1),
        (("2023-12", "2024-02"), 2),
        (("2023-Q4", "2024-Q1"), 1),
    ],
)
def test_time_axis_is_true_to_scale(keys: tuple[str, str], apart: int) -> None:
    figure = charts.activities_over_time(
        counts((keys[0], "meeting", 1), (keys[1], "meeting", 1)), "zh", SOURCE
    )
    first, second = figure.data[0].x
    assert second - first == apart
    assert first in figure.layout.xaxis.tickvals
    year = re.escape(keys[0][:4])
    assert re.search(year, figure.layout.xaxis.ticktext[0])


def test_every_type_has_one_group_and_colour() -> None:
    grouped = [one for types in theme.GROUPS.values() for one in types]
    assert sorted(grouped) == sorted(ACTIVITY_TYPES)
    for mode in (theme.LIGHT, theme.DARK):
        assert len(set(mode.groups)) == len(theme.GROUPS)


def test_by_ranks_and_tells_what_has_no_place() -> None:
    figure = charts.activities_by(PLACES, "province", "zh", SOURCE)
    assert list(figure.layout.yaxis.ticktext) == ["110000", "140000"]
    assert list(figure.data[0].x) == [5, 3]
    assert "另有 4 项" in title(figure)


def test_by_tells_what_it_does_not_draw() -> None:
    many = counts(*((f"{number}", "meeting", number) for number in range(1, 51)))
    figure = charts.activities_by(many, "city", "zh", SOURCE)
    assert len(figure.data[0].x) == 40
    assert "共 50 行" in title(figure)


def test_cities_that_reported_nothing_have_no_bar() -> None:
    figure = charts.city_bars(CITIES, "zh", SOURCE)
    assert len(figure.layout.yaxis.ticktext) == 6
    assert 0 not in bars(figure)
    assert sorted(bars(figure)) == [20, 60, 89, 210, 320]
    assert words(figure).count("未报告") == 2
    assert "2 个未报告" in title(figure)


def test_a_reported_zero_is_no_silence() -> None:
    figure = charts.city_bars(cities({"value": 0}, {}), "zh", SOURCE)
    assert words(figure) == ["0件", "未报告"]


def test_cities_stand_highest_first() -> None:
    figure = charts.city_bars(CITIES, "zh", SOURCE)
    assert list(figure.layout.yaxis.ticktext) == ["城0", "城1", "城3", "城2", "城4", "城5"]


def test_marks_say_approximate_range_and_former_value() -> None:
    figure = charts.city_bars(CITIES, "zh", SOURCE)
    traces = {trace.name: trace for trace in figure.data if trace.name}
    assert traces["约数"].marker.pattern.shape == "/"
    assert (traces["区间上限"].base[0], traces["区间上限"].x[0]) == (60, 20)
    assert list(traces["原来的数字"].x) == [20]
    assert {"约210件", "60–80件"} <= set(words(figure))


def test_the_latest_figure_of_a_city_is_its_bar_and_the_others_are_marks() -> None:
    same = {"adcode": "140100", "city": "太原市"}
    figure = charts.city_bars(
        cities(
            same | {"value": 300, "issue_date": "2022-01-01", "figure_id": "old"},
            same | {"value": 200, "issue_date": "2023-01-01", "figure_id": "new"},
        ),
        "zh",
        SOURCE,
    )
    assert bars(figure) == [200]
    assert list(next(one for one in figure.data if one.name == "其他报道").x) == [300]
    written = [one for one in figure.data if isinstance(one, go.Scatter) and one.mode == "text"]
    assert written[0].text[0].strip() == "200件"
    assert written[0].x[0] == 300


def test_a_countys_figure_is_named_after_the_county() -> None:
    figure = charts.city_bars(cities({"value": 5, "county": "寿阳县"}), "zh", SOURCE)
    assert list(figure.layout.yaxis.ticktext) == ["城0 寿阳县"]


def test_many_cities_are_cut_and_the_rest_is_counted() -> None:
    figure = charts.city_bars(
        cities(*[{"value": number + 1} for number in range(50)], *[{}] * 50), "zh", SOURCE
    )
    assert len(figure.layout.yaxis.ticktext) == 40 + 30
    assert "共 50 行，只画前 40 行" in title(figure)
    assert "还有 20 个" in title(figure)


def test_value_axis_speaks_the_readers_scale() -> None:
    money = cities({"value": 11_260_000_000, "unit": "元"}, {"value": 4_000_000_000, "unit": "元"})
    assert list(charts.city_bars(money, "zh", SOURCE).layout.xaxis.ticktext) == [
        "0",
        "50亿",
        "100亿",
    ]
    assert "112.6亿元" in words(charts.city_bars(money, "zh", SOURCE))
    assert "11.26 billion yuan" in words(charts.city_bars(money, "en", SOURCE))


def test_words_are_ranked() -> None:
    figure = charts.word_bars(WORDS, "zh", SOURCE, name="太原市")
    assert list(figure.layout.yaxis.ticktext) == ["提案", "调研"]
    assert "太原市" in title(figure)


def test_charts_draw_what_the_tables_answer(found: Tables) -> None:
    everything = Selection()
    measure = str(found.measures(everything)["measure_id"].iloc[0])
    figure = charts.city_bars(found.city_figures(everything, measure), "zh", SOURCE)
    assert sorted(bars(figure))[-1] == 320
    for by in ("day", "week", "month", "quarter"):
        rows = found.activity_counts(everything, by)
        drawn = charts.activities_over_time(rows, "zh", SOURCE)
        assert (
            sum(map(sum, (trace.y for trace in drawn.data)))
            == rows.loc[rows["key"].notna(), "count"].sum()
        )


@pytest.mark.parametrize(
    ("alt", "parts"),
    [
        (charts.activities_over_time_alt_text(TIME, "zh"), ["共 5 项", "2023年11月，3 项", "4 项"]),
        (charts.activities_by_alt_text(PLACES, "province", "zh"), ["110000 5", "140000 3"]),
        (charts.city_bars_alt_text(CITIES, "zh"), ["城0 320件", "约210件", "未报告的城市 2 个"]),
        (charts.word_bars_alt_text(WORDS, "zh"), ["提案 8", "调研 3"]),
        (charts.city_bars_alt_text(CITIES[:0], "en"), ["Nothing"]),
    ],
)
def test_alt_text_has_the_main_values(alt: str, parts: list[str]) -> None:
    assert [part for part in parts if part not in alt] == []


@pytest.mark.parametrize("case", CASES["values"], ids=lambda case: case["shown"])
def test_value_as_it_is_read(case: dict[str, Any]) -> None:
    shown = theme.format_value(
        case["value"],
        case.get("unit"),
        case.get("language", "zh"),
        case.get("approximate", False),
        case.get("high"),
    )
    assert shown == case["shown"]


@pytest.mark.parametrize("case", CASES["dates"], ids=lambda case: case["iso"] + case["language"])
def test_date_as_it_is_read(case: dict[str, str]) -> None:
    assert theme.format_date(case["iso"], case["language"]) == case["shown"]


def test_lines_keep_every_character_and_fit() -> None:
    text = "各城市协商议政活动 and a long English tail that goes on"
    cut = frame.lines(text, 20)
    assert "".join(cut).replace(" ", "") == text.replace(" ", "")
    assert all(frame.columns(one) <= 20 for one in cut)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_colours_stand_out_from_the_page(colours: theme.Palette) -> None:
    for colour in (colours.text, colours.muted):
        assert contrast(colour, colours.background) >= 4.5
    for colour in (*colours.groups, colours.accent, colours.not_reported):
        assert contrast(colour, colours.background) >= 3


def test_the_screen_has_the_same_colours() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    for mode, colours in (("light", theme.LIGHT), ("dark", theme.DARK)):
        shown = config["theme"][mode]
        assert shown["backgroundColor"] == colours.background
        assert shown["textColor"] == colours.text
        assert shown["primaryColor"] == colours.accent
    assert theme.FONT in config["theme"]["font"]


def test_the_longer_the_value_the_more_room_behind_its_bar() -> None:
    rows = cities({"adcode": "140100", "city": "太原市", "value": 11_260_000_000, "unit": "元"})
    room = {
        language: charts.city_bars(rows, language, SOURCE).layout.xaxis.range[1] / 11_260_000_000
        for language in ("zh", "en")
    }
    assert 1.15 <= room["zh"] < room["en"] < 3
