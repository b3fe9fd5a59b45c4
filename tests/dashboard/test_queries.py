"""What the dashboard asks of the tables, against values counted by hand."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from dashboard.queries import Tables
from dashboard.queries.periods import days_of
from dashboard.queries.regions import cities_in, region_frame
from dashboard.selection import Selection
from etl import tables
from tests.dashboard.factory import Page, sample

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "queries.yaml").read_text("utf-8"))
EVERYTHING = Selection()
SHANXI = Selection(provinces=("140000",))
ALL = 100


def by_rule(group: str) -> Any:
    return pytest.mark.parametrize("case", CASES[group], ids=lambda case: case["rule"])


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return sample().write(tmp_path_factory.mktemp("tables"))


def measure(found: Tables, counted: str) -> str:
    measures = found.measures(EVERYTHING)
    return str(measures.set_index("counted").loc[counted, "measure_id"])


@by_rule("selections")
def test_selection(found: Tables, case: dict[str, Any]) -> None:
    selection = Selection(
        **{
            name: tuple(one) if isinstance(one, list) else one
            for name, one in case["selection"].items()
        }
    )
    assert sorted(found.articles(selection, ALL, 0)["article_id"]) == case["articles"]
    assert sorted(found.activities(selection, ALL, 0)["activity_id"]) == case["activities"]
    figures = sorted(found.figures(selection, ALL, 0)["figure_id"], key=lambda one: int(one[1:]))
    assert figures == case["figures"]
    overview = found.overview(selection)
    counts = (overview.articles, overview.activities, overview.figures)
    assert counts == tuple(len(case[one]) for one in ("articles", "activities", "figures"))


def test_the_first_measures_come_with_those_that_are_asked_for(found: Tables) -> None:
    every = found.measures(EVERYTHING)["measure_id"].tolist()
    assert len(every) > 2
    assert found.measures(EVERYTHING, 1)["measure_id"].tolist() == every[:1]
    some = found.measures(EVERYTHING, 1, [every[-1], "unknown"])["measure_id"].tolist()
    assert some == [every[0], every[-1]]


@by_rule("periods")
def test_period(case: dict[str, Any]) -> None:
    days = days_of(case["iso"])
    assert tuple(map(str, days or ())) == tuple(
        case[one] for one in ("first", "last") if one in case
    )


@by_rule("cities")
def test_city_of_today(case: dict[str, Any]) -> None:
    row = region_frame([case["adcode"]]).iloc[0]
    assert (row["province"], row["city"]) == (case["province"], case["city"])


def test_cities_of_a_province_hold_the_counties_that_answer_to_it() -> None:
    hubei = {one.name for one in cities_in("420000")}
    assert {"武汉市", "恩施土家族苗族自治州", "仙桃市", "神农架林区"} <= hubei
    assert len(hubei) == 17


def test_overview_says_where_when_and_from_whom(found: Tables) -> None:
    overview = found.overview(EVERYTHING)
    assert (overview.provinces, overview.cities) == (4, 6)
    assert (overview.first_date, overview.last_date) == ("2011-03-02", "2023-12-30")
    assert overview.publications == ["示例日报", "示例晚报"]
    assert overview.undated == 1


def test_overview_counts_the_undated_that_a_date_leaves_out(found: Tables) -> None:
    dated = Selection(provinces=("140000",), start="2023-01-01")
    assert found.overview(dated).articles == 2
    assert found.overview(dated).undated == 1


def test_overview_of_a_place_counts_only_its_cities(found: Tables) -> None:
    # The article is about Beijing; only its figure of Xiantao is in the selection.
    overview = found.overview(Selection(cities=("429004",)))
    assert (overview.articles, overview.provinces, overview.cities) == (1, 1, 1)


def test_an_article_is_selected_by_an_activity_alone(tmp_path: Path) -> None:
    page = Page()
    page.document("d", None, None)
    article = page.article("d", "在福州调研", "调研组到福州调研。", adcode="110000")
    page.activity(article, "到福州调研", "survey", "350100")
    found = page.write(tmp_path)
    assert found.overview(Selection(provinces=("350000",))).articles == 1


def test_options_hold_only_what_occurs(found: Tables) -> None:
    options = found.options()
    assert [code for code, _ in options.provinces] == ["110000", "140000", "420000", "440000"]
    assert ("429004", "仙桃市", "420000") in options.cities
    assert ("110000", "北京市", "110000") in options.cities
    assert options.types == ["donation", "meeting", "survey", "training"]
    assert (options.first_date, options.last_date) == ("2011-03-02", "2023-12-31")


def test_newest_comes_first_and_the_undated_last(found: Tables) -> None:
    newest = found.newest(EVERYTHING, 4)
    assert list(newest["activity_id"]) == ["a1", "a3", "a2", "a4"]
    assert list(newest.columns) == [
        "activity_id",
        "article_id",
        "name",
        "type",
        "date",
        "adcode",
        "province",
        "city",
        "organiser",
        "headline",
        "reviewed",
    ]
    assert newest["organiser"].tolist() == [None] * 4


def test_what_lies_ahead_of_the_last_issue_is_not_the_newest(tmp_path: Path) -> None:
    page = sample()
    page.activity("p1-1", "提案", "launch", "140000", date="2021/2035", date_precision="range")
    page.activity("p1-1", "大同", "launch", "140000", date="2030", date_precision="year")
    page.activity("p1-1", "太原", "launch", "140000", date="2023-12-30", date_precision="day")
    newest = page.write(tmp_path).newest(EVERYTHING, ALL)["activity_id"].tolist()
    assert newest == ["a8", "a1", "a3", "a2", "a6", "a7", "a4", "a5"]


def test_pages_of_a_list_join_up(found: Tables) -> None:
    whole = found.figures(EVERYTHING, ALL, 0)
    parts = pd.concat([found.figures(EVERYTHING, 3, at) for at in (0, 3, 6)], ignore_index=True)
    assert list(parts["figure_id"]) == list(whole["figure_id"])


def test_figure_comes_with_its_sentence(found: Tables) -> None:
    row = found.figures(EVERYTHING, ALL, 0).set_index("figure_id").loc["f5"]
    assert (row["value"], row["value_high"], row["raw"]) == (60, 80, "60至80件")
    assert row["raw"] in row["sentence"]
    assert (row["headline"], row["city"], row["county"]) == ("寿阳的提案", "晋中市", "寿阳县")


@pytest.mark.parametrize(
    ("by", "counted", "without"),
    [
        ("day", {"2023-12-05": 1}, 4),
        ("week", {"2023-W49": 1}, 4),
        ("month", {"2023-12": 2}, 3),
        ("quarter", {"2023-Q4": 3}, 2),
        ("type", {"donation": 2, "meeting": 1, "survey": 1, "training": 1}, 0),
        ("province", {"110000": 1, "140000": 3}, 1),
        ("city", {"110000": 1, "140100": 1, "140200": 1, "140700": 1}, 1),
    ],
)
def test_counts_leave_nothing_out(
    found: Tables, by: str, counted: dict[str, int], without: int
) -> None:
    rows = found.activity_counts(EVERYTHING, by)
    known = rows[rows["key"].notna()].groupby("key")["count"].sum()
    assert known.to_dict() == counted
    assert rows.loc[rows["key"].isna(), "count"].sum() == without


def test_counts_by_province_name_it(found: Tables) -> None:
    rows = found.activity_counts(EVERYTHING, "province")
    assert set(rows["label"].dropna()) == {"北京市", "山西省"}


def test_measures_put_most_cities_first(found: Tables) -> None:
    rows = found.measures(EVERYTHING)
    assert rows[["counted", "unit", "kind", "cities", "figures"]].to_numpy().tolist() == [
        ["提案", "件", "count", 4, 5],
        ["捐赠", "元", "money", 2, 2],
        ["办结率", "%", "percent", 1, 1],
    ]


def test_measures_put_money_before_more_figures(tmp_path: Path) -> None:
    page = Page()
    page.document("d", None, None)
    article = page.article("d", "投资", "太原投资3亿元,植树50棵,又植树60棵。")
    for raw, value, unit in (("50棵", 50, "棵"), ("60棵", 60, "棵"), ("3亿元", 3e8, "元")):
        kind = "money" if unit == "元" else "count"
        page.figure(article, raw, value, "140100", unit=unit, kind=kind, counted="植树")
    assert page.write(tmp_path).measures(EVERYTHING)["kind"].tolist() == ["money", "count"]


def test_a_target_is_listed_and_told_apart_but_makes_no_measure(tmp_path: Path) -> None:
    page = Page()
    page.document("d", None, None)
    article = page.article("d", "造林", "大同造林5万亩,明年力争造林6万亩。")
    about = {"unit": "亩", "kind": "measure", "counted": "造林"}
    page.figure(article, "5万亩", 50_000, "140200", **about)
    page.figure(article, "6万亩", 60_000, "140200", status="target", **about)
    tables = page.write(tmp_path)
    assert tables.measures(EVERYTHING)["figures"].tolist() == [1]
    found = tables.city_figures(EVERYTHING, measure(tables, "造林")).dropna(subset="value")
    assert dict(zip(found["status"], found["value"], strict=True)) == {
        "result": 50_000,
        "target": 60_000,
    }
    assert sorted(tables.figures(EVERYTHING, 9, 0)["status"]) == ["result", "target"]


def test_measure_id_outlives_other_documents(found: Tables, tmp_path: Path) -> None:
    page = Page()
    page.document("d", None, None)
    article = page.article("d", "提案", "长治收到提案12件。")
    page.figure(article, "12件", 12, "140400", unit="件", counted="提案", kind="count")
    again = page.write(tmp_path).measures(EVERYTHING)["measure_id"].tolist()
    assert again == [measure(found, "提案")]
    assert again[0].isalnum()


def test_figures_of_different_units_are_different_measures(tmp_path: Path) -> None:
    page = Page()
    page.document("d", None, None)
    article = page.article("d", "粮食", "太原产粮5吨,大同产粮6亩,阳泉产粮7。")
    for raw, unit in (("5吨", "吨"), ("6亩", "亩"), ("7", None)):
        page.figure(article, raw, 5, "140100", unit=unit, kind="measure", counted="产粮")
    rows = page.write(tmp_path).measures(EVERYTHING)
    assert sorted(rows["unit"], key=str) == [None, "亩", "吨"]
    assert rows["measure_id"].is_unique


def test_every_city_of_the_province_is_listed(found: Tables) -> None:
    rows = found.city_figures(SHANXI, measure(found, "提案"))
    assert rows["adcode"].nunique() == 11
    assert rows["reported"].sum() == 3
    assert rows.loc[rows["reported"], "city"].tolist() == ["太原市", "大同市", "晋中市"]


def test_a_city_without_a_figure_has_no_value(found: Tables) -> None:
    rows = found.city_figures(SHANXI, measure(found, "提案"))
    silent = rows[~rows["reported"]]
    assert silent["value"].isna().all()
    assert silent["raw"].tolist() == [None] * 8
    assert set(silent["province"]) == {"山西省"}


def test_provinces_that_occur_are_listed_where_none_is_chosen(found: Tables) -> None:
    rows = found.city_figures(EVERYTHING, measure(found, "捐赠"))
    assert len(rows) == 1 + 17
    assert rows.loc[rows["reported"], "city"].tolist() == ["北京市", "仙桃市"]


def test_a_county_that_became_a_district_counts_for_its_city(found: Tables) -> None:
    rows = found.city_figures(Selection(cities=("440100",)), measure(found, "提案"))
    assert rows[["city", "value", "raw"]].to_numpy().tolist() == [["广州市", 90, "90件"]]


def test_a_figure_of_the_province_is_no_citys(found: Tables) -> None:
    rows = found.city_figures(SHANXI, measure(found, "提案"))
    assert "f4" not in set(rows["figure_id"])


def test_an_unknown_measure_has_no_rows(found: Tables) -> None:
    assert found.city_figures(EVERYTHING, "nosuch").empty
    assert not found.city_figures(SHANXI, "nosuch")["reported"].any()


def test_words_add_up_over_articles(found: Tables) -> None:
    rows = found.words(EVERYTHING, None, boilerplate=True, limit=2)
    counted = rows[["word", "pos", "count", "articles"]].to_numpy().tolist()
    assert counted == [["提案", "n", 8, 3], ["捐赠", "v", 5, 1]]
    assert rows["share"].tolist() == pytest.approx([80_000 / 19, 50_000 / 19])


def test_words_of_a_region_are_those_of_its_articles(found: Tables) -> None:
    rows = found.words(EVERYTHING, "140700", boilerplate=True, limit=ALL)
    assert rows["word"].tolist() == ["提案", "调研"]


def test_set_phrases_can_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.reference.boilerplate", lambda: frozenset({"提案"}))
    found = sample().write(tmp_path)
    everything = found.words(EVERYTHING, None, boilerplate=True, limit=ALL)
    without = found.words(EVERYTHING, None, boilerplate=False, limit=ALL)
    # The share is one of all words, whatever is shown.
    shares = everything.set_index("word")["share"]
    assert (without.set_index("word")["share"] == shares.drop("提案")).all()
    assert "提案" not in set(found.words(EVERYTHING, None, boilerplate=False, limit=ALL)["word"])
    assert "提案" in set(found.words(EVERYTHING, None, boilerplate=True, limit=ALL)["word"])


def test_regions_are_those_that_articles_are_about(found: Tables) -> None:
    rows = found.regions(EVERYTHING)
    assert rows[["name", "level", "articles"]].to_numpy().tolist() == [
        ["山西省", "province", 3],
        ["北京市", "province", 1],
        ["广东省", "province", 1],
        ["太原市", "city", 1],
        ["晋中市", "city", 1],
        ["广州市", "city", 1],
    ]


def test_articles_count_their_facts(found: Tables) -> None:
    rows = found.articles(EVERYTHING, ALL, 0).set_index("article_id")
    assert rows.loc["p1-2", ["figures", "activities"]].tolist() == [1, 1]
    assert rows.index.tolist() == ["p2-1", "p1-1", "p1-2", "p3-1", "p4-1"]


def test_article_shows_only_its_own_part_of_the_document(found: Tables) -> None:
    detail = found.article("p1-2")
    assert detail is not None
    assert "text" not in detail.document
    (passage,) = detail.passages
    assert passage.text == detail.article["text"]
    for row in detail.figures.itertuples():
        assert passage.text[row.start - passage.start : row.end - passage.start] == row.raw
    assert detail.figures["figure_id"].tolist() == ["f5", "f6", "f7"]
    assert detail.activities["activity_id"].tolist() == ["a2"]


def test_article_has_the_repairs_that_touch_it(tmp_path: Path) -> None:
    page = sample()
    start = page.rows["articles"][1].ranges[0][0]
    page.add("repairs", tables.Repair("p1", "noise", 0, 2, "removed"))
    page.add("repairs", tables.Repair("p1", "gap", start + 3, start + 4, "marked"))
    detail = page.write(tmp_path).article("p1-2")
    assert detail is not None
    assert detail.repairs["kind"].tolist() == ["gap"]


def test_an_unknown_article_is_none(found: Tables) -> None:
    assert found.article("nosuch") is None


def test_empty_tables_answer_everything(tmp_path: Path) -> None:
    empty = Page().write(tmp_path)
    assert empty.overview(EVERYTHING).articles == 0
    assert empty.options().provinces == []
    assert empty.options().first_date is None
    for rows in (
        empty.newest(EVERYTHING, 5),
        empty.activity_counts(SHANXI, "month"),
        empty.measures(EVERYTHING),
        empty.figures(EVERYTHING, 5, 0),
        empty.words(EVERYTHING, "140000", True, 5),
        empty.regions(EVERYTHING),
        empty.articles(EVERYTHING, 5, 0),
    ):
        assert rows.empty


def test_many_readers_may_ask_at_once(found: Tables) -> None:
    answers: list[int] = []

    def ask() -> None:
        answers.extend(found.overview(SHANXI).figures for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [5] * 30


def test_an_open_version_outlives_the_next_one(tmp_path: Path) -> None:
    before = sample().write(tmp_path)
    after = Page().write(tmp_path)
    assert before.version != after.version
    assert before.overview(EVERYTHING).articles == 5
    assert after.overview(EVERYTHING).articles == 0


def test_an_article_without_a_headline_is_listed_by_its_opening(tmp_path: Path) -> None:
    page = Page()
    page.document("d", None, None)
    page.article("d", "", "图为村民们在大棚里采摘番茄,一筐筐装上车运往城里的早市。")
    page.rows["articles"][-1].headline = None
    rows = page.write(tmp_path).articles(EVERYTHING, 10, 0)
    assert rows["headline"].tolist() == [None]
    assert rows["opening"].str.strip().tolist() == ["图为村民们在大棚里采摘番茄,一筐筐装上车运往城"]


def test_an_answer_that_is_kept_stays_as_it_is_whatever_is_done_with_it(found: Tables) -> None:
    everything = Selection()
    first = found.frame("SELECT * FROM articles ORDER BY article_id", everything)
    expected = first.copy()
    first["headline"] = "gone"
    first.loc[first.index[0], "kind"] = "gone"
    del first["article_id"]
    again = found.frame("SELECT * FROM articles ORDER BY article_id", everything)
    pd.testing.assert_frame_equal(again, expected)
    rows = found.rows("SELECT article_id FROM articles", everything)
    rows.clear()
    assert found.rows("SELECT article_id FROM articles", everything)
