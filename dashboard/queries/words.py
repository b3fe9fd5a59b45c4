"""Questions about words, and about the regions whose words can be compared."""

from __future__ import annotations

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.queries.regions import city_of, province_of
from dashboard.selection import Selection
from etl import reference

_OWN_PLACE = """article_id IN (
    SELECT article_id FROM articles WHERE adcode IN (SELECT unnest($own::VARCHAR[])))"""


class WordQueries(Database):
    """Questions about words."""

    def words(
        self, selection: Selection, region: str | None, boilerplate: bool, limit: int
    ) -> pd.DataFrame:
        """The most frequent words of the articles of a selection.

        `region` keeps the articles about one province or city (adcode); `boilerplate` keeps the
        set phrases that every report has. Columns: word, pos, count (occurrences), articles (that
        have it). Most frequent first, then by word.
        """
        chosen = conditions.articles(selection)
        within = f"article_id IN (SELECT article_id FROM articles WHERE {chosen})"
        # Asking for every article by name would take longer than the count itself.
        parts = ["true" if selection.is_everything else within]
        if region:
            parts.append(_OWN_PLACE)
        if not boilerplate:
            parts.append("word NOT IN (SELECT unnest($phrases::VARCHAR[]))")
        return self.frame(
            f"""SELECT word, pos, sum(count)::BIGINT AS count, count(*) AS articles
            FROM words WHERE {" AND ".join(parts)}
            GROUP BY word, pos ORDER BY 3 DESC, word, pos LIMIT $limit""",
            selection,
            own=self.adcodes_in(_region(region)) if region else [],
            phrases=sorted(reference.boilerplate()),
            limit=limit,
        )

    def regions(self, selection: Selection) -> pd.DataFrame:
        """The provinces and cities of today that articles of the selection are about.

        Columns: adcode, name, level (province, city), articles. An article about a city counts
        for its province too; a municipality is listed once, as a province. By level, then most
        articles first.
        """
        return self.frame(
            f"""WITH chosen AS (
                SELECT regions.* FROM articles JOIN regions USING (adcode)
                WHERE {conditions.articles(selection)})
            SELECT province AS adcode, any_value(province_name) AS name, 'province' AS level,
                count(*) AS articles
            FROM chosen GROUP BY province
            UNION ALL
            SELECT city, any_value(city_name), 'city', count(*)
            FROM chosen WHERE city <> province GROUP BY city
            ORDER BY level = 'city', articles DESC, 1""",
            selection,
        )


def _region(adcode: str) -> Selection:
    """The selection of one province or one city."""
    province = province_of(adcode)
    if province == adcode:
        return Selection(provinces=(adcode,))
    return Selection(cities=(city_of(adcode) or adcode,))
