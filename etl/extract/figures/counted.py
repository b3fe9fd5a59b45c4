"""The noun phrase that a figure counts: behind it (60位专家学者) or before it (项目25个)."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl import reference
from etl.extract.figures.before import phrase_before, phrase_before_verb, ranked, verb_before
from etl.extract.figures.behind import PEOPLE, acts_behind, deed_behind, phrase_behind, rest_behind
from etl.extract.figures.phrases import holds, is_actor, is_city, is_person, noun_adjoins
from etl.extract.figures.quantity import Quantity
from etl.extract.figures.subject import subject_before
from etl.extract.segment import Cut

# Two numbers of a list, or how much and then how far: 增长28%达到35亿元.
_REACHES = re.compile(" ?(?:[、和及与]|以及|,?(?:达到?|升至|增至|降至|减至|突破)了?) ?")
# What happened to so many people: 12人受伤, 数十人被警方逮捕, 45人中毒.
_TOLD = re.compile(
    r"(?:(?:被|死于)[^,。;:!?、\n\d]{2,8}|[^,。;:!?、\n的是为\d]{2,6})(?=[,。;!?、\n\d]|$)"
)
_NOTHING_TOLD = re.compile("(?:[当其]?中(?:包括|有|含)|左右|以[上下]|不等|等|之[多间]|的|[在以])")
_NUMBERS = (
    "数",
    "量",
    "总数",
    "规模",
    "力量",
    "编制",
    "名额",
    "岗位",
    "席位",
    "学位",
    "员额",
    "计划",
)
# Behind these an amount is of what follows its 的: 总额15亿元的贷款.
_SUMS = ("总额", "总金额", "价值", "总价值", "总值", "共计", "合计", "总计")
# 200公里以外的学校: how far away.
_AWAY = ("以外", "之外", "开外", "外的")
_OF = ("的", "以上的", "以下的", "左右的", "多的")
# 维持20%以上的高速增长: of what is told before.
_CHANGES = ("增长", "增速", "增幅", "涨幅", "下降", "降幅", "提升", "损耗", "损失", "速度")
# They say nothing of what was done with so many.
_EMPTY = ("涉及", "惠及", "达到", "覆盖", "达成", "出现", "拥有", "具有", "拿出", "获得")
# A clause that tells of some of those before: 其中7篇, 其中被采用7篇.
_PART = re.compile("其中[^,。;:!?、\\d\n]*$")
_CLAUSE = 14
# Before who does something: 由区领导督办9件, 被省里采用7篇.
_AGENTS = ("由", "被")
_TIMES = frozenset(["次", "人次", "场次", "项次", "件次"])
# A former figure's noun is carried on over these kinds only where something says so.
_OWN = ("duration",)


class Former(NamedTuple):
    """The figure before in the same sentence: what it counts, its unit, and where it ends."""

    counted: str | None = None
    unit: str | None = None
    end: int = 0

    def then(self, counted: str | None, one: Quantity) -> Former:
        """What the figure behind `one` has before it; a length of time stands in nobody's way."""
        if one.kind == "duration":
            return self
        if counted is None:
            return self._replace(end=one.end)
        return Former(counted, one.unit, one.end)


def counted_at(cut: Cut, text: str, one: Quantity, former: Former, begin: int) -> str | None:
    """What `one` counts, in its own clause or in one before it; `begin` opens the sentence.

    None where nothing but a place stands there: 与苏州(1.6万亿元)有差距.
    """
    found = _counted(cut, text, one, former, begin)
    if one.kind == "measure" and text.startswith(_AWAY, one.end):
        return None
    return None if found and is_city(found) else found


def _counted(cut: Cut, text: str, one: Quantity, former: Former, begin: int) -> str | None:
    if area := _unit_noun(one):
        return area
    near = _in_clause(cut, text, one, former)
    if near:
        return near
    if former.counted and _REACHES.fullmatch(text, former.end, one.start):
        return former.counted
    floor = max(begin, former.end)
    carried = former.counted if one.kind not in _OWN and _goes_on(text, one, former) else None
    return (
        _told(text, one)
        or (rest_behind(text, one) if one.kind == "count" else "")
        or _share(text, one)
        or _unless_does(text, subject_before(cut, text, one, floor), one.start)
        or _unless_does(text, phrase_before_verb(cut, text, one, floor), one.start)
        or carried
        or _deed(cut, one, floor)
        or None
    )


