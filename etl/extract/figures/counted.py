"""The noun phrase that a figure counts: behind it (60位专家学者) or before it (项目25个)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from etl.extract.figures.phrases import (
    SUFFIXES,
    attributes,
    behind_scope,
    class_of,
    links,
    noun_adjoins,
    qualifies,
    tidy,
    verbal_nouns,
)
from etl.extract.figures.quantity import Quantity
from etl.extract.figures.subject import subject_before
from etl.extract.segment import Cut, part_of_speech

_LONGEST = 24
_BREAK = frozenset(",。;:!?、()\n，；：！？（）…—《》<>[]【】")
# 产量居全省第一: the noun stands before the verb of rank.
_RANKED = re.compile(
    r"(?:位?居|[位排名并]列|列|排名?|跃[居升]|稳居|荣?获|跻身|进入|处于)[^,。]{0,14}$"
)
# 比重比2020年下降3.7%: the noun stands before what it is compared with.
# 排名如下:小学第9、初中第6: the noun right before a rank that has no verb of its own.
_ITEM = re.compile(r"(?<=[、,:;])[^、,。;:!?\n]{2,10}$")
_COMPARED = re.compile(
    r"(?:(?:与|和|同)[^,。;]{1,14}相比[^,。;]{0,8}|(?:[高低快慢好优]于|(?<![占环同对])比(?![例重率赛如较特])|(?<![比])较(?!为|快|好|大)|占(?!比))[^,。;:!?\n比较占]{1,18})$"
)
# 占比由2019年的23%上升至41%: the noun stands before 由.
_FROM = re.compile(r"[从由自][^,。;:!?\n]{0,18}$")
_NO_NOUN = frozenset("次个年天日月元人")
_OPENS = {"”": "“", "’": "‘", "》": "《", "」": "「"}
_CLOSES = {left: right for right, left in _OPENS.items()}
_MEASURED = re.compile(
    r"(?:规划|建筑|占地|种植|播种)?[总年]?(?:面积|投资额?|资金|产值|人口|长度?|里程|总量|规模|产量|金额)$"
)
# Two numbers of a list: 75万例、72万例.
_JOINED = re.compile(" ?(?:[、和及与]|以及) ?")
# Verbs of damage that stand before a noun as its attribute: 27家受损卫生院.
_OPENERS = frozenset(("受损", "被困", "失联", "倒塌", "遇害", "免费", "非法"))
_PEOPLE = frozenset("人名位")
_PREDICATE_BEHIND = re.compile(
    r"(?:被[^,。;:!?、\n]{0,6})?(?:死亡|受伤|遇难|失踪|失联|逮捕|被困|获救|遇害|丧生|轻伤|重伤|拘留|逮捕|驱逐|感染|参加|参与|入选|就业)(?=[,。;!?、\n])"
)
# A verb that ends like this has an object and belongs to no noun (36个达到标准).
_PREDICATE = frozenset("到为成于及出入有是过了着得在达")
_CLAUSE_BEFORE = re.compile(r"[^,。;:!?\n]+$")
_TIMES = frozenset(["次", "人次", "场次", "项次", "件次"])
_BOUND = re.compile(r"(?:及?以[上下内外]|左右|上下|的)")
_CLAUSE = re.compile(r"[^,。;:!?、\n]{0,24}")


def counted_at(
    cut: Cut,
    text: str,
    one: Quantity,
    former: str | None,
    floor: int = 0,
    begin: int = 0,
    alike: bool = False,
) -> str | None:
    """What `one` counts, in its own clause or in one before it; `begin` opens the sentence.

    `former` is what the figure before it in the sentence counts, `floor` where that one ends,
    `alike` says that both have one unit.
    """
    near = _in_clause(cut, text, one, former, floor)
    if near:
        return near
    if former and _JOINED.fullmatch(text, floor, one.start):
        return former
    told = _told_by_verb(text, one) or subject_before(cut, text, one, begin)
    part = alike or text.startswith("其中", one.start - 2) or one.form == "rank"
    return told or (former if part and one.kind != "duration" else None) or _share(text, one)


def _in_clause(cut: Cut, text: str, one: Quantity, former: str | None, floor: int) -> str | None:
    """What `one` counts by the words of its clause.

    A count takes the noun behind it first, an amount or a share the noun before it. 同比下降2.3%
    without a noun of its own goes on about the former figure's.
    """
    behind, before = _behind(cut, text, one), _before(cut, text, one, floor)
    if one.unit == "次" and (deed := _deed(cut, text, one)):
        return deed
    if one.previous is not None and before:
        return before
    if one.form == "rank":
        return _ranked(cut, text, one) or before or None
    if one.kind == "count" and one.unit not in _TIMES:
        return behind or before or None
    if one.kind == "duration":
        return (behind if text.startswith("的", one.end) else before) or behind or None
    if one.kind == "percent" and behind and text.startswith("的", one.end) and not one.direction:
        return behind
    adjoins = noun_adjoins(cut, one) and len(before) > 1
    if one.kind in ("money", "measure", "count") and behind and not adjoins:
        return behind
    return before or (former if one.direction or one.kind == "percent" else None) or behind or None


def _told_by_verb(text: str, one: Quantity) -> str:
    """What happened to so many people: 数十人被警方逮捕, 4人获救."""
    if one.unit not in _PEOPLE:
        return ""
    found = _PREDICATE_BEHIND.match(text, one.end)
    return found[0] if found else ""


def _share(text: str, one: Quantity) -> str | None:
    """占比分别为…: a share of which nothing else is said."""
    before = text[max(0, one.start - 10) : one.start]
    return "占比" if one.kind == "percent" and "占比" in before else None


def _behind(cut: Cut, text: str, one: Quantity) -> str:
    """The noun phrase that begins right behind the figure, else the one behind its 的.

    4幅挂在墙上的照片: where a verb comes first, the noun is behind 的.
    """
    begin = _bound_end(text, one.end)
    stop = _phrase_end(cut, text, begin)
    if stop is None:
        clause = _CLAUSE.match(text, begin)
        at = text.rfind("的", begin, clause.end()) if clause else -1
        begin = at + 1
        stop = _phrase_end(cut, text, begin) if at > 0 else None
    return tidy(_without_next(text, begin, stop)) if stop else ""


def _without_next(text: str, start: int, stop: int) -> str:
    """55处公园总面积6.7万公顷: the measured noun before another number belongs to that one."""
    phrase = text[start:stop]
    if text[stop : stop + 1].isdigit():
        return _MEASURED.sub("", phrase) or phrase
    return phrase


def _phrase_end(cut: Cut, text: str, first: int) -> int | None:
    """Where the noun phrase ends that begins at `first`, None where none begins there."""
    stop, quote_end, named = first, 0, False
    index = bisect_right(cut.starts, first) - 1
    for token, start in zip(cut.tokens[index:], cut.starts[index:], strict=False):
        end = start + len(token)
        if start < first:  # the unit and this word's head were one token
            stop, named = end, True
            continue
        if start < quote_end:
            stop, named = max(stop, min(end, quote_end)), True
            continue
        if token[0] in _CLOSES:
            quote_end = text.find(_CLOSES[token[0]], start, start + 20) + 1
            continue
        if start - first > _LONGEST or token[0] in _BREAK or token[0].isdigit():
            break
        if token.isspace() and not named:
            continue
        kind = class_of(token)
        if not named and (token in _OPENERS or qualifies(token)):
            continue
        if token == "的" and named:
            break
        if named and part_of_speech(token) == "q" and token not in _NO_NOUN and len(token) == 1:
            stop = end  # 学段, 充电桩: words that the dictionary has only in parts
            continue
        if token in verbal_nouns() and named and stop - first < 2:
            break
        if kind == "noun" and part_of_speech(token)[0] in "ab":
            continue
        if kind == "noun" or token in verbal_nouns():
            stop, named = end, True
        elif kind == "verb" and stop == first and not _attributive(cut, start):
            return _lone_verb(text, start, end)
        elif kind == "verb" and (stop == first or token in attributes()):
            continue
        elif kind != "join":
            break
    return stop if stop > first else None


def _attributive(cut: Cut, start: int) -> bool:
    """Whether a verb that opens the phrase belongs to the noun behind it (15支驻村工作队)."""
    at = bisect_left(cut.starts, start)
    token, following = cut.tokens[at], cut.tokens[at + 1 : at + 2]
    if not following:
        return False
    if token in attributes():
        return class_of(following[0]) != "other"
    plain = len(token) == 2 and token[1] not in _PREDICATE
    return plain and class_of(following[0]) == "noun"


def _lone_verb(text: str, start: int, end: int) -> int | None:
    """A verb alone is what is counted when nothing follows it: 8人死亡, 3次检查."""
    alone = end - start > 1 and (end >= len(text) or text[end] in _BREAK)
    return end if alone else None


def _deed(cut: Cut, text: str, one: Quantity) -> str:
    """What was done so many times, where a verb follows: 两次赴外地调研."""
    index = bisect_left(cut.starts, one.end)
    if index >= len(cut.tokens) or class_of(cut.tokens[index]) != "verb":
        return ""
    clause = _CLAUSE.match(text, one.end)
    return tidy(clause[0]) if clause else ""


def _ranked(cut: Cut, text: str, one: Quantity) -> str:
    """The subject of a clause of rank, from the clause's head to its verb."""
    item = _ITEM.search(text[max(0, one.start - 12) : one.start])
    if item and not _RANKED.search(item[0]) and noun_adjoins(cut, one):
        return tidy(text[behind_scope(cut, one.start - len(item[0]), one.start) : one.start])
    clause = _CLAUSE_BEFORE.search(text[max(0, one.start - 40) : one.start])
    verb = _RANKED.search(clause[0]) if clause else None
    if not clause or not verb or verb.start() > _LONGEST:
        return ""
    head = one.start - len(clause[0])
    last = head + verb.start()
    return tidy(text[behind_scope(cut, head, last) : last])


