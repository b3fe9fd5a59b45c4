"""Questions that set places side by side: the same measures, and what only one of them reports."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import with_none
from dashboard.queries.figures import COMPARABLE, FigureQueries
from dashboard.selection import Selection

COMPARED = [
    "place",
    "measure_id",
    "counted",
    "unit",
    "kind",
    "value",
    "value_high",
    "previous",
    "approximate",
    "raw",
    "figure_id",
    "article_id",
    "issue_date",
    "places",
]


class ComparisonQueries(FigureQueries):
    """Questions about several places at once."""

    def compared(self, selection: Selection, places: Iterable[str]) -> pd.DataFrame:
        """The latest result of each measure in each of `places` (adcodes of today).

        A place's figures are its own and those of the places in it; where several are of the same
        issue, the highest. Columns: place, measure_id, counted, unit, kind, value, value_high,
        previous (base unit), approximate, raw, figure_id, article_id, issue_date, places (of the
        asked ones that report the measure). Measures that most places report first, then money.
        """
        found = [self._latest(within(selection, one)).assign(place=one) for one in places]
        if not found:
            return pd.DataFrame(columns=COMPARED)
        rows = pd.concat(found, ignore_index=True)
        rows["places"] = rows.groupby("measure_id")["place"].transform("nunique")
        rows["ahead"] = rows["kind"] != "money"
        order = ["places", "ahead", "counted", "measure_id"]
        ranked = rows.sort_values(order, ascending=[False, True, True, True], kind="stable")
        return with_none(ranked[COMPARED].reset_index(drop=True))

    def _latest(self, selection: Selection) -> pd.DataFrame:
        self.have("measured")
        return self.frame(
            f"""SELECT measure_id, counted, unit, kind, value, value_high, previous, approximate,
                raw, figure_id, article_id, issue_date
            FROM measured AS figures JOIN measures USING (measure)
            JOIN (SELECT rank, article_id, issue_date FROM heads) USING (rank)
            WHERE {COMPARABLE} AND {conditions.figures(selection)}
            QUALIFY row_number() OVER (PARTITION BY measure
                ORDER BY issue_date DESC NULLS LAST, value DESC, figure_id) = 1""",
            selection,
        )

    def compared_types(self, selection: Selection, places: Iterable[str]) -> pd.DataFrame:
        """How many activities of each type each of `places` reports: place, type, count."""
        found = []
        for one in places:
            counts = self.frame(
                f"""SELECT type, count FROM (
                    SELECT type_number, count(*) AS count FROM activity_keys AS activities
                    WHERE {conditions.activities(within(selection, one))} GROUP BY 1)
                JOIN types USING (type_number) ORDER BY 1""",
                within(selection, one),
            )
            found.append(counts.assign(place=one))
        if not found:
            return pd.DataFrame(columns=["place", "type", "count"])
        return pd.concat(found, ignore_index=True)[["place", "type", "count"]]


def within(selection: Selection, place: str) -> Selection:
    """The selection narrowed to one place; the filter of places gives way to it."""
    return dataclasses.replace(selection, provinces=(), cities=(), within=(place,))
