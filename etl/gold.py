"""What people reviewed → gold that `etl.score` reads: accepted, changed, added and rejected rows.

A document of this gold was reviewed in places only, so it says where: `spots` holds the spans of
every row that somebody judged, a rejected one's too, table by table. Only what is found there is
held against anyone; articles are not asked for. A row that nobody judged and that lies over a spot
stands with `"sure": false`.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl import corrections, store

Row = dict[str, Any]
Spots = dict[str, list[list[int]]]
WRITTEN, NOTHING = 0, 3


def main(out: Path, target: Path) -> int:
    """Write the gold of the tables in `out` to `target`; 0, or 3 where nothing was reviewed."""
    found = gold(out)
    if not found:
        print(f"Nothing in {out} was reviewed, so there is no gold to write.")
        return NOTHING
    _write(found, target)
    judged = sum(len(some) for one in found for some in one["spots"].values())
    sure = sum(row["sure"] for one in found for row in _rows_of(one))
    print(
        f"{len(found):,} documents, {judged:,} judged places ({sure:,} rows, "
        f"{judged - sure:,} rejected) written to {target}."
    )
    return WRITTEN


def _rows_of(document: Row) -> Iterator[Row]:
    for table in corrections.CORRECTABLE:
        yield from document[table]


def gold(out: Path) -> list[Row]:
    """The gold of every document of which a row was judged, in the documents' order.

    Raises StoreError where there are no tables.
    """
    folder = store.resolve(out)
    documents = pq.read_table(
        folder / "documents.parquet", columns=["document_id", "uri", "record_id", "issue_date"]
    ).to_pylist()
    rejected = _rejected(folder)
    homes = _homes(folder, documents)
    reviewed = {table: _by_document(folder, table, homes) for table in corrections.CORRECTABLE}
    made = []
    for one in documents:
        rows = {table: some.get(one["document_id"], []) for table, some in reviewed.items()}
        spots = _spots(rows, rejected.get((one["uri"], one["record_id"]), {}))
        if any(spots.values()):
            made.append(_document(one, rows, spots))
    return made


def _document(one: Row, rows: dict[str, list[Row]], spots: Spots) -> Row:
    gold: Row = {
        "document": one["record_id"] or one["uri"],
        "issue_date": one["issue_date"],
        "spots": spots,
    }
    for table, some in rows.items():
        wanted = [row for row in some if row["reviewed"] or lies_in(row, spots[table])]
        gold[table] = [_gold_row(table, row) for row in wanted]
    return gold


def _gold_row(table: str, row: Row) -> Row:
    more = {"mentions": [row["start"]]} if table == "people" else {}
    left_out = ("reviewed", "confidence", "article_id", "sentence_id")
    kept = {name: value for name, value in row.items() if name not in left_out}
    return kept | more | {"sure": row["reviewed"]}


def lies_in(row: Row, spots: list[list[int]]) -> bool:
    """Whether a row's span overlaps one of the spots."""
    return any(row["start"] < end and start < row["end"] for start, end in spots)


def _spots(rows: dict[str, list[Row]], rejected: Spots) -> Spots:
    return {
        table: sorted(
            [[row["start"], row["end"]] for row in some if row["reviewed"]]
            + rejected.get(table, [])
        )
        for table, some in rows.items()
    }


def _homes(folder: Path, documents: list[Row]) -> dict[str, str]:
    """Article → document, of the documents that a correction is about."""
    columns = ["uri", "record_id"]
    said = pq.read_table(folder / "corrections.parquet", columns=columns).to_pylist()
    about = {(row["uri"], row["record_id"]) for row in said}
    ids = [row["document_id"] for row in documents if (row["uri"], row["record_id"]) in about]
    found = pq.read_table(
        folder / "articles.parquet",
        columns=["article_id", "document_id"],
        filters=pc.field("document_id").isin(pa.array(ids, pa.string())),
    )
    return {row["article_id"]: row["document_id"] for row in found.to_pylist()}


def _by_document(folder: Path, table: str, homes: dict[str, str]) -> dict[str, list[Row]]:
    """The rows of a table in these articles, by document."""
    found: dict[str, list[Row]] = defaultdict(list)
    chosen = pc.field("article_id").isin(pa.array(sorted(homes), pa.string()))
    for row in pq.read_table(folder / f"{table}.parquet", filters=chosen).to_pylist():
        found[homes[row["article_id"]]].append(row)
    return found


def _rejected(folder: Path) -> dict[corrections.Key, Spots]:
    """Where rows were rejected, by document and table."""
    chosen = (pc.field("action") == "reject") & pc.field("outcome").isin(
        ["applied", "surprised", "not_needed"]
    )
    found: dict[corrections.Key, Spots] = defaultdict(lambda: defaultdict(list))
    for row in pq.read_table(folder / "corrections.parquet", filters=chosen).to_pylist():
        spots = found[row["uri"], row["record_id"]]
        spots[row["table"]].append([row["start"], row["end"]])
    return found


def _write(found: list[Row], target: Path) -> None:
    """Write the file whole or not at all; raises StoreError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".gold-") as folder:
            fresh = Path(folder) / target.name
            fresh.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
            fresh.replace(target)
    except OSError as error:
        raise store.StoreError(f"{target}: cannot be written: {error.strerror or error}") from error
