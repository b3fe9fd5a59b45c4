"""The filters of the static edition: whatever is chosen, the same numbers as the dashboard's."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from dashboard import activity_charts, figure_page, map_page, parts, theme
from dashboard.charts import timeline
from dashboard.charts.frame import for_screen
from dashboard.edition import filters
from dashboard.edition.common_files import OWN
from dashboard.edition.site import Site, open_site
from dashboard.language import LANGUAGES
from dashboard.queries import areas, regions
from dashboard.queries.periods import BUCKETS, days_of
from dashboard.rows import records
from dashboard.selection import Selection
from dashboard.view import View
from etl.tables import ACTIVITY_TYPES
from tests.dashboard.factory import Page

# A city, a county, a municipality's district, a county of no city, a code that is no more, a
# province, and none.
AREAS = ("140100", "140725", "110105", "429004", "440183", "140000", "610100", "650000", None)
PROVINCES = ("140000", "110000", "440000", "420000", "710000")
CITIES = ("140100", "140700", "110000", "429004", "440100", "330100")
DAYS = ("2023-11-30", "2023-12-28", "2024-01-02", "2019-05-01", None)
DATES = (
    "2023-12-28",
    "2023-12-31",
    "2023-12",
    "2023-Q4",
    "2023-W52",
    "2023",
    "2023-12-30/2024-01-02",
    "2019-05",
    "1949-10-01",
    "1978-12/2023",
    None,
)
KEYS = ("1949", "2023", "2024-Q1", "2023-12", "2024-02", "2020-W53", "2024-W01", "2024-02-29")
BELOW = ("140000", "110000")
COUNTED = (("提案", "件", "count"), ("捐赠", "元", "money"), ("办结率", "%", "percent"))


def newspaper(seed: int) -> Page:
    """Forty articles of whatever place, day, type and value."""
    draw, page = random.Random(seed), Page()
    for number in range(40):
        name = f"p{number}"
        page.document(name, "示例日报", draw.choice(DAYS), draw.choice((1, 2, None)))
        article = page.article(name, "标题", "座谈会收到1件", adcode=draw.choice(AREAS))
        held = [
            page.activity(
                article,
                "座谈会",
                draw.choice(ACTIVITY_TYPES),
                draw.choice(AREAS),
                date=draw.choice(DATES),
            )
            for _ in range(draw.randrange(3))
        ]
        for _ in range(draw.randrange(4)):
            _figure(page, article, held, draw)
    return page


def _figure(page: Page, article: str, held: list[str], draw: random.Random) -> None:
    counted, unit, kind = draw.choice(COUNTED)
    value = draw.choice((1, 60, 98.25, 11_000, 112.6e8, 3e12, None))
    page.figure(
        article,
        "1件",
        value,
        draw.choice(AREAS),
        counted=counted,
        unit=unit,
        kind=kind,
        value_high=draw.choice((None, None, 2 * value)) if value else None,
        approximate=draw.choice((True, False)),
        activity_id=draw.choice([None, *held]),
        status=draw.choice(("result", "result", "target")),
        reportable=draw.random() < 0.9,
        repeats=draw.choice((None, None, None, "f1")),
    )


def selections(seed: int, count: int) -> list[Selection]:
    """Nothing chosen, and any filters together."""
    draw = random.Random(seed)

    def some(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(draw.sample(values, draw.choice((0, 0, 1, 2))))

    found = [Selection()]
    while len(found) < count:
        provinces, cities = some(PROVINCES), some(CITIES)
        # As the dashboard: a city is dropped where its province is not among those chosen.
        held = tuple(one for one in cities if not provinces or f"{one[:2]}0000" in provinces)
        days = [one and one.replace("-30", "-29") for one in draw.sample(DAYS, 2)]
        start, end = (days[0], days[1]) if draw.random() < 0.6 else (None, None)
        found.append(Selection(provinces, held, some(ACTIVITY_TYPES), start, end))
    return found


def query(one: Selection) -> str:
    """The selection as an address of the dashboard."""
    pairs = [("province", code) for code in one.provinces]
    pairs += [("city", code) for code in one.cities]
    pairs += [("type", name) for name in one.types]
    pairs += [(name, day) for name, day in (("from", one.start), ("to", one.end)) if day]
    return urlencode(pairs)


# So few of the other figures of a measure are drawn here.
OTHERS = 1


@dataclass(frozen=True)
class Asked:
    """An edition's tables, selections, and what the script says about each."""

    site: Site
    selections: list[Selection]
    said: dict[str, Any]

    @property
    def answers(self) -> list[tuple[Selection, dict[str, Any]]]:
        return list(zip(self.selections, self.said["answers"], strict=True))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    folder = tmp_path_factory.mktemp("filters")
    newspaper(seed=7).write(folder / "tables")
    site = open_site(folder / "tables", None)
    filters.write(site, folder / "filters")
    for one in (*OWN.glob("*.js"), Path(__file__).with_name("narrowed.js")):
        shutil.copyfile(one, folder / one.name)
    (folder / "package.json").write_text('{"type": "module"}')
    wanted = selections(seed=11, count=8)
    return Asked(site, wanted, run(folder, wanted))


