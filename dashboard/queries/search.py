"""Search: sentences that hold the words, and the articles, activities and figures behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.queries import conditions
from dashboard.queries.activities import ACTIVITY_COLUMNS
from dashboard.queries.database import Database, with_none
from dashboard.queries.figures import FIGURE_COLUMNS
from dashboard.queries.keys import WHOLE
from dashboard.search_index import Numbers, SearchIndex
from dashboard.selection import Selection

# More words, or longer ones, are nobody's question.
MOST_WORDS, LONGEST = 8, 60
_WORD = re.compile(r"[\"“「『]([^\"”」』]+)[\"”」』]|([^\s\"“”「」『』]+)")


@dataclass(frozen=True, slots=True)
class Found:
    """How many articles, activities and figures a search finds within a selection."""

    articles: int
    activities: int
    figures: int


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, each once, in small letters; what stands in quotes is one word.

    山西 “政协 提案” → 山西, 政协 提案. An odd quote is left out.
    """
    found = (" ".join((quoted or loose).split()) for quoted, loose in _WORD.findall(query))
    kept = [one[:LONGEST].lower() for one in found if one]
    return tuple(dict.fromkeys(kept))[:MOST_WORDS]


class Search:
    """What holds all of some words, at least one: an article anywhere, a fact in its sentence."""

    def __init__(self, tables: Database, index: SearchIndex, words: Sequence[str]) -> None:
        self._tables, self._index = tables, index
        self._masks = index.masks(words)
        self._every = 2 ** len(words) - 1
        self._articles = self._hit_articles()
        self._sentences = self._hit_sentences()

    def _hit_articles(self) -> pa.Table:
        """article_id, in_heading and its number of the articles that hold every word."""
        merged = np.zeros(len(self._index.article_ids), np.uint8)
        some = np.flatnonzero(self._masks)
        np.bitwise_or.at(merged, self._index.articles[some], self._masks[some])
        heading = np.zeros(len(merged), bool)
        whole = (self._masks == self._every) & self._index.headings
        heading[self._index.articles[np.flatnonzero(whole)]] = True
        numbers = np.flatnonzero(merged == self._every)
        names = ["article_id", "in_heading", "number"]
        ids = _strings(self._index.article_ids[numbers])
        return pa.table([ids, pa.array(heading[numbers]), pa.array(numbers)], names=names)

    def _hit_sentences(self) -> pa.Table:
        """sentence_id and number of the sentences that hold every word."""
        numbers = np.flatnonzero(self._masks == self._every)
        ids = _strings(self._index.ids[numbers])
        return pa.table([ids, pa.array(numbers)], names=["sentence_id", "number"])

    def found(self, selection: Selection) -> Found:
        """How much there is within a selection."""
        ((articles, activities, figures),) = self._ask(
            f"""SELECT
                (SELECT count(*) FROM heads AS articles SEMI JOIN hit_articles USING (article_id)
                    WHERE {conditions.articles(selection)}),
                (SELECT count(*) FROM {WHOLE["activities"]} SEMI JOIN hit_sentences
                    USING (sentence_id) WHERE {conditions.activities(selection)}),
                (SELECT count(*) FROM {WHOLE["figures"]} SEMI JOIN hit_sentences
                    USING (sentence_id) WHERE {conditions.figures(selection)})""",
            selection,
        ).fetchall()
        return Found(articles, activities, figures)

    def articles(self, selection: Selection, limit: int, offset: int = 0) -> pd.DataFrame:
        """One page of the articles, those with the words in a headline first, then the latest.

        Columns: article_id, headline, issue_date, publication, page, adcode, province, city,
        kind, sentence (the first of those that hold most of the words).
        """
        found = self._frame(
            f"""SELECT article_id, headline, articles.issue_date, publication, page, adcode,
                province, city, kind, number
            FROM heads AS articles JOIN hit_articles USING (article_id)
            WHERE {conditions.articles(selection)}
            ORDER BY in_heading DESC, rank
            LIMIT $limit OFFSET $offset""",
            selection,
            limit=limit,
            offset=offset,
        )
        best = [self._index.text(self._best(int(one))) for one in found.pop("number")]
        return found.assign(sentence=pd.Series(best, dtype="object"))

    def _best(self, article: int) -> int:
        """The number of the article's first sentence that holds most of the words."""
        numbers = np.flatnonzero(self._index.articles == article)
        counts = np.bitwise_count(self._masks[numbers])
        return int(numbers[np.argmax(counts)])

    def activities(self, selection: Selection, limit: int, offset: int = 0) -> pd.DataFrame:
        """One page of the activities, the latest first.

        Columns: those of `ActivityQueries.activities`, and sentence.
        """
        return self._page_of(
            "activities",
            ACTIVITY_COLUMNS,
            f"""SELECT file_row_number AS number, headline, hits.number AS hit
            FROM {WHOLE["activities"]} JOIN hit_sentences AS hits USING (sentence_id)
            JOIN heads USING (rank) LEFT JOIN periods USING (period)
            WHERE {conditions.activities(selection)}
            ORDER BY periods.first DESC NULLS LAST, rank, activities.start, file_row_number
            LIMIT $limit OFFSET $offset""",
            selection,
            limit=limit,
            offset=offset,
        )

    def figures(self, selection: Selection, limit: int, offset: int = 0) -> pd.DataFrame:
        """One page of the figures, the latest issue first.

        Columns: those of `FigureQueries.figures`.
        """
        return self._page_of(
            "figures",
            FIGURE_COLUMNS,
            f"""SELECT file_row_number AS number, headline, hits.number AS hit
            FROM {WHOLE["figures"]} JOIN hit_sentences AS hits USING (sentence_id)
            JOIN heads USING (rank) WHERE {conditions.figures(selection)}
            ORDER BY rank, figures.start, file_row_number LIMIT $limit OFFSET $offset""",
            selection,
            limit=limit,
            offset=offset,
        )

    def _page_of(
        self, table: str, columns: Sequence[str], sql: str, selection: Selection, **parameters: Any
    ) -> pd.DataFrame:
        page = self._frame(sql, selection, **parameters)
        texts = [self._index.text(int(one)) for one in page["hit"]]
        page = page.assign(sentence=pd.Series(texts, dtype="object"))
        return self._tables.page_of(table, page, [*dict.fromkeys([*columns, "sentence"])])

    def _frame(self, sql: str, selection: Selection, **parameters: Any) -> pd.DataFrame:
        return with_none(self._ask(sql, selection, **parameters).df())

    def _ask(self, sql: str, selection: Selection, **parameters: Any) -> Any:
        """Run `sql`, which may name hit_articles and hit_sentences."""
        given = {"hit_articles": self._articles, "hit_sentences": self._sentences}
        return self._tables.ask(sql, selection, parameters, given)


def _strings(ids: Numbers) -> pa.Array:
    return pa.array(ids).cast(pa.string())
