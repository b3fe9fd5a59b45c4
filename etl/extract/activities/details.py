"""Where an event was held, at which level and with how many."""

from __future__ import annotations

import re
from bisect import bisect_left

from etl import reference, tables
from etl.extract.activities.areas import IMPLIED, deepest, names_of
from etl.extract.activities.organiser import Organiser
from etl.extract.activities.scan import Trigger
from etl.extract.figures.spans import contains
from etl.extract.places.settle import common, row_of
from etl.model import Reading
from etl.spans import START, begin_in

_LOCATION = re.compile(r"(?:在|赴|到|走进|前往|来到|抵达|于|深入)$")
_ARRIVING = re.compile("(?:来到|赶赴|赴|走进|深入|前往|先后到|抵达)了?$")
_ON_THE_SPOT = ("visit", "survey", "inspection", "supervision", "meeting")
# What may stand before the place that a sentence is about.
_OPENS = re.compile(r"(?:[“(]|近日,?|日前,?|[\d年月日,]|在|今年,?|去年,?|目前,?|据|近年来,?)*")
# 在京召开: before the verb of what is held a single character names the city.
_CAPITALS = {"京": "110000", "津": "120000", "沪": "310000", "渝": "500000"}
_CAPITAL = re.compile(
    "在([京津沪渝])(?=召开|举[行办]|开[幕班赛展]|闭幕|会见|启动|签|发布|成立|揭|落幕|首)"
)
_PEOPLE = ("人", "名", "位", "余人", "多人")
_TAKING_PART = "(?:参加|出席|到会|与会|参会|参训|参与|到场|观摩)"
# 参加会议的有80人; 与会代表共300人.
_JOINING_BEFORE = re.compile(
    rf"{_TAKING_PART}[^,;。]{{0,10}}(?:有|共|约|达|超过|计|代表|嘉宾|人员|人数|委员|群众)[^,;。]{{0,3}}$"
)
# 80余名委员参加会议, but not 80人受益.
_JOINING_BEHIND = re.compile(rf"[^,;。:]{{0,24}}?(?<!曾){_TAKING_PART}(?!工作)")


def place_of(
    reading: Reading, trigger: Trigger, sentence: tables.Sentence, organiser: Organiser | None
) -> str | None:
    """The division where it took place (在…, 赴…), else the organiser's, else the article's.

    A place that the sentence names before the event's clause goes before the article's.

    None for what a national body did at no stated place.
    """
    places = [one for one in begin_in(reading.places, trigger.start, trigger.end) if one.adcode]
    if city := _CAPITAL.search(reading.normal, trigger.start, trigger.end):
        return _CAPITALS[city[1]]
    gone = [
        one
        for one in places
        if one.context != "organisation"
        and _LOCATION.search(reading.normal, trigger.start, one.start)
    ]
    if gone:
        return deepest(places, gone[-1]).adcode
    if trigger.type in _ON_THE_SPOT and (reached := _reached(reading, sentence, trigger)):
        return reached
    if isinstance(organiser, tables.Organisation) or (organiser and organiser.adcode):
        return organiser.adcode
    plain = [one for one in places if one.context != "organisation"]
    if plain:
        return deepest(places, plain[0]).adcode
    before = _place_before(reading, sentence, trigger) or _place_above(reading, sentence)
    return before or reading.place.adcode


def _reached(reading: Reading, sentence: tables.Sentence, trigger: Trigger) -> str | None:
    """Where the sentence says that somebody came before the trigger's clause.

    What holds them all, where that is a row of places (来到济南、滨州等地).
    """
    named = begin_in(reading.places, sentence.start, trigger.start)
    places = [one for one in named if one.adcode]
    come = [one for one in places if _ARRIVING.search(reading.normal, sentence.start, one.start)]
    if not come:
        return None
    head = deepest(places, come[-1])
    row = row_of(reading.normal, head, places)
    return common([one.adcode for one in row if one.adcode], reading.year)


def _place_before(reading: Reading, sentence: tables.Sentence, trigger: Trigger) -> str | None:
    """The last place that the sentence names before the trigger, none in a body's name."""
    near = [
        one
        for one in begin_in(reading.places, sentence.start, trigger.start)
        if one.context != "organisation"
    ]
    plain = [one for one in near if one.adcode and one.context == "plain"]
    plain = plain or [one for one in near if one.adcode]
    return plain[-1].adcode if plain else None


def _place_above(reading: Reading, sentence: tables.Sentence) -> str | None:
    """The place with which a sentence before in the paragraph begins, the nearest one's.

    Only where it lies outside the article's own place or within it, not where it holds that.
    """
    own = reading.place.adcode
    said = IMPLIED.search(reading.normal, sentence.start, sentence.end)
    if own and (said or any(sentence.start <= one.start < sentence.end for one in reading.places)):
        return None
    for other in reversed(reading.sentences[: sentence.order - 1]):
        if other.paragraph != sentence.paragraph:
            break
        low = bisect_left(reading.places, other.start, key=START)
        first = reading.places[low] if low < len(reading.places) else None
        if first is None or first.start >= other.end or not first.adcode:
            continue
        if _OPENS.fullmatch(reading.normal, other.start, first.start):
            found = deepest(reading.places[low : low + 3], first).adcode
            return None if own and contains(found, own) else found
    return None


def participants_of(reading: Reading, trigger: Trigger, sentence: tables.Sentence) -> int | None:
    """How many people took part, as the sentence says from the event on: 80余人参加."""
    for figure in begin_in(reading.figures, trigger.start, sentence.end):
        if figure.unit not in _PEOPLE or figure.value is None or figure.kind != "count":
            continue
        begin = _clause_edge(reading.normal, figure.start, trigger.start)
        before = reading.normal[begin : figure.start]
        if _JOINING_BEFORE.search(before) or _JOINING_BEHIND.match(reading.normal, figure.end):
            return int(figure.value)
    return None


def _clause_edge(text: str, offset: int, start: int) -> int:
    """Where the clause that holds `offset` begins, not before `start`."""
    return max(start, *(text.rfind(mark, start, offset) + 1 for mark in ",;。:"))


def level_of(reading: Reading, organiser: Organiser | None, adcode: str | None) -> str | None:
    """Level of the organiser: national for a national body, else that of its division.

    Where the organiser is unknown or has no division, the level of the event's own one.
    """
    if isinstance(organiser, tables.Organisation) and organiser.adcode is None:
        national = organiser.name in reference.word_set("bodies", "national")
        if national or organiser.name.startswith(("全国", "中国", "中央", "国家", "国务院")):
            return "national"
    return names_of(reading, (organiser and organiser.adcode) or adcode)[3]
