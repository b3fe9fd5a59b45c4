"""What every chart must have, and what each one must say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, theme
from dashboard.charts import cells, frame, plain
from dashboard.queries import Tables
from dashboard.queries.periods import BUCKETS
from dashboard.selection import Selection
from etl.tables import ACTIVITY_TYPES
from tests.dashboard.factory import sample

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
        "status": "result",
        "raw": None,
        "counted": "提案",
        "figure_id": None,
        "article_id": "a",
        "sentence_id": "s",
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
DAYS = counts(("2023-12-05", "meeting", 3), ("2023-11-30", "survey", 9), (None, "work", 4))
PANELS = pd.DataFrame(
    [
        ("140000", "山西省", "2023-11", 3),
        ("140000", "山西省", "2023-12", 1),
        ("110000", "北京市", "2023-12", 5),
        ("110000", "北京市", None, 2),
        (None, None, "2023-12", 1),
    ],
    columns=["key", "label", "bucket", "count"],
)
CITIES = cities(
    {"value": 320},
    {"value": 210, "approximate": True},
    {"value": 60, "value_high": 80},
    {"value": 89, "previous": 20},
    {},
    {},
)
WORDS = pd.DataFrame(
    {
        "word": ["提案", "调研"],
        "pos": "n",
        "count": [8, 3],
        "articles": [3, 1],
        "share": [80.0, 30.0],
    }
)

Draw = Callable[[str, bool], plain.Figure]
ALL: dict[str, Draw] = {
    "over_time": lambda language, dark: charts.activities_over_time(TIME, language, SOURCE, dark),
    "by": lambda language, dark: charts.activities_by(PLACES, "province", language, SOURCE, dark),
    "cities": lambda language, dark: charts.city_dots(CITIES, language, SOURCE, dark),
    "panels": lambda language, dark: charts.activity_panels(PANELS, language, SOURCE, dark),
    "matrix": lambda language, dark: charts.activity_matrix(
        PLACES, language, SOURCE, dark, ["河南省"]
    ),
    "calendar": lambda language, dark: charts.activity_calendar(DAYS, language, SOURCE, dark),
    "panels_empty": lambda language, dark: charts.activity_panels(
        PANELS[:0], language, SOURCE, dark
    ),
    "matrix_empty": lambda language, dark: charts.activity_matrix(
        PLACES[:0], language, SOURCE, dark
    ),
    "calendar_empty": lambda language, dark: charts.activity_calendar(
        DAYS[:0], language, SOURCE, dark
    ),
    "words": lambda language, dark: charts.word_bars(WORDS, language, SOURCE, dark),
    "over_time_empty": lambda language, dark: charts.activities_over_time(
        TIME[:0], language, SOURCE, dark
    ),
    "by_empty": lambda language, dark: charts.activities_by(
        PLACES[:0], "city", language, SOURCE, dark
    ),
    "cities_empty": lambda language, dark: charts.city_dots(CITIES[:0], language, SOURCE, dark),
    "cities_silent": lambda language, dark: charts.city_dots(CITIES[4:], language, SOURCE, dark),
    "words_empty": lambda language, dark: charts.word_bars(WORDS[:0], language, SOURCE, dark),
}


def title(figure: plain.Figure) -> str:
    """The title and the notes in one line."""
    return re.sub("<[^>]+>", "", str(figure.layout.title.text))


def dots(figure: plain.Figure) -> list[float]:
    """The values of the marks that a reader can click."""
    return [float(x) for one in figure.data if one.customdata is not None for x in one.x]


def words(figure: plain.Figure) -> list[str]:
    return [one.strip() for trace in figure.data if trace.mode == "text" for one in trace.text]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ALL)
def test_every_chart_has_template_title_source_and_background(
    name: str, language: str, dark: bool
) -> None:
    figure = ALL[name](language, dark)
    assert figure.layout.template == theme.template(dark)
    assert figure.layout.template.layout.paper_bgcolor == theme.palette(dark).background
    assert figure.layout.title.text.startswith("<b>")
    (source,) = figure.layout.annotations
    assert source.text.endswith(SOURCE)
    # The line stands inside the margin that is kept for it, or the camera cuts it off.
    assert -source.yshift + frame.LINE_NOTE <= figure.layout.margin.b
    assert figure.layout.height > figure.layout.margin.t + figure.layout.margin.b
    # Plotly knows every property of it.
    assert len(plain.whole(figure).data) == len(figure.data)


@pytest.mark.parametrize("name", ALL)
def test_every_chart_says_its_unit_or_that_there_is_nothing(name: str) -> None:
    said = title(ALL[name]("zh", False))
    assert "单位" in said or "没有可画" in said


@pytest.mark.parametrize(
    "figure",
    [
        charts.activities_over_time(counts(("2023-11", NASTY, 3)), "zh", NASTY),
        charts.activities_by(
            counts((NASTY, "meeting", 3)).assign(key="140000"), "province", "zh", NASTY
        ),
        charts.activity_matrix(counts((NASTY, "meeting", 3)).assign(key="140000"), "zh", NASTY),
        charts.activities_by(
            counts((NASTY, NASTY, 3)).assign(key="140000"), "province", "zh", NASTY
        ),
        charts.city_dots(
            cities({"value": 1, "city": NASTY, "counted": NASTY, "unit": NASTY, "headline": NASTY}),
            "zh",
            NASTY,
        ),
        charts.word_bars(WORDS.assign(word=NASTY), "zh", NASTY, name=NASTY),
    ],
)
def test_text_of_an_article_stays_text(figure: plain.Figure) -> None:
    figure.update_layout(meta=None)
    drawn = json.dumps(figure.to_dict(), ensure_ascii=False)
    assert "&lt;b&gt;粗" in drawn
    assert "<b>粗" not in drawn
    assert "<a " not in drawn


def test_what_stands_around_a_chart_is_taken_out_of_it_for_the_screen() -> None:
    figure = ALL["cities"]("zh", False)
    card = frame.for_screen(figure)
    assert card.title == "城0的提案最高：320件"
    assert card.notes[0].startswith("提案，单位：件")
    assert card.source == SOURCE
    assert card.silent == "未报告（不等于没有）：城4、城5。"
    assert [(one.name, one.mark) for one in card.keys] == [
        ("区间", "line"),
        ("从原来的数字到现在", "line"),
        ("报道的数字", "circle"),
        ("约数", "circle-open"),
    ]
    assert figure.layout.title.text is None
    assert not figure.layout.annotations
    assert not figure.layout.showlegend


def test_time_stacks_groups_in_their_colours() -> None:
    figure = charts.activities_over_time(TIME, "zh", SOURCE)
    assert [trace.name for trace in figure.data] == ["会议、协商等", "视察、调研"]
    assert [list(trace.y) for trace in figure.data] == [[3], [2]]
    assert figure.data[1].x[0] - figure.data[0].x[0] == 1
    assert "2023年12月" in figure.data[1].hovertext[0]
    assert "调研 2" in figure.data[1].hovertext[0]
    assert list(figure.data[1].customdata) == ["2023-12/2023-12"]


def test_time_says_how_many_activities_have_such_a_date() -> None:
    said = title(charts.activities_over_time(TIME, "zh", SOURCE))
    assert "所选 9 项活动中，5 项" in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (TIME, "2023年11月报道的活动最多：3 项"),
        (counts(("2023-11", "meeting", 3), ("2023-12", "survey", 3)), "什么时候报道的活动多"),
    ],
)
def test_the_title_of_time_is_a_finding_or_a_question(rows: pd.DataFrame, said: str) -> None:
    assert said in title(charts.activities_over_time(rows, "zh", SOURCE))


def test_time_gathers_the_few_far_away_beside_the_axis() -> None:
    year = [(f"2023-{month:02}", "meeting", 20) for month in range(1, 13)]
    figure = charts.activities_over_time(
        counts(
            ("1949-10", "meeting", 1), ("1978-12", "meeting", 1), *year, ("2035-12", "meeting", 2)
        ),
        "zh",
        SOURCE,
    )
    (bars,) = figure.data
    assert len(bars.x) == 14
    assert bars.x[1] - bars.x[0] == bars.x[-1] - bars.x[-2] == 2
    assert list(bars.y) == [2, *[20] * 12, 2]
    assert figure.layout.xaxis.ticktext[0] == "更早"
    assert figure.layout.xaxis.ticktext[-1] == "更晚"
    assert bars.customdata[0] == "1949-10/1978-12"
    assert "其中 4 项远早于" in title(figure)


def test_time_keeps_what_is_near_and_what_is_much() -> None:
    figure = charts.activities_over_time(
        counts(("2003-01", "meeting", 9), ("2023-01", "meeting", 9), ("2023-09", "meeting", 1)),
        "zh",
        SOURCE,
    )
    assert [len(trace.x) for trace in figure.data] == [3]
    assert figure.layout.xaxis.ticktext[0] != "更早"


@pytest.mark.parametrize(
    ("keys", "apart"),
    [
        (("2023-12-31", "2024-01-01"), 1),
        (("2023-W52", "2024-W01"), 1),
        (("2020-W53", "2021-W01"), 1),
        (("2023-12", "2024-02"), 2),
        (("2023-Q4", "2024-Q1"), 1),
        (("2023", "2025"), 2),
    ],
)
def test_time_axis_is_true_to_scale(keys: tuple[str, str], apart: int) -> None:
    figure = charts.activities_over_time(
        counts((keys[0], "meeting", 1), (keys[1], "meeting", 1)), "zh", SOURCE
    )
    first, second = figure.data[0].x
    assert second - first == apart
    assert second in figure.layout.xaxis.tickvals
    year = re.escape(keys[1][:4])
    assert re.search(year, figure.layout.xaxis.ticktext[-1])


def test_every_type_has_one_group_and_colour() -> None:
    grouped = [one for types in theme.GROUPS.values() for one in types]
    assert sorted(grouped) == sorted(ACTIVITY_TYPES)
    for mode in (theme.LIGHT, theme.DARK):
        assert len(set(mode.groups)) == len(theme.GROUPS)


def test_by_ranks_and_tells_what_has_no_place() -> None:
    figure = charts.activities_by(PLACES, "province", "zh", SOURCE)
    assert list(figure.layout.yaxis.ticktext) == ["110000  1", "140000  2"]
    assert list(figure.data[0].x) == [5, 3]
    assert list(figure.data[0].customdata) == ["110000", "140000"]
    assert "另有 4 项" in title(figure)
    assert "110000报道的活动最多：12 项中有 5" in title(figure)


def test_equal_counts_share_a_rank_and_the_next_one_is_counted_on() -> None:
    rows = counts(
        *((name, "meeting", count) for name, count in zip("abcd", (5, 3, 3, 1), strict=True))
    )
    figure = charts.activities_by(rows, "city", "zh", SOURCE)
    assert list(figure.layout.yaxis.ticktext) == ["a  1", "b  并列2", "c  并列2", "d  4"]


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ((3, 3, 1), "a、b报道的活动并列最多，各 3 项"),
        ((3, 3, 3, 3), "哪些城市报道的活动多？"),
    ],
)
def test_a_tie_is_told_in_the_title(sizes: tuple[int, ...], said: str) -> None:
    rows = counts(*((name, "meeting", size) for name, size in zip("abcd", sizes, strict=False)))
    assert said in title(charts.activities_by(rows, "city", "zh", SOURCE))


def test_who_reports_nothing_is_named_at_the_foot() -> None:
    figure = charts.activities_by(PLACES, "province", "zh", SOURCE, silent=["河南省", "海南省"])
    assert "4 处中 2 处有报道" in title(figure)
    assert "河南省、海南省" in figure.layout.annotations[0].text
    assert frame.for_screen(figure).silent == "未报告（不等于没有）：河南省、海南省。"


def test_matrix_has_a_number_in_every_reported_cell_and_none_elsewhere() -> None:
    figure = charts.activity_matrix(PLACES, "zh", SOURCE)
    cells = {
        (int(y), round(base + x / 2)): text
        for trace in figure.data
        for y, base, x, text in zip(trace.y, trace.base, trace.x, trace.text, strict=True)
    }
    assert cells == {(0, 0): "5", (1, 1): "3"}
    assert list(figure.layout.yaxis.ticktext) == ["110000", "140000"]
    assert list(figure.layout.xaxis.ticktext) == ["调<br>研", "会<br>议"]
    assert [one for trace in figure.data for one in trace.customdata] == [
        "140000/meeting",
        "110000/survey",
    ]


def test_matrix_folds_rare_types_into_one_column() -> None:
    rows = counts(*(("140000", kind, 30 - n) for n, kind in enumerate(ACTIVITY_TYPES)))
    figure = charts.activity_matrix(rows, "zh", SOURCE)
    assert len(figure.layout.xaxis.ticktext) == 10
    assert figure.layout.xaxis.ticktext[-1] == "其<br>余"
    folded = sum(30 - n for n in range(9, len(ACTIVITY_TYPES)))
    assert sum(int(one) for trace in figure.data for one in trace.text) == sum(rows["count"])
    assert str(folded) in [one for trace in figure.data for one in trace.text]


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, []),
        (1, [(1, 1)]),
        (4, [(1, 1), (2, 2), (3, 3), (4, 4)]),
        (6, [(1, 1), (2, 2), (3, 3), (4, 4), (5, 6)]),
        (1000, [(1, 4), (5, 16), (17, 63), (64, 251), (252, 1000)]),
    ],
)
def test_shades_cover_every_count_once(most: int, steps: list[tuple[int, int]]) -> None:
    assert cells.shades(most, 5) == steps


def test_calendar_has_a_cell_for_every_day_and_shades_those_with_activities() -> None:
    figure = charts.activity_calendar(DAYS, "zh", SOURCE)
    days, *shaded = figure.data
    assert len(days.y) == 30 + 31
    assert sorted(one for trace in shaded for one in trace.customdata) == [
        "2023-11-30/2023-11-30",
        "2023-12-05/2023-12-05",
    ]
    assert "2023年11月30日（星期四）的活动最多：9 项" in title(figure)
    assert "所选 16 项活动中，12 项" in title(figure)


def test_panels_share_one_scale_and_name_their_totals() -> None:
    figure = charts.activity_panels(PANELS, "zh", SOURCE)
    bars = next(one for one in figure.data if one.type == "bar")
    heights = dict(zip(bars.customdata, bars.y, strict=True))
    assert heights["110000/2023-12/2023-12"] == pytest.approx(5 * heights["140000/2023-12/2023-12"])
    assert list(figure.layout.yaxis.ticktext) == ["北京市", "山西省"]
    assert words(figure) == ["5", "4"]
    assert "所选 12 项活动中，9 项" in title(figure)


def test_by_tells_what_it_does_not_draw() -> None:
    many = counts(*((f"{number}", "meeting", number) for number in range(1, 51)))
    figure = charts.activities_by(many, "city", "zh", SOURCE)
    assert len(figure.data[0].x) == 40
    assert "共 50 行" in title(figure)


def test_of_very_many_other_figures_the_latest_are_drawn_and_the_note_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = cities({"value": 5}, {"value": 4}, {"value": 3}, {"value": 2})
    rows = rows.assign(
        adcode=rows["adcode"].iloc[0], issue_date=[f"2023-12-0{one}" for one in (4, 3, 2, 1)]
    )
    assert "小灰点" not in "".join(frame.for_screen(charts.city_dots(rows, "zh", SOURCE)).notes)
    monkeypatch.setattr("dashboard.charts.cities.MOST_OTHERS", 2)
    figure = charts.city_dots(rows, "zh", SOURCE)
    (other,) = (one for one in figure.data if one.name == "其他报道")
    assert list(other.x) == [4, 3]
    notes = "".join(frame.for_screen(figure).notes)
    assert "其余 3 个数字中，小灰点只画最近的 2 个。" in notes


def test_cities_that_reported_nothing_have_no_mark_and_are_named() -> None:
    figure = charts.city_dots(CITIES, "zh", SOURCE)
    assert list(figure.layout.yaxis.ticktext) == ["城0", "城1", "城3", "城2"]
    assert sorted(dots(figure)) == [60, 89, 210, 320]
    assert "6 市中 4 市报告了这一项" in title(figure)
    assert "未报告（不等于没有）：城4、城5。" in figure.layout.annotations[0].text


def test_a_reported_zero_is_no_silence() -> None:
    figure = charts.city_dots(cities({"value": 0}, {}), "zh", SOURCE)
    assert words(figure) == ["0件"]
    assert dots(figure) == [0]


def test_marks_say_approximate_range_and_change() -> None:
    figure = charts.city_dots(CITIES, "zh", SOURCE)
    traces = {trace.name: trace for trace in figure.data if trace.name}
    background = theme.LIGHT.background
    assert traces["约数"].marker.color == background != traces["报道的数字"].marker.color
    assert list(traces["区间"].x) == [80, 60, None]
    assert list(traces["从原来的数字到现在"].x) == [20, 89, None]
    (head,) = [one for one in figure.data if str(one.marker.symbol).startswith("triangle")]
    assert (head.marker.symbol, head.x[0]) == ("triangle-right", 54.5)
    assert {"约210件", "60–80件", "20 → 89件"} <= set(words(figure))


def test_a_decline_points_to_the_left() -> None:
    figure = charts.city_dots(cities({"value": 5, "previous": 20}), "zh", SOURCE)
    (head,) = [one for one in figure.data if str(one.marker.symbol).startswith("triangle")]
    assert head.marker.symbol == "triangle-left"


@pytest.mark.parametrize(
    ("status", "word"), [("target", "目标"), ("forecast", "预测"), ("threshold", "界限")]
)
def test_a_plan_stands_below_the_results_and_says_that_it_is_one(status: str, word: str) -> None:
    rows = cities({"value": 5}, {"value": 900, "status": status}, {})
    figure = charts.city_dots(rows, "zh", SOURCE)
    assert list(figure.layout.yaxis.ticktext) == ["城0", f"城1（{word}）"]
    assert title(figure).startswith("只有城0报告了提案：5件")
    assert "2 市中 1 市报告了这一项" in title(figure)
    assert "另有 1 个目标或预测" in title(figure)


def test_the_latest_figure_of_a_city_is_its_dot_and_the_others_are_small() -> None:
    same = {"adcode": "140100", "city": "太原市"}
    figure = charts.city_dots(
        cities(
            same | {"value": 300, "issue_date": "2022-01-01", "figure_id": "old"},
            same | {"value": 200, "issue_date": "2023-01-01", "figure_id": "new"},
        ),
        "zh",
        SOURCE,
    )
    traces = {trace.name: trace for trace in figure.data if trace.name}
    assert list(traces["报道的数字"].x) == [200]
    assert list(traces["其他报道"].x) == [300]
    assert list(traces["其他报道"].customdata) == ["old"]
    written = [one for one in figure.data if one.mode == "text"]
    assert written[0].text[0].strip() == "200件"
    assert written[0].x[0] == 200


def test_a_countys_figure_is_named_after_the_county() -> None:
    figure = charts.city_dots(cities({"value": 5, "county": "寿阳县"}), "zh", SOURCE)
    assert list(figure.layout.yaxis.ticktext) == ["城0 寿阳县"]


def test_many_cities_are_cut_and_the_rest_is_counted() -> None:
    figure = charts.city_dots(
        cities(*[{"value": number + 1} for number in range(50)], *[{}] * 50), "zh", SOURCE
    )
    assert len(figure.layout.yaxis.ticktext) == 40
    assert "共 50 行，只画前 40 行" in title(figure)
    assert "等 50 个" in figure.layout.annotations[0].text.replace("<br>", "")


def test_value_axis_speaks_the_readers_scale() -> None:
    money = cities({"value": 11_260_000_000, "unit": "元"}, {"value": 4_000_000_000, "unit": "元"})
    assert list(charts.city_dots(money, "zh", SOURCE).layout.xaxis.ticktext) == [
        "0",
        "50亿",
        "100亿",
    ]
    assert "112.6亿元" in words(charts.city_dots(money, "zh", SOURCE))
    assert "11.26 billion yuan" in words(charts.city_dots(money, "en", SOURCE))


def test_a_value_stands_at_its_own_dot_where_another_report_lies_beyond() -> None:
    two = ({"value": 100, "issue_date": "2023-01-01"}, {"value": 900, "issue_date": "2022-01-01"})
    same = {"adcode": "140100", "city": "太原市"}
    rows = cities(*(same | one | {"figure_id": str(n)} for n, one in enumerate(two)), {"value": 50})
    said = next(one for one in charts.city_dots(rows, "zh", SOURCE).data if one.mode == "text")
    assert [one.strip() for one in said.text] == ["100件", "50件"]
    assert list(said.x) == [100, 50]
    assert list(said.textposition) == ["middle center", "middle right"]
    # Above the dot of the first row, beside that of the second.
    assert said.y[0] < 0 and said.y[1] == 1


def test_words_are_ranked() -> None:
    figure = charts.word_bars(WORDS, "zh", SOURCE, name="太原市")
    assert list(figure.layout.yaxis.ticktext) == ["提案", "调研"]
    assert "太原市" in title(figure)


def test_charts_draw_what_the_tables_answer(found: Tables) -> None:
    everything = Selection()
    measure = str(found.measures(everything)["measure_id"].iloc[0])
    figure = charts.city_dots(found.city_figures(everything, measure), "zh", SOURCE)
    assert max(dots(figure)) == 320
    for by in BUCKETS:
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
        (charts.city_dots_alt_text(CITIES, "zh"), ["城0 320件", "约210件", "未报告的城市 2 个"]),
        (charts.word_bars_alt_text(WORDS, "zh"), ["提案 8", "调研 3"]),
        (charts.city_dots_alt_text(CITIES[:0], "en"), ["Nothing"]),
    ],
)
def test_alt_text_has_the_main_values(alt: str, parts: list[str]) -> None:
    assert [part for part in parts if part not in alt] == []


def test_behind_the_longest_bar_there_is_room_for_its_number_on_the_narrowest_phone() -> None:
    figure = charts.activities_by(counts(("a", "meeting", 1_234_567)), "city", "zh", SOURCE)
    assert figure.data[0].text == ["1,234,567"]
    assert figure.layout.xaxis.range == [0, 1_234_567]
    # Nine characters of the size of text, each at least half as wide as it is high.
    assert figure.layout.margin.r >= 9 * theme.SIZE_TEXT / 2


def test_the_longer_the_value_the_more_room_behind_its_bar() -> None:
    rows = cities({"adcode": "140100", "city": "太原市", "value": 11_260_000_000, "unit": "元"})
    room = {
        language: charts.city_dots(rows, language, SOURCE).layout.xaxis.range[1] / 11_260_000_000
        for language in ("zh", "en")
    }
    assert 1.15 <= room["zh"] < room["en"] < 3
