"""Writing an edition: every page of every language, its search, its letters, its tables.

A site appears whole or not at all: it is written beside its place and then put there. Equal tables
give equal bytes, whichever machine writes them and with however many processes.
"""

from __future__ import annotations

import contextlib
import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.edition import common_files, compare, filters, search, tasks
from dashboard.edition.site import ASSETS, EditionError, open_site
from dashboard.language import LANGUAGES


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the version of the data, the number of pages, of files and of bytes."""

    version: str
    pages: int
    files: int
    size: int


def publish(tables: Path, out: Path, base: str | None = None, workers: int = 1) -> Written:
    """Write the edition of the tables in a folder to `out`, in place of a former one.

    `base` is the address under which the site will be reached: previews and the list of pages
    for search engines need whole addresses, all else does without.
    Raises EditionError where `out` holds something else, StoreError where there are no tables.
    """
    _refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        made = Path(folder) / "site"
        made.mkdir()
        with _quiet():
            written = _write(tables, made, base, workers)
        _replace(made, out)
    return written


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without the warnings by which Streamlit says that no reader is there."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)


def _refuse_foreign(out: Path) -> None:
    if out.exists() and not (
        out.is_dir() and ((out / common_files.STAMP).is_file() or not any(out.iterdir()))
    ):
        raise EditionError(
            f"{out}: is no edition; name a folder that is new, empty or a former one"
        )


def _replace(made: Path, out: Path) -> None:
    """Put a site in its place; the former one goes with the temporary folder."""
    made.chmod(0o755)
    if out.exists():
        out.rename(made.parent / "former")
    made.rename(out)


def _write(tables: Path, out: Path, base: str | None, workers: int) -> Written:
    site = open_site(tables, base)
    (out / ASSETS).mkdir()
    common_files.data(tables, site, out)
    search.write(site, out / "search" / "index")
    filters.write(site, out / filters.FOLDER)
    for language in LANGUAGES:
        compare.write(site, out, language)
    pages = list(tasks.every(site))
    pairs: tasks.Pairs = set()
    addresses: list[str] = []
    for some, found in tasks.done(tables, out, base, pages, workers):
        addresses += some
        pairs |= found
    common_files.assets(out, pairs)
    common_files.cards(site, out)
    common_files.not_found(site, out)
    common_files.lists(site, out, sorted(addresses))
    files = [one for one in out.rglob("*") if one.is_file()]
    size = sum(one.stat().st_size for one in files)
    return Written(site.version, len(addresses), len(files), size)
