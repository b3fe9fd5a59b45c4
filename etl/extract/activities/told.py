"""What a sentence tells without a word of the lists: dated statements and dated main clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from etl import reference, tables
from etl.extract.activities.moments import Moment, attributes, bounds, inside
from etl.extract.activities.scan import SOURCED, STATISTICS, Scan, Trigger
from etl.extract.segment import part_of_speech
from etl.model import Reading

_BRACKET = re.compile(r"\([^()]{1,12}\)")
_GAP = r"(?:\([^)]*\))?,?[^,。;:“”《》]{0,40}?(?:(?<=[上时中间]),)?"
_QUOTING = re.compile(r"(?:据|援引|根据|按照)[^,。;]*$")
_PUBLICATION = re.compile(
    r"(?:\([^()]{1,12}\))?[^,。;:“”《》]{0,16}?((?:公布|发布|发表|披露|颁布|印发|出台)的)"
    r"[^,。;:“”]{0,20}?(?:报告|数据|公报|调查|统计|结果|文件|指数|名单|办法|条例|规划|意见|通知|方案|》)"
)
_PUBLISHED = re.compile("(?:发布|公布|披露)(?:消息|数据|公告|公报)?$")
_GROUND = ("随着", "由于", "鉴于", "面对", "根据", "按照", "针对", "经过")
_ADVERBIAL = ("下", "上", "中", "后", "时", "里", "内", "间", "前", "际", "响")
# A clause that begins so counts up what belongs to the one before.
_LISTING = ("包括", "其中", "例如", "比如", "尤其", "特别是", "诸如")
# So much of what is said tells what it is about.
_ENOUGH = 10
# A clause that begins so says nothing without the next one.
_SUBORDINATE = (
    "因",
    "由于",
    "为",
    "随着",
    "如果",
    "若",
    "尽管",
    "虽然",
    "对于",
    "针对",
    "面对",
    "鉴于",
)
_LONGEST_SEARCH = 100
# 目前, 如今 are no time at which something was done.
_NAMED = re.compile("[年月季]")
# 这是5日举行的比赛 says which one is meant.
_WHICH = re.compile(r"(?:\([^()]{1,12}\))?[^,。;:的]{1,12}的")
_FROM_ON = re.compile(r"(?:\([^()]{1,12}\))?起,?")
_COMING = re.compile("将(?!军|领|士|于)|即将|预计|计划")
_FINISHED = re.compile(
    r"([一-鿿]{2})(?:圆满|顺利|全部|全面|已经?|正式|基本){0,3}(?<![不未没难])(?:完成|结束|收官|到位|完毕)[,。;]?$"
)
_ENDED = re.compile("(?:完成|结束|收官|到位|完毕)[,。;]")
_SHORTEST_FINISHED = 4
# What something led to is no deed: 为增长提供了支撑.
_EFFECT = re.compile(
    "(?:提供|奠定|注入|带来|创造|增添|发挥)了?[^,。;]{0,12}"
    "(?:支撑|保障|动力|动能|条件|可能|借鉴|机遇|空间|基础|活力|信心|便利|作用|力量)$"
)
# 指着新房对记者说: what leads on to somebody's words.
_TOLD_PRESS = re.compile("(?:对|告诉|向)[^,。;]{0,6}(?:记者|我们)[^,。;]{0,4}$|[笑道问答]说$")
# Who comes only to report, and what comes by itself.
_NO_VISITOR = re.compile("记者|我们|镜头|台风|冷空气|[》季天节]$")
# What the press says of others is no statement of its own.
_REPORTS = re.compile("报道[称说]$")
# A goal that was reached, and how something is made, are no events of their own.
_NO_WORK = re.compile(
    "标志着|意味着|虽然|尽管|即使|如果|一旦|目标|任务|进度|[都全]是|确保|保证|力争|争取|等到|直到|从[^,]{2,}[到至]"
)
# 今天是植树节,: a clause that only says what day it is.
_TELLS_OF_DAY = re.compile("(?:是|正值|恰逢|适逢|恰是|正是|迎来)[^,。]{2,30},")
_DONE_TO = re.compile(
    r"了(?:近|约|超|上|共)?(?:\d[\d.,]*[万亿]?|[一两三四五六七八九十百千]+)(?:多|余|来)?"
    r"[个项场次座条件台套份批名家所处辆艘架部支幅棵株亩吨公米平栋间所届万亿元]"
)
_SHORTEST_SUBJECT = 2
_MEASURING = frozenset("达报升降涨跌超破起看")
# What a verb ends with that says how it ended: 安上, 建成, 送到.
_COMPLEMENTS = frozenset("成出到完好起上")


@cache
def _leading() -> frozenset[str]:
    return reference.word_set("activity_words", "leading")


@cache
def _saying() -> re.Pattern[str]:
    """A saying verb behind a date: one that a mark follows, or one that takes what is said."""
    words = sorted(reference.words("activity_words", "stating"), key=len, reverse=True)
    said = "|".join(map(re.escape, words))
    return re.compile(
        rf"{_GAP}(?:({said}|发布|公布|披露|介绍)(?=[,:“])|"
        rf"({said})(?!活动|示威|集会|者)(?=[^,:“。;的书人会过等及和、成为号]))"
    )


def find_statement(reading: Reading, scanned: Scan, sentence: tables.Sentence) -> Trigger | None:
    """A statement with its day (某某4日表示,…); none where a source is only cited."""
    for moment in scanned.moments_in(sentence.start, sentence.end):
        said = _saying().match(reading.normal, moment.end, sentence.end) if moment.exact else None
        if not said or attributes(reading.normal, moment):
            continue
        begin = _clause_start(scanned, sentence, moment.start)
        if _QUOTING.search(reading.normal, begin, said.end()):
            continue
        if _REPORTS.search(said[0]):
            continue
        if _PUBLISHED.search(said[0]) and reading.normal.startswith(("《", "“"), begin):
            continue
        verb = (max(said.end() - 2, moment.end), said.end())
        kind = "publication" if _PUBLISHED.search(said[0]) else "statement"
        name = (_verb_start(said), _content_end(scanned, said.end(), sentence.end))
        return Trigger(kind, "said", begin, said.end(), verb, name)
    return None


def find_cited(reading: Reading, scanned: Scan, sentence: tables.Sentence) -> Trigger | None:
    """A publication that is named with its day as the ground of what follows: 5日公布的报告."""
    for moment in scanned.moments_in(sentence.start, sentence.end):
        found = _PUBLICATION.match(reading.normal, moment.end, sentence.end)
        if found and moment.exact:
            name = (found.start(1), found.end())
            return Trigger("publication", "said", moment.start, found.end(), found.span(1), name)
    return None


def find_plain(reading: Reading, scanned: Scan, sentence: tables.Sentence) -> Trigger | None:
    """The main clause behind a day, by its first verb that tells of a deed; None for states.

    Behind a month or a year only a verb counts that says that something was finished.
    """
    text = reading.normal
    for moment in scanned.moments_in(sentence.start, sentence.end):
        starts = _FROM_ON.match(text, moment.end) is not None
        if text[moment.start - 1 : moment.start] == "是" and _WHICH.match(text, moment.end):
            continue
        if (bounds(text, moment, sentence.start) and not starts) or (
            attributes(text, moment) and not starts
        ):
            continue
        if not (moment.exact or _NAMED.search(text, moment.start, moment.end)):
            continue
        if text.startswith(_GROUND, _clause_start(scanned, sentence, moment.start)):
            continue  # 随着近日降温
        stop = min(sentence.end, moment.end + _LONGEST_SEARCH)
        exact = moment.exact or text[moment.start - 1 : moment.start] == "于"  # 于2001年宣布
        verb = _main_verb(scanned, moment._replace(exact=exact and not starts), stop)
        if verb is None:
            continue
        begin, end = _clause_start(scanned, sentence, verb[0]), _clause_end(scanned, sentence, verb)
        if _TOLD_PRESS.search(text, begin, end):
            continue
        if SOURCED.search(text, begin, end) or _EFFECT.search(text, verb[0], end):
            continue
        if STATISTICS.search(text, begin, end) or (
            _COMING.search(text, begin, verb[0]) and not starts
        ):
            continue
        comes = text.startswith("来到", verb[0])
        if comes and _NO_VISITOR.search(text, begin, verb[0]):
            continue
        kind = "visit" if comes else "work"
        return Trigger(kind, "plain", begin, end, verb, (verb[0], end))
    return _finished(scanned, sentence) or _counted(scanned, sentence)


def _counted(scanned: Scan, sentence: tables.Sentence) -> Trigger | None:
    """A clause with a subject whose verb is done to something counted: 村里安了8台路灯."""
    text, starts = scanned.text, scanned.words.starts
    if text.find("了", sentence.start, sentence.end) < 0:
        return None
    for found in _DONE_TO.finditer(text, sentence.start, sentence.end):
        begin = _clause_start(scanned, sentence, found.start())
        at = bisect_left(starts, found.start()) - 1
        if starts[at + 1] != found.start() or starts[at] - begin < _SHORTEST_SUBJECT:
            continue
        if text[starts[at] : found.start()] in _COMPLEMENTS and starts[at - 1] >= begin:
            at -= 1  # 贷到了5万元: the verb is 贷到
        verb = (starts[at], found.start())
        if (
            inside(scanned.speeches, verb[0])
            or part_of_speech(text[starts[at] : starts[at + 1]]) != "v"
        ):
            continue
        end = _clause_end(scanned, sentence, verb)
        if not (_is_state(scanned, at) or STATISTICS.search(text, begin, end)):
            return Trigger("work", "soft", begin, end, verb, (verb[0], end))
    return None


def _finished(scanned: Scan, sentence: tables.Sentence) -> Trigger | None:
    """A clause that ends with what was completed: 大桥历经两年修缮完成."""
    if not _ENDED.search(scanned.text, sentence.start, sentence.end):
        return None
    for begin, end in scanned.clauses(sentence.start, sentence.end):
        found = _FINISHED.search(scanned.text, begin, end)
        if _NO_WORK.search(scanned.text, begin, end) or _COMING.search(scanned.text, begin, end):
            continue
        if found and found.start() - begin >= _SHORTEST_FINISHED:
            stop = _clause_end(scanned, sentence, (begin, begin))
            return Trigger(
                "work", "plain", begin, stop, (found.start(1), found.end(1)), (begin, stop)
            )
    return None


def _verb_start(said: re.Match[str]) -> int:
    return said.start(said.lastindex or 0)


def _content_end(scanned: Scan, start: int, end: int) -> int:
    """Where the first clause of what is said ends; its mark is left out."""
    first = scanned.text[start : start + 1]
    begin = start + 1 if first in ",:“" else start
    clauses = scanned.clauses(begin, end)
    if len(clauses) > 1 and scanned.text.startswith(_SUBORDINATE, begin):
        clauses = clauses[1:]
    stop = next((stop for _, stop in clauses if stop - begin >= _ENOUGH), end)
    while stop > start and scanned.text[stop - 1] in ",;:。!? \n":
        stop -= 1
    return stop


def _main_verb(scanned: Scan, moment: Moment, end: int) -> tuple[int, int] | None:
    """The first verb from `moment` to `end` that tells of a deed; None behind one of a state.

    A clause that only says where or when (在某某支持下,) is passed over.
    """
    bracket = _FROM_ON.match(scanned.text, moment.end) or _BRACKET.match(scanned.text, moment.end)
    for begin, stop in scanned.clauses(bracket.end() if bracket else moment.end, end):
        if scanned.text.startswith(_LISTING, begin):
            return None
        if scanned.text[max(stop - 2, begin) : stop].startswith(_ADVERBIAL):
            continue
        if scanned.text.startswith(_GROUND, begin):
            continue
        words = scanned.words
        told = moment.exact and begin - moment.end <= 1
        if told and _TELLS_OF_DAY.match(scanned.text, begin, stop):
            continue
        for at in range(bisect_left(words.starts, begin), bisect_left(words.starts, stop)):
            if _is_state(scanned, at) or inside(scanned.speeches, words.starts[at]):
                return None
            if _is_deed(scanned, at) and (moment.exact or _is_perfective(scanned, at)):
                return words.starts[at], words.starts[at + 1]
    return None


def _is_state(scanned: Scan, at: int) -> bool:
    """Whether the word tells of a state; 达 and 升 do before what is measured (not in 达美)."""
    token, behind = scanned.words.tokens[at], scanned.words.tokens[at + 1 : at + 2]
    if token not in reference.word_set("activity_words", "states"):
        return False
    if token == "进入":
        return not scanned.text.startswith(
            "阶段",
            scanned.text.find("阶段", scanned.words.starts[at], scanned.words.starts[at] + 12),
        )
    if token in _MEASURING and behind:
        return behind[0] in ("到", "至", "了", "为") or part_of_speech(behind[0])[0] in "mdx"
    return True


def _is_deed(scanned: Scan, at: int) -> bool:
    """Whether the word is a verb that qualifies no noun, of one character only behind 成功."""
    token, behind = scanned.words.tokens[at], scanned.words.tokens[at + 1 : at + 2]
    if token in reference.word_set("activity_words", "ending") and _ends_clause(behind):
        return True
    helps = token in reference.word_set("activity_words", "helpers") and behind != ["了"]
    if behind == ["的"] or helps:
        return False
    if inside(scanned.names, scanned.words.starts[at]):
        return False
    spoken = part_of_speech(token)
    led = at > 0 and scanned.words.tokens[at - 1] in _leading()
    done = _is_completed(scanned, at)
    return (spoken == "v" and (len(token) > 1 or led or done)) or (spoken == "vn" and led)


def _ends_clause(behind: list[str]) -> bool:
    return not behind or behind[0][0] in ",。;，；!?！？\n"


def _is_completed(scanned: Scan, at: int) -> bool:
    """Whether 了 or 过 follows the word, a complement between them at most: 装上了."""
    behind = scanned.words.tokens[at + 1 : at + 3]
    if behind[:1] and behind[0] in _COMPLEMENTS:
        behind = behind[1:]
    return behind[:1] in (["了"], ["过"])


def _is_perfective(scanned: Scan, at: int) -> bool:
    """Whether the verb is said to be done: 了 or 过 behind it, 成功 or 已 before it, or 安上."""
    tokens = scanned.words.tokens
    if tokens[at] in reference.word_set("activity_words", "beginning"):
        return True
    if "被" in tokens[max(at - 4, 0) : at]:
        return True
    if _is_completed(scanned, at) or tokens[at - 1] in _leading():
        return True
    return tokens[at][-1] in _COMPLEMENTS


def _clause_start(scanned: Scan, sentence: tables.Sentence, offset: int) -> int:
    """Where the clause of `offset` begins, a date that stands alone before it taken in."""
    clauses = scanned.clauses(sentence.start, sentence.end)
    return next((start for start, end in clauses if start <= offset < end), sentence.start)


def _clause_end(scanned: Scan, sentence: tables.Sentence, verb: tuple[int, int]) -> int:
    clauses = scanned.clauses(sentence.start, sentence.end)
    end = next((end for start, end in clauses if start <= verb[0] < end), sentence.end)
    while end > verb[1] and scanned.text[end - 1] in ",;:。!? \n":
        end -= 1
    return end
