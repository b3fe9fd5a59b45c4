"""What the selection holds as a whole, and what there is to select."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

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
    The dates span issues and activities.
    """

    provinces: list[tuple[str, str]]
    cities: list[tuple[str, str, str]]
    types: list[str]
    first_date: str | None
    last_date: str | None


class OverviewQueries(Database):
    """Questions about a selection as a whole."""

    def overview(self, selection: Selection) -> Overview:
        """How much the selection holds, from where, from when and from which publications."""
        ((articles, first, last),) = self.rows(
            f"""SELECT count(*), min(issue_date), max(issue_date)
            FROM articles WHERE {conditions.articles(selection)}""",
            selection,
        )
        facts = self._located(selection)
        provinces, cities = self.regions_of([adcode for _, adcode, _ in facts if adcode])
        return Overview(
            articles=articles,
            activities=sum(count for kind, _, count in facts if kind == "activity"),
            figures=sum(count for kind, _, count in facts if kind == "figure"),
            provinces=len(provinces),
            cities=len(cities),
            first_date=first,
            last_date=last,
            publications=self._publications(selection),
            undated=self._undated(selection),
        )

    def _located(self, selection: Selection) -> list[tuple[str, str | None, int]]:
        """Kind, adcode and number of the selected facts; an article counts where it stands."""
        place = f"AND articles.{conditions.PLACE}" if conditions.has_place(selection) else ""
        return self.rows(
            f"""SELECT 'activity', adcode, count(*) FROM activities
            WHERE {conditions.activities(selection)} GROUP BY adcode
            UNION ALL SELECT 'figure', adcode, count(*) FROM figures
            WHERE {conditions.figures(selection)} GROUP BY adcode
            UNION ALL SELECT 'article', adcode, count(*) FROM articles
            WHERE {conditions.articles(selection)} {place} GROUP BY adcode""",
            selection,
        )

    def _publications(self, selection: Selection) -> list[str]:
        rows = self.rows(
            f"""SELECT DISTINCT publication FROM documents
            WHERE publication IS NOT NULL AND document_id IN (
                SELECT document_id FROM articles WHERE {conditions.articles(selection)})
            ORDER BY publication""",
            selection,
        )
        return [publication for (publication,) in rows]

    def _undated(self, selection: Selection) -> int:
        any_time = dataclasses.replace(selection, start=None, end=None)
        ((count,),) = self.rows(
            f"""SELECT count(DISTINCT document_id) FROM articles
            WHERE issue_date IS NULL AND {conditions.articles(any_time)}""",
            any_time,
        )
        return int(count)

    def options(self) -> Options:
        """What the tables hold, for the filters to offer."""
        provinces, cities = self.regions_of(self.adcodes_in(Selection()))
        types = self.rows("SELECT DISTINCT type FROM activities ORDER BY type")
        ((first, last),) = self.rows(
            """SELECT min(first), max(last) FROM (
                SELECT issue_date AS first, issue_date AS last FROM articles
                UNION ALL SELECT first, last FROM periods)"""
        )
        return Options(
            provinces=[(one.adcode, one.name) for one in provinces],
            cities=[(one.adcode, one.name, province) for one, province in cities],
            types=[type for (type,) in types],
            first_date=first,
            last_date=last,
        )
