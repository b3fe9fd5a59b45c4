"""The tables of one version as views of an in-memory DuckDB, and how a question is put to them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from dashboard.kept import Kept
from dashboard.queries import conditions, keys, keys_file, lists_file, views
from dashboard.queries.regions import Region, city_of, lies_in, province_of, today_of
from dashboard.search_index import FOLDER, Sentences
from dashboard.selection import Selection
from etl import store

# Answers stay ready in so many bytes, about; readers ask the same of a version again and again.
_READY, _CELL = 48 * 1024 * 1024, 60
# A question with a longer list of its own is asked once.
_LONGEST_LIST = 50
# Sentences of more rows than these are looked for by their ids in the whole file.
_MOST_NUMBERS = 5_000


class Database:
    """Views over the Parquet files of a version, and narrow tables beside them.

    The narrow tables are those of `keys`.
    """

    def __init__(self, folder: Path, spare: Path | None = None) -> None:
        self.folder, self.version = folder, store.version(folder)
        # Where lies what belongs beside the tables, if not there.
        self._spare = spare or folder
        self._connection = duckdb.connect()
        self._frames: Kept[pd.DataFrame] = Kept(_READY, lambda one: int(one.size) * _CELL)
        self._rows: Kept[list[tuple[Any, ...]]] = Kept(_READY, _bytes)
        # What tables of an older version lack; the views have it.
        self.gaps = views.make(self._connection, folder)
        self._making = threading.Lock()
        self._sentences: Sentences | None = None
        self._is_listed = False
        kept = keys_file.FOLDER.find(folder, self._spare)
        self._is_attached = kept is not None
        if kept:
            keys_file.attach(self._connection, kept)
        else:
            keys.make(self._connection)
        # The day of the last issue; where no issue has a date, nothing lies ahead of it.
        ((latest,),) = self.rows("SELECT max(issue_date) FROM heads")
        self.latest: str = latest or conditions.LAST_DAY
        self._regions: dict[str, tuple[int, str, str, str | None]] = {
            adcode: (region, today, province, city)
            for adcode, region, today, province, city in self.rows(
                "SELECT adcode, region, today, province, city FROM regions"
            )
        }

    def with_sentences(self, rows: pd.DataFrame) -> pd.DataFrame:
        """`rows` with article_id and sentence_id, and a column `sentence`: that sentence's text."""
        kept = self.kept_sentences()
        said = "file_row_number" if kept else "raw"
        found = self.rows(
            f"""SELECT sentence_id, {said} FROM sentence_rows
            WHERE {self._among(rows["article_id"].dropna().unique().tolist())}
                AND sentence_id IN (SELECT unnest($wanted::VARCHAR[]))""",
            wanted=sorted(set(rows["sentence_id"].dropna())),
        )
        texts = {one: kept.raw(value) if kept else value for one, value in found}
        return rows.assign(sentence=rows["sentence_id"].map(texts).astype(object))

    def _among(self, article_ids: list[str]) -> str:
        """The condition on `sentence_rows` that they lie where those articles' sentences do."""
        spans = self.rows(
            """SELECT first_sentence, last_sentence FROM heads
            WHERE hashed IN (SELECT hash(unnest($articles::VARCHAR[])))
                AND first_sentence IS NOT NULL""",
            articles=article_ids,
        )
        return rows_between(spans)

    def kept_sentences(self) -> Sentences | None:
        """The sentences beside the search index, or None where that is not made yet.

        In the table's file, which is packed, one costs as much as the thousands beside it.
        """
        if self._sentences is None and (kept := FOLDER.find(self.folder, self._spare)):
            self._sentences = Sentences(kept)
        return self._sentences

    def page_of(self, table: str, page: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
        """`columns` of the rows of `table` that `page` names, beside `page`.

        It names them by `number`, and by `position` in their list: from the list where that is
        kept. The numbers stand in the question itself, for then it reads only the parts of the
        file that have them.
        """
        listed = self._has_lists()
        by, file = ("position", lists_file.VIEWS) if listed else ("number", views.ROWS)
        names = ", ".join(f'"{one}"' for one in columns if one not in page)
        found = self.frame(
            f"""SELECT file_row_number AS {by}, {names} FROM {file[table]}
            WHERE {numbered(page[by])}"""
        )
        return page.merge(found, on=by, how="left")[list(columns)]

    def _has_lists(self) -> bool:
        """Whether lists are kept in the order they are shown in."""
        with self._making:
            if not self._is_listed and (kept := lists_file.FOLDER.find(self.folder, self._spare)):
                lists_file.attach(self._connection, kept)
                self._is_listed = True
            return self._is_listed

    def frame(
        self, sql: str, selection: Selection | None = None, **parameters: Any
    ) -> pd.DataFrame:
        """The rows of `sql` with its columns; text that is missing is None, a number NaN."""
        key = _key(sql, selection, parameters)
        if key is None:
            return with_none(self.ask(sql, selection, parameters).df())
        found = self._frames.get(key, lambda: with_none(self.ask(sql, selection, parameters).df()))
        # Whoever writes into the copy leaves what is kept as it is (pandas copies on write).
        return found.copy(deep=False)

    def kept_frame(self, asked: tuple[Any, ...], make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """What `make` gives, or gave before to the same question."""
        return self._frames.get(asked, make).copy(deep=False)

    def rows(
        self, sql: str, selection: Selection | None = None, **parameters: Any
    ) -> list[tuple[Any, ...]]:
        """The rows of `sql` as tuples."""
        key = _key(sql, selection, parameters)
        if key is None:
            return self.ask(sql, selection, parameters).fetchall()
        return list(self._rows.get(key, lambda: self.ask(sql, selection, parameters).fetchall()))

    def have(self, *tables: str) -> None:
        """Have some of the tables `keys.LATER`, which are made when they are first asked for."""
        with self._making:
            for table in tables if not self._is_attached else ():
                keys.make_later(self._connection, table)

    def forget(self) -> None:
        """Keep no answer ready: what is asked next is asked of the tables."""
        self._frames.clear()
        self._rows.clear()

    def ask(
        self,
        sql: str,
        selection: Selection | None,
        parameters: dict[str, Any],
        given: Mapping[str, pa.Table] | None = None,
    ) -> duckdb.DuckDBPyConnection:
        """Run `sql` on a cursor of its own, so that threads may ask at the same time.

        `given` are tables of this question alone, by the name that `sql` has for them.
        """
        known = self._parameters(selection) | parameters if selection else parameters
        named = {name: value for name, value in known.items() if f"${name}" in sql}
        cursor = self._connection.cursor()
        for name, table in (given or {}).items():
            cursor.register(name, table)
        return cursor.execute(sql, named)

    def _parameters(self, selection: Selection) -> dict[str, Any]:
        return conditions.parameters(selection, self.regions_in(selection))

    def regions_in(self, selection: Selection) -> list[int]:
        """The numbers of `adcodes_in`."""
        return [self._regions[one][0] for one in self.adcodes_in(selection)]

    def adcodes_in(self, selection: Selection) -> list[str]:
        """The adcodes in the tables that lie in the selected provinces, cities and areas today.

        All of them narrow: 140000 with 140100 is 140100.
        """
        provinces = {province_of(one) for one in selection.provinces}
        cities = {city_of(one) or one for one in selection.cities}
        areas = [today_of(one) for one in selection.within]
        return [
            adcode
            for adcode, (_, today, province, city) in self._regions.items()
            if (not provinces or province in provinces)
            and (not cities or city in cities)
            and (not areas or any(lies_in(today, area) for area in areas))
        ]

    def regions_of(self, regions: Iterable[int]) -> tuple[list[Region], list[tuple[Region, str]]]:
        """The provinces, and the cities with their province, that hold `regions` today, by code."""
        rows = self.rows(
            """SELECT DISTINCT province, province_name, city, city_name FROM regions
            WHERE region IN (SELECT unnest($wanted::INTEGER[])) ORDER BY province, city""",
            wanted=sorted(regions),
        )
        provinces = {province: Region(province, name or province) for province, name, _, _ in rows}
        cities = [
            (Region(city, name or city), province) for province, _, city, name in rows if city
        ]
        return list(provinces.values()), cities


def rows_between(spans: Iterable[tuple[int, int]]) -> str:
    """The condition that rows have a number from the first to the last of one of the spans.

    True where that were too long a list: then all of the file is read.
    """
    known = list(spans)
    if sum(last - first + 1 for first, last in known) > _MOST_NUMBERS:
        return "true"
    return numbered(one for first, last in known for one in range(first, last + 1))


def numbered(numbers: Iterable[int]) -> str:
    """The condition that rows have one of these numbers."""
    listed = ", ".join(str(int(one)) for one in numbers) or "-1"
    return f"file_row_number IN ({listed})"


def _key(
    sql: str, selection: Selection | None, parameters: Mapping[str, Any]
) -> tuple[Any, ...] | None:
    """What tells a question from others, or None for one that is not worth keeping."""
    own = []
    for name, value in sorted(parameters.items()):
        if isinstance(value, list | tuple):
            if len(value) > _LONGEST_LIST:
                return None
            value = tuple(value)
        own.append((name, value))
    return sql, selection, tuple(own)


def _bytes(rows: list[tuple[Any, ...]]) -> int:
    return len(rows) * len(rows[0]) * _CELL if rows else _CELL


def with_none(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with None for missing text: pandas' own NaN is true in `value or ""`."""
    texts = {
        name: column.astype(object).where(column.notna(), None)
        for name, column in frame.items()
        if column.dtype == "str" or column.dtype == object
    }
    return frame.assign(**{str(name): column for name, column in texts.items()})
