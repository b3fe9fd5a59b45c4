"""Clauses that only say more of the event that was told before them in the sentence."""

from __future__ import annotations

import re

from etl import tables
from etl.extract.activities.scan import Trigger
from etl.model import Reading

_RESULTS = ("work", "award", "proposal")
# What is counted behind these is another deed.
_OTHER_ACTS = ("launch", "publication")
_NO_SUBJECT = re.compile(
    "(?:(?:经?审查后|到[^,]{2,12}|全年|又)?,?)(?:并|还|也|共|累计|已经?|全部|成功|共计|同时|先后|一举|从而|由此|正式|当场|随即|,)*"
)
# A clause that only says more about the event before it.
_ASIDE = re.compile("(?:其中|该|其(?!他|余)|这[是一些]?|它|包括|同时还|标志着)")
# What papers provide for begins so: 印发《方案》,聚焦…,加大…力度.
_PROVIDES = re.compile(
    "(?:并|还)?(?:聚焦|加大|稳步|深化|推进|加快|明确|提出|要求|包括|围绕|推动|强化|提升|完善|支持|鼓励|优化|规范|进一步)"
)
_SET_OUT = re.compile("(?:启程|出发|出征|动身|离开|起飞|乘[^,]{1,8})[^,。;]*$")
_GOING_TO = re.compile("(?:前往|赶赴|奔赴|驰援|赴|飞往|开往)")
_SHOWN = re.compile("(?:显示|表明|称|说|指出|认为)[,:，]")


def is_part(
    reading: Reading,
    sentence: tables.Sentence,
    trigger: Trigger,
    before: list[tables.Activity],
) -> bool:
    """Whether the trigger is part of what the sentence told before, in `before`."""
    return (
        _is_courtesy(reading, trigger, before)
        or _is_content(reading, trigger, before)
        or _is_made_known(reading, trigger, before)
        or _is_result(reading, trigger, before)
        or _is_on_its_way(reading, trigger, before)
        or _is_aside(reading, sentence, trigger, before)
    )


def shows(reading: Reading, trigger: Trigger, sentence: tables.Sentence) -> bool:
    """Whether it is a publication, and the sentence goes on with what it says."""
    if trigger.type not in ("publication", "survey"):
        return False
    return _SHOWN.search(reading.normal, trigger.verb[1], sentence.end) is not None


def _is_made_known(reading: Reading, trigger: Trigger, before: list[tables.Activity]) -> bool:
    """Whether a clause without a subject only says more of what was published before it."""
    same = any(one.type == trigger.type == "publication" for one in before)
    return same and reading.normal.startswith(("面向", "由", "向", "现予", "自"), trigger.start)


def _is_content(reading: Reading, trigger: Trigger, before: list[tables.Activity]) -> bool:
    """Whether a clause without a subject says what the paper published before it provides."""
    published = any(one.type == "publication" and one.status == "event" for one in before)
    return published and _PROVIDES.match(reading.normal, trigger.start) is not None


def _is_courtesy(reading: Reading, trigger: Trigger, before: list[tables.Activity]) -> bool:
    """Whether a clause without a subject says what the message before it expresses."""
    written = any(one.type == "statement" and one.status == "event" for one in before)
    return written and reading.normal.startswith(
        ("向", "代表", "对", "并对", "并向", "就", "并就", "表达", "表示"), trigger.start
    )


def _is_result(reading: Reading, trigger: Trigger, before: list[tables.Activity]) -> bool:
    """Whether a clause without a subject only counts what came of the event before it."""
    return (
        trigger.sort == "soft"
        and trigger.type in _RESULTS
        and any(one.status == "event" and one.type not in _OTHER_ACTS for one in before)
        and _NO_SUBJECT.fullmatch(reading.normal, trigger.start, trigger.verb[0]) is not None
    )


def _is_on_its_way(reading: Reading, trigger: Trigger, before: list[tables.Activity]) -> bool:
    """Whether a clause without a subject says where those go who set out before it."""
    left = bool(before) and before[-1].status == "event" and _SET_OUT.search(before[-1].raw)
    return bool(left) and _GOING_TO.match(reading.normal, trigger.start) is not None


def _is_aside(
    reading: Reading,
    sentence: tables.Sentence,
    trigger: Trigger,
    before: list[tables.Activity],
) -> bool:
    """Whether a clause only tells of the event before it in the sentence, or breaks a sum down."""
    if trigger.sort == "soft" and reading.normal.startswith("其中", sentence.start):
        return True
    aside = _ASIDE.match(reading.normal, trigger.start)
    return bool(before) and trigger.sort != "hold" and aside is not None
