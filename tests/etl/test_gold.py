"""The bars on a real newspaper page, where the shared material is at hand.

The page and what a careful reader finds on it lie beside the project, not in it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.queries import open_tables
from dashboard.selection import Selection
from etl import score
from etl.__main__ import main
from etl.store import resolve

SHARED = Path(__file__).parents[3] / "shared"
PAGE = SHARED / "seeds" / "page.txt"
GOLD = SHARED / "gold" / "page.json"
BARS = {
    "articles: extent and order": 1.0,
    "figures: value, unit, place": 0.80,
    "places": 0.92,
    "dates": 0.95,
    "people": 0.85,
    "activities: events by sentence": 0.60,
}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PAGE.exists(), reason="the shared page is not beside the project"),
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("gold") / "tables"
    options = ["--issue-date", "2023-12-29", "--publication", "人民政协报", "--out", str(out)]
    assert main(["build", str(PAGE), *options]) == 0
    return out


@pytest.fixture(scope="module")
def tallies(tables: Path) -> dict[str, score.Tally]:
    return score.score(tables, GOLD)


@pytest.mark.parametrize(("question", "bar"), BARS.items())
def test_accuracy_on_the_page_reaches_its_bar(
    tallies: dict[str, score.Tally], question: str, bar: float
) -> None:
    tally = tallies[question]
    assert tally.f1 >= bar, [*tally.missed, *tally.wrong]


def test_every_span_of_the_page_holds(tables: Path) -> None:
    assert main(["check", "--tables", str(tables)]) == 0


def test_a_province_shows_its_own_figures_with_their_sentences(tables: Path) -> None:
    shanxi = Selection(provinces=("140000",))
    figures = open_tables(resolve(tables)).figures(shanxi, 100, 0)
    assert "112.6亿元" in set(figures[figures["city"] == "太原市"]["raw"])
    assert set(figures["province"]) == {"山西省"}
    pairs = zip(figures["raw"], figures["sentence"], strict=True)
    assert not [raw for raw, sentence in pairs if raw not in sentence]
