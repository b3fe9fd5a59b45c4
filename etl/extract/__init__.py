"""One article's text → its facts. Each kind of fact is one module; none of them knows files.

The order below is the order in which facts rest on one another: a figure needs the places and
bodies of its sentence, an activity needs dates, places and bodies, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from etl.extract import segment
from etl.extract.activities import find_activities, link_figures
from etl.extract.dates import find_dates
from etl.extract.figures import find_figures
from etl.extract.imprints import outside_imprints
from etl.extract.organisations import find_organisations
from etl.extract.people import find_people
from etl.extract.places import find_places, settle_article
from etl.extract.sentences import split_sentences
from etl.extract.words import count_words
from etl.model import Reading

# What is found, as a field of `Reading`, and what finds it.
FINDERS: tuple[tuple[str, Callable[[Reading], object]], ...] = (
    ("sentences", split_sentences),
    ("dates", lambda reading: outside_imprints(reading, find_dates(reading))),
    ("places", lambda reading: outside_imprints(reading, find_places(reading))),
    ("place", settle_article),
    ("organisations", lambda reading: outside_imprints(reading, find_organisations(reading))),
    ("people", find_people),
    ("figures", lambda reading: outside_imprints(reading, find_figures(reading))),
    ("activities", find_activities),
    ("figures", link_figures),
    ("words", count_words),
)


def extract(reading: Reading) -> Reading:
    """Fill `reading` with everything that its text states; offsets count into its text."""
    extract_together([reading])
    return reading


def extract_together(readings: Sequence[Reading]) -> None:
    """Fill each of `readings` as `extract` does, all of them one step before the next step."""
    for field, find in FINDERS:
        for reading in readings:
            setattr(reading, field, find(reading))
    segment.forget()
