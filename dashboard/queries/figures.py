"""Questions about figures: what can be compared, city by city, and their list."""

from __future__ import annotations

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import Database, with_none
from dashboard.queries.regions import cities_in, city_of, name_of, province_of
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
    "raw",
    "counted",
    "figure_id",
    "article_id",
    "sentence_id",
    "sentence",
    "headline",
    "issue_date",
    "reported",
]


# The figures of one measure within a selection, with the city and province that hold them today.
_MEASURED = """
    FROM figures JOIN measures ON figures.counted = measures.counted
        AND figures.kind = measures.kind AND figures.unit IS NOT DISTINCT FROM measures.unit
    LEFT JOIN regions USING (adcode)
    WHERE figures.value IS NOT NULL AND """


class FigureQueries(Database):
    """Questions about reportable figures; a repeated statement of one never counts."""

    def measures(self, selection: Selection) -> pd.DataFrame:
        """What can be compared: the same thing counted, in the same unit, of the same kind.

        Columns: measure_id (stable, safe in a URL), counted, unit, kind, cities (that have a
        figure), figures. Most cities first, then money, then most figures.
        """
        return self.frame(
            f"""SELECT measure_id, measures.counted, measures.unit, measures.kind,
                count(DISTINCT regions.city) AS cities, count(*) AS figures
            {_MEASURED} {conditions.figures(selection)}
            GROUP BY measure_id, measures.counted, measures.unit, measures.kind
            ORDER BY cities DESC, measures.kind = 'money' DESC, count(*) DESC, measure_id""",
            selection,
        )

    def city_figures(self, selection: Selection, measure_id: str) -> pd.DataFrame:
        """Every figure of a measure by city, and every city that has none.

        One row per figure and one per city without: all cities of the selected provinces (else of
        the provinces that occur), or the selected cities. Columns: adcode, city, province (of
        today), county (where the figure is a county's), value, value_high, previous (base unit),
        approximate, unit, kind, raw, counted, figure_id, article_id, sentence_id, sentence,
        headline, issue_date, reported. Where nothing is reported the value is null, never 0.
        Highest value first. A province's own figure is no city's, and is left out.
        """
        found = self.frame(
            f"""WITH found AS (
                SELECT regions.city AS adcode, city_name, province_name, figures.county, value,
                    value_high, previous, approximate, figures.unit, figures.kind, raw,
                    figures.counted, figure_id, article_id, sentence_id
                {_MEASURED} regions.city IS NOT NULL AND measure_id = $measure_id
                    AND {conditions.figures(selection)})
            SELECT found.*, sentences.raw AS sentence, headline, issue_date
            FROM found LEFT JOIN sentences USING (sentence_id)
            LEFT JOIN articles ON articles.article_id = found.article_id""",
            selection,
            measure_id=measure_id,
        )
        return _with_every_city(found, self._expected(selection, set(found["adcode"])))

    def _expected(self, selection: Selection, found: set[str]) -> pd.DataFrame:
        """The cities that should have a figure: adcode, city, province."""
        chosen = {city_of(one) or one for one in selection.cities}
        provinces = {province_of(one) for one in selection.provinces or chosen or found}
        rows = [
            (city.adcode, city.name, name_of(province))
            for province in sorted(provinces)
            for city in cities_in(province)
            if not chosen or city.adcode in chosen
        ]
        return pd.DataFrame(rows, columns=["adcode", "city", "province"], dtype="object")

    def figures(self, selection: Selection, limit: int, offset: int = 0) -> pd.DataFrame:
        """One page of the figures, those of the latest issue first.

        Columns: figure_id, article_id, sentence_id, province, city, county, organisation, counted,
        raw, value, value_high, previous (base unit), unit, kind, approximate, direction, sentence,
        headline, place_basis, confidence.
        """
        return self.frame(
            f"""WITH page AS (
                SELECT figures.*, issue_date, headline
                FROM figures LEFT JOIN articles USING (article_id)
                WHERE {conditions.figures(selection)}
                ORDER BY issue_date DESC NULLS LAST, article_id, start, figure_id
                LIMIT $limit OFFSET $offset)
            SELECT figure_id, page.article_id, sentence_id, province, city, county, organisation,
                counted, page.raw, value, value_high, previous, unit, kind, approximate, direction,
                sentences.raw AS sentence, headline, place_basis, confidence
            FROM page LEFT JOIN sentences USING (sentence_id)
            ORDER BY issue_date DESC NULLS LAST, page.article_id, page.start, figure_id""",
            selection,
            limit=limit,
            offset=offset,
        )


def _with_every_city(found: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """`found` and, without a value, the expected cities that it lacks."""
    every = expected.merge(found, on="adcode", how="outer")
    every["city"] = every["city"].fillna(every["city_name"])
    every["province"] = every["province"].fillna(every["province_name"])
    every["reported"] = every["value"].notna()
    ranked = every.sort_values(["value", "adcode", "figure_id"], ascending=[False, True, True])
    return with_none(ranked[CITY_COLUMNS].reset_index(drop=True))
