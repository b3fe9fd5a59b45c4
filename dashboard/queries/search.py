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
from dashboard.queries.keys import KEYS
from dashboard.search_index import SearchIndex
from dashboard.selection import Selection

# More words, or longer ones, are nobody's question.
MOST_WORDS, LONGEST = 8, 60
_SENTENCES = {"activities": "activity_sentences", "figures": "figure_sentences"}
# The facts in the sentences that hold every word: number, and the sentence's as `hit`.
_HITS = {
    facts: f"""(SELECT number, sentence AS hit FROM {table}
        SEMI JOIN hit_sentences USING (sentence))"""
    for facts, table in _SENTENCES.items()
}
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
        tables.have(*_SENTENCES.values())
        self._tables, self._index = tables, index
        masks = index.masks(words)
        # The sentences that hold any of the words, which ones, and their articles: a reader's page
        # keeps them, so not what stands for all sentences.
        self._some = np.flatnonzero(masks).astype(np.int32)
        self._masks = masks[self._some]
        self._owners = index.articles[self._some]
        self._every = 2 ** len(words) - 1
        self._articles = self._hit_articles()
        self._sentences = pa.table({"sentence": self._some[self._masks == self._every]})

    def _hit_articles(self) -> pa.Table:
        """first_sentence, in_heading and its number of the articles that hold every word."""
        merged = np.zeros(len(self._index.firsts), np.uint8)
        np.bitwise_or.at(merged, self._owners, self._masks)
        heading = np.zeros(len(merged), bool)
        whole = (self._masks == self._every) & self._index.headings[self._some]
        heading[self._owners[whole]] = True
        numbers = np.flatnonzero(merged == self._every)
        firsts = self._index.firsts[numbers]
        return pa.table(
            {"first_sentence": firsts, "in_heading": heading[numbers], "number": numbers}
        )

    def found(self, selection: Selection) -> Found:
        """How much there is within a selection."""
        ((articles, activities, figures),) = self._ask(
            f"""SELECT
                (SELECT count(*) FROM heads AS articles SEMI JOIN hit_articles
                    USING (first_sentence) WHERE {conditions.articles(selection)}),
                (SELECT count(*) FROM {KEYS["activities"]} JOIN {_HITS["activities"]}
                    USING (number) WHERE {conditions.activities(selection)}),
                (SELECT count(*) FROM {KEYS["figures"]} JOIN {_HITS["figures"]}
                    USING (number) WHERE {conditions.figures(selection)})""",
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
            FROM heads AS articles JOIN hit_articles USING (first_sentence)
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
        own = np.flatnonzero(self._owners == article)
        counts = np.bitwise_count(self._masks[own])
        return int(self._some[own[np.argmax(counts)]])

    def activities(self, selection: Selection, limit: int, offset: int = 0) -> pd.DataFrame:
        """One page of the activities, the latest first.

        Columns: those of `ActivityQueries.activities`, and sentence.
        """
        return self._page_of(
            "activities",
            ACTIVITY_COLUMNS,
            f"""SELECT position, number, headline, hit FROM (
                SELECT position, number, rank, start, hit, periods.first AS first
                FROM {KEYS["activities"]} JOIN {_HITS["activities"]} USING (number)
                LEFT JOIN periods USING (period) WHERE {conditions.activities(selection)}
                ORDER BY first DESC NULLS LAST, rank, start, number LIMIT $limit OFFSET $offset)
            JOIN heads USING (rank) ORDER BY first DESC NULLS LAST, rank, start, number""",
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
            f"""SELECT position, number, headline, hit FROM (
                SELECT position, number, rank, hit
                FROM {KEYS["figures"]} JOIN {_HITS["figures"]} USING (number)
                WHERE {conditions.figures(selection)}
                ORDER BY position LIMIT $limit OFFSET $offset)
            JOIN heads USING (rank) ORDER BY position""",
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
