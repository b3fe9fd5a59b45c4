"""Which words set one group of articles apart from another.

Two measures, both signed: above zero where a word stands out in the first group.

log_odds: weighted log-odds ratio with an informative Dirichlet prior, as a z-score (Monroe,
Colaresi and Quinn, "Fightin' Words", Political Analysis 16(4), 2008, equations 15, 16, 19, 20, 22).
g2: log-likelihood ratio (Rayson and Garside, "Comparing corpora using frequency profiling", 2000).
docs/words.md has both formulas in full.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MEASURES = ("log_odds", "g2")
# The prior weighs as much as this share of the smaller group: strong enough that a word which one
# article repeats does not win, weak enough that the groups' own words decide.
PRIOR_SHARE = 0.1
# A word is taken as set apart from here on: p < 0.01 for both measures.
LEAST = {"log_odds": 2.58, "g2": 6.63}
PER = 10_000

Counts = NDArray[np.float64]


def keyness(rows: pd.DataFrame, total: int, total_other: int) -> pd.DataFrame:
    """`rows` (word, count, count_other, and what else) with what sets each word apart.

    `total` and `total_other` are all words of the two groups. Adds share and share_other (per
    10,000 words), log_odds and g2. The prior is the words of both groups together.
    """
    here = rows["count"].to_numpy(dtype=np.float64)
    there = rows["count_other"].to_numpy(dtype=np.float64)
    return rows.assign(
        share=here / max(total, 1) * PER,
        share_other=there / max(total_other, 1) * PER,
        log_odds=log_odds(here, there, total, total_other),
        g2=g2(here, there, total, total_other),
    )


def log_odds(here: Counts, there: Counts, total: int, total_other: int) -> Counts:
    """z-scores of the log-odds ratio of counts; 0 where a group is empty."""
    if not (total and total_other):
        return np.zeros_like(here)
    weight = PRIOR_SHARE * min(total, total_other)
    prior = (here + there) / (total + total_other) * weight
    odds = np.log((here + prior) / (total + weight - here - prior))
    odds_other = np.log((there + prior) / (total_other + weight - there - prior))
    variance = 1 / (here + prior) + 1 / (there + prior)
    z: Counts = (odds - odds_other) / np.sqrt(variance)
    return z


def g2(here: Counts, there: Counts, total: int, total_other: int) -> Counts:
    """Log-likelihood ratios, negative where a word is rarer in the first group."""
    if not (total and total_other):
        return np.zeros_like(here)
    both = here + there
    expected = total * both / (total + total_other)
    expected_other = total_other * both / (total + total_other)
    size = 2 * (_part(here, expected) + _part(there, expected_other))
    signed: Counts = np.where(here / total >= there / total_other, size, -size)
    return signed


def _part(seen: Counts, expected: Counts) -> Counts:
    """seen x ln(seen / expected), which is 0 for 0."""
    ratio = np.divide(seen, expected, out=np.ones_like(seen), where=(seen > 0) & (expected > 0))
    part: Counts = seen * np.log(ratio)
    return part


def distinctive(rows: pd.DataFrame, measure: str, most: int, least_articles: int) -> pd.DataFrame:
    """The words that set the first group apart, strongest first, then those of the other, weakest
    first: at most `most` of each.

    A word must stand in `least_articles` articles of its group and pass LEAST.
    """
    score = rows[measure]
    first = rows[(score >= LEAST[measure]) & (rows["articles"] >= least_articles)]
    other = rows[(score <= -LEAST[measure]) & (rows["articles_other"] >= least_articles)]
    by = [measure, "word"]
    top = first.sort_values(by, ascending=[False, True]).head(most)
    bottom = other.sort_values(by, ascending=[True, True]).head(most).iloc[::-1]
    return pd.concat([top, bottom], ignore_index=True)
