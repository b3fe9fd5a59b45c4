"""Divisions of every year: names, parents, successors."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from etl import division_tables, divisions

KNOWN = divisions.load()


def names(rows: list[divisions.Division]) -> list[str]:
    return [row.name for row in rows]


@pytest.mark.parametrize(
    ("adcode", "year", "name"),
    [
        ("440183", 2011, "增城市"),
        ("440118", 2023, "增城区"),
        ("440183", None, "增城市"),
        ("500112", 2024, "渝北区"),
        ("500157", 2025, "两江新区"),
        ("710000", 2023, "台湾省"),
        ("420600", 2005, "襄樊市"),
        ("420600", 2023, "襄阳市"),
    ],
)
def test_a_code_has_the_name_of_its_year(adcode: str, year: int | None, name: str) -> None:
    found = KNOWN.get(adcode, year)
    assert found is not None and found.name == name


def test_an_unknown_code_is_none() -> None:
    assert KNOWN.get("999999") is None
    assert KNOWN.path("999999") == (None, None, None)


def test_there_are_34_provinces_today_and_fewer_before() -> None:
    assert len(KNOWN.provinces()) == 34
    assert len(KNOWN.provinces(2023)) == 34
    assert "重庆市" not in names(KNOWN.provinces(1990))


def test_children_of_a_province_are_cities_and_counties_it_governs_itself() -> None:
    found = names(KNOWN.children("420000", 2023))
    assert "武汉市" in found and "仙桃市" in found and "直辖县" not in found
    assert "石河子市" in names(KNOWN.children("650000"))


def test_children_of_a_municipality_are_its_districts() -> None:
    found = KNOWN.children("110000", 2023)
    assert len(found) == 16 and {row.level for row in found} == {"county"}
    assert "县" not in names(KNOWN.children("500000", 2023))


def test_children_of_a_city_are_those_of_the_year() -> None:
    assert "余杭区" in names(KNOWN.children("330100", 2023))
    assert "江干区" not in names(KNOWN.children("330100", 2023))
    assert "江干区" in names(KNOWN.children("330100", 2015))


@pytest.mark.parametrize(
    ("old", "new"),
    [("440183", "440118"), ("110104", "110102"), ("371200", "370100"), ("140100", "140100")],
)
def test_a_former_code_leads_to_the_one_in_force(old: str, new: str) -> None:
    assert KNOWN.successor(old) == new


def test_every_successor_of_this_century_is_in_force() -> None:
    former = [row for row in KNOWN.rows if row.last_year and row.last_year > 2000]
    later = [KNOWN.get(KNOWN.successor(row.adcode)) for row in former]
    lost = [row.name for row, now in zip(former, later, strict=True) if not now or now.last_year]
    assert lost == []


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        ("湘西州", 2023, {"433100"}),
        ("积石山", 2023, {"622927"}),
        ("浦东", 2023, {"310115"}),
        ("增城", 2011, {"440183"}),
        ("增城", 2023, {"440118"}),
        ("通州区", 2023, {"110112", "320612"}),
        ("无此地", 2023, set()),
    ],
)
def test_named(name: str, year: int, codes: set[str]) -> None:
    assert {row.adcode for row in KNOWN.named(name, year)} == codes


def test_path_goes_down_to_the_divisions_own_level() -> None:
    assert KNOWN.path("140000") == ("山西省", None, None)
    assert KNOWN.path("140100") == ("山西省", "太原市", None)
    assert KNOWN.path("110101") == ("北京市", None, "东城区")
    assert KNOWN.path("433125") == ("湖南省", "湘西土家族苗族自治州", "保靖县")


def test_every_parent_is_known() -> None:
    unknown = {row.parent for row in KNOWN.rows if row.parent and not KNOWN.get(row.parent)}
    assert unknown == set()


def test_groups_of_the_standard_are_no_cities() -> None:
    assert not {row.city for row in KNOWN.rows} & divisions.GROUPS


def test_loading_is_quick() -> None:
    divisions.load.cache_clear()
    start = time.perf_counter()
    divisions.load()
    assert time.perf_counter() - start < 2


def test_the_table_has_one_order() -> None:
    assert division_tables.yearly() == division_tables.yearly()


def test_a_table_with_other_columns_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "table.csv"
    file.write_text("year,name\n1980,上海市\n", "utf-8")
    monkeypatch.setattr(division_tables, "_yearly_file", lambda: file)
    with pytest.raises(ValueError, match="columns that are not known here: year,name"):
        division_tables.yearly()
