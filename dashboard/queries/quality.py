"""Questions about what the facts of a selection rest on."""

from __future__ import annotations

import pandas as pd

from dashboard.queries import conditions, keys
from dashboard.queries.database import Database
from dashboard.selection import Selection


class QualityQueries(Database):
    """Questions about bases."""

    def bases(self, selection: Selection) -> pd.DataFrame:
        """How many facts of the selection's articles rest on what.

        Columns: fact (articles, figures: their place; places, dates: the mention itself), basis,
        count, share (of that fact, 0 to 1). Most frequent first within each fact.
        """
        self.have("article_bases")
        names = ", ".join(f"'{one}'" for one in keys.BASES)
        return self.frame(
            f"""WITH counted AS (
                SELECT fact AS place, basis, sum(count)::BIGINT AS count
                FROM article_bases AS articles WHERE {conditions.articles(selection)}
                GROUP BY ALL)
            SELECT [{names}][place + 1] AS fact, basis, count,
                count / sum(count) OVER (PARTITION BY place) AS share
            FROM counted ORDER BY place, count DESC, basis""",
            selection,
        )
