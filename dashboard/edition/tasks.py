"""The pages of an edition: which there are, and writing them, here or by several processes."""

from __future__ import annotations

import logging
import multiprocessing
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from dashboard.edition import (
    activities,
    article,
    browse,
    cards,
    compare,
    figures,
    maps,
    overview,
    place,
    quality,
    shell,
    words,
)
from dashboard.edition.site import EditionError, Page, Site, open_site, provinces
from dashboard.language import LANGUAGES
from dashboard.map_page import COUNTED

# What is to be written: the kind of page and what tells it from others of its kind.
Task = tuple[str, str, str]
Pairs = set[tuple[str, str]]


def sizes(out: Path) -> dict[str, int]:
    """The files of the tables in an edition and their bytes."""
    return {one.name: one.stat().st_size for one in sorted((out / "data").iterdir())}


def every(site: Site) -> Iterator[Task]:
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
        return [quality.data(site, language, sizes(out))]
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


def done(
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
