"""Do published tables keep the rules of `etl.tables`? One function for each rule."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from etl import package, store, tables
from etl.progress import counted

HOLDS, BROKEN = 0, 3
_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: how many rows break it, and the first of them."""

    table: str
    rule: str
    rows: int
    example: str

    def __str__(self) -> str:
        return f"{self.table}: {self.rule}: {self.rows:,} rows, first {self.example}"


class Checker:
    """The tables of one folder, open for questions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._database = duckdb.connect()
        self.present = [name for name in tables.TABLES if self.path(name).is_file()]
        for name in self.present:
            path = str(self.path(name)).replace("'", "''")
            self._database.execute(f"create view \"{name}\" as from read_parquet('{path}')")

    def path(self, table: str) -> Path:
        """The file of `table`."""
        return self.folder / f"{table}.parquet"

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows that `query` finds, a few at a time."""
        cursor = self._database.execute(query)
        while some := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from some

    def broken(self, table: str, rule: str, query: str) -> Iterator[Violation]:
        """A violation if `query`, whose first column names a row, has any row."""
        counted = f"select count(*), min(wrong) from ({query}) as found(wrong)"
        found = self._database.execute(counted).fetchone()
        if found and found[0]:
            yield Violation(table, rule, found[0], str(found[1]))


def check(out: Path) -> list[Violation]:
    """Every broken rule in the tables of `out`; raises StoreError where there are no tables."""
    checker = Checker(store.resolve(out))
    shape = [*_files(checker), *_schemas(checker)]
    # Without the right columns the other questions cannot be asked.
    return shape or [violation for rule in RULES for violation in rule(checker)]


def _files(checker: Checker) -> Iterator[Violation]:
    """Each table is there, and the data package describes these very files."""
    missing = [name for name in tables.TABLES if name not in checker.present]
    if missing:
        yield Violation(missing[0], "the file is there", len(missing), ", ".join(missing))
        return
    said = json.loads((checker.folder / package.FILE).read_text(encoding="utf-8"))
    hashes = {one.get("name"): one.get("hash") for one in said.get("resources", [])}
    for table in tables.TABLES:
        with checker.path(table).open("rb") as file:
            found = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        if hashes.get(table) != found:
            yield Violation(table, f"the file is the one {package.FILE} describes", 1, found)


def _schemas(checker: Checker) -> Iterator[Violation]:
    """Columns, their order and their types are those of `etl.tables`."""
    for table in checker.present:
        found, wanted = pq.read_schema(checker.path(table)), tables.schema(table)
        if not found.equals(wanted):
            wrong = [one.name for one in wanted if _type(found, one.name) != str(one.type)]
            more = [name for name in found.names if name not in wanted.names]
            wrong = wrong or more or ["order or nullability"]
            yield Violation(table, "columns are as declared", len(wrong), ", ".join(wrong))


def _type(schema: pa.Schema, name: str) -> str | None:
    index = schema.get_field_index(name)
    return str(schema.field(index).type) if index >= 0 else None


def _required(checker: Checker) -> Iterator[Violation]:
    """A column that has no meaning of null holds no null."""
    for table in tables.TABLES:
        for one in tables.columns(table):
            if not one.nullable:
                query = f'select {_row_name(table)} from "{table}" where "{one.name}" is null'
                yield from checker.broken(table, f"{one.name} is not null", query)


def _values(checker: Checker) -> Iterator[Violation]:
    """A column with a list of values holds no other."""
    for table in tables.TABLES:
        for one in tables.columns(table):
            if one.values:
                allowed = ", ".join(f"'{value}'" for value in one.values)
                query = f'select "{one.name}" from "{table}" where "{one.name}" not in ({allowed})'
                yield from checker.broken(table, f"{one.name} is one of {allowed}", query)


def _ids(checker: Checker) -> Iterator[Violation]:
    """An identifier names one row."""
    for table in tables.TABLES:
        if key := package.primary_key(table):
            query = f'select {key} from "{table}" group by {key} having count(*) > 1'
            yield from checker.broken(table, f"{key} is unique", query)


