"""Write tests/older/NAME: small tables as a version that was handed out has them.

    .venv/bin/python scripts/older_tables.py NAME

NAME is in tests/older/schemas.yaml. When a table or column comes to `etl/tables.py`, add what was
there until now under a new name and call this, so that every page is tried on it for good. The
rows are those of some bundled articles; what is written once is not written again.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from etl import build, engines, package, store  # noqa: E402
from etl.sources import Defaults  # noqa: E402

FOLDER = ROOT / "tests" / "older"
SOURCES = ("2022-12-31-02.md", "2022-12-31-03.jsonl", "2023-02-20-02.txt", "2023-04-26-03.jsonl")


def write(name: str) -> None:
    """Build the tables, and write of each the columns that the version has."""
    schema = yaml.safe_load((FOLDER / "schemas.yaml").read_text("utf-8"))[name]
    target = FOLDER / name
    target.mkdir()
    with tempfile.TemporaryDirectory() as made:
        paths = [ROOT / "data" / "corpus" / one for one in SOURCES]
        build.build(paths, Path(made), Defaults(), engines.local)
        folder = store.resolve(Path(made))
        for table, columns in schema.items():
            rows = pq.read_table(folder / f"{table}.parquet", columns=columns)
            plain = rows.select(columns).replace_schema_metadata(None)
            pq.write_table(plain, target / f"{table}.parquet", compression="zstd")
    _describe(target, list(schema))


def _describe(target: Path, tables: list[str]) -> None:
    hashes = package.digests(target, tables)
    version = hashlib.sha256("".join(hashes.values()).encode()).hexdigest()[:16]
    found = [
        {"name": one, "path": f"{one}.parquet", "hash": f"sha256:{hashes[one]}"} for one in tables
    ]
    said = {"profile": "data-package", "name": package.NAME, "version": version, "resources": found}
    (target / package.FILE).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1])
