"""What sets words apart: both measures against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard import keyness

COUNTS = some.lists(some.tuples(some.integers(0, 50), some.integers(0, 50)), min_size=2, max_size=9)


def table(*rows: tuple[str, int, int]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["word", "count", "count_other"])
    return found.assign(articles=2, articles_other=2)


def test_log_likelihood_is_that_of_rayson_and_garside() -> None:
    """a=10, b=2, c=1000, d=2000: E1=4, E2=8, G2 = 2(10 ln 2.5 + 2 ln 0.25)."""
    found = keyness.g2(np.array([10.0]), np.array([2.0]), 1000, 2000)
    assert found[0] == pytest.approx(2 * (10 * math.log(2.5) + 2 * math.log(0.25)))
    assert found[0] == pytest.approx(12.7806, abs=1e-4)


def test_log_likelihood_of_a_word_that_is_rarer_here_is_negative() -> None:
    here, there = np.array([0.0]), np.array([8.0])
    found = keyness.g2(here, there, 1000, 1000)
    assert found[0] == pytest.approx(-2 * 8 * math.log(2))


def test_log_odds_are_those_of_monroe_colaresi_and_quinn() -> None:
    """y=10 of 1000 against 2 of 2000; the prior is worth 100 words, this word 0.4 of them."""
    found = keyness.log_odds(np.array([10.0]), np.array([2.0]), 1000, 2000)
    odds = math.log(10.4 / (1100 - 10.4)) - math.log(2.4 / (2100 - 2.4))
    assert found[0] == pytest.approx(odds / math.sqrt(1 / 10.4 + 1 / 2.4))


@given(COUNTS)
def test_both_measures_change_sign_with_the_sides(pairs: list[tuple[int, int]]) -> None:
    here, there = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    totals = int(here.sum()) + 1, int(there.sum()) + 1
    for measure in (keyness.log_odds, keyness.g2):
        if not (here + there).all():
            continue
        found, turned = measure(here, there, *totals), measure(there, here, *totals[::-1])
        assert np.isfinite(found).all()
        assert np.abs(found) == pytest.approx(np.abs(turned))


@given(some.integers(1, 50), some.integers(1, 50))
def test_equal_shares_set_nothing_apart(count: int, times: int) -> None:
    here, there = np.array([float(count)]), np.array([float(count * times)])
    totals = 100, 100 * times
    assert keyness.g2(here, there, *totals)[0] == pytest.approx(0, abs=1e-6)
    if times == 1:
        assert keyness.log_odds(here, there, *totals)[0] == pytest.approx(0, abs=1e-9)


def test_a_rare_word_of_one_side_does_not_beat_a_frequent_one() -> None:
    """What the prior is for: 2 against 0 is weaker evidence than 60 against 30."""
    found = keyness.log_odds(np.array([2.0, 60.0]), np.array([0.0, 20.0]), 1000, 1000)
    assert 0 < found[0] < found[1]


def test_an_empty_side_sets_nothing_apart() -> None:
    for measure in (keyness.log_odds, keyness.g2):
        assert measure(np.array([3.0]), np.array([0.0]), 3, 0).tolist() == [0.0]


@pytest.mark.parametrize("measure", keyness.MEASURES)
def test_the_strongest_stand_outside(measure: str) -> None:
    rows = table(("甲", 90, 10), ("乙", 60, 10), ("丙", 50, 50), ("丁", 10, 70), ("戊", 10, 99))
    scored = keyness.keyness(rows, 1000, 1000)
    assert keyness.distinctive(scored, measure, 5, 1)["word"].tolist() == ["甲", "乙", "丁", "戊"]
    assert keyness.distinctive(scored, measure, 1, 1)["word"].tolist() == ["甲", "戊"]


def test_a_word_of_too_few_articles_is_left_out() -> None:
    rows = table(("甲", 90, 10), ("戊", 10, 99)).assign(articles=[1, 3], articles_other=[3, 2])
    scored = keyness.keyness(rows, 1000, 1000)
    assert keyness.distinctive(scored, "g2", 5, 2)["word"].tolist() == ["戊"]
