"""Who held an event: the body, the person or the place that acts."""

from __future__ import annotations

import re

from etl import tables
from etl.extract.activities.areas import IMPLIED, deepest, names_of
from etl.extract.activities.scan import Trigger
from etl.model import Reading
from etl.spans import begin_in

_TOWARDS = re.compile(r"(?:向|对|给|与|同|在|到|为|跟|赴|于|据|经|被)(?:[^,。;]{1,12}(?:和|、))?$")
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
# The levels below a province and a prefecture, by how one is called.
_NARROWER = {"省": ("city", "county"), "市": ("county",), "州": ("county",)}
_LONGEST_TITLE = 40
_NO_TITLE = re.compile("[,。;的]")
_AWAY = re.compile("[在于到赴向为对与同由]|召开|举行|[,;。](?<!日,)")
# What is called after a leader is not done by him.
_NAMESAKE = re.compile(
    r"(?:总书记|主席|同志)?(?:关于|为核心|新时代|重要|对|外交思想|强军思想|文化思想|法治思想|经济思想|理论)"
)
# They tell of the event, and do not hold it.
_WRITERS = ("reporter", "photographer")
Organiser = tables.Organisation | tables.Person | tables.Place


def organiser_of(reading: Reading, trigger: Trigger, sentence: tables.Sentence) -> Organiser | None:
    """The body or person that acts: the first one before the verb that is no target.

    The verb's own clause goes before the rest of the sentence. Without one it is the body in
    the event's name, for 他 and 她 the last person named, else the body with which a sentence
    before in the paragraph began; none where the sentence tells of more (全市) than its county.
    """
    if holders := _holders(reading, trigger, sentence):
        return holders[0]
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
    said = [one[0] for one in IMPLIED.finditer(reading.normal, sentence.start, trigger.verb[0])]
    level = names_of(reading, body.adcode)[3]
    return bool(said) and level in _NARROWER.get(said[-1][1], ())


def _holders(reading: Reading, trigger: Trigger, sentence: tables.Sentence) -> list[Organiser]:
    """Who acts in the verb's clause, else before it in the sentence, and holds something."""
    actors = _actors(reading, trigger.start, trigger.verb[0])
    actors = actors or _actors(reading, sentence.start, trigger.start)
    return [
        one
        for one in actors
        if not (isinstance(one, tables.Person) and _holds_nothing(reading, one, trigger))
    ]


def _holds_nothing(reading: Reading, person: tables.Person, trigger: Trigger) -> bool:
    """Whether somebody only attends it, tells of it or speaks there.

    副县长某某介绍,全县关停企业20家; 某某在今天召开的会议上要求.
    """
    text, verb = reading.normal, trigger.verb
    if trigger.sort == "attend" and not _CONVENES.search(text, *verb):
        return True
    behind = reading.text.rfind(person.name, 0, verb[0]) + len(person.name)
    if trigger.sort != "said" and _SAYS.match(text, behind, verb[0]):
        return True
    return text.startswith("的", verb[1]) and bool(_SPEAKS_THERE.match(text, behind, verb[0]))


def _acting_place(reading: Reading, trigger: Trigger) -> tables.Place | None:
    """The place that the clause begins with as its subject, a date before it left out."""
    places = [
        one
        for one in begin_in(reading.places, trigger.start, trigger.verb[0])
        if one.context == "plain" and one.adcode
    ]
    if not places or _AWAY.search(reading.normal, trigger.start, places[0].start):
        return None
    return deepest(places, places[0])


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
