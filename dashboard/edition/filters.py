"""What the filters of an edition ask: every fact in a few numbers, in files that a script reads.

A reader may choose any provinces, cities, types and days at once, too many views to write each as
a page. So the script counts what the chosen facts come to, as `dashboard/queries/` would, and shows
the rows of the lists that there are pages of already: facts stand here in the order of those lists.

    filters/facts.json      areas, days and types; of each article, activity and figure its numbers
    filters/measures.json   what figures count, and their values: for the page of figures alone
    filters/zh.json, en.json   the interface's words
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dashboard import theme
from dashboard.charts.tiles import PLACES
from dashboard.edition import colours
from dashboard.edition.site import Site
from dashboard.language import LANGUAGES, texts
from dashboard.queries.areas import areas_below
from dashboard.queries.periods import days_of
from dashboard.queries.regions import Region, cities_in, city_of, province_of, provinces, today_of
from etl import divisions
from etl.tables import ACTIVITY_TYPES

FOLDER = "filters"
# Stands for a number that there is none of: no area, no day, no type.
NONE = -1
# Groups of the interface's words that filtered pages take theirs from.
_WORDS = (
    "activities",
    "charts",
    "dimension",
    "edition",
    "figures",
    "filters",
    "kind",
    "list",
    "map",
    "overview",
    "per",
    "type",
    "unit",
)

_ALSO = ("place.articles", "chart.download", "cite.filters")

_ACTIVITIES = """
    SELECT rank, adcode, type, date FROM activity_keys JOIN types USING (type_number)
    LEFT JOIN periods USING (period) LEFT JOIN regions USING (region) ORDER BY position
"""
_FIGURES = """
    SELECT rank, adcode, type FROM figure_keys LEFT JOIN regions USING (region)
    LEFT JOIN types ON types.type_number = activity_type
    ORDER BY position
"""
_PLACED = "SELECT rank, adcode FROM placed JOIN regions USING (region) ORDER BY rank, adcode"
_VALUES = """
    SELECT keys.measure, keys.result, value, value_high, previous, approximate, status, county,
        figure_id, article_id
    FROM figure_keys AS keys JOIN figure_rows ON file_row_number = keys.number
    ORDER BY keys.rank, keys.start, keys.number
"""


def write(site: Site, folder: Path) -> None:
    """Write what the filters need into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _dump(folder / "facts.json", facts(site))
    _dump(folder / "measures.json", measures(site))
    for language in LANGUAGES:
        words = {
            key: said
            for key, said in texts(language).items()
            if key.partition(".")[0] in _WORDS or key in _ALSO
        }
        _dump(folder / f"{language}.json", words | {"source": site.view(language).source})


def _dump(path: Path, content: Any) -> None:
    said = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(said, encoding="utf-8")


class _Numbered:
    """Values in the order in which they were first met, each with its number."""

    def __init__(self) -> None:
        self.known: dict[Any, int] = {None: NONE}

    def of(self, value: Any) -> int:
        """The number of a value; NONE for none."""
        return self.known.setdefault(value, len(self.known) - 1)

    @property
    def values(self) -> list[Any]:
        """Every value, in the order of the numbers."""
        return [one for one in self.known if one is not None]


def facts(site: Site) -> dict[str, Any]:
    """Every fact as columns of numbers, and the areas, days and types that these stand for.

    Articles stand in the order of their ranks, activities and figures in that of their lists. An
    area is its code of today, its province and its city or null; a period its first and last day.
    """
    areas, days, periods, types = _Numbered(), _Numbered(), _Numbered(), _Numbered()
    for one in ACTIVITY_TYPES:
        types.of(one)
    heads = site.tables.rows("SELECT issue_date, adcode FROM heads ORDER BY rank")
    activities = site.tables.rows(_ACTIVITIES)
    figures = site.tables.rows(_FIGURES)
    found = {
        "articles": {
            "issue": [days.of(issue) for issue, _ in heads],
            "area": [areas.of(adcode) for _, adcode in heads],
            "placed": _placed(site, len(heads), areas),
        },
        "activities": {
            "article": [rank - 1 for rank, *_ in activities],
            "area": [areas.of(adcode) for _, adcode, *_ in activities],
            "type": [types.of(kind) for _, _, kind, _ in activities],
            "period": [periods.of(_period(date)) for *_, date in activities],
        },
        "figures": {
            "article": [rank - 1 for rank, *_ in figures],
            "area": [areas.of(adcode) for _, adcode, _ in figures],
            "type": [types.of(kind) for *_, kind in figures],
        },
    }
    return {
        "version": site.version,
        "areas": [_area(one) for one in areas.values],
        "days": days.values,
        "periods": periods.values,
        "types": types.values,
        "colours": colours.variables(theme.LIGHT),
        "groups": {name: list(some) for name, some in theme.GROUPS.items()},
        "reported": _offered(site),
        "provinces": [_named(one) + list(PLACES[one.adcode]) for one in provinces()],
        "cities": {one.adcode: _all(cities_in(one.adcode)) for one in provinces()},
        "districts": {
            one.adcode: _all(below)
            for one in provinces()
            for below, level in [areas_below(one.adcode)]
            if level == "county"
        },
        **found,
    }


def _offered(site: Site) -> dict[str, Any]:
    """What the filters offer: only what the tables hold."""
    options = site.options
    return {
        "province": [code for code, _ in options.provinces],
        "city": [code for code, _, _ in options.cities],
        "type": options.types,
        "from": options.first_date,
        "to": options.last_date,
    }


def _placed(site: Site, count: int, areas: _Numbered) -> list[list[int]]:
    """The areas of each article: its own, and those of the facts in it."""
    found: list[list[int]] = [[] for _ in range(count)]
    for rank, adcode in site.tables.rows(_PLACED):
        found[rank - 1].append(areas.of(adcode))
    return found


def _area(adcode: str) -> list[str | None]:
    today = today_of(adcode)
    return [today, province_of(today), city_of(today)]


def _period(date: str | None) -> tuple[str, str] | None:
    found = days_of(date) if date else None
    return (found[0].isoformat(), found[1].isoformat()) if found else None


def _named(region: Region) -> list[Any]:
    """A place's code, its name and its short name."""
    known = divisions.load().get(region.adcode)
    return [region.adcode, region.name, known.short if known else region.name]


def _all(some: Iterable[Region]) -> list[list[Any]]:
    return [_named(one) for one in some]


def measures(site: Site) -> dict[str, Any]:
    """What figures count (id, words, unit, kind), and the values of each figure, in list order."""
    names = site.tables.rows(
        "SELECT measure_id, counted, unit, kind FROM measures ORDER BY measure"
    )
    columns = (
        "measure",
        "result",
        "value",
        "high",
        "previous",
        "approximate",
        "status",
        "county",
        "figure",
        "article",
    )
    rows = site.tables.rows(_VALUES)
    values = dict(zip(columns, _columns(rows, len(columns)), strict=True))
    values["measure"] = [NONE if one is None else one - 1 for one in values["measure"]]
    for name in ("result", "approximate"):
        values[name] = [int(bool(one)) for one in values[name]]
    return {"measures": [list(one) for one in names], **values}


def _columns(rows: Sequence[tuple[Any, ...]], count: int) -> list[list[Any]]:
    return [[row[at] for row in rows] for at in range(count)]
