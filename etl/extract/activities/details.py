"""Who held an event, where, at which level and with how many."""

from __future__ import annotations

import re
from bisect import bisect_left

from etl import divisions, reference, tables
from etl.extract.activities.scan import Trigger
from etl.extract.figures.spans import contains
from etl.extract.places.settle import common, row_of
from etl.model import Reading
from etl.spans import START, begin_in

_TOWARDS = re.compile(r"(?:向|对|给|与|同|在|到|为|跟|赴|于|据|经|被)(?:[^,。;]{1,12}(?:和|、))?$")
_LOCATION = re.compile(r"(?:在|赴|到|走进|前往|来到|抵达|于|深入)$")
_ARRIVING = re.compile("(?:来到|赶赴|赴|走进|深入|前往|先后到|抵达)了?$")
_ON_THE_SPOT = ("visit", "survey", "inspection", "supervision", "meeting")
# Named for what is thought or followed, not for what it did.
_THOUGHT = re.compile("为核心|贯彻|落实|按照|根据|党中央$|以来|国务院$")
# The name of what was held may begin with who held it; behind another verb stands its object.
_HELD = ("hold", "run", "attend")
# Who presides over a meeting or attends it has not held it, unless he called it.
_CONVENES = re.compile("召开")
_SPEAKS_THERE = re.compile(
    "(?:[^,。;:]{0,8},)?(?:近日|日前|今天|昨天)?在|[^。;]{0,48}(?:主持|出席|参加|参与)"
)
# But 我去年到访 is told of oneself.
_SAYS = re.compile(
    "[^,。;:]{0,8}(?:介绍|说|表示|坦言|认为|透露|告诉[^,。;:]{0,4})[,:]“?(?!我(?![国省市县区州们方军]))"
)
_PRONOUN = re.compile("[他她]")
# What may stand before the place that a sentence is about.
_OPENS = re.compile(r"(?:[“(]|近日,?|日前,?|[\d年月日,]|在|今年,?|去年,?|目前,?|据|近年来,?)*")
_IMPLIED = re.compile("[全我本][省市县区州]|省[委政]")
# The levels below a province and a prefecture, by how one is called.
_NARROWER = {"省": ("city", "county"), "市": ("county",), "州": ("county",)}
_LONGEST_TITLE = 40
_NO_TITLE = re.compile("[,。;的]")
_AWAY = re.compile("[在于到赴向为对与同由]|召开|举行|[,;。](?<!日,)")
# What is called after a leader is not done by him.
_NAMESAKE = re.compile(
    r"(?:总书记|主席|同志)?(?:关于|为核心|新时代|重要|对|外交思想|强军思想|文化思想|法治思想|经济思想|理论)"
)
# 在京召开: before the verb of what is held a single character names the city.
_CAPITALS = {"京": "110000", "津": "120000", "沪": "310000", "渝": "500000"}
_CAPITAL = re.compile(
    "在([京津沪渝])(?=召开|举[行办]|开[幕班赛展]|闭幕|会见|启动|签|发布|成立|揭|落幕|首)"
)
# They tell of the event, and do not hold it.
_WRITERS = ("reporter", "photographer")
_PEOPLE = ("人", "名", "位", "余人", "多人")
_TAKING_PART = "(?:参加|出席|到会|与会|参会|参训|参与|到场|观摩)"
# 参加会议的有80人; 与会代表共300人.
_JOINING_BEFORE = re.compile(
    rf"{_TAKING_PART}[^,;。]{{0,10}}(?:有|共|约|达|超过|计|代表|嘉宾|人员|人数|委员|群众)[^,;。]{{0,3}}$"
)
# 80余名委员参加会议, but not 80人受益.
_JOINING_BEHIND = re.compile(rf"[^,;。:]{{0,24}}?(?<!曾){_TAKING_PART}(?!工作)")
Organiser = tables.Organisation | tables.Person | tables.Place
_Place = tuple[str | None, str | None, str | None, str | None]


def organiser_of(reading: Reading, trigger: Trigger, sentence: tables.Sentence) -> Organiser | None:
    """The body or person that acts: the first one before the verb that is no target.

    The verb's own clause goes before the rest of the sentence. Without one it is the body in
    the event's name, for 他 and 她 the last person named, else the body with which a sentence
    before in the paragraph began; none where the sentence tells of more (全市) than its county.
    """
    actors = _actors(reading, trigger.start, trigger.verb[0])
    actors = actors or _actors(reading, sentence.start, trigger.start)
    if trigger.sort == "attend" and not _CONVENES.search(reading.normal, *trigger.verb):
        actors = [one for one in actors if isinstance(one, tables.Organisation)]
    if trigger.sort != "said":
        actors = [one for one in actors if not _only_says(reading, one, trigger)]
    if reading.normal.startswith("的", trigger.verb[1]):
        actors = [one for one in actors if not _speaks_there(reading, one, trigger)]
    if actors:
        return actors[0]
    if place := _acting_place(reading, trigger):
        return place
    if _PRONOUN.search(reading.normal, sentence.start, trigger.verb[0]):
        return _last_person(reading, sentence.start)
    head = trigger.name[0] if trigger.sort in _HELD else trigger.name[1]
    named = _bodies(reading, head, min(head + 4, trigger.name[1]))
    if named:
        return named[0]
    carried = _carried(reading, sentence)
    return None if carried and _is_wider(reading, trigger, sentence, carried) else carried


