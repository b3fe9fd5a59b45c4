"""Questions about what the facts of a selection rest on."""

from __future__ import annotations

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.selection import Selection

_FACTS = {
    "articles": ("articles", "place_basis", "adcode IS NOT NULL"),
    "figures": ("figures", "place_basis", "reportable AND repeats IS NULL AND adcode IS NOT NULL"),
    "places": ("places", "basis", "true"),
    "dates": ("dates", "basis", "iso IS NOT NULL"),
}


class QualityQueries(Database):
    """Questions about bases."""

    def bases(self, selection: Selection) -> pd.DataFrame:
        """How many facts of the selection's articles rest on what.

        Columns: fact (articles, figures: their place; places, dates: the mention itself), basis,
        count, share (of that fact, 0 to 1). Most frequent first within each fact.
        """
        chosen = f"SELECT article_id FROM heads AS articles WHERE {conditions.articles(selection)}"
        parts = [
            f"""SELECT {number} AS place, '{fact}' AS fact, {basis} AS basis, count(*) AS count
            FROM {table} WHERE {which} AND article_id IN (SELECT article_id FROM chosen)
            GROUP BY {basis}"""
            for number, (fact, (table, basis, which)) in enumerate(_FACTS.items())
        ]
        return self.frame(
            f"""WITH chosen AS ({chosen}), counted AS ({" UNION ALL ".join(parts)})
            SELECT fact, basis, count, count / sum(count) OVER (PARTITION BY fact) AS share
            FROM counted ORDER BY place, count DESC, basis""",
            selection,
        )
