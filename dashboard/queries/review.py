"""Questions about corrections: what came of them, what was reviewed, what to look at first.

What to look at first is doubt times influence. Doubt is 1 - confidence, and never less than
LEAST_DOUBT, for a sure row errs too. Influence is how much of the charts a row is:

- a figure that can be compared: its share in the total of its measure (of amounts: by value; of
  percentages, ranks and the like, which have no total: one of so many), times the cities that the
  measure's chart sets side by side;
- another figure stands in lists only: LISTED;
- an activity: the share of the ACTIVITY_CHARTS that it enters, for which it needs a date, a
  province, a city.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import pandas as pd
import pyarrow as pa

from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.queries.figures import COMPARABLE, of_measure
from dashboard.queries.keys import KEYS, WHOLE
from dashboard.selection import Selection
from etl.corrections.entries import RowKey

LEAST_DOUBT = 0.05
LISTED = 0.1
# By type; over time and in the calendar; by province and type and province; by city; per province
# over time.
ACTIVITY_CHARTS = 7
# So many rows of a ranking are remembered, for so many selections.
RANKED, KEPT_RANKINGS = 2_000, 8
TABLES = {"figures": "figure_id", "activities": "activity_id"}
_SUMMED = "kind IN ('count', 'money', 'measure')"
# Ids of rows by table.
Ids = dict[str, list[str]]


class ReviewQueries(Database):
    """Questions about corrections and reviewed rows."""

    @cached_property
    def outcomes(self) -> dict[str, str]:
        """What came of each correction that these tables were built with, by its id."""
        return dict(self.rows("SELECT correction_id, outcome FROM corrections"))

    def reviewed(
        self, selection: Selection, table: str, measure_id: str | None = None
    ) -> tuple[int, int]:
        """Of the selected rows of figures or activities, how many a person reviewed; and of all.

        With a `measure_id` those figures only.
        """
        condition = getattr(conditions, table)(selection)
        if measure_id:
            condition += f" AND {of_measure('$measure')}"
        ((reviewed, every),) = self.rows(
            f"SELECT count(*) FILTER (reviewed), count(*) FROM {KEYS[table]} WHERE {condition}",
            selection,
            measure=measure_id,
        )
        return int(reviewed), int(every)

    def rows_at(self, keys: Sequence[RowKey]) -> Ids:
        """The ids of the figures and activities at these places, by table."""
        found: Ids = {table: [] for table in TABLES}
        if not keys:
            return found
        names = ("uri", "record_id", "name", "first", "last")
        columns = dict(zip(names, map(list, zip(*keys, strict=True)), strict=True))
        given = {"places_asked": pa.table(columns, schema=_PLACES)}
        for table, key in TABLES.items():
            rows = self.ask(
                f"""SELECT {key} FROM documents
                JOIN places_asked ON documents.uri = places_asked.uri
                    AND documents.record_id IS NOT DISTINCT FROM places_asked.record_id
                JOIN articles USING (document_id)
                JOIN {table} ON {table}.article_id = articles.article_id
                    AND {table}.start = first AND {table}."end" = last
                WHERE places_asked.name = '{table}'""",
                None,
                {},
                given,
            ).fetchall()
            found[table] = [one for (one,) in rows]
        return found

    def progress(self, selection: Selection, done: Ids) -> tuple[int, int]:
        """Of the selected figures and activities, how many are reviewed or `done`; and of all."""
        parts = [
            f"""SELECT found.reviewed OR {key} IN (SELECT unnest(${table}::VARCHAR[])) AS reviewed
            FROM {WHOLE[table]} WHERE {getattr(conditions, table)(selection)}"""
            for table, key in TABLES.items()
        ]
        ((reviewed, every),) = self.rows(
            f"SELECT count(*) FILTER (reviewed), count(*) FROM ({' UNION ALL '.join(parts)})",
            selection,
            **done,
        )
        return int(reviewed), int(every)

    def to_review(self, selection: Selection, done: Ids, limit: int) -> pd.DataFrame:
        """The selected rows that nobody reviewed, those that matter most first.

        Columns: kind_of_row (figures, activities), id, confidence, influence, share (of the
        measure's total, else null), cities (compared with it, else null), priority.
        """
        ranked = self._ranked.get(selection)
        if ranked is None:
            ranked = self._rank(selection, {table: [] for table in TABLES})
            while len(self._ranked) >= KEPT_RANKINGS:
                self._ranked.pop(next(iter(self._ranked)), None)
            self._ranked[selection] = ranked
        seen = {one for some in done.values() for one in some}
        left = ranked[~ranked["id"].isin(seen)]
        if len(left) < limit and len(ranked) == RANKED:
            # Most of what was ranked is done.
            left = self._rank(selection, done)
        return left.head(limit)

    @cached_property
    def _ranked(self) -> dict[Selection, pd.DataFrame]:
        """The first RANKED rows of the selections asked for last: to rank all takes a second."""
        return {}

    def _rank(self, selection: Selection, done: Ids) -> pd.DataFrame:
        return self.frame(
            f"""WITH rows AS ({self._figures(selection)} UNION ALL {self._activities(selection)})
            SELECT *, greatest(1 - confidence, {LEAST_DOUBT}) * influence AS priority FROM rows
            ORDER BY priority DESC, kind_of_row DESC, id LIMIT {RANKED}""",
            selection,
            **done,
        )

    def _figures(self, selection: Selection) -> str:
        return f"""
            SELECT 'figures' AS kind_of_row, figure_id AS id, confidence, share, cities,
                coalesce(share * greatest(cities, 1), {LISTED}) AS influence
            FROM (
                SELECT figure_id, confidence, found.reviewed AS reviewed,
                    CASE WHEN {COMPARABLE} THEN
                        CASE WHEN {_SUMMED} AND sum(abs(value)) OVER measure > 0
                            THEN abs(value) / sum(abs(value)) OVER measure
                            ELSE 1.0 / count(*) OVER measure END END AS share,
                    CASE WHEN {COMPARABLE}
                        THEN count(DISTINCT regions.city) OVER measure END AS cities
                FROM {WHOLE["figures"]} LEFT JOIN regions ON regions.region = figures.region
                WHERE {conditions.figures(selection)}
                WINDOW measure AS (PARTITION BY {COMPARABLE}, figures.measure))
            WHERE NOT reviewed AND figure_id NOT IN (SELECT unnest($figures::VARCHAR[]))"""

    def _activities(self, selection: Selection) -> str:
        entered = """1 + 2 * (found.date IS NOT NULL)::INT + 2 * (regions.province IS NOT NULL)::INT
            + (regions.city IS NOT NULL)::INT
            + (found.date IS NOT NULL AND regions.province IS NOT NULL)::INT"""
        return f"""
            SELECT 'activities' AS kind_of_row, activity_id AS id, confidence, NULL AS share,
                NULL AS cities, ({entered}) / {ACTIVITY_CHARTS}.0 AS influence
            FROM {WHOLE["activities"]} LEFT JOIN regions ON regions.region = activities.region
            WHERE {conditions.activities(selection)} AND NOT found.reviewed
                AND activity_id NOT IN (SELECT unnest($activities::VARCHAR[]))"""

    def row_to_review(self, table: str, id: str) -> dict[str, object] | None:
        """A row with its document (uri, record_id, issue_date), its sentence and its headline."""
        row = self._first(f"SELECT * FROM {table} WHERE {TABLES[table]} = $id", id)
        if row is None:
            return None
        # One after the other by their ids: a join would read the files of all texts.
        article = self._first(
            "SELECT document_id, issue_date, headline FROM articles WHERE article_id = $id",
            row["article_id"],
        )
        sentence = self._first(
            "SELECT raw AS sentence FROM sentences WHERE sentence_id = $id", row["sentence_id"]
        )
        if article is None or sentence is None:
            return None
        document = self._first(
            "SELECT uri, record_id FROM documents WHERE document_id = $id", article["document_id"]
        )
        return row | article | sentence | (document or {})

    def _first(self, sql: str, id: object) -> dict[str, object] | None:
        found = self.frame(sql, id=id).to_dict("records")
        return {str(name): value for name, value in found[0].items()} if found else None


_PLACES = pa.schema(
    [
        ("uri", pa.string()),
        ("record_id", pa.string()),
        ("name", pa.string()),
        ("first", pa.int64()),
        ("last", pa.int64()),
    ]
)
