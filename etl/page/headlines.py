"""Two title lines of equal length: one headline set in two lines, or two lines of a head?"""

from __future__ import annotations

import re

import rjieba

from etl.page.cuts import closes_before_opening, follows, open_quotes
from etl.page.sheet_patterns import DASH_START

# Evidence for one headline, as log odds, by logistic regression on 1,261 headlines of broadcast
# news cut in the middle and 1,715 pairs of different ones as long as each other, texts that
# tests.page_measure uses left out. Of those it keeps 87 in 100 of the first whole, and 67 in 100 of
# the second apart. Between the two it leans to one headline (1.3 of `_EXPECTED`): equal length is
# set more often than it happens.
_EXPECTED, _FOLLOWS = 2.6, 0.5
_OWN_SUBJECT, _GOES_ON_WITH_VERB, _HAS_VERB, _UNFINISHED, _MARKS = -2.5, 1.0, -0.5, 2.0, -0.75
# Tags of words that a clause of its own begins with: names of places and persons, numbers, days,
# pronouns. Tags of words that no clause ends with: prepositions, conjunctions, adverbs, particles.
_SUBJECTS = frozenset(("ns", "nr", "nrfg", "nrt", "nz", "m", "mq", "t", "r"))
_LEADING_ON = frozenset(("p", "c", "d", "r", "f", "u", "uj"))
# No title ends so.
_LEADS_ON = frozenset("的与和及让把将向在")
_MARK = re.compile(r"[、,:;!?“《]")


def one_headline(above: str, below: str) -> bool:
    """Whether two title lines, normalised, are one headline that was set in two lines.

    They are as long as each other, to one character, and the second one is no clause with a
    subject of its own, or the cut between them parts a quotation.
    """
    if DASH_START.match(below) or " " in above or " " in below:
        return False
    if above[-1] in _LEADS_ON and len(below) <= len(above):
        return True
    if abs(len(above) - len(below)) > 1:
        return False
    if open_quotes(above) > 0 and closes_before_opening(below):
        return True
    return _evidence(above, below) > 0


def _evidence(above: str, below: str) -> float:
    """Log odds that `below` goes on with the clause that `above` begins."""
    tags = [tag for _, tag in rjieba.tag(above)]
    first = next((tag for _, tag in rjieba.tag(below)), "")
    signs = (
        (first in _SUBJECTS, _OWN_SUBJECT),
        (first in ("v", "vn"), _GOES_ON_WITH_VERB),
        (any(tag.startswith("v") for tag in tags), _HAS_VERB),
        (tags[-1:] and tags[-1] in _LEADING_ON, _UNFINISHED),
        (_MARK.search(below), _MARKS),
    )
    score = _EXPECTED + _FOLLOWS * follows(above[-1:], below[:1])
    return score + sum(weight for holds, weight in signs if holds)
