"""Questions about words, and about the regions whose words can be compared."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard import keyness
from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.queries.regions import city_of, province_of
from dashboard.selection import Selection
from etl import reference

# Words and articles as numbers, counted per version: grouping numbers takes a tenth of the time
# that grouping texts takes.
_VOCABULARY = """CREATE TABLE vocabulary AS
    SELECT row_number() OVER (ORDER BY word, pos)::INTEGER AS code, word, pos,
        word IN (SELECT unnest($phrases::VARCHAR[])) AS phrase
    FROM (SELECT DISTINCT word, pos FROM words)"""
_CODED = """CREATE TABLE coded AS
    SELECT rank, code, count::INTEGER AS count FROM words
    JOIN heads USING (article_id) JOIN vocabulary USING (word, pos)"""
_WHOLE = """CREATE TABLE whole AS
    SELECT code, sum(count)::BIGINT AS count, count(*) AS articles FROM coded GROUP BY code"""
_PERIODS = {
    "month": "left(issue_date, 7)",
    "quarter": "left(issue_date, 4) || '-Q' || ((substr(issue_date, 6, 2)::INTEGER + 2) // 3)",
    "year": "left(issue_date, 4)",
}
PERIODS = tuple(_PERIODS)


class WordQueries(Database):
    """Questions about words."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._counting = threading.Lock()
        self._counted = False

    def _count(self) -> None:
        """Make the numbered tables, once; the first question about words waits for it."""
        with self._counting:
            if self._counted:
                return
            phrases = {"phrases": sorted(reference.boilerplate())}
            self._connection.cursor().execute(_VOCABULARY, phrases)
            self._connection.cursor().execute(_CODED)
            self._connection.cursor().execute(_WHOLE)
            self._counted = True

    def words(
        self, selection: Selection, region: str | None, boilerplate: bool, limit: int
    ) -> pd.DataFrame:
        """The most frequent words of the articles of a selection.

        `region` keeps the articles about one province or city (adcode); `boilerplate` keeps the
        set phrases that every report has. Columns: word, pos, count (occurrences), articles (that
        have it), share (occurrences per 10,000 words, set phrases among them). Most frequent
        first, then by word.
        """
        self._count()
        return self.frame(
            f"""WITH counted AS ({_counted(_kept(selection, region))})
            SELECT word, pos, count, articles,
                count * {keyness.PER}.0 / (SELECT sum(count) FROM counted) AS share
            FROM counted JOIN vocabulary USING (code) WHERE {_spoken(boilerplate)}
            ORDER BY count DESC, word, pos LIMIT $limit""",
            selection,
            own=self._inside(region),
            limit=limit,
        )

    def keyness(
        self, selection: Selection, region: str, other: str | None, boilerplate: bool
    ) -> pd.DataFrame:
        """How each word sets the articles about `region` apart from those about `other`.

        `other` None is all other articles of the selection. Columns: word, pos, count, articles,
        count_other, articles_other, and those of `dashboard.keyness.keyness`.
        """
        self._count()
        chosen = _kept(selection, None)
        beside = f"{chosen} AND NOT {_OWN} AND {_OTHER}" if other else chosen
        # The rest is everything without the region's own: the larger part is counted already.
        minus = "0" if other else "coalesce(here.{0}, 0)"
        found = self.frame(
            f"""WITH here AS ({_counted(_kept(selection, region))}),
            there AS ({_counted(beside)})
            SELECT word, pos, coalesce(here.count, 0) AS count,
                coalesce(here.articles, 0) AS articles,
                coalesce(there.count, 0) - {minus.format("count")} AS count_other,
                coalesce(there.articles, 0) - {minus.format("articles")} AS articles_other, phrase
            FROM here FULL JOIN there USING (code) JOIN vocabulary USING (code)
            ORDER BY word, pos""",
            selection,
            own=self._inside(region),
            other=self._inside(other),
        )
        totals = int(found["count"].sum()), int(found["count_other"].sum())
        kept = found if boilerplate else found[~found["phrase"].astype(bool)]
        return keyness.keyness(kept.drop(columns="phrase").reset_index(drop=True), *totals)

    def words_over_time(
        self, selection: Selection, region: str | None, words: Sequence[str], per: str
    ) -> pd.DataFrame:
        """How often each of `words` stands in the articles of each month, quarter or year.

        `per` is one of PERIODS. Columns: key (2023-12, 2023-Q4, 2023), word, count, total (all
        words of that time), share (per 10,000 words), articles. A time without the word has 0;
        one without articles has no row. Articles of unknown day are left out.
        """
        self._count()
        return self.frame(
            f"""WITH kept AS (
                SELECT rank, {_PERIODS[per]} AS key FROM heads AS articles
                WHERE issue_date IS NOT NULL AND {_kept(selection, region)}),
            totals AS (
                SELECT key, sum(count)::BIGINT AS total FROM coded JOIN kept USING (rank)
                GROUP BY key),
            found AS (
                SELECT key, word, sum(count)::BIGINT AS count,
                    count(DISTINCT rank) AS articles
                FROM coded JOIN kept USING (rank) JOIN vocabulary USING (code)
                WHERE word IN (SELECT unnest($words::VARCHAR[])) GROUP BY key, word)
            SELECT key, asked.word AS word, coalesce(count, 0) AS count, total,
                coalesce(count, 0) * {keyness.PER}.0 / total AS share,
                coalesce(articles, 0) AS articles
            FROM totals CROSS JOIN (SELECT unnest($words::VARCHAR[]) AS word) AS asked
            LEFT JOIN found USING (key, word) ORDER BY key, word""",
            selection,
            own=self._inside(region),
            words=list(words),
        )

    def concordance_count(self, selection: Selection, region: str | None, word: str) -> int:
        """How many sentences `concordance` has."""
        ((count,),) = self._sentences_with(selection, region, word, "count(*)", "")
        return int(count)

    def concordance(
        self, selection: Selection, region: str | None, word: str, limit: int, offset: int = 0
    ) -> pd.DataFrame:
        """The sentences that hold a word, of the articles that it was counted in.

        Columns: sentence_id, article_id, sentence, headline, issue_date, province, city, county;
        the latest issue first, in the order of the text.
        """
        columns = """sentence_id, article_id, raw AS sentence, headline, articles.issue_date,
            province, city, county"""
        order = """ORDER BY rank, sentences."order"
            LIMIT $limit OFFSET $offset"""
        rows = self._sentences_with(
            selection, region, word, columns, order, limit=limit, offset=offset
        )
        return pd.DataFrame(rows, columns=list(_CONCORDANCE), dtype="object")

    def _sentences_with(
        self,
        selection: Selection,
        region: str | None,
        word: str,
        columns: str,
        order: str,
        **more: Any,
    ) -> list[tuple[Any, ...]]:
        self._count()
        return self.rows(
            f"""WITH kept AS (
                SELECT DISTINCT rank FROM coded
                JOIN vocabulary USING (code) JOIN heads AS articles USING (rank)
                WHERE word = $word AND {_kept(selection, region)})
            SELECT {columns} FROM sentences
            JOIN (SELECT * FROM heads SEMI JOIN kept USING (rank)) AS articles USING (article_id)
            WHERE contains(raw, $word)
            {order}""",
            selection,
            own=self._inside(region),
            word=word,
            **more,
        )

    def _inside(self, region: str | None) -> list[str]:
        return self.adcodes_in(_region(region)) if region else []

    def regions(self, selection: Selection) -> pd.DataFrame:
        """The provinces and cities of today that articles of the selection are about.

        Columns: adcode, name, level (province, city), articles. An article about a city counts
        for its province too; a municipality is listed once, as a province. By level, then most
        articles first.
        """
        return self.frame(
            f"""WITH chosen AS (
                SELECT regions.* FROM heads AS articles JOIN regions USING (adcode)
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


_CONCORDANCE = (
    "sentence_id",
    "article_id",
    "sentence",
    "headline",
    "issue_date",
    "province",
    "city",
    "county",
)
_OWN = "coalesce(articles.adcode IN (SELECT unnest($own::VARCHAR[])), false)"


_OTHER = "coalesce(articles.adcode IN (SELECT unnest($other::VARCHAR[])), false)"


def _counted(kept: str) -> str:
    """Each word's code, count and articles, among the articles that `kept` keeps."""
    if kept == "true":
        return "SELECT code, count, articles FROM whole"
    return f"""SELECT code, sum(count)::BIGINT AS count, count(*) AS articles FROM coded
        SEMI JOIN (SELECT rank FROM heads AS articles WHERE {kept}) AS kept USING (rank)
        GROUP BY code"""


def _kept(selection: Selection, region: str | None) -> str:
    """The condition on `articles`: those of a selection that are about a region."""
    parts = [] if selection.is_everything else [conditions.articles(selection)]
    if region:
        parts.append(_OWN)
    return " AND ".join(parts) or "true"


def _spoken(boilerplate: bool) -> str:
    return "true" if boilerplate else "NOT phrase"


def _region(adcode: str) -> Selection:
    """The selection of one province or one city."""
    province = province_of(adcode)
    if province == adcode:
        return Selection(provinces=(adcode,))
    return Selection(cities=(city_of(adcode) or adcode,))
