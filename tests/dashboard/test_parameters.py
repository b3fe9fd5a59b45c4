"""What a chart reads of an address is what the interface says that it reads, and is documented."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar

import pytest

from dashboard.queries import Tables, open_tables
from dashboard.service import charts, openapi, parameters
from dashboard.service.asked import Asked, WrongRequestError, view_of
from dashboard.service.parameters import ADDRESS, CHARTS, FILTERS, OF_CHARTS
from etl import store
from tests import newsroom

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {one.name: one for one in (*ADDRESS, *FILTERS, *OF_CHARTS)}
NEEDED: dict[str, dict[str, Any]] = {
    "place": {"place": newsroom.TAIYUAN},
    "map_cities": {"province": newsroom.SHANXI},
    "words_over_time": {"words": "投资"},
}
# Of each parameter another value than the usual one.
VALUES: dict[str, str] = {
    "per": "quarter",
    "by": "measure",
    "region": newsroom.SHANXI,
    "boilerplate": "1",
    "shape": "ellipse",
    "against": newsroom.HENAN,
    "keyness": "g2",
    "every": "year",
    "on": "open",
}
NAMES = [(page, one) for page, some in CHARTS.items() for one in some if one != "map_outlines"]


class Noting(Asked):
    """Notes which parameters are asked for."""

    read: ClassVar[set[str]] = set()

    def all(self, name: str) -> tuple[str, ...]:
        self.read.add(name)
        return Asked.all(self, name)


def asked(page: str, name: str, **more: str) -> Asked:
    code = newsroom.SHANXI if name.startswith("keyness") else more.get("region", "all")
    chart = name.replace("CODE", code)
    given = {"page": page, "chart": chart} | NEEDED.get(page, {}) | NEEDED.get(name, {}) | more
    return Asked.of(given.items())


@pytest.fixture(scope="module")
def tables(tables_folder: Path) -> Tables:
    return open_tables(store.resolve(tables_folder))


def read_by(tables: Tables, page: str, name: str, **more: str) -> set[str]:
    """The parameters that a chart asks for; the chart has to be there."""
    noting = Noting(asked(page, name, **more).values)
    Noting.read = set()
    assert charts.find(view_of(noting, tables), noting) is not None, name
    return set(Noting.read)


@pytest.mark.parametrize(("page", "name"), NAMES)
def test_a_chart_reads_only_what_is_described_of_its_page(
    tables: Tables, page: str, name: str
) -> None:
    found = read_by(tables, page, name)
    if page == "map":
        found |= read_by(tables, page, name, by="measure")
    assert found <= KNOWN.keys()
    assert not [one for one in found if not KNOWN[one].is_of(page)]


def test_what_is_described_of_a_page_is_read_there(tables: Tables) -> None:
    read: dict[str, set[str]] = {page: set() for page in CHARTS}
    for page, name in NAMES:
        read[page] |= read_by(tables, page, name, **({"by": "measure"} if page == "map" else {}))
    described = {page: {one.name for one in KNOWN.values() if one.is_of(page)} for page in CHARTS}
    assert {page: described[page] - read[page] for page in CHARTS} == {
        page: set() for page in CHARTS
    }


def test_nothing_is_read_past_the_description() -> None:
    names = set()
    for file in ("charts.py", "asked.py", "first.py"):
        code = (ROOT / "dashboard/service" / file).read_text("utf-8")
        names |= set(re.findall(r"asked\.(?:all|one|several)\(\s*\"(\w+)\"", code))
        names |= set(re.findall(r"_day\(asked, \"(\w+)\"\)", code))
    assert len(names) > 15
    assert names <= KNOWN.keys() | {one.name for one in parameters.OF_CARD}


def test_every_parameter_is_in_the_description_and_the_document() -> None:
    paths = openapi.description("https://banmian.example")["paths"]
    text = (ROOT / "docs/data-interface.md").read_text("utf-8")
    for ending in openapi.MIME:
        listed = {one["name"] for one in paths[f"/chart.{ending}"]["get"]["parameters"]}
        assert listed == KNOWN.keys()
    for one in KNOWN.values():
        assert f"`{one.name}`" in text, one.name
        for option in one.schema.get("enum", ()) if one.name not in ("type", "lang") else ():
            assert f"`{option}`" in text, (one.name, option)
    for some in CHARTS.values():
        assert not [one for one in some if f"`{one}`" not in text]


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_value_that_is_described_is_taken_and_another_refused(tables: Tables, name: str) -> None:
    taken = 0
    for page, chart in NAMES:
        if not KNOWN[name].is_of(page) or name not in read_by(tables, page, chart):
            continue
        given = asked(page, chart, **{name: VALUES[name]})
        assert charts.find(view_of(given, tables), given) is not None
        taken += 1
        if name != "boilerplate":
            wrong = asked(page, chart, **{name: "nonsense"})
            with pytest.raises(WrongRequestError):
                charts.find(view_of(wrong, tables), wrong)
    assert taken
