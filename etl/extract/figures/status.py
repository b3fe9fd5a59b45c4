"""What a figure is to its article: a result, a target, a forecast, or the bound of a rule."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left

from etl import reference, tables
from etl.extract.figures.quantity import Quantity
from etl.extract.openings import find_all
from etl.extract.segment import Cut, part_of_speech

# The last of these words before the figure in its sentence decides; 将 has a check of its own.
_MARK_OPENINGS = re.compile(
    "[力争目确计拟规建预有据已了截去上同现累迄至此总将]"
    "(?:(?<=[拟已了将])|(?=[争取标保划议计测期望估至止前年有今投]))"
)
_MARKS = re.compile(
    "(?P<target>力争|争取(?!到|资金|支持|项目|政策|专项|上级|中央|外资|时间|权益|名额)|(?<!总)目标(?:任务)?[^,。;的]{0,4}(?:是|为|:)|确保|计划(?!生育|单列|[》的])"
    "|(?<!模)拟(?![议定态真合人])|规划(?=建设|面积|投资|总|用地|到|至)"
    "|建议[,:]?(?=[^,。;]{0,20}(?:提高|增加|降低|达到|补贴|扩大|设立|不低于)))"
    "|(?P<forecast>预计|预测|预期(?!寿命|[^,。;]{0,4}指数|转弱|管理|差|目标|的)|有望|预估|据估计)"
    "|(?P<result>已经?(?!知)|了(?!解)|截[至止]|目前|去年|上年|同期|现有|累计|迄今|至今|此前|总投资)"
    "|(?P<will>(?<!已)将)"
)
# What comes about by itself is expected, what somebody does is aimed at.
_COMES_ABOUT = re.compile(
    "[^,。;:]{0,14}(?:达|超|突破|升|降|增长|上涨|下跌|回落|减少|增加到|被|迎来|带来|吸引|出现|增至|降至|影响)"
)
# 少于50人的企业: which ones, and not how many.
_LESS = re.compile("(?:少于|多于|低于|高于|大于|小于)[^,。]*$")
# 降到5%以下, 控制在3%以下: how far it came.
_DOWN_TO = re.compile("[到至在为于]$")
_WITHIN = re.compile("不(?:超过|低于|少于|高于|多于)")
_CLASS = re.compile("[及或]?其?以[上下]的?")
# Parts of speech that may follow a 将 that looks ahead: 将建设, 将再建设, 将在…建设.
_LOOKS_AHEAD = frozenset("vdp")
# A rule's or a class's bound: 处5万元以下罚款, 不得超过3次, 7座及以下客车.
_BOUND_BEFORE = re.compile(
    r"(?:不[得应](?:少于|超过|低于|高于|多于|小于|大于)|应[^,。;]{0,8}不(?:少于|超过|低于)"
    r"|(?<=[可,、并])处(?:以|罚款)?[“\"]?|[≤≥<>≦≧]|罚款|[年已未]满)$"
)
_BOUND_BEHIND = re.compile(
    r"(?:[及或]?其?以[上下]|不等)?的?(?:罚[款金]|有期徒刑|拘留)|[及或]其?以[上下]"
    r"|(?:以[上下])?的[^,。;:]{0,8},?(?:给予|予以|不予|应当|一律|处以?\d)"
)


def status_of(
    text: str,
    words: Cut,
    one: Quantity,
    sentence: tables.Sentence,
    plans: list[tables.Date],
) -> str:
    """result, target or forecast, from the words of the sentence before a reportable figure.

    `plans` are the article's dates that lie ahead of its issue: 到2035年达到80% is a target.
    """
    said, at = "result", sentence.start
    for found in find_all(_MARK_OPENINGS, _MARKS, text, sentence.start, one.start):
        told = _will(text, words, found) if found["will"] else found.lastgroup
        said, at = (told, found.end()) if told else (said, at)
    if (
        plans
        and said == "result"
        and any(at <= date.start and date.end <= one.start for date in plans)
    ):
        return "target"
    return said


def is_bound(text: str, words: Cut, one: Quantity) -> bool:
    """Whether the number is a rule's or a class's bound: a threshold, and no result."""
    if one.form not in ("number", "fraction"):
        return False
    before = text[max(0, one.start - 14) : one.start]
    if text.startswith("的", one.end) and _LESS.search(text[max(0, one.start - 3) : one.end]):
        return True
    if text.startswith("以下", one.end) and not (one.direction or _DOWN_TO.search(before)):
        return True
    if one.kind == "count" and one.unit and _names_class(text, words, one):
        return True
    return bool(_BOUND_BEFORE.search(before) or _BOUND_BEHIND.match(text, one.end))


def keeps_within(text: str, one: Quantity) -> bool:
    """不超过3次, 不低于1万元: the bound of a rule unless it is something to be reached."""
    return bool(_WITHIN.match(text, one.start))


def _names_class(text: str, words: Cut, one: Quantity) -> bool:
    """500座以下剧场, 300人以上的学校: which ones are counted, and not how many."""
    found = _CLASS.match(text, one.end)
    if not found:
        return False
    index = bisect_left(words.starts, found.end())
    return index < len(words.tokens) and part_of_speech(words.tokens[index])[0] == "n"


def _will(text: str, words: Cut, found: re.Match[str]) -> str | None:
    """forecast or target for a 将 that looks ahead, None for one that marks an object."""
    index = bisect_left(words.starts, found.end())
    if index >= len(words.tokens) or not _looks_ahead(words.tokens[index]):
        return None
    return "forecast" if _COMES_ABOUT.match(text, found.end()) else "target"


def _looks_ahead(token: str) -> bool:
    """Whether a word behind 将 is one of what is going to be done, and no object of it."""
    known = token in reference.word_set("figures", "to_come")
    return known or part_of_speech(token)[0] in _LOOKS_AHEAD


def ahead(dates: list[tables.Date], issue: datetime.date | None) -> list[tables.Date]:
    """The dates of a later month or year than the issue's."""
    if issue is None:
        return []
    now = issue.isoformat()[:7]
    points = {"day": 7, "month": 7, "year": 4}
    return [
        one
        for one in dates
        if one.iso and one.precision in points and one.iso[:7] > now[: points[one.precision]]
    ]
