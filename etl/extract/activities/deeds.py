"""A verb of the lists → the deed it tells of: one with its object, or a bare one."""

from __future__ import annotations

import re
from functools import lru_cache

from etl import reference
from etl.extract.activities.scan import Deed, Hit, Scan, Trigger, deeds
from etl.extract.segment import part_of_speech

# When it had been done, or was near: tells of something else.
WHILE = re.compile(
    r"(?:\d+周年|倒计时|中(?=指出|强调|表示|说|写道)|(?:之|以)?(?:后|前|时|际|初)(?!往|进|线|排|沿|台|方)|以来|在即|前夕|期间|当天|过程"
    r"|[\d一二两三四五六几]+(?:多|余)?(?:年|个?月|周|天|小时)(?:的时候|以?来|之?后|间|内))"
)
_NOMINAL_BEFORE = re.compile(
    r"(?:的|性|(?<![正方形])式|级|类|种|各项|有关|相关|(?<!奖)项|决策|重大|战略|作出|做出|迎来|协助)$"
)
# 对制定规划的意见, 关于发布公告的决定: what they are about.
_ABOUT = re.compile("(?:对|关于)$")
_BECOMES = re.compile("成为")
_OBEYS = re.compile("(?:落实|贯彻|执行|按照|根据)[^,]*$")
_REPORTER = re.compile("记者[^,]{0,8}$")
_PAPER = re.compile(
    "(?:该|本|这[份项]|此份)?(?:通知|报告|方案|意见|文件|条例|办法|公报)(?:还|也|同时)?"
)
# With 的 behind their objects they only say which body is meant: 开展救援的队员.
_PASSING = ("service", "work")
_NOT_HELD = ("launch", "work")
_FARTHEST_OBJECT = 40
# 解决了人工插秧疏密不均等问题: what was solved.
_SOLVED = re.compile("[^,。;:，；]*(?:问题|难题|瓶颈|局面|情况|痛点|风险)(?:$|[,。;，；])")
_COPULA = re.compile(r"的[^,。]*(?:是|成为|为)|显示|表明")
# 开通专列的意义: the deed is what a heading is about, or what something is good for.
_TREATED = re.compile(
    "[^,。;:了]{2,30}的[^,。;:了]{0,4}(?:意义|必要性|重要性|可行性|紧迫性|现状|背景|建议|思考|优势|条件|基础|原因|路径|对策)(?:$|[,。;:])"
)
# Who joins in does it no second time: 参加会见, 陪同考察.
_TAKING_PART = re.compile(r"(?:参加|陪同|出席|参与)了?$")
# A deed that a noun follows is told in passing, unless it has just been done.
_JUST = re.compile(r"刚|新近|日前|近日|同[一]?[天日]|[今昨当]天|\d[年月日号]")
# What follows a deed as its outcome: 发布实施.
_TAKES_EFFECT = frozenset(("实施", "施行", "执行", "生效", "运行", "使用"))
# Verbs that end so are no nouns: 夺得, 当选, 列入.
_TAKING_OBJECTS = "得选获出入为赴往"


@lru_cache(maxsize=1 << 10)
def _rules(verb: str) -> list[Deed]:
    """The rules whose numbers stand in a verb's sort."""
    return [deeds()[int(number)] for number in re.findall(r"\d+", verb)]


def find_deed(scanned: Scan, clause: tuple[int, int], verb: Hit) -> Trigger | None:
    """The deed of the first rule of the verb whose object is there; a bare one is no noun."""
    text, (begin, end) = scanned.text, clause
    if _is_told_of(text, begin, verb, end):
        return None
    for kind, wanted, sort in _rules(verb.sort):
        if WHILE.match(text, verb.end) or _qualified(text, begin, verb):
            continue
        if wanted is None:
            if _is_noun(scanned, begin, verb) or _TAKING_PART.search(text, begin, verb.start):
                continue
            if sort == "soft" and kind in _NOT_HELD and _names_held(scanned, verb, end):
                continue
            stop = _object_end(text, verb.end, end)
            return Trigger(kind, sort, begin, stop, verb[:2], (verb.start, stop))
        behind = wanted.search(text, verb.end, end)
        if behind and sort == "soft" and kind in _PASSING and text.startswith("的", behind.end()):
            continue
        if behind and _reaches(scanned, verb, behind):
            stop = _object_end(text, behind.end(), end)
            return Trigger(kind, sort, begin, stop, verb[:2], (verb.start, stop))
        before = list(wanted.finditer(text, begin, verb.start))
        behind_verb = scanned.word_behind(verb.end)
        if behind_verb in reference.word_set("activity_words", "noun_behind"):
            continue  # 扩大了名单列入范围
        if before and end - verb.end <= 3 and _closes(scanned, verb):
            return Trigger(kind, sort, begin, verb.end, verb[:2], (begin, verb.end))
    return None


