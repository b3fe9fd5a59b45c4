"""What the selection holds as a whole, and what there is to select."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.selection import Selection


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of a selection.

    `first_date` and `last_date` are the issue dates of its articles; `undated` counts the
    documents without one, which a chosen date leaves out.
    """

    articles: int
    activities: int
    figures: int
    provinces: int
    cities: int
    first_date: str | None
    last_date: str | None
    publications: list[str]
    undated: int


@dataclass(frozen=True, slots=True)
class Options:
    """What a filter can be set to: only what the tables hold.

    Provinces are (adcode, name), cities (adcode, name, adcode of the province), as of today.
    `first_date` and `last_date` span issues and activities. `publications` (most articles first),
    `first_issue` and `last_issue` say where all of it comes from.
    """

    provinces: list[tuple[str, str]]
    cities: list[tuple[str, str, str]]
    types: list[str]
    first_date: str | None
    last_date: str | None
    publications: list[str]
    first_issue: str | None
    last_issue: str | None


# Kind, region, count, and the first and last issue of what is counted there; the last rows name
# the publications.
_OVERVIEW = """
    WITH chosen AS MATERIALIZED (
        SELECT region, issue_date, publication FROM heads AS articles WHERE {articles})
    SELECT 'article', region, count(*), min(issue_date), max(issue_date) FROM chosen GROUP BY region
    UNION ALL
    SELECT 'activity', region, count(*), NULL, NULL FROM activity_keys AS activities
    WHERE {activities} GROUP BY region
    UNION ALL
    SELECT 'figure', region, count(*), NULL, NULL FROM figure_keys AS figures
    WHERE {figures} GROUP BY region
    UNION ALL
    SELECT DISTINCT 'publication', NULL, 0, publication, NULL FROM chosen
    WHERE publication IS NOT NULL
"""
_KINDS = ("article", "activity", "figure", "publication")


class OverviewQueries(Database):
    """Questions about a selection as a whole."""

    def overview(self, selection: Selection) -> Overview:
        """How much the selection holds, from where, from when and from which publications."""
        rows = self.rows(_OVERVIEW.format(**_conditions(selection)), selection)
        counts = {kind: [row for row in rows if row[0] == kind] for kind in _KINDS}
        found = {region for _, region, *_ in rows} - {None}
        if conditions.has_place(selection):
            found &= set(self.regions_in(selection))
        provinces, cities = self.regions_of(found)
        articles = counts["article"]
        return Overview(
            articles=_total(articles),
            activities=_total(counts["activity"]),
            figures=_total(counts["figure"]),
            provinces=len(provinces),
            cities=len(cities),
            first_date=min((row[3] for row in articles if row[3]), default=None),
            last_date=max((row[4] for row in articles if row[4]), default=None),
            publications=sorted(name for _, _, _, name, _ in counts["publication"]),
            undated=self._undated(selection),
        )

    def _undated(self, selection: Selection) -> int:
        any_time = dataclasses.replace(selection, start=None, end=None)
        ((count,),) = self.rows(
            f"""SELECT count(DISTINCT document_id) FROM heads AS articles
            WHERE issue_date IS NULL AND {conditions.articles(any_time)}""",
            any_time,
        )
        return int(count)

    def options(self) -> Options:
        """What the tables hold, for the filters to offer."""
        provinces, cities = self.regions_of(self.regions_in(Selection()))
        types = self.rows("SELECT type FROM types ORDER BY type")
        ((first, last),) = self.rows(
            """SELECT min(first), max(last) FROM (
                SELECT issue_date AS first, issue_date AS last FROM heads
                UNION ALL SELECT first, last FROM periods)"""
        )
        publications = self.rows(
            """SELECT publication FROM documents WHERE publication IS NOT NULL
            GROUP BY publication ORDER BY count(*) DESC, publication"""
        )
        ((first_issue, last_issue),) = self.rows(
            "SELECT min(issue_date), max(issue_date) FROM documents"
        )
        return Options(
            provinces=[(one.adcode, one.name) for one in provinces],
            cities=[(one.adcode, one.name, province) for one, province in cities],
            types=[type for (type,) in types],
            first_date=first,
            last_date=last,
            publications=[name for (name,) in publications],
            first_issue=first_issue,
            last_issue=last_issue,
        )


def _conditions(selection: Selection) -> dict[str, str]:
    return {
        "articles": conditions.articles(selection),
        "activities": conditions.activities(selection),
        "figures": conditions.figures(selection),
    }


def _total(rows: list[tuple[Any, ...]]) -> int:
    return sum(int(count) for _, _, count, *_ in rows)
