"""Each rule of scoring, on rows small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pytest

from etl import score

FIGURE = {
    "value": 25.0,
    "value_high": None,
    "previous": None,
    "unit": "个",
    "adcode": "140100",
    "reportable": True,
}


def figure(start: int, end: int, **changes: Any) -> dict[str, Any]:
    return {**FIGURE, "start": start, "end": end, "raw": "25个", **changes}


def tally_of(tallies: list[score.Tally], name: str) -> score.Tally:
    return next(one for one in tallies if one.name == name)


def scored(found: list[dict[str, Any]], gold: list[dict[str, Any]]) -> list[score.Tally]:
    empty: dict[str, list[Any]] = {
        name: []
        for name in ("articles", "figures", "places", "dates", "people", "activities", "sentences")
    }
    return score.score_document({**empty, "figures": found}, {**empty, "figures": gold})


def test_a_figure_with_another_place_is_right_in_value_and_unit_only() -> None:
    tallies = scored([figure(0, 3, adcode="410100")], [figure(0, 3)])
    assert tally_of(tallies, "figures: value, unit").f1 == 1.0
    assert tally_of(tallies, "figures: value, unit, place").f1 == 0.0


def test_a_figure_counts_once_however_many_gold_rows_it_lies_on() -> None:
    tally = tally_of(scored([figure(0, 9)], [figure(0, 3), figure(5, 9)]), "figures: value")
    assert (tally.right, tally.gold, tally.found) == (1, 2, 1)


def test_a_borderline_row_is_neither_asked_for_nor_held_against_its_finder() -> None:
    tally = tally_of(scored([figure(0, 3)], [figure(0, 3, sure=False)]), "figures: value")
    assert (tally.right, tally.gold, tally.found) == (0, 0, 0)


def test_a_numeral_that_is_no_result_counts_against_who_shows_it() -> None:
    gold = [figure(0, 3, reportable=False), figure(5, 9, reportable=False)]
    tally = tally_of(scored([figure(0, 3)], gold), "numerals kept out of results")
    assert (tally.right, tally.gold) == (1, 2)
    assert tally.missed == [gold[0]]


@pytest.mark.parametrize(
    ("found", "same"),
    [
        ([[0, 100]], True),
        ([[0, 60], [60, 100]], True),
        ([[60, 100], [0, 60]], False),
        ([[0, 90]], False),
        ([[0, 100], [200, 220]], False),
    ],
)
def test_an_article_is_right_with_its_extent_and_the_order_of_its_pieces(
    found: list[list[int]], same: bool
) -> None:
    gold = [{"ranges": [[0, 100]], "headline": None}]
    assert score.score_articles([{"ranges": found}], gold).right == int(same)


def event(start: int, end: int, **changes: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "raw": "", "status": "event", "sure": True, **changes}


def test_events_are_paired_within_their_sentence() -> None:
    sentences = [
        {"sentence_id": "s1", "start": 0, "end": 20},
        {"sentence_id": "s2", "start": 20, "end": 40},
    ]
    gold = [event(0, 5), event(10, 15), event(25, 30, sure=False)]
    found = [event(2, 6), event(26, 30), event(31, 33)]
    tally = score.score_events(found, gold, sentences)
    assert (tally.right, tally.gold, tally.found) == (1, 2, 1)


def test_a_person_is_asked_for_in_the_article_of_the_first_mention() -> None:
    articles = [
        {"article_id": "a1", "ranges": [[0, 50]]},
        {"article_id": "a2", "ranges": [[50, 90]]},
    ]
    people = [{"article_id": "a1", "name": "孙乙"}, {"article_id": "a2", "name": "钱甲"}]
    gold = [{"name": "钱甲", "mentions": [60]}, {"name": "孙乙", "mentions": [70]}]
    tally = score.score_people({"articles": articles, "people": people}, {"people": gold})
    assert (tally.right, tally.gold, tally.found) == (1, 2, 2)


def test_a_borderline_person_is_neither_asked_for_nor_held_against_anyone() -> None:
    articles = [{"article_id": "a1", "ranges": [[0, 50]]}]
    people = [{"article_id": "a1", "name": "孙乙"}, {"article_id": "a1", "name": "钱甲"}]
    gold = [
        {"name": "钱甲", "mentions": [3], "sure": False},
        {"name": "赵丙", "mentions": [9], "sure": False},
    ]
    tally = score.score_people({"articles": articles, "people": people}, {"people": gold})
    assert (tally.right, tally.gold, tally.found) == (0, 0, 1)


def test_nothing_asked_and_nothing_found_is_no_fault() -> None:
    assert score.Tally("empty").f1 == 1.0
    assert score.Tally("silent", gold=3).f1 == 0.0
