"""Questions about areas: counts that agree with the filters, people, places around one."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from dashboard import rows
from dashboard.queries import Tables, areas, regions
from dashboard.selection import Selection
from etl import tables
from tests.dashboard.factory import Page, sample

EVERYTHING = Selection()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return sample().write(tmp_path_factory.mktemp("areas"))


@pytest.mark.parametrize(
    "selection",
    [EVERYTHING, Selection(types=("survey",)), Selection(start="2023-12-01", end="2023-12-31")],
)
def test_a_province_counts_what_its_filter_selects(opened: Tables, selection: Selection) -> None:

    counts = opened.area_counts(selection, regions.provinces(), "province")
    assert len(counts) == 34
    for row in counts.itertuples():
        own = opened.overview(dataclasses.replace(selection, provinces=(row.adcode,)))
        assert row.articles == own.articles
        if row.articles:
            assert (row.activities, row.figures) == (own.activities, own.figures)


@pytest.mark.parametrize("level", ["province", "city", "county"])
def test_an_article_with_several_facts_counts_once_for_each_of_its_areas(
    tmp_path: Path, level: str
) -> None:
    """Two districts of a city, one by its old code, too; the city, another, another province."""
    page = Page()
    page.document("d", "示例日报", "2023-12-29")
    article = page.article("d", "调研", "先后到各地调研座谈走访。", adcode="440118")
    for word, adcode in zip(
        "先后到各地调", ("440103", "440100", "440300", "140100", "440183"), strict=False
    ):
        page.activity(article, word, "survey", adcode)
    opened = page.write(tmp_path)
    for province in ("440000", "140000"):
        areas = {
            "province": regions.provinces(),
            "city": regions.cities_in(province),
            "county": regions.counties_in(f"{province[:2]}0100"),
        }[level]
        for row in opened.area_counts(EVERYTHING, areas, level).itertuples():
            assert row.articles == opened.overview(Selection(within=(row.adcode,))).articles


def test_no_article_is_null_and_an_article_without_activities_is_0(opened: Tables) -> None:
    counts = opened.area_counts(EVERYTHING, regions.provinces(), "province").set_index("adcode")
    assert counts.loc["440000", "articles"] == 1
    assert counts.loc["440000", "activities"] == 0
    assert counts.loc["460000", "articles"] == 0
    assert pd.isna(counts.loc["460000", "activities"])


def test_an_old_code_counts_for_its_successor(opened: Tables) -> None:
    (guangzhou,) = (one for one in regions.cities_in("440000") if one.adcode == "440100")
    assert opened.area_counts(EVERYTHING, [guangzhou], "city")["articles"].tolist() == [1]
    zengcheng = regions.Region("440118", "增城区")
    assert opened.area_counts(EVERYTHING, [zengcheng], "county")["articles"].tolist() == [1]
    assert opened.former_codes("440118") == ["440183"]


@pytest.mark.parametrize("asked", ["440118", "440183"])
def test_a_selection_within_a_county_holds_its_facts_alone(opened: Tables, asked: str) -> None:
    found = opened.overview(Selection(within=(asked,)))
    assert (found.articles, found.figures) == (1, 1)
    assert opened.overview(Selection(within=("440100",))).figures == 1
    assert opened.overview(Selection(provinces=("140000",), within=(asked,))).articles == 0


def test_coverage_says_how_many_cities_report_and_never_0(opened: Tables) -> None:
    measure = opened.measures(EVERYTHING)["measure_id"][0]
    found = opened.coverage(EVERYTHING, measure).set_index("adcode")
    assert (found.loc["140000", "reporting"], found.loc["140000", "cities"]) == (3, 11)
    assert pd.isna(found.loc["110000", "reporting"])
    assert pd.isna(found.loc["460000", "reporting"])


def test_people_are_those_of_the_place_without_reporters(tmp_path: Path) -> None:
    page = Page()
    page.document("d", "示例日报", "2023-12-29")
    here = page.article("d", "太原", "太原的赵一明与孙二喜谈话，记者钱三乐。", adcode="140100")
    there = page.article("d", "郑州", "郑州的李四方听取太原来的赵一明发言。", adcode="410100")
    for article, name, role, adcode in (
        (here, "赵一明", "official", "140100"),
        (here, "孙二喜", "member", None),
        (here, "钱三乐", "reporter", None),
        (there, "李四方", "official", "410100"),
        (there, "赵一明", "official", "140100"),
    ):
        span = page._span(article, name)
        page.add("people", tables.Person(name=name, role=role, adcode=adcode, **span))
    opened = page.write(tmp_path)
    found = opened.people(Selection(within=("140100",)), 10)
    assert found[["name", "articles"]].to_numpy().tolist() == [["赵一明", 2], ["孙二喜", 1]]
    ((text,),) = opened.rows("SELECT text FROM documents")
    assert [text[one.start : one.end] for one in found.itertuples()] == ["赵一明", "孙二喜"]


@pytest.mark.parametrize(
    ("adcode", "path"),
    [
        ("140000", ["140000"]),
        ("140105", ["140000", "140100", "140105"]),
        ("110105", ["110000", "110105"]),
        ("429004", ["420000", "429004"]),
        ("440183", ["440000", "440100", "440118"]),
    ],
)
def test_the_way_up_from_a_place(adcode: str, path: list[str]) -> None:
    assert [one.adcode for one in areas.path_to(adcode)] == path


def test_neighbours_are_the_others_under_the_same_roof() -> None:
    cities, level = areas.neighbours("140100")
    assert level == "city"
    assert len(cities) == 10
    assert "140100" not in [one.adcode for one in cities]
    assert areas.neighbours("110105")[1] == "county"
    assert len(areas.neighbours("110000")[0]) == 33
    assert areas.areas_below("140105") == ([], "county")


@pytest.mark.parametrize(
    ("body", "title", "shown"),
    [
        ("河湾省政协", "省政协副主席", "河湾省政协副主席"),
        ("河湾省政协", "河湾省政协主席", "河湾省政协主席"),
        ("河湾大学", "教授", "河湾大学教授"),
        ("河湾市茶协", "协会会长", "河湾市茶协协会会长"),
        (None, "县长", "县长"),
        ("河湾大学", None, "河湾大学"),
        (None, None, ""),
    ],
)
def test_an_office_says_nothing_twice(body: str | None, title: str | None, shown: str) -> None:
    assert rows.office(body, title) == shown
