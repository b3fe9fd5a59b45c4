"""Questions about words, and about the regions whose words can be compared."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard import keyness
from dashboard.mapped import Numbers
from dashboard.queries import conditions, word_counts, words_file
from dashboard.queries.database import Database
from dashboard.queries.regions import city_of, province_of
from dashboard.queries.word_counts import WordCounts
from dashboard.selection import Selection
from etl import reference

_PERIODS = {
    "month": "left(issue_date, 7)",
    "quarter": "left(issue_date, 4) || '-Q' || ((substr(issue_date, 6, 2)::INTEGER + 2) // 3)",
    "year": "left(issue_date, 4)",
}
PERIODS = tuple(_PERIODS)


class WordQueries(Database):
    """Questions about words."""

    def __init__(self, folder: Path, spare: Path | None = None) -> None:
        super().__init__(folder, spare)
        self._counting = threading.Lock()
        self._counted: WordCounts | None = None

    def word_counts(self) -> WordCounts:
        """The words of all articles as numbers, made once; the first question waits for it."""
        with self._counting:
            if self._counted is None:
                kept, phrases = self.words_folder(), reference.boilerplate()
                self._counted = (
                    words_file.read(kept, phrases) if kept else self.count_words(phrases)
                )
            return self._counted

    def words_folder(self) -> Path | None:
        """Where the words lie as numbers, or None where they would be numbered first."""
        return words_file.FOLDER.find(self.folder, self._spare)

    def count_words(self, phrases: Iterable[str]) -> WordCounts:
        """Number the words of all articles."""
        found = self.ask("SELECT article_id, rank FROM heads", None, {}).fetchall()
        return word_counts.count(self.folder / "words.parquet", dict(found), phrases)

    def words(
        self, selection: Selection, region: str | None, boilerplate: bool, limit: int
    ) -> pd.DataFrame:
        """The most frequent words of the articles of a selection.

        `region` keeps the articles about one province or city (adcode); `boilerplate` keeps the
        set phrases that every report has. Columns: word, pos, count (occurrences), articles (that
        have it), share (occurrences per 10,000 words, set phrases among them). Most frequent
        first, then by word.
        """
        asked = ("words", selection, region, boilerplate, limit)
        return self.kept_frame(asked, lambda: self._words(selection, region, boilerplate, limit))

    def _words(
        self, selection: Selection, region: str | None, boilerplate: bool, limit: int
    ) -> pd.DataFrame:
        counts = self.word_counts()
        found = counts.sums(self._kept(condition(selection, region), selection, region))
        spoken = found.articles > 0
        if not boilerplate:
            spoken &= ~counts.vocabulary.phrases
        codes = np.flatnonzero(spoken)
        most = codes[np.argsort(-found.count[codes], kind="stable")[:limit]]
        return pd.DataFrame(
            {
                "word": counts.vocabulary.words[most],
                "pos": counts.vocabulary.pos[most],
                "count": found.count[most],
                "articles": found.articles[most],
                "share": found.count[most] * float(keyness.PER) / max(found.count.sum(), 1),
            }
        )

    def keyness(
        self, selection: Selection, region: str, other: str | None, boilerplate: bool
    ) -> pd.DataFrame:
        """How each word sets the articles about `region` apart from those about `other`.

        `other` None is all other articles of the selection. Columns: word, pos, count, articles,
        count_other, articles_other, and those of `dashboard.keyness.keyness`.
        """
        asked = ("keyness", selection, region, other, boilerplate)
        return self.kept_frame(asked, lambda: self._apart(selection, region, other, boilerplate))

    def _apart(
        self, selection: Selection, region: str, other: str | None, boilerplate: bool
    ) -> pd.DataFrame:
        counts = self.word_counts()
        here = counts.sums(self._kept(condition(selection, region), selection, region))
        chosen = condition(selection, None)
        beside = f"{chosen} AND NOT {_OWN} AND {_OTHER}" if other else chosen
        there = counts.sums(self._kept(beside, selection, region, other))
        every = (here.articles > 0) | (there.articles > 0)
        # The rest is everything without the region's own.
        there = there if other else there.without(here)
        spoken = every if boilerplate else every & ~counts.vocabulary.phrases
        found = pd.DataFrame(
            {
                "word": counts.vocabulary.words[spoken],
                "pos": counts.vocabulary.pos[spoken],
                "count": here.count[spoken],
                "articles": here.articles[spoken],
                "count_other": there.count[spoken],
                "articles_other": there.articles[spoken],
            }
        )
        return keyness.keyness(found, int(here.count.sum()), int(there.count.sum()))

    def words_over_time(
        self, selection: Selection, region: str | None, words: Sequence[str], per: str
    ) -> pd.DataFrame:
        """How often each of `words` stands in the articles of each month, quarter or year.

        `per` is one of PERIODS. Columns: key (2023-12, 2023-Q4, 2023), word, count, total (all
        words of that time), share (per 10,000 words), articles. A time without the word has 0;
        one without articles has no row. Articles of unknown day are left out.
        """
        asked = ("over time", selection, region, tuple(words), per)
        return self.kept_frame(asked, lambda: self._over_time(selection, region, words, per))

    def _over_time(
        self, selection: Selection, region: str | None, words: Sequence[str], per: str
    ) -> pd.DataFrame:
        counts = self.word_counts()
        keys, time_of = self._times(_PERIODS[per])
        kept = self._kept(condition(selection, region), selection, region)
        if kept is not None:
            time_of[~kept] = -1
        size = len(keys)
        totals = _summed(time_of[counts.ranks], counts.totals, size)
        own = {word: counts.vocabulary.codes_of(word) for word in dict.fromkeys(words)}
        codes, ranks, stands = counts.having(list(own.values()))
        found = []
        for word, some in own.items():
            mine = (codes >= some.start) & (codes < some.stop)
            rows = pd.DataFrame({"key": keys, "word": word})
            rows["count"] = _summed(time_of[ranks[mine]], stands[mine], size)
            rows["total"] = totals
            rows["share"] = rows["count"] * float(keyness.PER) / np.maximum(totals, 1)
            rows["articles"] = _summed(time_of[np.unique(ranks[mine])], None, size)
            found.append(rows[totals > 0])
        every = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=_OVER_TIME)
        return every.sort_values(["key", "word"], ignore_index=True).astype(
            {"key": object, "word": object}
        )

    def _times(self, key: str) -> tuple[Numbers, Numbers]:
        """The months, quarters or years, and for each article, by its rank, which it is of: -1
        where the day of its issue is not known. Ranks go by day, so that a time is a stretch."""
        rows = self.rows(
            f"""SELECT {key}, min(rank), max(rank) FROM heads WHERE issue_date IS NOT NULL
            GROUP BY 1 ORDER BY 1"""
        )
        time_of = np.full(self._last_rank() + 1, -1, np.int32)
        for number, (_, first, last) in enumerate(rows):
            time_of[first : last + 1] = number
        return np.array([one for one, *_ in rows], object), time_of

    def _last_rank(self) -> int:
        ((last,),) = self.rows("SELECT coalesce(max(rank), 0) FROM heads")
        return int(last)

    def _kept(
        self, condition: str, selection: Selection, region: str | None, other: str | None = None
    ) -> Numbers | None:
        """For each article, by its rank, whether the condition keeps it; None where all are."""
        if condition == "true":
            return None
        own = {"own": self._inside(region), "other": self._inside(other)}
        sql = f"SELECT rank FROM heads AS articles WHERE {condition}"
        kept = np.zeros(self._last_rank() + 1, bool)
        kept[self.ask(sql, selection, own).fetchnumpy()["rank"]] = True
        return kept

    def _inside(self, region: str | None) -> list[int]:
        return self.regions_in(_region(region)) if region else []

    def regions(self, selection: Selection) -> pd.DataFrame:
        """The provinces and cities of today that articles of the selection are about.

        Columns: adcode, name, level (province, city), articles. An article about a city counts
        for its province too; a municipality is listed once, as a province. By level, then most
        articles first.
        """
        return self.frame(
            f"""WITH chosen AS (
                SELECT regions.*, articles FROM (
                    SELECT region, count(*) AS articles FROM heads AS articles
                    WHERE {conditions.articles(selection)} GROUP BY region)
                JOIN regions USING (region))
            SELECT province AS adcode, any_value(province_name) AS name, 'province' AS level,
                sum(articles)::BIGINT AS articles
            FROM chosen GROUP BY province
            UNION ALL
            SELECT city, any_value(city_name), 'city', sum(articles)::BIGINT
            FROM chosen WHERE city <> province GROUP BY city
            ORDER BY level = 'city', articles DESC, 1""",
            selection,
        )


_OVER_TIME = ("key", "word", "count", "total", "share", "articles")
_OWN = "coalesce(articles.region IN (SELECT unnest($own::INTEGER[])), false)"
_OTHER = "coalesce(articles.region IN (SELECT unnest($other::INTEGER[])), false)"


def condition(selection: Selection, region: str | None) -> str:
    """The condition on `articles`: those of a selection that are about a region."""
    parts = [] if selection.is_everything else [conditions.articles(selection)]
    if region:
        parts.append(_OWN)
    return " AND ".join(parts) or "true"


def _summed(times: Numbers, weights: Numbers | None, size: int) -> Numbers:
    """The sum of the weights, or the number, of each time; what is of none (-1) is left out."""
    known = times >= 0
    some = None if weights is None else weights[known]
    return np.bincount(times[known], some, size).astype(np.int64)


def _region(adcode: str) -> Selection:
    """The selection of one province or one city."""
    province = province_of(adcode)
    if province == adcode:
        return Selection(provinces=(adcode,))
    return Selection(cities=(city_of(adcode) or adcode,))
