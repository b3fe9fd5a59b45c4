"""Writing an edition: every page of every language, its search, its letters, its tables.

A site appears whole or not at all: it is written beside its place and then put there. Equal tables
give equal bytes, whichever machine writes them and with however many processes.
"""

from __future__ import annotations

import contextlib
import json
import logging
import multiprocessing
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from dashboard import fonts, theme
from dashboard.edition import (
    activities,
    article,
    browse,
    cards,
    colours,
    compare,
    figures,
    filters,
    maps,
    overview,
    place,
    quality,
    search,
    shell,
    words,
)
from dashboard.edition.site import ASSETS, PREFIX, Here, Page, Site, open_site, provinces
from dashboard.frame import STYLE
from dashboard.language import FALLBACK, LANGUAGES, text
from dashboard.map_page import COUNTED
from dashboard.navigation import ICON
from etl import export, store
from etl.tables import TABLES

OWN = Path(__file__).with_name("assets")
# Says that a folder is an edition, so that nothing else is ever replaced by one.
STAMP = "edition.json"
SCRIPTS = tuple(sorted(one.name for one in OWN.glob("*.js")))

# What is to be written: the kind of page and what tells it from others of its kind.
Task = tuple[str, str, str]
Pairs = set[tuple[str, str]]


class EditionError(store.StoreError):
    """The site cannot be written where it was asked for."""


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
    if out.exists() and not (out.is_dir() and ((out / STAMP).is_file() or not any(out.iterdir()))):
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
    _data(tables, site, out)
    search.write(site, out / "search" / "index")
    filters.write(site, out / filters.FOLDER)
    for language in LANGUAGES:
        compare.write(site, out, language)
    tasks = list(_tasks(site))
    pairs: Pairs = set()
    addresses: list[str] = []
    for some, found in _done(tables, out, base, tasks, workers):
        addresses += some
        pairs |= found
    _assets(out, pairs)
    _cards(site, out)
    _not_found(site, out)
    _lists(site, out, sorted(addresses))
    files = [one for one in out.rglob("*") if one.is_file()]
    size = sum(one.stat().st_size for one in files)
    return Written(site.version, len(addresses), len(files), size)


def _tasks(site: Site) -> Iterator[Task]:
    """All pages, each once for each language; the slowest first."""
    for language in LANGUAGES:
        for province in ("", *provinces(site)):
            for kind in (
                "activities",
                "figures",
                "words",
                "articles",
                *(f"map_{one}" for one in COUNTED),
            ):
                yield kind, language, province
        for kind in ("overview", "places", "compare", "search", "quality", "data", "chart"):
            yield kind, language, ""
        for one in site.measures:
            yield "measure", language, one
        for one in sorted(site.places):
            yield "place", language, one
        for (one,) in site.tables.rows("SELECT article_id FROM articles ORDER BY article_id"):
            yield "article", language, one


def _pages(site: Site, out: Path, task: Task) -> Iterable[Page]:
    kind, language, one = task
    if kind.startswith("map_"):
        return [maps.map_of(site, language, kind.removeprefix("map_"), one)]
    several = {
        "activities": activities.activities,
        "figures": figures.figures,
        "articles": browse.articles,
    }
    if kind in several:
        return several[kind](site, language, one)
    if kind == "data":
        return [quality.data(site, language, _sizes(out))]
    alone = {
        "overview": overview.overview,
        "places": browse.places,
        "search": browse.search,
        "compare": compare.compare,
        "chart": browse.chart,
    }
    if kind in alone:
        return [alone[kind](site, language)]
    if kind == "quality":
        return [quality.quality(site, language)]
    single = {
        "words": words.words,
        "measure": figures.measure,
        "place": place.place,
        "article": article.article,
    }
    return [single[kind](site, language, one)]


def _done(
    tables: Path, out: Path, base: str | None, tasks: Sequence[Task], workers: int
) -> Iterator[tuple[list[str], Pairs]]:
    """Every task, done here or by processes; the pages' addresses and colours."""
    if workers == 1:
        _begin(tables, out, base)
        yield from map(_do, tasks)
        return
    # A process that is forked would share what the tables were opened with.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin, (tables, out, base)) as pool:
        try:
            yield from pool.map(_do, tasks, chunksize=8)
        except BrokenProcessPool as error:
            raise EditionError(
                "a process was ended from outside, perhaps for want of memory; try --workers 1"
            ) from error


_now: tuple[Site, Path] | None = None


def _begin(tables: Path, out: Path, base: str | None) -> None:
    """Open the tables, once in each process."""
    global _now
    logging.disable(max(logging.WARNING, logging.root.manager.disable))
    _now = open_site(tables, base), out


def _do(task: Task) -> tuple[list[str], Pairs]:
    assert _now is not None
    site, out = _now
    addresses: list[str] = []
    pairs: Pairs = set()
    for page in _pages(site, out, task):
        _put(site, out, page)
        addresses.append(page.here.address)
        pairs |= page.pairs
    return addresses, pairs


