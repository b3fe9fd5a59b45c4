"""The tables themselves, whole or those of a selection's articles, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.selection import Selection
from etl import tables

BATCH = 5_000


class TakeoutQueries(Database):
    """The rows of the tables."""

    def table_rows(self, table: str, selection: Selection) -> Iterator[tuple[Any, ...]]:
        """Every row of `table` with its declared columns, of the articles that a selection keeps.

        That is every fact of such an article, whichever place or type it has itself; a document
        is kept with any of its articles; what was rejected belongs to everything only.
        """
        names = ", ".join(f'"{one.name}"' for one in tables.columns(table))
        sql = f"SELECT {names} FROM {table} WHERE {_kept(table, selection)}"
        cursor = self.ask(sql, selection, {})
        while batch := cursor.fetchmany(BATCH):
            yield from batch


def _kept(table: str, selection: Selection) -> str:
    if selection.is_everything:
        return "true"
    names = {one.name for one in tables.columns(table)}
    for key in ("article_id", "document_id"):
        if key in names:
            chosen = conditions.articles(selection)
            return f"{key} IN (SELECT {key} FROM heads AS articles WHERE {chosen})"
    return "false"
