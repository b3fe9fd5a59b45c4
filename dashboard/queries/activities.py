"""Questions about activities: the newest, how many of each sort, and their list."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.queries.expected import expected_cities, expected_provinces
from dashboard.queries.periods import BUCKETS
from dashboard.selection import Selection

# What an activity is counted by → the table that says it by a number, its key and its label. A key
# of null is a date too coarse for the bucket, or none; or no such place (a province's own activity
# has no city).
_KEYS = {
    **{bucket: ("periods", "period", bucket, bucket) for bucket in BUCKETS},
    "type": ("types", "type_number", "types.type", "types.type"),
    "province": ("regions", "region", "province", "province_name"),
    "city": ("regions", "region", "city", "city_name"),
}

ACTIVITY_COLUMNS = [
    "activity_id",
    "article_id",
    "sentence_id",
    "name",
    "type",
    "status",
    "date",
    "adcode",
    "province",
    "city",
    "county",
    "organiser",
    "headline",
    "raw",
    "confidence",
    "reviewed",
]
_REPORTED = [
    "activity_id",
    "article_id",
    "sentence_id",
    "name",
    "type",
    "date",
    "province",
    "city",
    "county",
    "issue_date",
]


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The middle four fifths of the activities, as ISO days, and how many each bucket holds."""

    first: str
    last: str
    dated: dict[str, int]

    @property
    def days(self) -> int:
        """How many days the middle reaches over."""
        first, last = map(datetime.date.fromisoformat, (self.first, self.last))
        return (last - first).days + 1


class ActivityQueries(Database):
    """Questions about activities."""

    def newest(self, selection: Selection, limit: int) -> pd.DataFrame:
        """The latest activities, in the order of `activities`.

        Columns: activity_id, article_id, name, type, date, adcode, province, city, organiser,
        headline, reviewed.
        """
        columns = "activity_id, article_id, name, type, date, adcode, province, city, organiser"
        return self.activities(selection, limit)[[*columns.split(", "), "headline", "reviewed"]]

    def activities(self, selection: Selection, limit: int, offset: int = 0) -> pd.DataFrame:
        """One page of the activities: the latest first, then those ahead, then the undated.

        What begins after the last issue is a plan (a programme until 2035) and no news. Columns:
        activity_id, article_id, sentence_id, name, type, status, date, adcode, province, city,
        county, organiser, headline, raw, confidence, reviewed.
        """
        page = self.frame(
            f"""SELECT position, number, headline FROM (
                SELECT position, number, rank FROM activity_keys AS activities
                WHERE {conditions.activities(selection)}
                ORDER BY position LIMIT $limit OFFSET $offset)
            JOIN heads USING (rank) ORDER BY position""",
            selection,
            limit=limit,
            offset=offset,
        )
        return self.page_of("activities", page, ACTIVITY_COLUMNS)

    def reported(self, selection: Selection, limit: int) -> pd.DataFrame:
        """The activities that were reported last, of articles with an issue date.

        Columns: activity_id, article_id, sentence_id, name, type, date, province, city, county,
        issue_date, sentence.
        """
        page = self.frame(
            f"""SELECT position, number, issue_date FROM activity_keys AS activities
            JOIN (SELECT rank, issue_date FROM heads) USING (rank)
            WHERE issue_date IS NOT NULL AND {conditions.activities(selection)}
            ORDER BY rank, start, number LIMIT $limit""",
            selection,
            limit=limit,
        )
        found = self.page_of("activities", page, _REPORTED)
        return self.with_sentences(found)

    def activity_counts(self, selection: Selection, by: str) -> pd.DataFrame:
        """How many activities of each type, by a bucket of time, type, province or city.

        Columns: key (2023-12-28, 2023-W52, 2023-12, 2023-Q4, 2023, type or adcode of today),
        label (an area's full name, else the key), type, count. A null key counts the activities
        that no bucket or area holds: the chart tells their number. Sorted by key, then type.
        """
        table, number, key, label = _KEYS[by]
        numbers = ", ".join(dict.fromkeys([number, "type_number"]))
        also = "" if table == "types" else f"LEFT JOIN {table} USING ({number})"
        return self.frame(
            f"""SELECT {key} AS key, any_value({label}) AS label, types.type AS type,
                sum(count)::BIGINT AS count
            FROM (SELECT {numbers}, count(*) AS count FROM activity_keys AS activities
                WHERE {conditions.activities(selection)} GROUP BY ALL)
            JOIN types USING (type_number) {also}
            GROUP BY 1, 3 ORDER BY 1 NULLS LAST, 3""",
            selection,
        )

    def activity_panels(self, selection: Selection, bucket: str) -> pd.DataFrame:
        """How many activities in each province, by bucket of time.

        Columns: key and label (the province of today; null for national or unknown), bucket (null
        for a date too coarse, or none), count. Sorted by key, then bucket.
        """
        return self.frame(
            f"""SELECT regions.province AS key, any_value(province_name) AS label,
                periods.{_bucket(bucket)} AS bucket, sum(count)::BIGINT AS count
            FROM (SELECT region, period, count(*) AS count FROM activity_keys AS activities
                WHERE {conditions.activities(selection)} GROUP BY ALL)
            LEFT JOIN periods USING (period) LEFT JOIN regions USING (region)
            GROUP BY 1, 3 ORDER BY 1 NULLS LAST, 3 NULLS LAST""",
            selection,
        )

    def time_span(self, selection: Selection) -> TimeSpan | None:
        """Where in time the middle of the activities lies, or None where none has a date."""
        counts = ", ".join(f"sum(count) FILTER ({one} IS NOT NULL)" for one in BUCKETS)
        ((low, high, *dated),) = self.rows(
            f"""WITH counted AS (
                SELECT periods.*, count FROM (
                    SELECT period, count(*) AS count FROM activity_keys AS activities
                    WHERE {conditions.activities(selection)} GROUP BY period)
                JOIN periods USING (period)),
            summed AS (
                SELECT first, sum(count) OVER (ORDER BY first) AS until,
                    sum(count) OVER () AS every FROM counted)
            SELECT (SELECT min(first) FROM summed WHERE until >= 0.1 * every),
                (SELECT min(first) FROM summed WHERE until >= 0.9 * every), {counts}
            FROM counted""",
            selection,
        )
        dated = [int(one or 0) for one in dated]
        return TimeSpan(low, high, dict(zip(BUCKETS, dated, strict=True))) if low else None

    def silent(self, selection: Selection, dimension: str) -> list[str]:
        """The names of the provinces or cities of the selection without any activity, by code.

        Provinces: those chosen, else all; cities: those chosen, else all of the chosen provinces,
        else of the provinces from which an activity is reported.
        """
        _, _, key, _ = _KEYS[dimension]
        found = {
            code
            for (code,) in self.rows(
                f"""SELECT DISTINCT {key} FROM (
                    SELECT DISTINCT region FROM activity_keys AS activities
                    WHERE {conditions.activities(selection)})
                JOIN regions USING (region)""",
                selection,
            )
        }
        found.discard(None)
        if dimension == "province":
            expected = expected_provinces(selection)
        else:
            expected = expected_cities(selection, found)
        return [one.name for one in expected if one.adcode not in found]


def _bucket(name: str) -> str:
    """The name again, if it is one of BUCKETS: it becomes part of a question."""
    return BUCKETS[BUCKETS.index(name)]