def run(folder: Path, wanted: list[Selection]) -> dict[str, Any]:
    """What the edition's own script says, run by the driver of the browser tests."""
    driver = pytest.importorskip("playwright._impl._driver")
    node, _ = driver.compute_driver_executable()
    given = {
        "queries": [query(one) for one in wanted],
        "below": BELOW,
        "dates": [one for one in (*DAYS, *DATES) if one],
        "keys": _keys(),
        "others": OTHERS,
    }
    command = [node, str(folder / "narrowed.js"), str(folder / "filters")]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_an_address_means_the_same_selection(asked: Asked) -> None:
    assert [one["query"] for _, one in asked.answers] == [query(one) for one, _ in asked.answers]


def test_the_same_facts_are_chosen_in_the_same_order(asked: Asked) -> None:
    tables = asked.site.tables
    lists = {"articles": "article_id", "activities": "activity_id", "figures": "figure_id"}
    for name, column in lists.items():
        ask = getattr(tables, name)
        every = list(ask(Selection(), 1000)[column])
        for selection, answer in asked.answers:
            found = [every[at] for at in answer["found"][name]]
            assert found == list(ask(selection, 1000)[column]), (name, selection)


def test_the_same_totals(asked: Asked) -> None:
    for selection, answer in asked.answers:
        counts = asked.site.tables.overview(selection)
        assert answer["overview"] == {name: getattr(counts, name) for name in answer["overview"]}, (
            selection
        )


def test_the_same_counts_by_time_type_and_place(asked: Asked) -> None:
    tables = asked.site.tables
    for selection, answer in asked.answers:
        for by in (*BUCKETS, "type", "province", "city"):
            rows = tables.activity_counts(selection, by)
            assert answer["counts"][by] == _triples(rows, "key", "type"), (selection, by)
        panels = tables.activity_panels(selection, "month")
        assert answer["panels"] == _triples(panels, "key", "bucket"), selection
        assert answer["usual"] == activity_charts.usual_period(asked.site.view("zh", selection))


def _triples(rows: Any, key: str, other: str) -> list[list[Any]]:
    columns = [[one if isinstance(one, str) else None for one in rows[at]] for at in (key, other)]
    return [list(one) for one in zip(*columns, map(int, rows["count"]), strict=True)]


def test_the_same_places_report_nothing(asked: Asked) -> None:
    for selection, answer in asked.answers:
        silent = [asked.site.tables.silent(selection, one) for one in ("province", "city")]
        assert answer["silent"] == silent, selection


def test_the_same_numbers_of_each_place(asked: Asked) -> None:
    tables = asked.site.tables
    for selection, answer in asked.answers:
        anywhere = Selection((), (), selection.types, selection.start, selection.end)
        counts = tables.area_counts(anywhere, regions.provinces(), "province")
        assert _counted(answer["provinces"]) == _rows(counts), selection
        for province, found in zip(BELOW, answer["below"], strict=True):
            inside = Selection((province,), (), selection.types, selection.start, selection.end)
            counts = tables.area_counts(inside, *areas.areas_below(province))
            assert _counted(found) == _rows(counts), (selection, province)


