"""Every view that a reader can come to, and a choice of them in which each pair occurs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlencode

import pyarrow.parquet as pq

from dashboard.navigation import ALONE, PAGES

Language = Literal["zh", "en"]
Mode = Literal["light", "dark"]
Chosen = Literal["nothing", "city", "everything"]
WIDTHS = (1440, 390)
TAIYUAN = {"province": "140000", "city": "140100"}
# What stands in the address for each selection: a filter without hits, one city, no filter.
FILTERS: dict[Chosen, dict[str, str]] = {
    "nothing": {"province": "140000", "to": "1990-01-01"},
    "city": TAIYUAN,
    "everything": {},
}
# What a page needs of its own; the article is the one that the server's tables hold.
OWN: dict[str, dict[str, str]] = {
    "search": {"q": "提案"},
    "place": {"place": "140100"},
    "words": {"word": "提案"},
    ALONE: {"page": "figures", "chart": "figures"},
}
# Pages with more than one face: another name for the same page with other parameters.
FACES: dict[str, tuple[str, dict[str, str]]] = {
    "article": ("articles", {"article": "{article}"}),
    "apart": ("words", {"show": "apart", "region": "140000"}),
    "cities": ("map", {"province": "140000"}),
    "points": ("map", {"form": "points"}),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One view: a page in a language, at a width in pixels, in a mode, with a selection."""

    page: str
    language: Language
    width: int
    mode: Mode
    chosen: Chosen

    def path(self, article: str) -> str:
        """Its address on the server; `article` is the id of an article in the tables."""
        page, own = FACES.get(self.page, (self.page, OWN.get(self.page, {})))
        stem = PAGES[page][0] if page in PAGES else page
        given = {name: one.format(article=article) for name, one in own.items()}
        asked = {**FILTERS[self.chosen], **given}
        if self.language == "en":
            asked["lang"] = "en"
        return f"/{stem}?{urlencode(asked)}"

    def __str__(self) -> str:
        return f"{self.page}-{self.language}-{self.width}-{self.mode}-{self.chosen}"


def pages() -> list[str]:
    """Every page, every other face of one, and one chart alone."""
    return [*PAGES, *FACES, ALONE]


def every() -> Iterator[Seen]:
    """The full product."""
    sides = (get_args(Language), WIDTHS, get_args(Mode), get_args(Chosen))
    for page in pages():
        for side in itertools.product(*sides):
            yield Seen(page, *side)


def pairwise() -> Iterator[Seen]:
    """Each page in each language at each width once; mode and selection take turns.

    Any two values of two different kinds meet in some view.
    """
    modes, chosen = get_args(Mode), get_args(Chosen)
    for turn, page in enumerate(pages()):
        sides = itertools.product(get_args(Language), WIDTHS)
        for number, (language, width) in enumerate(sides):
            mode = modes[(turn + number // 2 + number) % 2]
            yield Seen(page, language, width, mode, chosen[(turn + number) % 3])


def owner(tables: Path) -> dict[str, str]:
    """The settings of somebody who sits at the machine: files can be added, rows corrected."""
    return {
        "BANMIAN_UPLOADS": "1",
        "BANMIAN_CORRECTIONS": str(tables / "corrections.jsonl"),
        "BANMIAN_EDITORS": "*",
        "BANMIAN_SOURCES": "data/corpus",
    }


def article_of(tables: Path) -> str:
    """The id of the article with the most figures."""
    figures = pq.read_table(tables / "figures.parquet", columns=["article_id"])
    return str(figures.to_pandas()["article_id"].value_counts().index[0])


def stands(page: Any) -> None:
    """Wait until a page is as it will stay: its run is over, its letters and charts are there."""
    alone = "[data-testid=stPlotlyChart]:visible, [data-testid=stAlert]:visible"
    page.locator(alone if f"/{ALONE}?" in page.url else ".st-key-share").first.wait_for()
    page.wait_for_function(_STANDS)
    page.evaluate("document.fonts.ready.then(() => null)")


_STANDS = """() => document.documentElement.lang
  && !document.getElementById('bm-first')
  && !document.querySelector(
    '[data-testid=stStatusWidget], [data-stale=true], [data-testid=stSkeleton]')
  && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
    .every(one => one.querySelector('.main-svg'))"""
