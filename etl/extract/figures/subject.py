"""What a clause without a noun of its own is about: 收入保持增长,达到20820亿元."""

from __future__ import annotations

import re
from bisect import bisect_left

from etl import reference
from etl.extract.figures.phrases import behind_scope, tidy
from etl.extract.figures.quantity import Quantity
from etl.extract.segment import Cut, part_of_speech

# Between the clause's head and the number only such words may stand.
_BARE = re.compile(
    "(?:[也又还均都已再并则仅只才总共约近超达为至到占是较比高低多少于]|同比|环比|比上年|分别|其中|平均|合计|总计|累计|达到|突破"
    "|超过|增长|增加|下降|减少|提高|上升|提升|降低|上涨|下跌|增至|升至|降至|增幅|降幅|增速|占比|全国|全省|全市|最高|日均|年均|月均"
    "|为|了|至|到|的|每年|每天|每月|第|位居|居|排名|位列|列){0,8}$"
)
# 本报讯, 晚报讯(记者 某某): who reports it heads no clause.
_DATELINE = re.compile(r"[^,。;:《》\d\s]{1,8}[讯电]\s*(?:\([^()]{1,60}\)\s*)?(?<=[\s)])")
_AMONG = re.compile(r"(?:在|从)?([^,。;:!?\d]{3,16}?)(?<![高初集空途手其])[中里]")
_SAYS = ("显示", "表示", "表明", "介绍", "称", "说", "指出", "认为", "发布", "从", "在", "来")
_CLAUSES = 2
_LONGEST = 16
_ADVERBIAL = re.compile(
    r"(?:也就是|换言之|截[至止]|目前|据|其中|此外|另外|同时|根据|按照|今年|去年|上年|\d|[一二三四]季度|[上下]半年|为|在|从|到|由|经|受|随着|通过|对)"
)


def subject_before(cut: Cut, text: str, one: Quantity, begin: int) -> str:
    """The noun phrase at the head of a clause before the number's own, or "".

    Only where the number's own clause has nothing but links before it; `begin` is the end of the
    number before it in the sentence, else where the sentence begins.
    """
    clause = _clause_start(text, begin, one.start)
    if not _BARE.fullmatch(text, behind_scope(cut, clause, one.start), one.start):
        return ""
    for _ in range(_CLAUSES):
        if clause <= begin:
            return ""
        stop = clause - 1
        clause = _clause_start(text, begin, stop)
        found = _inside(cut, text, clause, stop) or _head(cut, text, clause, stop)
        if found:
            return found
    return ""


def _clause_start(text: str, begin: int, stop: int) -> int:
    return max(begin, *(text.rfind(mark, begin, stop) + 1 for mark in ",;:"))


def _inside(cut: Cut, text: str, start: int, stop: int) -> str:
    """“双高”院校中,苏州3所: what the clause says the things are picked from."""
    found = _AMONG.fullmatch(text, start, stop)
    if not found:
        return ""
    phrase = tidy(text[behind_scope(cut, *found.span(1)) : found.end(1)])
    return phrase if len(phrase) > 1 else ""


def _head(cut: Cut, text: str, start: int, stop: int) -> str:
    """The nouns that open the clause up to its first verb; none behind an adverbial."""
    if dateline := _DATELINE.match(text, start, stop):
        start = dateline.end()
    if _ADVERBIAL.match(text, start):
        return ""
    index = bisect_left(cut.starts, start)
    first = last = start
    scopes = reference.word_set("figures", "scopes")
    while index < len(cut.tokens) and cut.starts[index] < stop:
        token = cut.tokens[index]
        tag = part_of_speech(token)
        noun = tag[0] == "n" or tag in ("vn", "an", "j", "l", "eng", "s") or token == "的"
        if not noun and token not in scopes:
            break
        if first == cut.starts[index] and (token in scopes or tag == "ns" or token == "的"):
            first += len(token)
        last = cut.starts[index] + len(token)
        index += 1
    phrase = text[first:last].rstrip("的")
    goes_on = first < last < stop and not text.startswith(_SAYS, last)
    return phrase if goes_on and 2 <= len(phrase) <= _LONGEST else ""
