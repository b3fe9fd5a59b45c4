"""Several tellings of one event → one row."""

from __future__ import annotations

import re

from etl import tables
from etl.extract.memory import remembered

_DETERMINERS = re.compile(
    r"(?:此次|本次|上述|这次|该次|该|本届|一场|一次|首次|第一次|了|由|共同|隆重|成功|今天|日前|近日|上午|下午|在|的|\s|[“”‘’《》,。、:;!]|\d+月\d+日)+"
)
_GENERIC = re.compile(
    r"(?:会议|大会|活动|仪式|论坛|座谈会|座谈交流会|交流会|讲座|培训|调研|视察|考察|访问|会谈|会见|会晤|展览|比赛|演出|项目|工作|捐赠|协商|述职评议|典礼|颁奖典礼|抗议|抗议活动|开幕式|闭幕式)+"
)
_BACK = re.compile("上述|此次|本次|该次|这[次场一]")
# What is done so at one place is not done at another one.
_AT_ITS_PLACE = ("work", "service", "visit", "inspection", "survey", "donation")
# Another one did the like: 乙市也举办了招待会.
_TOO = re.compile(
    "[^,，。;；]{2,}也(?:都|已|分别|相继|纷纷|正式|再次|于|在)?[^,，。;；]{0,8}(?:举行|举办|召开|发布|公布|开展|启动)"
)
# They tell of something else than a meeting, even of one with the same name.
_APART = ("statement", "publication", "signing", "award", "meeting", "proposal")
# A short name of a piece of work (发生枪击) does not say which.
_FEWEST_PAIRS = 6
_SHORTEST = 5
_ENOUGH = 0.6


def merge(rows: list[tables.Activity]) -> list[tables.Activity]:
    """One row per event: the first telling of it as an event; gaps filled from the others.

    Two tellings are one event when their names share most of their character pairs and their
    days do not differ, when the later one only points back (此次会议), or when both begin at the
    same place: two verbs of one clause.
    """
    kept: list[tables.Activity] = []
    for row in rows:
        index = next((at for at, other in enumerate(kept) if _same(other, row)), None)
        if index is None:
            kept.append(row)
        else:
            kept[index] = _joined(kept[index], row)
    return kept


def _same(one: tables.Activity, other: tables.Activity) -> bool:
    if one.start == other.start:
        return True
    if _BACK.match(other.name) or (_is_generic(other.name) and one.name.endswith(other.name)):
        return one.status == "event"
    if _elsewhere(one, other) or _says_else(one, other) or _TOO.match(other.raw):
        return False
    if one.date and other.date and not _compatible(one.date, other.date):
        return False
    if one.type != other.type and one.type in _APART and other.type in _APART:
        return False
    short, long = sorted((_core(one.name), _core(other.name)), key=len)
    if _is_generic(_core(other.name)):
        return one.status == "event" and (one.type == other.type or _core(other.name) in one.name)
    pairs = _pairs(short)
    if len(pairs) < _FEWEST_PAIRS and one.type == "work":
        return len(short) > _SHORTEST and short in long
    return bool(pairs) and len(pairs & _pairs(long)) / len(pairs) >= _ENOUGH


def _elsewhere(one: tables.Activity, other: tables.Activity) -> bool:
    """Whether two bodies did it in two provinces, or something was done at two places."""
    if one.type in _AT_ITS_PLACE and one.adcode and other.adcode and one.adcode != other.adcode:
        return not one.adcode.startswith(_stem(other)) and not other.adcode.startswith(_stem(one))
    if not (one.organiser and other.organiser and one.province and other.province):
        return False
    return one.organiser != other.organiser and one.province != other.province


def _stem(row: tables.Activity) -> str:
    """The digits of the row's division that those within it share."""
    code = row.adcode or ""
    return code.removesuffix("00").removesuffix("00")


def _says_else(one: tables.Activity, other: tables.Activity) -> bool:
    """Whether two people or bodies spoke, wrote or proposed, each for itself."""
    alone = one.type == other.type and one.type in ("statement", "proposal")
    known = one.organiser and other.organiser and one.type == other.type == "publication"
    return bool(alone or known) and one.organiser != other.organiser


@remembered
def _is_generic(name: str) -> bool:
    return _GENERIC.fullmatch(name) is not None


@remembered
def _core(name: str) -> str:
    return _DETERMINERS.sub("", name)


@remembered
def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


def _compatible(one: str, other: str) -> bool:
    """Whether two ISO dates can be the same day: one is the other, or its month or year."""
    if one.startswith(other) or other.startswith(one):
        return True
    return any(low <= day <= high for low, high, day in (*_range(one, other), *_range(other, one)))


def _range(one: str, other: str) -> list[tuple[str, str, str]]:
    """(first day, last day, `other`) where `one` is a range."""
    low, _, high = one.partition("/")
    return [(low, high, other)] if high else []


def _joined(first: tables.Activity, later: tables.Activity) -> tables.Activity:
    """The better telling, with what only the other one says."""
    better, other = first, later
    if later.status == "event" and first.status != "event":
        better, other = later, first
    if better.date is None:
        better.date, better.date_precision = other.date, other.date_precision
    if better.participants is None:
        better.participants = other.participants
    better.organiser = better.organiser or other.organiser
    better.level = better.level or other.level
    return better
