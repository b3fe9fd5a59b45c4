"""A sentence → the stretches that may report an event: a verb with what it holds, does or makes."""

from __future__ import annotations

import re

from etl import reference
from etl.extract.activities.scan import Hit, Scan, Trigger, deeds, inside

_PHRASE_END = re.compile(r"[^一-鿿]|[上中后时期并和与及暨等在间]|工作|活动|$")
_NOMINAL_BEFORE = re.compile(
    r"(?:的|性|(?<![正方形])式|级|类|种|各项|有关|相关|项|决策|重大|战略|作出|做出|迎来|协助)$"
)
# What ends so is held, too, before 举行 and 开幕: 桃花节, 龙舟赛, 起动礼.
_HELD = re.compile(r"[节赛展会礼周季杯坛演](?=[”》]?(?:\([^)]*\))?(?:$|[将于在上下昨今明当日]|\d))")
# A clause that only says when or why ends or begins so.
_ADVERBIAL = re.compile(r"(?:以来|之际|期间|之初|前夕|之前|以前)[,;，；]?$")
_GROUND = ("随着", "由于", "鉴于", "面对")
# A deed that a noun follows is told in passing, unless it has just been done.
# When it had been done, or was near: tells of something else.
# 组织 is no verb in the names of those who organise.
_BODY_BEFORE = re.compile(
    "(?:国际|党|社会|武装|合作|各级|基层|恐怖|团|工会|政府|条约|卫生|贸易|企业|群众|犯罪|公益"
    "|民间|行业|专业|经济|联合国|上级|本|该|各|地方|慈善|极端)$"
)
_WHILE = re.compile(
    r"(?:(?:之|以)?(?:后|来|前|时|际|初)(?!往|进|线|排|沿|台|方)|在即|前夕|期间|当天|过程)"
)
_JUST = re.compile(r"刚|新近|日前|近日|\d[年月日号]")

# What may follow a verb within one word: 建成了, 培育出.
_ENDINGS = frozenset("了过出完到至好入于给向为成")


def find_triggers(scanned: Scan, start: int, end: int) -> list[Trigger]:
    """The triggers of one sentence in text order, at most one per clause and listed object."""
    found: list[Trigger] = []
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
    for sorts in (("hold", "open"), ("run",), ("attend",)):
        for verb in verbs:
            if any(sort in verb.sort for sort in sorts) and not _is_body(scanned.text, verb):
                found = _held(scanned, clause, verb, sorts[0])
                if found:
                    return found
    if scanned.text.startswith(_GROUND, clause[0]) or _ADVERBIAL.search(scanned.text, *clause):
        return []
    for verb in verbs:
        deed = _deed(scanned, clause, verb)
        if deed:
            return [deed]
    return []


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
    if behind:
        return _objects(scanned, begin, verb, behind, sort)
    if sort != "hold":
        return []
    if _WHILE.match(scanned.text, verb.end) or scanned.text.startswith("对", begin):
        return []
    before = scanned.nouns_in(begin, verb.start)
    noun = before[-1] if before else _unlisted(scanned, begin, verb)
    if noun and verb.start - noun.end <= 30:
        name = (begin, noun.end)
        return [Trigger(_type(scanned, name, noun), sort, begin, verb.end, verb[:2], name)]
    return []


def _qualifies(scanned: Scan, start: int, end: int) -> bool:
    """Whether the verb and its noun only tell of whom the clause speaks: 参加活动的人们."""
    nouns = scanned.nouns_in(start, end)
    return any(scanned.text.startswith("的", one.end) for one in nouns[:-1])


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
    nouns = [one for one in scanned.nouns_in(start, end) if _ends_phrase(scanned.text, one.end)]
    also = scanned.text.find("并", nouns[0].end, end) if nouns else -1
    return [one for one in nouns if also < 0 or one.end <= also]


def _ends_phrase(text: str, at: int) -> bool:
    """Whether a noun phrase can end at `at`: 开展协商 does, 开展协商式 and 出席会议的 do not."""
    return _PHRASE_END.match(text, at) is not None


def _objects(scanned: Scan, begin: int, verb: Hit, nouns: list[Hit], sort: str) -> list[Trigger]:
    """One trigger for each object of a list (A大会、B大会), the last noun of each."""
    found = []
    start = verb.end
    for index, noun in enumerate(nouns):
        last = index == len(nouns) - 1
        if not last and scanned.text[noun.end] != "、":
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
    name = (start, nouns[-1].end)
    kind = _type(scanned, name, nouns[-1])
    return [Trigger(kind, "hold", start, nouns[-1].end, before.verb, name)]


def _deed(scanned: Scan, clause: tuple[int, int], verb: Hit) -> Trigger | None:
    """The deed of the first rule of the verb whose object is there; a bare one is no noun."""
    text, (begin, end) = scanned.text, clause
    for number in re.findall(r"\d+", verb.sort):
        kind, wanted, sort = deeds()[int(number)]
        if _WHILE.match(text, verb.end) or (kind != "proposal" and _qualified(text, begin, verb)):
            continue
        if wanted is None:
            if _is_noun(scanned, begin, verb):
                continue
            stop = _object_end(text, verb.end, end)
            return Trigger(kind, sort, begin, stop, verb[:2], (verb.start, stop))
        behind = wanted.search(text, verb.end, end)
        if behind and behind.start() - verb.end <= 40:
            stop = _object_end(text, behind.end(), end)
            return Trigger(kind, sort, begin, stop, verb[:2], (verb.start, stop))
        before = list(wanted.finditer(text, begin, verb.start))
        if before and end - verb.end <= 3:
            return Trigger(kind, sort, begin, verb.end, verb[:2], (begin, verb.end))
    return None


def _qualified(text: str, begin: int, verb: Hit) -> bool:
    """Whether 的 follows, so that the deed only says which thing is meant."""
    return text.startswith("的", verb.end) and not _JUST.search(text, begin, verb.start)


def _is_noun(scanned: Scan, begin: int, verb: Hit) -> bool:
    """Whether a verb stands as a noun or as part of one: 有关调研, 视察团."""
    behind = scanned.word_behind(verb.end)
    if verb.end not in scanned.starts and behind not in _ENDINGS:
        return True
    if behind in reference.word_set("activity_words", "noun_behind"):
        return True
    return _NOMINAL_BEFORE.search(scanned.text, begin, verb.start) is not None


def _object_end(text: str, at: int, end: int) -> int:
    """Where the clause's text ends, its closing mark left out."""
    while end > at and text[end - 1] in ",;:。!?，；：！？ \n”":
        end -= 1
    return end
