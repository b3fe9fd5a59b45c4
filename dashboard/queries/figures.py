"""Questions about figures: what can be compared, city by city, and their list."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import Database, with_none
from dashboard.queries.expected import expected_cities
from dashboard.queries.regions import name_of, province_of
from dashboard.selection import Selection

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
    "sentence",
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

# What figures count, as a short name that holds in every version and in an address.
MEASURE_ID = "left(md5(concat_ws(chr(31), kind, coalesce(unit, ''), counted)), 12)"
# What makes a measure is results; a target or a forecast of the same is drawn apart from them.
_MEASURED = "figures.counted IS NOT NULL AND figures.value IS NOT NULL"
COMPARABLE = f"{_MEASURED} AND figures.status = 'result'"


class FigureQueries(Database):
    """Questions about reportable figures; a repeated statement of one never counts."""

    def measures(self, selection: Selection) -> pd.DataFrame:
        """What can be compared: results of the same thing counted, unit and kind.

        Columns: measure_id (stable, safe in a URL), counted, unit, kind, cities (that have a
        figure), figures. Most cities first, then money, then most figures.
        """
        return self.frame(
            f"""SELECT {MEASURE_ID} AS measure_id, counted, unit, kind, cities, figures FROM (
                SELECT counted, unit, kind, count(DISTINCT regions.city) AS cities,
                    count(*) AS figures
                FROM figures LEFT JOIN regions USING (adcode)
                WHERE {COMPARABLE} AND {conditions.figures(selection)}
                GROUP BY counted, unit, kind)
            ORDER BY cities DESC, kind = 'money' DESC, figures DESC, measure_id""",
            selection,
        )

    def city_figures(self, selection: Selection, measure_id: str) -> pd.DataFrame:
        """Every figure of a measure by city, and every city that has none.

        One row per figure and one per city without: all cities of the selected provinces (else of
        the provinces that occur), or the selected cities. Columns: adcode, city, province (of
        today), county (where the figure is a county's), value, value_high, previous (base unit),
        approximate, unit, kind, status, raw, counted, figure_id, article_id, sentence_id, sentence,
        headline, issue_date, reported. Where nothing is reported the value is null, never 0.
        Highest value first. A province's own figure is no city's, and is left out.
        """
        counted, unit, kind = self._measured(measure_id)
        found = self.frame(
            f"""SELECT regions.city AS adcode, city_name, province_name, figures.county, value,
                value_high, previous, approximate, unit, kind, status, raw, counted, figure_id,
                article_id, sentence_id, headline, issue_date, reviewed
            FROM figures JOIN regions USING (adcode) LEFT JOIN heads USING (article_id)
            WHERE counted = $counted AND kind = $kind AND unit IS NOT DISTINCT FROM $unit
                AND regions.city IS NOT NULL
                AND {_MEASURED} AND {conditions.figures(selection)}""",
            selection,
            counted=counted,
            unit=unit,
            kind=kind,
        )
        found = self.with_sentences(found)
        return _with_every_city(found, self._expected(selection, set(found["adcode"])))

    def _measured(self, measure_id: str) -> tuple[str | None, str | None, str | None]:
        """counted, unit and kind of a measure; None three times for an unknown one."""
        return self._every_measure.get(measure_id, (None, None, None))

    @cached_property
    def _every_measure(self) -> dict[str, tuple[str | None, str | None, str | None]]:
        """What every measure of this version is: asked once, for it reads every figure."""
        rows = self.rows(
            f"""SELECT {MEASURE_ID}, counted, unit, kind FROM (
                SELECT DISTINCT counted, unit, kind FROM figures WHERE {COMPARABLE})"""
        )
        return {measure: (counted, unit, kind) for measure, counted, unit, kind in rows}

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
        # Only the ids first: the other columns of all figures would cost more than the page.
        page = self.rows(
            f"""SELECT figure_id FROM figures LEFT JOIN heads USING (article_id)
            WHERE {conditions.figures(selection)}
            ORDER BY rank, start, figure_id LIMIT $limit OFFSET $offset""",
            selection,
            limit=limit,
            offset=offset,
        )
        found = self.frame(
            """SELECT figures.*, headline FROM figures LEFT JOIN heads USING (article_id)
            WHERE figure_id IN (SELECT unnest($page::VARCHAR[])) ORDER BY rank, start, figure_id""",
            page=[figure_id for (figure_id,) in page],
        )
        return self.with_sentences(found)[FIGURE_COLUMNS]


def _with_every_city(found: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """`found` and, without a value, the expected cities that it lacks."""
    every = expected.merge(found, on="adcode", how="outer")
    every["city"] = every["city"].fillna(every["city_name"])
    every["province"] = every["province"].fillna(every["province_name"])
    every["reported"] = every["value"].notna()
    ranked = every.sort_values(["value", "adcode", "figure_id"], ascending=[False, True, True])
    return with_none(ranked[CITY_COLUMNS].reset_index(drop=True))
