"""A word in its sentences, a page of articles at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.kept import Kept
from dashboard.mapped import Numbers
from dashboard.queries.database import numbered, rows_between
from dashboard.queries.words import WordQueries, condition
from dashboard.search_index import Sentences
from dashboard.selection import Selection

# Articles that hold a word stay ready for the next page of its sentences, in so many bytes.
_READY = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Uses:
    """How many articles a word was counted in, and how often."""

    articles: int
    occurrences: int


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


class ConcordanceQueries(WordQueries):
    """Questions about a word where it stands."""

    def __init__(self, folder: Path, spare: Path | None = None) -> None:
        super().__init__(folder, spare)
        self._uses: Kept[tuple[Numbers, int]] = Kept(_READY, lambda one: one[0].nbytes + 64)

    def forget(self) -> None:
        """Keep no answer ready: what is asked next is asked of the tables."""
        super().forget()
        self._uses.clear()

    def uses(self, selection: Selection, region: str | None, word: str) -> Uses:
        """How many articles a word was counted in, and how often: what `concordance` shows."""
        ranks, count = self._articles_with(selection, region, word)
        return Uses(len(ranks), count)

    def concordance(
        self, selection: Selection, region: str | None, word: str, limit: int, offset: int = 0
    ) -> pd.DataFrame:
        """The sentences that hold a word, of the articles that it was counted in.

        `limit` and `offset` count articles, of which all such sentences come: only theirs are
        read. A word that a line's end cuts in two is found, too. Columns: sentence_id, article_id,
        sentence, headline, issue_date, province, city, county; the latest issue first, in the
        order of the text.
        """
        ranks, _ = self._articles_with(selection, region, word)
        shown = ranks[offset : offset + limit].tolist()
        kept = self.kept_sentences()
        found = self._of_index(kept, shown, word) if kept else self._of_file(shown, word)
        return pd.DataFrame(found, columns=list(_CONCORDANCE), dtype="object")

    def _of_file(self, shown: list[int], word: str) -> list[tuple[object, ...]]:
        """The sentences with a word of articles, by their ranks, from the table's file."""
        spans = self.rows(
            """SELECT first_sentence, last_sentence FROM heads
            WHERE first_sentence IS NOT NULL AND rank IN (SELECT unnest($shown::INTEGER[]))""",
            shown=shown,
        )
        return self.rows(
            f"""SELECT sentence_id, article_id, raw AS sentence, headline, articles.issue_date,
                province, city, county
            FROM sentence_rows AS sentences
            JOIN (SELECT * FROM heads WHERE rank IN (SELECT unnest($shown::INTEGER[]))) AS articles
                USING (article_id)
            WHERE {rows_between(spans)} AND contains(replace(raw, chr(10), ''), $word)
            ORDER BY rank, sentences."order" """,
            shown=shown,
            word=word,
        )

    def _of_index(
        self, sentences: Sentences, shown: list[int], word: str
    ) -> list[tuple[object, ...]]:
        """The same from the search index; the file is asked for their ids alone."""
        heads = self.rows(
            """SELECT first_sentence, last_sentence, article_id, headline, issue_date, province,
                city, county
            FROM heads WHERE first_sentence IS NOT NULL
                AND rank IN (SELECT unnest($shown::INTEGER[])) ORDER BY rank""",
            shown=shown,
        )
        held = [
            [
                (number, raw)
                for number, raw in sentences.of_article(first, last)
                if word in raw.replace("\n", "")
            ]
            for first, last, *_ in heads
        ]
        ids = {
            number: (order, sentence_id)
            for number, order, sentence_id in self.rows(
                f"""SELECT file_row_number, "order", sentence_id FROM sentence_rows
                WHERE {numbered(number for some in held for number, _ in some)}"""
            )
        }
        return [
            (ids[number][1], article_id, raw, *said)
            for (_, _, article_id, *said), some in zip(heads, held, strict=True)
            for number, raw in sorted(some, key=lambda one: ids[one[0]])
        ]

    def _articles_with(
        self, selection: Selection, region: str | None, word: str
    ) -> tuple[Numbers, int]:
        """The ranks of the articles that a word was counted in, in order, and how often it was."""
        asked = ("articles with", selection, region, word)
        return self._uses.get(asked, lambda: self._counted_in(selection, region, word))

    def _counted_in(
        self, selection: Selection, region: str | None, word: str
    ) -> tuple[Numbers, int]:
        counts = self.word_counts()
        _, ranks, stands = counts.having([counts.vocabulary.codes_of(word)])
        kept = self._kept(condition(selection, region), selection, region)
        if kept is not None:
            ranks, stands = ranks[kept[ranks]], stands[kept[ranks]]
        return np.unique(ranks), int(stands.sum())