def _is_wider(
    reading: Reading, trigger: Trigger, sentence: tables.Sentence, body: tables.Organisation
) -> bool:
    """Whether the sentence tells of a division (全市) that is wider than the body's."""
    said = [one[0] for one in _IMPLIED.finditer(reading.normal, sentence.start, trigger.verb[0])]
    level = names_of(reading, body.adcode)[3]
    return bool(said) and level in _NARROWER.get(said[-1][1], ())


def _only_says(reading: Reading, actor: Organiser, trigger: Trigger) -> bool:
    """Whether somebody only tells of it: 副县长某某介绍,全县关停企业20家."""
    if not isinstance(actor, tables.Person):
        return False
    at = reading.text.rfind(actor.name, 0, trigger.verb[0]) + len(actor.name)
    return _SAYS.match(reading.normal, at, trigger.verb[0]) is not None


def _speaks_there(reading: Reading, actor: Organiser, trigger: Trigger) -> bool:
    """Whether somebody only spoke where it was held: 某某在今天召开的会议上要求."""
    if not isinstance(actor, tables.Person):
        return False
    at = reading.text.rfind(actor.name, 0, trigger.verb[0]) + len(actor.name)
    return _SPEAKS_THERE.match(reading.normal, at, trigger.verb[0]) is not None


def _acting_place(reading: Reading, trigger: Trigger) -> tables.Place | None:
    """The place that the clause begins with as its subject, a date before it left out."""
    places = [
        one
        for one in begin_in(reading.places, trigger.start, trigger.verb[0])
        if one.context == "plain" and one.adcode
    ]
    if not places or _AWAY.search(reading.normal, trigger.start, places[0].start):
        return None
    return _deepest(places, places[0])


def _actors(reading: Reading, start: int, end: int) -> list[Organiser]:
    """Bodies and people in text[start:end] that act, in order; a title's body is left out."""
    people = [
        (at, one) for one in reading.people if (at := _mention(reading, one, start, end)) >= 0
    ]
    found: list[tuple[int, Organiser]] = [
        (at, one) for at, one in people if one.role not in _WRITERS
    ]
    found += [
        (body.start, body)
        for body in _bodies(reading, start, end)
        if not any(_in_title(reading, body.end, at) for at, _ in people)
    ]
    acting = [one for one in found if not _TOWARDS.search(reading.normal, start, one[0])]
    return [one for _, one in sorted(acting, key=lambda pair: pair[0])]


def _in_title(reading: Reading, end: int, name: int) -> bool:
    """Whether a body that ends at `end` is part of the title of the person named at `name`."""
    return 0 <= name - end <= _LONGEST_TITLE and not _NO_TITLE.search(reading.normal, end, name)


def _mention(reading: Reading, person: tables.Person, start: int, end: int) -> int:
    """Where text[start:end] names the person, thoughts and speeches called after one left out."""
    at = reading.text.find(person.name, start, end)
    return -1 if at >= 0 and _NAMESAKE.match(reading.text, at + len(person.name)) else at


def _last_person(reading: Reading, before: int) -> tables.Person | None:
    """The person named last before an offset."""
    people = [one for one in reading.people if one.role not in _WRITERS]
    found = [(reading.text.rfind(one.name, 0, before), one) for one in people]
    at, person = max(found, default=(-1, None), key=lambda pair: pair[0])
    return person if at >= 0 else None


def _bodies(reading: Reading, start: int, end: int) -> list[tables.Organisation]:
    return [one for one in begin_in(reading.bodies, start, end) if one.kind == "organisation"]


def _carried(reading: Reading, sentence: tables.Sentence) -> tables.Organisation | None:
    """The subject of the nearest sentence before in the paragraph that begins with a body."""
    for other in reversed(reading.sentences[: sentence.order - 1]):
        if other.paragraph != sentence.paragraph:
            break
        bodies = _bodies(reading, other.start, min(other.end, other.start + 20))
        if bodies and not _THOUGHT.search(reading.normal, other.start, bodies[0].end):
            return bodies[0]
    return None


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
        return _deepest(places, gone[-1]).adcode
    if trigger.type in _ON_THE_SPOT and (reached := _reached(reading, sentence, trigger)):
        return reached
    if isinstance(organiser, tables.Organisation) or (organiser and organiser.adcode):
        return organiser.adcode
    plain = [one for one in places if one.context != "organisation"]
    if plain:
        return _deepest(places, plain[0]).adcode
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
    head = _deepest(places, come[-1])
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
    said = _IMPLIED.search(reading.normal, sentence.start, sentence.end)
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
            found = _deepest(reading.places[low : low + 3], first).adcode
            return None if own and contains(found, own) else found
    return None


def _deepest(places: list[tables.Place], first: tables.Place) -> tables.Place:
    """The last place of the chain that begins with `first` (甘肃省张掖市)."""
    found = first
    for one in places:
        if one.start == found.end:
            found = one
    return found


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


def names_of(reading: Reading, adcode: str | None) -> _Place:
    """(province, city, county, level) of a division."""
    known = divisions.load()
    division = known.get(adcode, reading.year) if adcode else None
    if division is None or adcode is None:
        return None, None, None, None
    province, city, county = known.path(adcode, reading.year)
    return province, city, county, division.level


def level_of(reading: Reading, organiser: Organiser | None, adcode: str | None) -> str | None:
    """Level of the organiser: national for a national body, else that of its division.

    Where the organiser is unknown or has no division, the level of the event's own one.
    """
    if isinstance(organiser, tables.Organisation) and organiser.adcode is None:
        national = organiser.name in reference.word_set("bodies", "national")
        if national or organiser.name.startswith(("全国", "中国", "中央", "国家", "国务院")):
            return "national"
    return names_of(reading, (organiser and organiser.adcode) or adcode)[3]
