"""A sentence → the stretches that may report an event: a verb with what it holds, does or makes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from etl import reference
from etl.extract.activities.deeds import WHILE, find_deed
from etl.extract.activities.moments import inside
from etl.extract.activities.scan import SOURCED, Hit, Scan, Trigger
from etl.extract.segment import part_of_speech

_PHRASE_END = re.compile(r"[^一-鿿]|[上中后时期并和与及暨等在间]|工作|活动|$")
# What ends so is held, too, before 举行 and 开幕: 桃花节, 龙舟赛, 起动礼.
_HELD = re.compile(r"[节赛展会礼周季杯坛演](?=[”》]?(?:\([^)]*\))?(?:$|[将于在上下昨今明当日]|\d))")
# Behind the name of what was held.
_WHEN_OR_WHERE = re.compile(
    r"[”》]?(?:\([^)]*\))?(?:于|在(?!线)|将于|[昨今明当同][天日晚]|日前|近日|(?<!第)\d{1,2}[日号月])"
)
# A clause that only says when or why ends or begins so.
_ADVERBIAL = re.compile(
    r"(?:以来|之际|期间|之初|前夕|之前|以前|方面|过程中|基础上|的同时|情况下|条件下|背景下)[,;，；]?$"
)
# 视察中, 在调研后: a clause that only points back at what was told.
_BACK = re.compile("[中时后](?:,|$)")
# From what to what.
_SPAN = re.compile(r"从[^,]{2,}(?:到|至)")
_GROUND = ("随着", "由于", "鉴于", "面对", "据", "根据", "按照", "依据", "除了")
# 在有关部门的安排下, 受暴雨影响, say under whom or why, not what.
_UNDER = re.compile("(?:在[^,]{2,}下|受到?[^,]{2,}影响),?$")
# 组织 is no verb in the names of those who organise.
_BODY_BEFORE = re.compile(
    "(?:国际|党|社会|武装|合作|各级|基层|恐怖|团|工会|政府|条约|卫生|贸易|企业|群众|犯罪|公益"
    "|民间|行业|专业|经济|联合国|上级|本|该|各|地方|慈善|极端)$"
)
# 纪念某年举行的阅兵80周年 tells of another day.
_ANNIVERSARY = re.compile(r"(?:[\d一二三四五六七八九十百]+|多少)周年")
# Parts of an event that are only counted: 81场论坛.
_COUNTED = re.compile(r"\d+(?:余|多)?[场个项次期堂]")
# Who takes part begins no name: 12名委员与村民面对面协商.
_TAKES_PART = re.compile(
    r"(?:\d+(?:余|多)?[名位人]|[^,。;]{2,12}[与和同][^,。;]{2,12}(?:面对面|共同|一起))"
)
_HOLDING = ("hold", "run", "attend")


def find_triggers(scanned: Scan, start: int, end: int) -> list[Trigger]:
    """The triggers of one sentence in text order, at most one per clause and listed object."""
    found: list[Trigger] = []
    if not scanned.verbs_in(start, end):
        return found
    for clause in scanned.clauses(start, end):
        here = _in_clause(scanned, clause)
        if not here and found and found[-1].sort == "hold":
            here = _listed_on(scanned, clause, found[-1])
        found += here
    return found


def _in_clause(scanned: Scan, clause: tuple[int, int]) -> list[Trigger]:
    """The first verb of the clause that has what it needs; a held event goes before a deed."""
    verbs = scanned.verbs_in(*clause)
    if not verbs:
        return []
    holding = _main_first(scanned.text, [one for one in verbs if not one.sort.startswith("deed")])
    for sort in _HOLDING if holding else ():
        for verb in holding:
            if _holds(verb.sort, sort) and not _is_body(scanned.text, verb):
                found = _held(scanned, clause, verb, sort)
                if found:
                    return found
    if scanned.text.startswith(_GROUND, clause[0]) or _ADVERBIAL.search(scanned.text, *clause):
        return []
    if _UNDER.match(scanned.text, *clause) or SOURCED.match(scanned.text, *clause):
        return []
    if _SPAN.match(scanned.text, *clause):
        return []
    for verb in verbs:
        if _BACK.fullmatch(scanned.text, verb.end, clause[1]) and verb.start - clause[0] < 2:
            continue
        deed = find_deed(scanned, clause, verb)
        if deed:
            return [deed]
    return []


def _main_first(text: str, verbs: list[Hit]) -> list[Hit]:
    """The verbs, those before 的 last: 某局举办的活动今天启动."""
    return sorted(verbs, key=lambda one: text.startswith("的", one.end))


@lru_cache(maxsize=1 << 10)
def _holds(verb: str, sort: str) -> bool:
    """Whether a verb of these sorts holds something in this way; to open is to hold, too."""
    return sort in verb or (sort == "hold" and "open" in verb)


def _is_body(text: str, verb: Hit) -> bool:
    """Whether 组织 ends the name of one."""
    organise = text.startswith("组织", verb.start) and verb.end == verb.start + 2
    return organise and _BODY_BEFORE.search(text, max(verb.start - 4, 0), verb.start) is not None


def _held(scanned: Scan, clause: tuple[int, int], verb: Hit, sort: str) -> list[Trigger]:
    """What the verb holds: behind it (召开…会议), else, for hold and open, before it."""
    begin, end = clause
    behind = _phrase_nouns(scanned, verb.end, end)
    if behind and sort != "hold" and _qualifies(scanned, verb.end, end):
        return []
    if behind and _ANNIVERSARY.match(scanned.text, behind[-1].end):
        return []
    routine = bool(behind) and sort == "run" and behind[-1].sort == "work"
    if routine and WHILE.match(scanned.text, behind[-1].end):
        return []
    if behind:
        return _objects(scanned, begin, verb, behind, sort)
    if sort != "hold":
        return []
    if WHILE.match(scanned.text, verb.end) or scanned.text.startswith("对", begin):
        return []
    if _SPAN.match(scanned.text, begin, verb.end):
        return []
    noun = _noun_before(scanned, begin, verb)
    if noun and verb.start - noun.end <= 30:
        name = (begin, noun.end)
        return [Trigger(_type(scanned, name, noun), sort, begin, verb.end, verb[:2], name)]
    return []


def _noun_before(scanned: Scan, begin: int, verb: Hit) -> Hit | None:
    """What is held before its verb: the first noun behind which it says when or where."""
    before = scanned.nouns_in(begin, verb.start)
    for noun in before:
        if _WHEN_OR_WHERE.match(scanned.text, noun.end, verb.start):
            return noun
    return before[-1] if before else _unlisted(scanned, begin, verb)


def _qualifies(scanned: Scan, start: int, end: int) -> bool:
    """Whether the verb and its noun only tell of whom the clause speaks: 参加活动的人们."""
    nouns = scanned.nouns_in(start, end)
    return any(scanned.text.startswith("的", one.end) for one in nouns)


def _unlisted(scanned: Scan, begin: int, verb: Hit) -> Hit | None:
    """What is held by a name that only its last character gives away: 桃花节 before 开幕."""
    found = None if "deed" in verb.sort else _HELD.search(scanned.text, begin, verb.start)
    return Hit(found.start(), found.end(), "meeting") if found else None


def _phrase_nouns(scanned: Scan, start: int, end: int) -> list[Hit]:
    """The event nouns of the phrase from `start` on: up to the next verb that holds something."""
    for verb in scanned.verbs_in(start, end):
        if "hold" in verb.sort or scanned.text[verb.start - 1] in "并后时":
            end = verb.start
            break
    nouns = [one for one in scanned.nouns_in(start, end) if _ends_phrase(scanned, one.end)]
    also = scanned.text.find("并", nouns[0].end, end) if nouns else -1
    return [one for one in nouns if also < 0 or one.end <= also]


def _ends_phrase(scanned: Scan, at: int) -> bool:
    """Whether a noun phrase can end at `at`: 开展协商 does, 开展协商式 and 出席会议的 do not.

    What it was held for may follow: 召开会议研究….
    """
    if _PHRASE_END.match(scanned.text, at):
        return True
    word = scanned.word_behind(at) if at in scanned.starts else ""
    if word in reference.word_set("activity_words", "comments"):
        return False
    return word in _purposes() or (len(word) > 1 and part_of_speech(word) == "v")


@cache
def _purposes() -> frozenset[str]:
    return reference.word_set("activity_words", "purposes")


def _objects(scanned: Scan, begin: int, verb: Hit, nouns: list[Hit], sort: str) -> list[Trigger]:
    """One trigger for each object of a list (A大会、B大会), the last noun of each."""
    found: list[Trigger] = []
    start = verb.end
    for index, noun in enumerate(nouns):
        last = index == len(nouns) - 1
        if not last and scanned.text[noun.end] != "、":
            continue
        if found and _COUNTED.match(scanned.text, start):
            continue
        if inside(scanned.names, noun.start) and not last:
            continue
        name = (start, noun.end)
        head = begin if start == verb.end else start
        found.append(Trigger(_type(scanned, name, noun), sort, head, noun.end, verb[:2], name))
        start = noun.end + 1
    return found


def _type(scanned: Scan, name: tuple[int, int], noun: Hit) -> str:
    """The noun's type; 活动 takes that of another noun in its name (义诊活动, “…培训”活动)."""
    if noun.sort not in ("work", "meeting"):
        return noun.sort
    others = [one.sort for one in scanned.nouns_in(*name) if one.sort not in ("work", "meeting")]
    return others[-1] if others and noun.sort == "work" else noun.sort


def _listed_on(scanned: Scan, clause: tuple[int, int], before: Trigger) -> list[Trigger]:
    """A clause that goes on with the list of the held (召开A会,B会): nothing but its name."""
    start, end = clause
    nouns = scanned.nouns_in(start, end)
    bare = scanned.text[start:end].rstrip(",;。，；")
    if not nouns or scanned.verbs_in(start, end) or start + len(bare) != nouns[-1].end:
        return []
    if _COUNTED.match(bare) or _TAKES_PART.match(bare):
        return []
    name = (start, nouns[-1].end)
    kind = _type(scanned, name, nouns[-1])
    return [Trigger(kind, "hold", start, nouns[-1].end, before.verb, name)]
