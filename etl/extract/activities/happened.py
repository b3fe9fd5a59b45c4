"""Clauses that tell of an event by how they are built, without a date, a count or 了."""

from __future__ import annotations

import re

from etl import reference
from etl.extract.activities.scan import Trigger
from etl.model import Reading

# Who comes to a place to look at it has been there.
_ON_THE_SPOT = ("visit", "survey", "inspection")
_ARRIVES = re.compile(
    "来到|赴(?!约|任)|率队|带队|率领|一行[在到]|走进|前往|深入[^,。;]{2,12}[村镇乡县市区企厂户校]|到[^,。;]{2,14}(?:家中|家里|村|社区|现场|企业|学校|车间|[省市县区镇乡])"
)
# Those who come, where nobody is named.
_GROUP = re.compile(
    "(?:调研|视察|考察|检查|督导|工作|专家|课题)[组团]|负责同志|委员们?(?!会)|政协常委"
)
# A clause that ends with what happened may still be a wish, a condition or a name.
_AIMED = re.compile(
    "通过|为了?|推动|推进|促进|实现|确保|构建|健全|加快|上下|一旦|如|若|(?<!逐)一$|那时|从|将|即|等待|直到|易|常|[的地]$"
)
# What people do one by one, each time for itself.
_PERSONAL = frozenset(
    ("donation", "service", "lecture", "proposal", "supervision", "consultation", "statement")
) | frozenset(_ON_THE_SPOT)
_AT_TIMES = re.compile(
    "[前后]$|(?<![同及当随按临])时(?![代间刻期任隔])|多次|数次|经常|每|欢迎|期间|因"
)
_CLAUSE_ENDS = frozenset((",", "。", ";", "!", "\n", ""))
_SHORTEST_SUBJECT = 3


def arrives(reading: Reading, trigger: Trigger) -> bool:
    """Whether its clause names who came to a place to visit or to look at it."""
    begin, verb = trigger.start, trigger.verb[0]
    if trigger.type not in _ON_THE_SPOT or not _ARRIVES.search(reading.normal, begin, verb):
        return False
    if _GROUP.search(reading.normal, begin, verb):
        return True
    named = [one.start for one in reading.people] + [one.start for one in reading.bodies]
    return any(begin <= at < verb for at in named)


def is_someones(reading: Reading, trigger: Trigger) -> bool:
    """Whether a person who is named in the article does it: 主编某某赠书 is no routine.

    What is called as often as done, or only says when (视察某地时), does not count.
    """
    text = reading.normal
    if trigger.type not in _PERSONAL or _AT_TIMES.search(text, trigger.start, trigger.end):
        return False
    before = text[trigger.start : trigger.verb[0]]
    return any(one.name in before for one in reading.people)


def comes_about(text: str, trigger: Trigger) -> bool:
    """Whether the clause ends with what happened to its subject: 隧道贯通, 有人被逮捕."""
    begin, end = trigger.verb
    if begin - trigger.start < _SHORTEST_SUBJECT or text[end : end + 1] not in _CLAUSE_ENDS:
        return False
    words = reference.word_set("activity_words", "coming_about")
    happens = text[begin:end] in words or text[begin - 1] == "被"
    return happens and not _AIMED.search(text, trigger.start, begin)
