"""Accuracy on real articles must not fall below what was reached; see docs/accuracy.md."""

from __future__ import annotations

import pytest

from etl import score
from tests import accuracy

FLOORS = {
    "figures: value": 0.98,
    "figures: value, unit": 0.95,
    "figures: value, unit, place": 0.86,
    "numerals kept out of results": 0.97,
    "places": 0.97,
    "dates": 0.88,
    "people": 0.90,
    "activities: events by sentence": 0.90,
}

EVENTS_FLOOR = 0.95
STORY_FLOORS = {
    "figures: value, unit, place": 0.97,
    "places": 0.98,
    "dates": 0.97,
    "people": 0.90,
    "activities: events by sentence": 0.70,
}

OWNERS, OWNERS_FLOOR = "figures: value, unit, place", 0.91
FRESH_FLOORS = {"people": 0.95, "activities: events by sentence": 0.83}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not accuracy.PAGE.exists(), reason="the shared corpora are not beside the project"
    ),
]


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, score.Tally]:
    return accuracy.measure("open", tmp_path_factory.mktemp("unseen"))


@pytest.mark.parametrize(("question", "floor"), FLOORS.items())
def test_accuracy_on_unseen_articles_does_not_fall(
    tallies: dict[str, score.Tally], question: str, floor: float
) -> None:
    tally = tallies[question]
    assert tally.f1 >= floor, [*tally.missed, *tally.wrong]


def test_events_of_the_articles_read_before_the_machine_do_not_get_fewer(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    tally = accuracy.measure_events("read", tmp_path_factory.mktemp("events"))
    assert tally.f1 >= EVENTS_FLOOR, [*tally.missed, *tally.wrong]


def test_stories_annotated_before_the_machine_read_them_stay_right(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    tallies = accuracy.measure_stories("stories-read", tmp_path_factory.mktemp("stories"))
    low = {
        name: tallies[name].f1 for name, floor in STORY_FLOORS.items() if tallies[name].f1 < floor
    }
    assert not low, {name: [*tallies[name].missed, *tallies[name].wrong] for name in low}


def test_whose_place_a_figure_is_stays_right(tmp_path_factory: pytest.TempPathFactory) -> None:
    tally = accuracy.measure_owners("whose-read", tmp_path_factory.mktemp("whose"))[OWNERS]
    assert tally.f1 >= OWNERS_FLOOR, [*tally.missed, *tally.wrong]


def test_people_and_events_of_fresh_articles_stay_right(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    tallies = accuracy.measure_fresh("fresh-read", tmp_path_factory.mktemp("fresh"))
    low = {
        name: tallies[name].f1 for name, floor in FRESH_FLOORS.items() if tallies[name].f1 < floor
    }
    assert not low, {name: [*tallies[name].missed, *tallies[name].wrong] for name in low}
