"""What every page of an edition needs to know: the tables, which pages there are, where it stands.

A page's path is `activities/140000/`; Chinese pages stand at the root of the site, English ones
under `en/`. Every link is relative, so a site may lie in any folder of any host.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard import language
from dashboard.queries import Options, Tables, open_tables
from dashboard.queries.regions import city_of, province_of, today_of
from dashboard.selection import Selection
from dashboard.view import View, names_of
from etl import divisions, store

PREFIX = {"zh": "", "en": "en/"}
ASSETS = "assets/"


class EditionError(store.StoreError):
    """The site cannot be written where it was asked for."""


@dataclass(frozen=True, slots=True)
class Site:
    """One edition: its tables, where it will be reached (or None), and which pages it has.

    `places` are the codes of today that have a page, `measures` the ids of those that have.
    """

    tables: Tables
    options: Options
    base: str | None
    places: frozenset[str]
    measures: tuple[str, ...]

    @property
    def version(self) -> str:
        """The version of the data."""
        return self.tables.version

    def view(self, chosen: str, selection: Selection | None = None) -> View:
        """The question and the means to answer it, as the dashboard's pages have it."""
        selection = selection or Selection()
        codes = (*selection.provinces, *selection.cities, *selection.within)
        names = names_of(self.options, codes)
        return View(self.tables, self.options, selection, chosen, False, names)


@dataclass(frozen=True, slots=True)
class Here:
    """A page's place in the site: the language it is in and its path."""

    language: str
    path: str

    @property
    def root(self) -> str:
        """The way to the root of the site, `../../` or nothing."""
        return "../" * (PREFIX[self.language] + self.path).count("/")

    @property
    def address(self) -> str:
        """The page's address from the root of the site."""
        return PREFIX[self.language] + self.path

    def to(self, path: str = "", chosen: str | None = None) -> str:
        """The relative address of another page, in this language or a chosen one."""
        return (self.root + PREFIX[chosen or self.language] + path) or "./"

    def asset(self, name: str) -> str:
        """The relative address of a file that all pages share."""
        return f"{self.root}{ASSETS}{name}"

    def t(self, key: str, **values: object) -> str:
        """The interface's text of `key` in the page's language."""
        return language.text(self.language, key, **values)


@dataclass(slots=True)
class Page:
    """A page to be written: where, what it is called, what it says, and the files beside it.

    `files` are names (relative to the page) and contents; `pairs` the colours (light, dark) that
    its drawings use; `of` the page in the navigation that it belongs to; `script` one more script
    that it needs, `kind` what other sites take it for (website, article); `says_title` tells that
    the page's own text begins with its title.
    """

    here: Here
    of: str
    title: str
    lead: str
    body: str = ""
    filters: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    script: str = ""
    kind: str = "website"
    says_title: bool = False


# Measures that only one city reports have nothing to be compared with; the rest of the list is
# on the page of figures.
LEAST_CITIES, MOST_MEASURES = 2, 200


def open_site(folder: Path, base: str | None) -> Site:
    """The edition of the tables in a folder.

    Raises etl.store.StoreError where there are none.
    """
    tables = open_tables(store.resolve(folder))
    found = tables.measures(Selection())
    several = found[found["cities"] >= LEAST_CITIES]["measure_id"].head(MOST_MEASURES)
    base = f"{base.rstrip('/')}/" if base else None
    return Site(tables, tables.options(), base, _places(tables), tuple(map(str, several)))


def _places(tables: Tables) -> frozenset[str]:
    """Every division of today that anything is reported from, and those that hold it."""
    found: set[str] = set()
    for adcode in tables.adcodes_in(Selection()):
        today = today_of(adcode)
        held = {today, city_of(today) or today, province_of(today)}
        found |= {one for one in held if divisions.load().get(one)}
    return frozenset(found)


def provinces(site: Site) -> Mapping[str, str]:
    """Adcode → name of the provinces that have pages of their own."""
    return dict(site.options.provinces)