# The second and later pages of a list.
_LATER = re.compile(r"/p\d+/$")
# Kinds of pages that get a picture of their own for previews.
_PICTURED = ("overview", "activities", "figures", "map", "words", "place", "quality", "search")


# What a part of a path may be: ids come from tables that others may have made.
_PART = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z_.-]{0,99}")


def _folder(out: Path, page: Page) -> Path:
    """Where a page is written: within the site, whatever its id is."""
    for part in page.here.path.split("/")[:-1]:
        if not _PART.fullmatch(part):
            raise EditionError(f"{page.here.path!r}: an id that can be no address")
    return out / page.here.address


def _put(site: Site, out: Path, page: Page) -> None:
    """Write a page and the files beside it."""
    folder = _folder(out, page)
    folder.mkdir(parents=True, exist_ok=True)
    if page.of in _PICTURED and not _LATER.search(page.here.path):
        source = site.view(page.here.language).source
        page.files["card.png"] = cards.card(page.here.t("app.name"), page.title, page.lead, source)
    (folder / "index.html").write_bytes(shell.html(site, page))
    for name, content in page.files.items():
        (folder / name).write_bytes(content)


def _data(tables: Path, site: Site, out: Path) -> None:
    """The tables themselves, as they are and as CSV."""
    folder = out / "data"
    export.export(tables, "csv", folder)
    for one in [*(f"{name}.parquet" for name in TABLES), "datapackage.json"]:
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(site.tables.folder / one, folder / one)


def _sizes(out: Path) -> dict[str, int]:
    return {one.name: one.stat().st_size for one in sorted((out / "data").iterdir())}


def _assets(out: Path, pairs: Pairs) -> None:
    """Style sheet, scripts, icon and letters, which all pages share."""
    folder = out / ASSETS
    style = [_variables(), STYLE.read_text("utf-8"), colours.style(pairs)]
    style.append((OWN / "edition.css").read_text("utf-8"))
    (folder / "edition.css").write_text("\n".join(style), encoding="utf-8")
    for one in SCRIPTS:
        shutil.copyfile(OWN / one, folder / one)
    shutil.copyfile(ICON, folder / "icon.svg")
    (folder / "font.woff2").write_bytes(fonts.subset_of(_letters(out)))


def _variables() -> str:
    """The theme's colours as variables: light, and dark where the reader's device is."""
    light, dark = (
        "".join(f"--{name}: {value}; " for name, value in colours.variables(one).items())
        for one in (theme.LIGHT, theme.DARK)
    )
    at_night = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark}}} }}"
    return f":root {{ {light}}}\n{at_night}"


def _letters(out: Path) -> str:
    """Every character that a page or a hit may show."""
    found: set[str] = set()
    for kind in ("*.html", "*.json", "*.js"):
        for one in out.rglob(kind):
            found |= set(one.read_text("utf-8"))
    for language in LANGUAGES:
        found |= set("".join(text(language, one) for one in ("edition.lost", "edition.home")))
    return "".join(sorted(found - set("\n\r\t")))


def _cards(site: Site, out: Path) -> None:
    """The picture of all pages that have none of their own."""
    for language in LANGUAGES:
        title, said = text(language, "app.title"), text(language, "overview.lead")
        source = site.view(language).source
        drawn = cards.card(text(language, "app.name"), title, said, source)
        (out / ASSETS / f"card-{language}.png").write_bytes(drawn)


def _not_found(site: Site, out: Path) -> None:
    """The page for an address that is none; it may be shown at any depth of the site."""
    root = urlsplit(site.base).path if site.base else "/"
    parts = []
    for language in LANGUAGES:
        tongue = text(language, "language.html")
        home = f'<a href="{root}{PREFIX[language]}">{escape(text(language, "edition.home"))}</a>'
        parts.append(f'<p lang="{tongue}">{escape(text(language, "edition.lost"))} {home}</p>')
    here = Here(FALLBACK, "")
    page = (
        f'<!doctype html>\n<html lang="{here.t("language.html")}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{shell.POLICY}">'
        f'<meta name="robots" content="noindex"><title>404 · {escape(here.t("app.name"))}</title>'
        f'<link rel="stylesheet" href="{root}{ASSETS}edition.css"></head>'
        f"<body><main><h1>404</h1>{''.join(parts)}</main></body></html>\n"
    )
    (out / "404.html").write_text(page, encoding="utf-8")


def _lists(site: Site, out: Path, addresses: Sequence[str]) -> None:
    """The stamp, and where the address is known the list of pages for search engines."""
    stamp = {"edition": 1, "data_version": site.version, "pages": len(addresses)}
    (out / STAMP).write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    # Some hosts leave out files that a site generator of theirs would.
    (out / ".nojekyll").write_bytes(b"")
    if not site.base:
        return
    items = "".join(f"<url><loc>{escape(site.base + one)}</loc></url>\n" for one in addresses)
    (out / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{items}</urlset>\n',
        encoding="utf-8",
    )
    robots = f"User-agent: *\nAllow: /\nSitemap: {site.base}sitemap.xml\n"
    (out / "robots.txt").write_text(robots, encoding="utf-8")
