"""A walk past every page, in both languages, on desk and phone, light and dark.

Each pair of values meets in one of the views; BANMIAN_WALK=full walks past all of them.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from tests.browser import faults, views
from tests.browser.test_app import Reader, window
from tests.conftest import ROOT, serve

VIEWS = list(views.every() if os.environ.get("BANMIAN_WALK") == "full" else views.pairwise())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the bundled articles: what a reader sees first."""
    folder = tmp_path_factory.mktemp("corpus")
    assert main(["build", str(ROOT / "data" / "corpus"), "--out", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def article(corpus: Path) -> str:
    """The article that is opened on the walk."""
    return views.article_of(corpus)


@pytest.fixture(scope="module")
def corpus_server(corpus: Path) -> Iterator[str]:
    """The address of the app on the bundled articles, as its owner has it: all is switched on."""
    with serve(corpus, **views.owner(corpus)) as address:
        yield address


@pytest.fixture(scope="module")
def windows(browser: Any) -> Iterator[dict[tuple[int, str], Any]]:
    """A browser for each width and mode; they remember the scripts that they were sent."""
    made = {}
    for width, mode in itertools.product(views.WIDTHS, ("light", "dark")):
        made[width, mode] = window(browser, {"width": width, "height": 900}, mode)
    yield made
    for one in made.values():
        one.close()


def test_any_two_values_meet_in_some_view() -> None:
    def pairs(seen: Iterator[views.Seen]) -> set[tuple[Any, ...]]:
        return {pair for one in seen for pair in itertools.combinations(enumerate(astuple(one)), 2)}

    assert pairs(views.pairwise()) == pairs(views.every())


@pytest.mark.browser
@pytest.mark.parametrize("seen", VIEWS, ids=str)
def test_a_view_has_no_fault(
    seen: views.Seen, windows: dict[tuple[int, str], Any], corpus_server: str, article: str
) -> None:
    reader = Reader(windows[seen.width, seen.mode], corpus_server)
    reader.page.goto(corpus_server + seen.path(article))
    views.stands(reader.page)
    found = [f"{name}: {one}" for name, probe in faults.PROBES.items() for one in probe(reader)]
    reader.page.close()
    assert not found, "\n".join(found)


PLANTED = {
    "error": "<div data-testid='stAlertContentError'>没能打开</div>",
    "wider than the window": "<div style='width: 3000px'>宽</div>",
    "cut": "<p style='width: 1em; overflow: hidden; white-space: nowrap'>这一行比框长出许多</p>",
    "drawn again": "<div class='js-plotly-plot' id='plot'></div><script>plot._fullLayout = {"
    " margin: {l: 1, r: 1, t: 1, b: 1}, _size: {l: 1, r: 9, t: 1, b: 1}}</script>",
    "asked of another host": "<img alt='' src='http://elsewhere.invalid/one.png'>",
    "barrier": "<button></button>",
}


@pytest.mark.browser
@pytest.mark.parametrize("name", list(faults.PROBES))
def test_a_probe_finds_its_fault_where_it_was_planted(
    name: str, windows: dict[tuple[int, str], Any]
) -> None:
    reader = Reader(windows[1440, "light"], "http://localhost")
    head = "<!doctype html><html lang='zh-CN'><title>一页</title>"
    reader.page.set_content(f"{head}<main>{PLANTED[name]}</main>")
    found = [one for one, probe in faults.PROBES.items() if probe(reader)]
    reader.page.close()
    assert found == [name]


@pytest.mark.browser
def test_the_chart_alone_that_is_walked_past_is_there(
    windows: dict[tuple[int, str], Any], corpus_server: str
) -> None:
    seen = views.Seen("chart", "zh", 1440, "light", "everything")
    page = windows[1440, "light"].new_page()
    page.goto(corpus_server + seen.path(""))
    views.stands(page)
    assert page.locator(".bm-chart-title").is_visible()
    page.close()
