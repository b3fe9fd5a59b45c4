"""A collection: a folder whose files later builds take, each with what was said of it beside it.

    FOLDER/2023-12-29-1a2b3c4d5e6f-page.pdf               the file
    FOLDER/2023-12-29-1a2b3c4d5e6f-page.pdf.about.json    see `etl.sources.beside`

What is said is written first, the file in one step after it: whoever looks at any moment finds
the file whole and spoken for, or not at all.
"""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path

from etl.intake.dropped import Given, safe_name
from etl.sources.beside import name_for

UNDATED = "undated"
# The folder of the owner's collection.
COLLECTION = "BANMIAN_KEEP"


def collection() -> Path | None:
    """The folder that files are kept in for good, or None where there is none."""
    named = os.environ.get(COLLECTION, "").strip()
    return Path(named).expanduser() if named else None


def keep(given: Given, source: Path, folder: Path) -> Path:
    """Put a file into the collection `folder`; where it lies there.

    The same content under the same name and date is there once; what is said of it is that said
    last. Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{given.issue_date or UNDATED}-{given.sha256[:12]}-{safe_name(given.name)}"
    about = {
        "name": given.name,
        "publication": given.publication,
        "issue_date": given.issue_date,
        "page": given.page,
        "sha256": given.sha256,
        "added": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }
    said = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
    _write(folder, name_for(name), said.encode())
    if not (folder / name).exists():
        _write(folder, name, source.read_bytes())
    return folder / name


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a file that is there whole or not at all; hidden files are none of the collection's."""
    fresh = folder / f".{name}.{os.getpid()}.new"
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / name)
    finally:
        fresh.unlink(missing_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