def _unless_does(text: str, phrase: str, at: int) -> str:
    return "" if _does(text, phrase, at) else phrase


def _does(text: str, phrase: str, at: int) -> bool:
    """Whether a phrase before a number at `at` is who did it: 东台市分别建成21个, 由领导督办9件."""
    if not phrase or text.endswith((phrase, "("), 0, at):
        return False
    start = text.rfind(phrase, 0, at)
    return holds(phrase) or text.endswith(_AGENTS, 0, max(start, 0))


def _deed(cut: Cut, one: Quantity, floor: int) -> str:
    """What was done with so many people or so much money (疏散2600人), or how it grew (扩容3倍)."""
    people = one.unit in PEOPLE or one.unit == "人次"
    if not people and one.kind not in ("money", "percent", "multiple"):
        return ""
    verb = verb_before(cut, one, floor)[0]
    return verb if len(verb) > 1 and verb not in _EMPTY else ""


def _goes_on(text: str, one: Quantity, former: Former) -> bool:
    """Whether a figure without a noun of its own is of what the one before it counts."""
    part = bool(_PART.search(text, max(0, one.start - _CLAUSE), one.start)) or one.form == "rank"
    return part or former.unit == one.unit or bool(one.direction)


def _in_clause(cut: Cut, text: str, one: Quantity, former: Former) -> str | None:
    """What `one` counts by the words of its clause.

    A count takes the noun behind it first, an amount or a share the noun before it. 同比下降2.3%
    without a noun of its own goes on about the former figure's.
    """
    behind, before = phrase_behind(cut, text, one), phrase_before(cut, text, one, former.end)
    if _does(text, before, one.start):
        before = ""
    if one.kind == "money" and behind and acts_behind(cut, one):
        behind = ""
    if one.unit == "次":
        verb = verb_before(cut, one, former.end)[0]
        done = verb if len(verb) > 1 else ""
        deed = deed_behind(cut, text, one) or (behind if done else "") or done
        if deed:
            return deed
    if one.previous is not None and before:
        return before
    if one.form == "rank":
        return ranked(cut, text, one) or before or None
    if one.unit in PEOPLE:
        told = _told(text, one) if not is_person(before) else ""
        number = is_person(before) or before.endswith(_NUMBERS)
        return behind or told or (before if number else None) or None
    if one.kind == "count" and one.unit not in _TIMES:
        return behind or before or None
    if one.kind == "duration":
        before = "" if is_actor(before, None) else before
        return (behind if text.startswith("的", one.end) else before) or behind or None
    owned = bool(behind) and text.startswith(_OF, one.end) and not one.direction
    if one.kind == "percent" and owned and not behind.endswith(_CHANGES):
        return behind
    if one.kind == "money" and behind and before.endswith(_SUMS) and text.startswith(_OF, one.end):
        return behind
    if one.form == "fraction" and behind and not one.direction:
        return behind  # 近一半员工, 三分之一患者
    adjoins = noun_adjoins(cut, one) and len(before) > 1
    if one.kind in ("money", "measure", "count") and behind and not adjoins:
        return behind
    share = one.direction or one.kind in ("percent", "multiple")
    carried = former.counted if share else None
    return before or carried or behind or None


def _told(text: str, one: Quantity) -> str:
    """What happened to so many people: 数十人被警方逮捕, 4人获救."""
    if one.unit not in PEOPLE or _NOTHING_TOLD.match(text, one.end):
        return ""
    found = _TOLD.match(text, one.end)
    return found[0].rstrip("了") if found else ""


def _share(text: str, one: Quantity) -> str:
    """占比分别为…: a share of which nothing else is said."""
    before = text[max(0, one.start - 10) : one.start]
    return "占比" if one.kind == "percent" and "占比" in before else ""


def _unit_noun(one: Quantity) -> str | None:
    """What a unit that is a noun itself counts: 11市, 6金."""
    nouns: dict[str, str] = reference.load("figures")["unit_nouns"]
    return nouns.get(one.unit or "")
