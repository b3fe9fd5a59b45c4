"""When an event took place, who held it and where."""

from __future__ import annotations

import re
from bisect import bisect_left

from etl import divisions, tables
from etl.extract.activities.triggers import Trigger
from etl.model import Reading

_TOWARDS = re.compile(r"(?:向|对|给|与|同|在|到|为|跟|赴|于|据|经|被)$")
_LOCATION = re.compile(r"(?:在|赴|到|走进|前往|来到|抵达|于|深入)$")
_BACK = re.compile(r"^(?:这是|此次|这次|本次|会上|会议|仪式上|活动中|当天|当日|同日|其间|期间)")
_Place = tuple[str | None, str | None, str | None, str | None]


def date_of(reading: Reading, trigger: Trigger, sentence: tables.Sentence) -> tables.Date | None:
    """The nearest date before the verb in the sentence, else the first behind it in the clause.

    A sentence that goes on about the event before it (此次, 会上) takes that one's day.
    """
    low = bisect_left(reading.dates, sentence.start, key=lambda one: one.start)
    high = bisect_left(reading.dates, sentence.end, key=lambda one: one.start)
    dates = [one for one in reading.dates[low:high] if one.iso]
    before = [one for one in dates if one.end <= trigger.verb[0]]
    behind = [one for one in dates if trigger.verb[1] <= one.start < trigger.end]
    if before or behind:
        return (before[-1:] or behind)[0]
    if _BACK.match(reading.normal[sentence.start : sentence.end]):
        earlier = [one for one in reading.dates[:low] if one.iso and one.precision == "day"]
        return earlier[-1] if earlier else None
    return None


def organiser_of(
    reading: Reading, trigger: Trigger, sentence: tables.Sentence
) -> tables.Organisation | str | None:
    """The body, else the person, that acts: the last one before the verb that is no target.

    Without one in the sentence it is the body in the event's name, else the body with which
    the paragraph's sentences before began.
    """
    bodies = _bodies(reading, sentence.start, trigger.verb[0])
    acting = [
        one for one in bodies if not _TOWARDS.search(reading.normal, sentence.start, one.start)
    ]
    if acting:
        return acting[-1]
    person = _person(reading, sentence.start, trigger.verb[0])
    if person:
        return person
    named = _bodies(reading, *trigger.name)
    if named:
        return named[0]
    return _carried(reading, sentence)


def _bodies(reading: Reading, start: int, end: int) -> list[tables.Organisation]:
    low = bisect_left(reading.bodies, start, key=lambda one: one.start)
    high = bisect_left(reading.bodies, end, key=lambda one: one.start)
    return [one for one in reading.bodies[low:high] if one.kind == "organisation"]


def _person(reading: Reading, start: int, end: int) -> str | None:
    """The name of the last person named before the verb."""
    found = [(reading.text.rfind(one.name, start, end), one.name) for one in reading.people]
    at, name = max(found, default=(-1, ""))
    return name if at >= 0 else None


def _carried(reading: Reading, sentence: tables.Sentence) -> tables.Organisation | None:
    """The subject of the nearest sentence before in the paragraph that begins with a body."""
    for other in reversed(reading.sentences[: sentence.order - 1]):
        if other.paragraph != sentence.paragraph:
            break
        bodies = _bodies(reading, other.start, min(other.end, other.start + 20))
        if bodies:
            return bodies[0]
    return None


def place_of(
    reading: Reading, trigger: Trigger, organiser: tables.Organisation | str | None
) -> str | None:
    """The division where it took place (在…, 赴…), else the organiser's, else the article's.

    None for what a national body did at no stated place.
    """
    low = bisect_left(reading.places, trigger.start, key=lambda one: one.start)
    high = bisect_left(reading.places, trigger.end, key=lambda one: one.start)
    places = [one for one in reading.places[low:high] if one.adcode]
    gone = [
        one
        for one in places
        if one.context != "organisation"
        and _LOCATION.search(reading.normal, trigger.start, one.start)
    ]
    if gone:
        return _deepest(places, gone[-1])
    if isinstance(organiser, tables.Organisation):
        return organiser.adcode
    plain = [one for one in places if one.context != "organisation"]
    if plain:
        return _deepest(places, plain[0])
    return reading.place.adcode


def _deepest(places: list[tables.Place], first: tables.Place) -> str | None:
    """The last place of the chain that begins with `first` (甘肃省张掖市)."""
    found = first
    for one in places:
        if one.start == found.end:
            found = one
    return found.adcode


def names_of(reading: Reading, adcode: str | None) -> _Place:
    """(province, city, county, level) of a division."""
    known = divisions.load()
    division = known.get(adcode, reading.year) if adcode else None
    if division is None or adcode is None:
        return None, None, None, None
    province, city, county = known.path(adcode, reading.year)
    return province, city, county, division.level


def level_of(reading: Reading, organiser: tables.Organisation | str | None) -> str | None:
    """Level of the organiser: that of its division, national for a body without one."""
    if not isinstance(organiser, tables.Organisation):
        return None
    if organiser.adcode is None:
        return "national"
    return names_of(reading, organiser.adcode)[3]