def _references(checker: Checker) -> Iterator[Violation]:
    """A reference leads to a row."""
    for table in tables.TABLES:
        for one in tables.columns(table):
            if one.refers:
                target, key = one.refers.split(".")
                query = (
                    f'select "{one.name}" from "{table}" where "{one.name}" is not null '
                    f'and "{one.name}" not in (select "{key}" from "{target}")'
                )
                yield from checker.broken(table, f"{one.name} exists in {one.refers}", query)


def _spans(checker: Checker) -> Iterator[Violation]:
    """document_text[start:end] == raw, with no exception."""
    spanned = [name for name in tables.TABLES if {"article_id", "raw"} <= _columns(name)]
    total = sum(pq.read_metadata(checker.path(name)).num_rows for name in spanned)
    # Of all rules the one that takes long.
    with counted(total, "checking") as bar:
        for table in spanned:
            yield from _spans_of(checker, table, bar)


def _columns(table: str) -> set[str]:
    return set(tables.schema(table).names)


def _spans_of(checker: Checker, table: str, bar: tqdm[Any]) -> Iterator[Violation]:
    query = (
        # By document: a substring taken in SQL would count from the text's start every time.
        'select d.document_id, any_value(d.text), list(r.start), list(r."end"), list(r.raw) '
        f'from "{table}" r join articles a using (article_id) join documents d using (document_id) '
        "group by d.document_id"
    )
    wrong, example = 0, ""
    for identifier, text, starts, ends, raws in checker.rows(query):
        bar.update(len(starts))
        for start, end, raw in zip(starts, ends, raws, strict=True):
            if text[start:end] != raw or start >= end:
                wrong += 1
                example = example or f"{identifier} [{start}:{end}] {raw!r}"
    if wrong:
        yield Violation(table, "the document's text from start to end is raw", wrong, example)


def _repeats(checker: Checker) -> Iterator[Violation]:
    """A repeated figure points back to a first statement in the same article."""
    query = (
        "select f.figure_id from figures f join figures g on f.repeats = g.figure_id "
        "join sentences s on s.sentence_id = f.sentence_id "
        "join sentences t on t.sentence_id = g.sentence_id "
        "where g.repeats is not null or f.article_id <> g.article_id or f.figure_id = g.figure_id "
        'or s."order" < t."order"'
    )
    yield from checker.broken("figures", "repeats names a first statement in its article", query)


def _dates(checker: Checker) -> Iterator[Violation]:
    """A date has the form of its precision."""
    forms = {
        "day": r"\d{4}-\d\d-\d\d",
        "month": r"\d{4}-\d\d",
        "quarter": r"\d{4}-Q[1-4]",
        "year": r"\d{4}",
        "range": r"[\dQ-]+/[\dQ-]+",
    }
    for table, column, precision in (
        ("dates", "iso", "precision"),
        ("activities", "date", "date_precision"),
    ):
        for name, form in forms.items():
            query = (
                f"select {column} from {table} where {precision} = '{name}' "
                f"and not regexp_full_match({column}, '{form}')"
            )
            yield from checker.broken(table, f"{column} of precision {name} is {form}", query)


def _row_name(table: str) -> str:
    key = package.primary_key(table)
    return f"coalesce(\"{key}\", 'a row without id')" if key else "'a row'"


Rule = Callable[[Checker], Iterator[Violation]]
RULES: tuple[Rule, ...] = (_required, _values, _ids, _references, _spans, _repeats, _dates)


def main(out: Path) -> int:
    """Print what is broken in the tables of `out`; exit status 0 when nothing is, else 3."""
    found = check(out)
    for violation in found:
        print(violation, file=sys.stderr)
    if found:
        print(f"{out}: {len(found)} rules are broken.")
        return BROKEN
    print(f"{out}: all rules hold, version {store.version(out)}.")
    return HOLDS
