"""Places that no code stands for: villages told of again by name alone, and lines between two."""

from __future__ import annotations

import re

from etl.extract.figures.spans import Mention, contains, innermost, together
from etl.spans import START

# 甘肃兰州枣林西社区, 锡林浩特的爱民社区: what stands right behind a division is a part of it.
_NOT_IN_NAME = "的在和有是多各全每市县区省州旗等将对向从到为以及与了们个名余座其这那该本一"
_LOCALITY = re.compile(
    rf"[^\W\d_a-zA-Z{_NOT_IN_NAME}]{{2,6}}?"
    r"(?:街道|社区|苏木|村(?![落民庄级委镇])(?:社区)?|镇(?![上级压江海宁])|乡(?![村镇亲下音]))"
)
_KINDS_OF_PLACE = re.compile("(?:[乡农山渔新古]村|[小古城乡村]镇|[家故他]乡)$")
_LONGEST_SHORT_NAME = 4
# 拉萨至日喀则铁路, 从瑞金到梅州: a line belongs to what holds both of its ends.
_TO = re.compile("[市县]?(?:至|到|—{1,2}|-{1,2}|~|～)")
_LINE = re.compile(
    "[市县段]?(?:高速|高铁|铁路|公路|城际|快速|客专|客运|航[线道班]|管[道线]|输[气油电水]|引水|班列|专列|线路"
    "|动车|列车|运河|通道|特高压|[直交]流|轻轨|地铁|大桥|隧道|沿线|段|线)"
)


def localities(text: str, found: list[Mention]) -> list[Mention]:
    """Later mentions of villages, towns and communities by their own name alone.

    The text names the place that each lies in once: 湖北嘉鱼县四邑村 … 四邑村实现了….
    """
    known = _known(text, innermost(found))
    if not known:
        return []
    ends = {one.end for one in found}
    names = re.compile("|".join(sorted(map(re.escape, known), key=len, reverse=True)))
    return [
        Mention(*again.span(), known[again[0]])
        for again in names.finditer(text)
        if again.start() not in ends
    ]


def _known(text: str, found: list[Mention]) -> dict[str, str]:
    """Name → code of the division that stands before it."""
    known: dict[str, str] = {}
    for one in found:
        at = one.end + text.startswith("的", one.end)
        while one.adcode and (name := _LOCALITY.match(text, at)):
            at = name.end()
            if _KINDS_OF_PLACE.search(name[0]):
                break
            known.setdefault(name[0], one.adcode)
            if name[0].endswith("村") and len(name[0]) > _LONGEST_SHORT_NAME:
                known.setdefault(name[0][-3:], one.adcode)  # 郭家桥新塘村 is 新塘村 later
    return known


def joined(text: str, found: list[Mention]) -> list[Mention]:
    """`found` with one mention for each line between two places and for 扬州的宝应县."""
    groups = innermost(found)
    rows = groups[:1]
    for one in groups[1:]:
        whole = _whole(text, rows[-1], one)
        if whole:
            rows[-1] = whole
        else:
            rows.append(one)
    spans = [] if len(rows) == len(groups) else sorted({*rows} - {*groups}, key=START)
    inside = [
        one for one in found if not any(a.start <= one.start and one.end <= a.end for a in spans)
    ]
    return sorted([*inside, *spans], key=lambda one: (one.start, one.end)) if spans else found


def _whole(text: str, first: Mention, last: Mention) -> Mention | None:
    between = text[first.end : last.start]
    if between in ("的", "市") and first.adcode and contains(first.adcode, last.adcode):
        return Mention(first.start, last.end, last.adcode)
    if between == "的" and last.adcode and contains(last.adcode, first.adcode):
        return Mention(first.start, last.end, first.adcode)  # 北京顺义的北京花卉市场
    if _TO.fullmatch(between) and _is_line(text, first, last):
        return Mention(first.start, last.end, together([first, last]))
    return None


def _is_line(text: str, first: Mention, last: Mention) -> bool:
    from_there = text[first.start - 1 : first.start] in ("从", "由", "自")
    return from_there or bool(_LINE.match(text, last.end))