def _counted(found: list[dict[str, Any]]) -> list[list[Any]]:
    names = ("code", "name", "articles", "activities", "figures")
    return [[one[name] for name in names] for one in found]


def _rows(counts: Any) -> list[list[Any]]:
    plain = counts.astype(object).where(counts.notna(), None)
    return [list(one) for one in plain.itertuples(index=False)]


def test_the_same_measures_and_cities(asked: Asked) -> None:
    tables = asked.site.tables
    names = ["measure_id", "counted", "unit", "kind", "cities", "figures"]
    every = list(tables.figures(Selection(), 1000)["figure_id"])
    seen = 0
    for selection, answer in asked.answers:
        rows = tables.measures(selection)
        keys = ("id", *names[1:])
        said = [[one[name] for name in keys] for one in answer["measures"]]
        assert said == [list(one) for one in rows[names].itertuples(index=False)], selection
        for measure, found in zip(rows["measure_id"], answer["cities"], strict=False):
            cities = tables.city_figures(selection, measure)
            known = set(cities["figure_id"].dropna())
            assert {every[at] for at in found["figures"]} == known, (selection, measure)
            missing = set(cities[cities["figure_id"].isna()]["adcode"])
            assert {code for code, *_ in found["missing"]} == missing, (selection, measure)
            seen += len(known)
    assert seen > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_say_the_same_around_them(
    asked: Asked, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.charts.cities.MOST_OTHERS", OTHERS)
    for selection, answer in asked.answers[LANGUAGES.index(language) :: 2]:
        view = asked.site.view(language, selection)
        said = {name: rest for name, *rest in answer["cards"][LANGUAGES.index(language)]}
        wanted = dict(_cards(view))
        assert said.keys() == wanted.keys(), selection
        for name, card in wanted.items():
            assert said[name] == card, (selection, name)


def _cards(view: View) -> Iterator[tuple[str, list[Any]]]:
    """What stands around each of the dashboard's own charts."""
    per = activity_charts.usual_period(view)
    draws: dict[str, Callable[[], object]] = {}
    if view.tables.overview(view.selection).activities:
        draws = {
            f"activities_{per if one == 'time' else _NAMES.get(one, one)}": partial(
                activity_charts.draw, view, one, per
            )
            for one in activity_charts.VIEWS
        }
    tiles = partial(map_page.of_provinces, view, map_page.Question("activities"), "tiles")
    draws["map_tiles"] = tiles
    for measure in records(view.tables.measures(view.selection).head(1)):
        draws["figures"] = partial(figure_page.by_city, view, measure)
    for name, draw in draws.items():
        if chart := parts.find(name, draw):
            card = for_screen(chart.draw(False))
            keys = [[one.name, one.mark] for one in card.keys]
            yield name, [card.title, card.notes, card.silent, keys]


_NAMES = {"provinces": "panels"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_and_dates_are_said_alike(asked: Asked, language: str) -> None:
    number = LANGUAGES.index(language)
    rows = filters.measures(asked.site)
    units = [rows["measures"][one][2] if one >= 0 else None for one in rows["measure"]]
    values = zip(rows["value"], units, rows["approximate"], rows["high"], strict=True)
    wanted = [
        theme.format_value(value, unit, language, bool(about), high)
        for value, unit, about, high in values
    ]
    assert asked.said["values"][number] == wanted
    dates = [theme.format_date(one, language) for one in (*DAYS, *DATES) if one]
    assert asked.said["dates"][number] == dates


def test_buckets_of_time_stand_in_the_same_order(asked: Asked) -> None:
    found = dict(zip(_keys(), asked.said["keys"], strict=True))
    for key, (index, again, *days) in found.items():
        assert again == key
        assert tuple(days) == tuple(one.isoformat() for one in days_of(key) or ())
        if key in KEYS:
            assert found[_next(key)][0] == index + 1, key


def _next(key: str) -> str:
    """The bucket after this one."""
    return timeline.key_of(timeline.index_of(key) + 1, timeline.bucket_of([key]))


def _keys() -> list[str]:
    return [*KEYS, *map(_next, KEYS)]
