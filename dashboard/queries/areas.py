"""Questions about areas: how much each reports, who is named there, which old codes it has."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import with_none
from dashboard.queries.figures import FigureQueries, of_measure
from dashboard.queries.regions import (
    Region,
    cities_in,
    counties_in,
    name_of,
    province_of,
    provinces,
    today_of,
)
from dashboard.selection import Selection
from etl import divisions

LEVELS = ("province", "city", "county")
_KEYS = {"province": "regions.province", "city": "regions.city", "county": "regions.today"}
_CHOSEN = "SEMI JOIN (SELECT rank FROM heads AS articles WHERE {}) USING (rank)"
COUNTS = ["articles", "activities", "figures"]


class AreaQueries(FigureQueries):
    """Questions about provinces, cities and counties of today."""

    def area_counts(
        self, selection: Selection, areas: Iterable[Region], level: str
    ) -> pd.DataFrame:
        """What each of `areas`, all of one of LEVELS, reports in the selection.

        Columns: adcode, name, articles, activities, figures. No article is 0 articles, and then
        activities and figures are null: nobody reported, which is not that there were none.
        """
        which = conditions.articles(selection)
        chosen = "" if which == "true" else _CHOSEN.format(which)
        found = self.frame(
            f"""WITH counted AS (
                SELECT region, count(*) AS articles, 0 AS activities, 0 AS figures
                FROM placed {chosen} WHERE of_{level} GROUP BY region
                UNION ALL SELECT region, 0, count(*), 0 FROM activity_keys AS activities
                WHERE {conditions.activities(selection)} GROUP BY region
                UNION ALL SELECT region, 0, 0, count(*) FROM figure_keys AS figures
                WHERE {conditions.figures(selection)} GROUP BY region)
            SELECT {_KEYS[level]} AS adcode, sum(articles) AS articles,
                sum(activities) AS activities, sum(figures) AS figures
            FROM counted JOIN regions USING (region) WHERE {_KEYS[level]} IS NOT NULL
            GROUP BY 1""",
            selection,
        )
        return _every_area(found, areas)

    def coverage(self, selection: Selection, measure_id: str) -> pd.DataFrame:
        """How many cities of each province report a measure.

        Columns: adcode, name, reporting (cities with a figure), cities (of the province today),
        articles (of the province at all). `reporting` is null where no city has one, never 0.
        """
        rows = self.rows(
            f"""SELECT regions.province, count(DISTINCT regions.city)
            FROM (SELECT DISTINCT region FROM figure_keys AS figures
                WHERE {of_measure("$measure")} AND {conditions.figures(selection)})
            JOIN regions USING (region) WHERE regions.city IS NOT NULL GROUP BY 1""",
            selection,
            measure=measure_id,
        )
        reporting = pd.Series(dict(rows), dtype="Float64")
        counts = self.area_counts(selection, provinces(), "province")
        return counts.assign(
            reporting=counts["adcode"].map(reporting).astype("Float64"),
            cities=[len(cities_in(one)) for one in counts["adcode"]],
        )[["adcode", "name", "reporting", "cities", "articles"]]

    def people(self, selection: Selection, limit: int) -> pd.DataFrame:
        """Who is named in articles about the selection's places, or holds an office there.

        Columns: name, title, organisation (of the latest issue that has them), articles,
        article_id (the latest), start and end (of the name there). Reporters are left out. Most
        articles first, then by name.
        """
        anywhere = dataclasses.replace(selection, provinces=(), cities=(), within=())
        about = "true"
        if conditions.has_place(selection):
            about = f"(articles.article_{conditions.PLACE} OR articles.{conditions.PLACE})"
        return self.frame(
            f"""WITH chosen AS (SELECT person, rank, position FROM named AS articles
                WHERE {about} AND {conditions.articles(anywhere)}),
            most AS (SELECT person, count(DISTINCT rank) AS articles, min(position) AS latest
                FROM chosen GROUP BY person ORDER BY articles DESC, person LIMIT $limit),
            offices AS (SELECT person, arg_min(title, position) AS title,
                    arg_min(organisation, position) AS organisation
                FROM named SEMI JOIN most USING (person) SEMI JOIN chosen USING (position)
                GROUP BY person)
            SELECT name, offices.title AS title, offices.organisation AS organisation, articles,
                article_id, named.start AS start, named.stop AS "end"
            FROM most JOIN offices USING (person) JOIN persons USING (person)
            JOIN named ON named.position = latest JOIN heads ON heads.rank = named.rank
            ORDER BY articles DESC, person""",
            selection,
            limit=limit,
        )

    def former_codes(self, adcode: str) -> list[str]:
        """The codes in these tables that `adcode` has taken over, without itself."""
        return sorted(
            code
            for code, (_, today, _, _) in self._regions.items()
            if today == adcode and code != adcode
        )


def _every_area(found: pd.DataFrame, areas: Iterable[Region]) -> pd.DataFrame:
    """One row per area, in their order; what is unreported is null."""
    every = pd.DataFrame([(one.adcode, one.name) for one in areas], columns=["adcode", "name"])
    merged = every.astype("object").merge(found, on="adcode", how="left")
    articles = merged["articles"].fillna(0).astype(int)
    merged = merged.assign(articles=articles)
    for name in COUNTS[1:]:
        merged[name] = merged[name].astype("Float64").where(articles > 0)
    return with_none(merged[["adcode", "name", *COUNTS]])


def areas_below(adcode: str) -> tuple[list[Region], str]:
    """The areas directly below a province or a city of today, and their level."""
    if province_of(adcode) == adcode and len(cities := cities_in(adcode)) > 1:
        return cities, "city"
    return counties_in(adcode), "county"


def neighbours(adcode: str) -> tuple[list[Region], str]:
    """The other areas beside one of today, under the same parent, and their level."""
    division = divisions.load().get(adcode)
    if division is None or division.level == "province":
        return [one for one in provinces() if one.adcode != adcode], "province"
    parent = division.parent or province_of(adcode)
    areas, level = areas_below(parent)
    return [one for one in areas if one.adcode != adcode], level


def path_to(adcode: str) -> list[Region]:
    """The areas of today that hold `adcode`, from the province down, itself last."""
    division = divisions.load().get(today_of(adcode))
    found: list[Region] = []
    while division is not None:
        found.insert(0, Region(division.adcode, division.name))
        division = divisions.load().get(division.parent) if division.parent else None
    return found


def is_known(adcode: str) -> bool:
    """Whether any division has or had this code."""
    return name_of(adcode) is not None
