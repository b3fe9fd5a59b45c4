"""Questions about activities: the newest, how many of each sort, and their list."""

from __future__ import annotations

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.queries.periods import BUCKETS
from dashboard.selection import Selection

# What an activity is counted by → its key and its label. A key of null is a date too coarse for
# the bucket, or none; or no such place (a province's own activity has no city).
_KEYS = {
    **{bucket: (f"periods.{bucket}", f"periods.{bucket}") for bucket in BUCKETS},
    "type": ("activities.type", "activities.type"),
    "province": ("regions.province", "regions.province_name"),
    "city": ("regions.city", "regions.city_name"),
}

_ORDER = "ahead NULLS LAST, day DESC, article_id, start, activity_id"


class ActivityQueries(Database):
    """Questions about activities."""

    def newest(self, selection: Selection, limit: int) -> pd.DataFrame:
        """The latest activities, in the order of `activities`.

        Columns: activity_id, article_id, name, type, date, adcode, province, city, organiser,
        headline.
        """
        columns = "activity_id, article_id, name, type, date, adcode, province, city, organiser"
        return self.activities(selection, limit)[[*columns.split(", "), "headline"]]

    def activities(self, selection: Selection, limit: int, offset: int = 0) -> pd.DataFrame:
        """One page of the activities: the latest first, then those ahead, then the undated.

        What begins after the last issue is a plan (a programme until 2035) and no news. Columns:
        activity_id, article_id, sentence_id, name, type, status, date, adcode, province, city,
        county, organiser, headline, raw, confidence.
        """
        return self.frame(
            f"""WITH page AS (
                SELECT activities.*, periods.first AS day, periods.first > $latest AS ahead
                FROM activities LEFT JOIN periods USING (date)
                WHERE {conditions.activities(selection)}
                ORDER BY {_ORDER} LIMIT $limit OFFSET $offset)
            SELECT activity_id, page.article_id, sentence_id, name, type, status, date,
                page.adcode, page.province, page.city, page.county, organiser, headline, raw,
                confidence
            FROM page LEFT JOIN articles USING (article_id)
            ORDER BY {_ORDER}""",
            selection,
            limit=limit,
            offset=offset,
            latest=self.latest,
        )

    def activity_counts(self, selection: Selection, by: str) -> pd.DataFrame:
        """How many activities of each type, by day, week, month, quarter, type, province or city.

        Columns: key (2023-12-28, 2023-W52, 2023-12, 2023-Q4, type or adcode of today), label (an
        area's full name, else the key), type, count. A null key counts the activities that no
        bucket or area holds: the chart tells their number. Sorted by key, then type.
        """
        key, label = _KEYS[by]
        return self.frame(
            f"""SELECT {key} AS key, any_value({label}) AS label, type, count(*) AS count
            FROM activities LEFT JOIN periods USING (date) LEFT JOIN regions USING (adcode)
            WHERE {conditions.activities(selection)}
            GROUP BY 1, 3 ORDER BY 1 NULLS LAST, 3""",
            selection,
        )
