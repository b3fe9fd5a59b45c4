"""What was found in files that were just read, file by file, before anybody keeps it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.queries.database import Database

# Facts stand under the article that they are in, articles under their document.
_DOCUMENTS = """
    WITH counted AS (
        SELECT article_id, count(*) FILTER (kind = 'figure') AS figures,
            count(*) FILTER (kind = 'activity') AS activities,
            count(*) FILTER (kind = 'place') AS places,
            count(*) FILTER (kind = 'open') AS open_dates
        FROM (
            SELECT article_id, 'figure' AS kind FROM figures WHERE reportable AND repeats IS NULL
            UNION ALL SELECT article_id, 'activity' FROM activities
            UNION ALL SELECT article_id, 'place' FROM places
            UNION ALL SELECT article_id, 'open' FROM dates WHERE iso IS NULL)
        GROUP BY article_id)
    SELECT document_id, uri, record_id, publication, documents.issue_date, page,
        count(articles.article_id) AS articles,
        coalesce(sum(figures), 0)::INT AS figures, coalesce(sum(activities), 0)::INT AS activities,
        coalesce(sum(places), 0)::INT AS places, coalesce(sum(open_dates), 0)::INT AS open_dates
    FROM (SELECT *, row_number() OVER () AS number FROM documents) AS documents
    LEFT JOIN articles USING (document_id)
    LEFT JOIN counted USING (article_id)
    GROUP BY ALL
    ORDER BY min(number)
"""


class FoundQueries(Database):
    """Questions about all documents of the tables, whatever is selected."""

    def found(self, limit: int, offset: int) -> pd.DataFrame:
        """One row per document in the order they were read.

        Columns: document_id, uri, record_id, publication, issue_date, page, and the counts
        articles, figures (those for a table of results), activities, places, open_dates (dates
        whose year nobody knows).
        """
        return self.frame(f"{_DOCUMENTS} LIMIT $limit OFFSET $offset", limit=limit, offset=offset)

    def found_articles(self, documents: Sequence[str]) -> pd.DataFrame:
        """document_id, kind, headline and opening of the articles of some documents, in order."""
        return self.frame(
            """SELECT document_id, article_id, kind, headline, left(text, 40) AS opening
            FROM articles WHERE document_id IN (SELECT unnest($documents::VARCHAR[]))
            ORDER BY document_id, "order" """,
            documents=list(documents),
        )

    def found_totals(self) -> dict[str, int]:
        """How many documents, articles, figures, activities, places, rejects and undated ones."""
        names = ("documents", "articles", "figures", "activities", "places", "rejects", "undated")
        ((*counts,),) = self.rows(
            """SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM articles),
            (SELECT count(*) FROM figures WHERE reportable AND repeats IS NULL),
            (SELECT count(*) FROM activities), (SELECT count(*) FROM places),
            (SELECT count(*) FROM rejects),
            (SELECT count(*) FROM documents WHERE issue_date IS NULL)"""
        )
        return dict(zip(names, map(int, counts), strict=True))

    def found_uris(self) -> list[str]:
        """The distinct names of the documents."""
        return [uri for (uri,) in self.rows("SELECT DISTINCT uri FROM documents ORDER BY uri")]

    def undated(self) -> pd.DataFrame:
        """uri and open_dates of the documents without a date of issue, most open dates first."""
        return self.frame(
            f"""SELECT uri, open_dates FROM ({_DOCUMENTS})
            WHERE issue_date IS NULL ORDER BY open_dates DESC, uri"""
        )

    def rejects(self, limit: int) -> pd.DataFrame:
        """uri, record_id, line and reason of what was not taken, in order."""
        return self.frame("SELECT uri, record_id, line, reason FROM rejects LIMIT $n", n=limit)