def _bound_end(text: str, at: int) -> int:
    found = _BOUND.match(text, at)
    return found.end() if found else at


def _before(cut: Cut, text: str, one: Quantity, floor: int) -> str:
    """The noun phrase that ends right before the figure, linking words left out."""
    at = one.start
    compared = (
        _COMPARED.search(text[max(0, at - 24) : at])
        if one.direction or one.kind == "percent"
        else None
    )
    if one.previous is not None:
        compared = _FROM.search(text[max(0, at - 24) : at])
    if one.form == "rank":
        compared = _RANKED.search(text[max(0, at - 24) : at])
    at -= len(compared[0]) if compared else 0
    index = bisect_right(cut.starts, max(at - 1, 0)) - 1
    first = last = None
    linking = True
    while index >= 0 and at - cut.starts[index] <= _LONGEST:
        token, start = cut.tokens[index], cut.starts[index]
        index -= 1
        if start >= at:
            continue
        if start < floor:
            break
        opening = _OPENS.get(token[-1])
        if opening and (begin := text.rfind(opening, max(0, start - 20), start)) >= 0:
            first, last, linking = begin, last or start + len(token), False
            index = bisect_right(cut.starts, begin) - 2
            continue
        if token in ("(", "（") and first is None and start + 1 == one.start:
            continue  # 写字楼(36.4%)
        if token[0] in _BREAK and not (token == "、" and first is not None):
            break
        if linking and (token in links() or token.isspace()):
            continue
        linking = False
        kind = class_of(token)
        if first is None and token not in _NO_NOUN and part_of_speech(token) == "q":
            kind = "noun"  # 充电桩, of which the dictionary knows but parts
        short = first is not None and (text[first] in SUFFIXES or last == first + 1)
        suffixed = short and kind == "verb"
        attribute = first is not None and (kind == "join" or token in attributes() or suffixed)
        lone = first is None and token in attributes()
        if kind == "noun" or attribute or lone or token in verbal_nouns():
            first, last = start, last or min(start + len(token), at)
        else:
            break
    if first is None or last is None:
        return ""
    return tidy(text[behind_scope(cut, first, last) : last])
