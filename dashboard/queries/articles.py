"""Questions about articles: their list, and everything known about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.selection import Selection


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the article as it stands in the document: offsets and the document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article with its document and all its facts.

    `article` and `document` are rows as dicts, the document without its text, which is `page`;
    the article's own part of it is `passages`, in reading order, and `alone` says that the page
    holds no other article. The frames have their table's columns, and
    offsets into the document's text; `repairs` are those that touch the article, `boxes` the
    lines of the whole page, none where the source has no layout.
    """

    article: dict[str, Any]
    document: dict[str, Any]
    page: str
    alone: bool
    passages: list[Passage]
    sentences: pd.DataFrame
    figures: pd.DataFrame
    dates: pd.DataFrame
    places: pd.DataFrame
    people: pd.DataFrame
    organisations: pd.DataFrame
    activities: pd.DataFrame
    repairs: pd.DataFrame
    boxes: pd.DataFrame


# Characters of an article's text that stand in for a headline.
OPENING = 24


class ArticleQueries(Database):
    """Questions about articles."""

    def articles(self, selection: Selection, limit: int, offset: int = 0) -> pd.DataFrame:
        """One page of the articles, the latest issue first, in the order of its pages.

        Columns: article_id, headline, opening (the text's first characters, where there is no
        headline), issue_date, publication, page, adcode, province, city, kind, n_chars (code
        points), figures (reportable, repeats not counted), activities (both of the whole article).
        """
        found = self.frame(
            f"""WITH page AS (
                SELECT * FROM heads AS articles WHERE {conditions.articles(selection)}
                ORDER BY rank LIMIT $limit OFFSET $offset),
            counted AS (
                SELECT rank, count(*) AS figures FROM figure_keys SEMI JOIN page USING (rank)
                GROUP BY rank),
            reported AS (
                SELECT rank, count(*) AS activities FROM activity_keys SEMI JOIN page USING (rank)
                GROUP BY rank)
            SELECT article_id, headline, issue_date, publication, page, adcode, province, city,
                kind, n_chars, coalesce(figures, 0) AS figures,
                coalesce(activities, 0) AS activities
            FROM page LEFT JOIN counted USING (rank) LEFT JOIN reported USING (rank)
            ORDER BY rank""",
            selection,
            limit=limit,
            offset=offset,
        )
        openings = self._openings(found.loc[found["headline"].isna(), "article_id"].tolist())
        opening = [openings.get(one) for one in found["article_id"]]
        found.insert(2, "opening", pd.Series(opening, found.index, dtype="object"))
        return found

    def _openings(self, article_ids: list[str]) -> dict[str, str]:
        """The first characters of some articles' texts: they lie in the same file as all texts."""
        if not article_ids:
            return {}
        rows = self.rows(
            f"""SELECT article_id, left(text, {OPENING}) FROM articles
            WHERE article_id IN (SELECT unnest($untitled::VARCHAR[]))""",
            untitled=article_ids,
        )
        return dict(rows)

    def headline(self, article_id: str) -> str | None:
        """The headline of an article, or None where it has none or there is no such article."""
        found = self.rows("SELECT headline FROM heads WHERE article_id = $id", id=article_id)
        return found[0][0] if found else None

    def article(self, article_id: str) -> ArticleDetail | None:
        """Everything known about an article, or None where there is no such article."""
        article = self._one("SELECT * FROM articles WHERE article_id = $id", id=article_id)
        if article is None:
            return None
        document = self._one(
            "SELECT * FROM documents WHERE document_id = $id", id=article["document_id"]
        )
        document = document or {}
        ranges = [(int(start), int(end)) for start, end in article["ranges"]]
        text = document.pop("text", "")
        facts = {table: self._facts(table, article_id) for table in _FACTS}
        return ArticleDetail(
            article=article,
            document=document,
            page=text,
            alone=self._is_alone(article["document_id"]),
            passages=[Passage(start, end, text[start:end]) for start, end in ranges],
            repairs=self._repairs(article["document_id"], ranges),
            boxes=self.frame(
                "SELECT * FROM boxes WHERE document_id = $id ORDER BY start",
                id=article["document_id"],
            ),
            **facts,
        )

    def beside(self, article_id: str) -> pd.DataFrame:
        """The other articles of an article's document, in their order.

        Columns: article_id, headline, opening (the text's first characters), ranges.
        """
        return self.frame(
            f"""SELECT article_id, headline, left(text, {OPENING}) AS opening, ranges
            FROM articles WHERE article_id <> $id AND len(ranges) > 0 AND document_id IN (
                SELECT document_id FROM articles WHERE article_id = $id) ORDER BY articles."order"
            """,
            id=article_id,
        )

    def _one(self, sql: str, **parameters: Any) -> dict[str, Any] | None:
        cursor = self.ask(sql, None, parameters)
        names = [str(column[0]) for column in cursor.description or []]
        row = cursor.fetchone()
        return dict(zip(names, row, strict=True)) if row else None

    def _is_alone(self, document_id: str) -> bool:
        ((count,),) = self.rows(
            "SELECT count(*) FROM articles WHERE document_id = $id", id=document_id
        )
        return int(count) == 1

    def _facts(self, table: str, article_id: str) -> pd.DataFrame:
        order = '"order"' if table == "sentences" else "start"
        return self.frame(
            f"SELECT * FROM {table} WHERE article_id = $id ORDER BY {order}", id=article_id
        )

    def _repairs(self, document_id: str, ranges: list[tuple[int, int]]) -> pd.DataFrame:
        repairs = self.frame(
            'SELECT * FROM repairs WHERE document_id = $id ORDER BY start, "end"', id=document_id
        )
        touching = [
            any(start <= last and first <= end for first, last in ranges)
            for start, end in zip(repairs["start"], repairs["end"], strict=True)
        ]
        return repairs[touching].reset_index(drop=True)


_FACTS = ("sentences", "figures", "dates", "places", "people", "organisations", "activities")