def _is_told_of(text: str, begin: int, verb: Hit, end: int) -> bool:
    """Whether a paper or a reporter is the subject, or the verb only part of what is meant.

    通知公布了电话, 记者发现, 成为开放的动力, 落实全会部署, 对制定规划的意见; but 通知公布 tells
    of the notice itself.
    """
    if _BECOMES.search(text, begin, verb.start) or _ABOUT.search(text, begin, verb.start):
        return True
    closes = end - verb.end <= 1
    orders = closes and text.startswith(("部署", "安排"), verb.start)
    if orders and _OBEYS.search(text, begin, verb.start):
        return True
    if _TREATED.match(text, verb.end):
        return True
    if text.startswith("发现", verb.start) and _REPORTER.search(text, begin, verb.start):
        return True
    return not closes and _PAPER.fullmatch(text, begin, verb.start) is not None


def _closes(scanned: Scan, verb: Hit) -> bool:
    """Whether the verb ends its clause: as no noun (…的公布) and no adverb (提前准备)."""
    behind = scanned.word_behind(verb.end)
    leads = len(behind) > 1 and part_of_speech(behind)[0] == "v"
    done = behind in reference.word_set("activity_words", "endings") or behind in _TAKES_EFFECT
    return (done or not leads) and not scanned.text.startswith("的", verb.start - 1)


def _names_held(scanned: Scan, verb: Hit, end: int) -> bool:
    """Whether the verb begins the name of what is held: 开放合作大会."""
    stop = _object_end(scanned.text, verb.end, end)
    nouns = scanned.nouns_in(verb.end, stop)
    named = bool(nouns) and nouns[-1].end == stop and nouns[-1].sort == "meeting"
    return named and "了" not in scanned.text[verb.end : stop]


def _reaches(scanned: Scan, verb: Hit, found: re.Match[str]) -> bool:
    """Whether what was found behind the verb is its object: near, in its clause, and held by no
    other verb (创办于…的学校是…之一); 演讲时 tells of something else."""
    text = scanned.text
    if found.start() - verb.end > _FARTHEST_OBJECT or WHILE.match(text, found.end()):
        return False
    return not (_COPULA.search(text, verb.end, found.start()) or _names(scanned, verb, found))


def _names(scanned: Scan, verb: Hit, found: re.Match[str]) -> bool:
    """Whether the verb is part of a compound: 开发模式, 建设日程."""
    behind = scanned.word_behind(verb.end)
    if found.start() < verb.end + len(behind) or behind == "工作":
        return False
    return behind in reference.word_set("activity_words", "noun_behind")


def _qualified(text: str, begin: int, verb: Hit) -> bool:
    """Whether 的 follows, so that the deed only says which thing is meant."""
    if not text.startswith("的", verb.end) or text.startswith("的《", verb.end):
        return False
    return not _JUST.search(text, begin, verb.start)


def _is_noun(scanned: Scan, begin: int, verb: Hit) -> bool:
    """Whether a verb stands as a noun or as part of one: 有关调研, 视察团."""
    behind = scanned.word_behind(verb.end)
    if verb.end not in scanned.starts and behind not in reference.word_set(
        "activity_words", "endings"
    ):
        return True
    if _is_welcomed(scanned, begin, verb):
        return True
    if scanned.text.find("了", begin, verb.start) > 0 and _SOLVED.match(
        scanned.text, verb.end, min(verb.end + _FARTHEST_OBJECT, len(scanned.text))
    ):
        return True
    takes_object = scanned.text[verb.end - 1] in _TAKING_OBJECTS
    if not takes_object and behind in reference.word_set("activity_words", "noun_behind"):
        return True
    return _NOMINAL_BEFORE.search(scanned.text, begin, verb.start) is not None


def _is_welcomed(scanned: Scan, begin: int, verb: Hit) -> bool:
    """Whether the clause ends with the verb as the object of another one: 迎来了…发射."""
    text = scanned.text
    if text[verb.end : verb.end + 1] not in {",", "。", ";", ""}:
        return False
    done = text.find("了", begin, verb.start)
    return done > 0 and not text.startswith((",", "的"), done + 1) and done < verb.start - 1


def _object_end(text: str, at: int, end: int) -> int:
    """Where the clause's text ends, its closing mark left out."""
    while end > at and text[end - 1] in ",;:。!?，；：！？ \n”":
        end -= 1
    return end
