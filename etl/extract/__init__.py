"""One article's text → its facts. Each kind of fact is one module; none of them knows files.

The order below is the order in which facts rest on one another: a figure needs the places and
bodies of its sentence, an activity needs dates, places and bodies, and so on.
"""

from __future__ import annotations

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


def extract(reading: Reading) -> Reading:
    """Fill `reading` with everything that its text states; offsets count into its text."""
    reading.sentences = split_sentences(reading)
    reading.dates = outside_imprints(reading, find_dates(reading))
    reading.places = outside_imprints(reading, find_places(reading))
    reading.place = settle_article(reading)
    reading.organisations = outside_imprints(reading, find_organisations(reading))
    reading.people = find_people(reading)
    reading.figures = outside_imprints(reading, find_figures(reading))
    reading.activities = find_activities(reading)
    reading.figures = link_figures(reading)
    reading.words = count_words(reading)
    return reading
