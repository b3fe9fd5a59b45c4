"""Questions about figures: what can be compared, city by city, and their list."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import Database, with_none
from dashboard.queries.expected import expected_cities
from dashboard.queries.regions import name_of, province_of
from dashboard.selection import Selection

_MOST_FIRST = "cities DESC, kind = 'money' DESC, figures DESC, measure_id"
# More measures than any archive has.
EVERY = 10**9

CITY_COLUMNS = [
    "adcode",
    "city",
    "province",
    "county",
    "value",
    "value_high",
    "previous",
    "approximate",
    "unit",
    "kind",
    "status",
    "raw",
    "counted",
    "figure_id",
    "article_id",
    "sentence_id",
    "headline",
    "issue_date",
    "reviewed",
    "reported",
]

FIGURE_COLUMNS = [
    "figure_id",
    "article_id",
    "sentence_id",
    "adcode",
    "province",
    "city",
    "county",
    "organisation",
    "counted",
    "raw",
    "value",
    "value_high",
    "previous",
    "unit",
    "kind",
    "approximate",
    "direction",
    "status",
    "sentence",
    "headline",
    "place_basis",
    "confidence",
    "reviewed",
]

# What makes a measure is results; a target or a forecast of the same is drawn apart from them.
COMPARABLE = "figures.result AND figures.measure IS NOT NULL"


def of_measure(parameter: str) -> str:
    """The condition on `figures` that they are of the measure whose id the parameter holds."""
    return f"measure IN (SELECT measure FROM measures WHERE measure_id = {parameter})"


class FigureQueries(Database):
    """Questions about reportable figures; a repeated statement of one never counts."""

    def measures(
        self, selection: Selection, most: int = EVERY, also: Sequence[str] = ()
    ) -> pd.DataFrame:
        """What can be compared: results of the same thing counted, unit and kind.

        The first `most` of them, and those of `also` (measure_id). Columns: measure_id (stable,
        safe in a URL), counted, unit, kind, cities (that have a figure), figures. Most cities
        first, then money, then most figures.
        """
        return self.frame(
            f"""WITH counted AS (
                SELECT measure, count(DISTINCT regions.city) AS cities,
                    sum(count)::BIGINT AS figures
                FROM (SELECT measure, region, count(*) AS count FROM figure_keys AS figures
                    WHERE {COMPARABLE} AND {conditions.figures(selection)} GROUP BY ALL)
                LEFT JOIN regions USING (region)
                GROUP BY measure)
            SELECT measure_id, counted, unit, kind, cities, figures
            FROM counted JOIN measures USING (measure)
            QUALIFY row_number() OVER (ORDER BY {_MOST_FIRST}) <= $most
                OR measure_id IN (SELECT unnest($also::VARCHAR[]))
            ORDER BY {_MOST_FIRST}""",
            selection,
            most=most,
            also=list(also),
        )

    def city_figures(self, selection: Selection, measure_id: str) -> pd.DataFrame:
        """Every figure of a measure by city, and every city that has none.

        One row per figure and one per city without: all cities of the selected provinces (else of
        the provinces that occur), or the selected cities. Columns: adcode, city, province (of
        today), county (where the figure is a county's), value, value_high, previous (base unit),
        approximate, unit, kind, status, raw, counted, figure_id, article_id, sentence_id,
        headline, issue_date, reviewed, reported; `with_sentences` adds the sentence. Where nothing
        is reported the value is null, never 0.
        Highest value first. A province's own figure is no city's, and is left out.
        """
        self.have("measured")
        found = self.frame(
            f"""SELECT regions.city AS adcode, city_name, province_name, county, value, value_high,
                previous, approximate, unit, kind, status, raw, counted, figure_id, article_id,
                sentence_id, headline, issue_date, reviewed
            FROM measured AS figures JOIN measures USING (measure) JOIN regions USING (region)
            JOIN (SELECT rank, article_id, headline, issue_date FROM heads) USING (rank)
            WHERE {of_measure("$measure")}
                AND regions.city IS NOT NULL AND {conditions.figures(selection)}""",
            selection,
            measure=measure_id,
        )
        return _with_every_city(found, self._expected(selection, set(found["adcode"])))

    def _expected(self, selection: Selection, found: set[str]) -> pd.DataFrame:
        """The cities that should have a figure: adcode, city, province."""
        rows = [
            (city.adcode, city.name, name_of(province_of(city.adcode)))
            for city in expected_cities(selection, found)
        ]
        return pd.DataFrame(rows, columns=["adcode", "city", "province"], dtype="object")

    def figures(self, selection: Selection, limit: int, offset: int = 0) -> pd.DataFrame:
        """One page of the figures, those of the latest issue first.

        Columns: figure_id, article_id, sentence_id, adcode, province, city, county, organisation,
        counted, raw, value, value_high, previous (base unit), unit, kind, approximate, direction,
        status, sentence, headline, place_basis, confidence.
        """
        page = self.frame(
            f"""SELECT position, number, headline FROM (
                SELECT position, number, rank FROM figure_keys AS figures
                WHERE {conditions.figures(selection)}
                ORDER BY position LIMIT $limit OFFSET $offset)
            JOIN heads USING (rank) ORDER BY position""",
            selection,
            limit=limit,
            offset=offset,
        )
        columns = [one for one in FIGURE_COLUMNS if one != "sentence"]
        return self.with_sentences(self.page_of("figures", page, columns))[FIGURE_COLUMNS]


def _with_every_city(found: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """`found` and, without a value, the expected cities that it lacks."""
    every = expected.merge(found, on="adcode", how="outer")
    every["city"] = every["city"].fillna(every["city_name"])
    every["province"] = every["province"].fillna(every["province_name"])
    every["reported"] = every["value"].notna()
    ranked = every.sort_values(["value", "adcode", "figure_id"], ascending=[False, True, True])
    return with_none(ranked[CITY_COLUMNS].reset_index(drop=True))
