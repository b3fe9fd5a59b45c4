"""White space and stray marks inside numbers and words: 1 12.6亿元, 2023 年 12 月, 政■协.

Chinese is set without spaces, so one in running text is a slip of recognition, or the style of
papers that set their numbers apart. What parts columns, names, kickers and list numbers stays.
"""

from __future__ import annotations

import re

from etl.page.cuts import word_across

Span = tuple[int, int]

_HAN = "\u4e00-\u9fff"
# Marks that no word and no number has.
MARKS = "■●□◎▲◆○△★☆▼①②③*"
_SLIP = re.compile(rf"[\s{MARKS}](?<![\r\n])(?<=[\d.,．，{_HAN}].)(?=[\d.．{_HAN}%％])")
_LEFT_NUMBER = re.compile(r"(?:^|(?<!\d)[.,]|[^\d.,\sA-Za-z])(\d+(?:[.,]\d+)*[.,]?)$")
_RIGHT_NUMBER = re.compile(r"\.?\d+(?:[.,]\d+)*")
_BEHIND_WHOLE = re.compile(rf"[{_HAN}%A-Za-z℃]")
# What a number counts by, so that a space before it parts nothing.
_UNITS = re.compile(
    r"[年月日号时点分秒个万亿千百多余名人件项次家户位吨米亩倍级岁周天小届度处条起例座台辆架艘套张份所间"
    r"栋幢村镇县市省期批场艺门部支种款头只株棵枚颗块把根节公平立方毫厘兆克斤升元美欧英日港瓦伏赫字页"
    r"卷本集篇首轮对道组类层排段枚尾匹桌盘盏幅℃%至]"
)
# What a number behind a space goes on with.
_LEADS = frozenset("年月日约近超逾达共至到为以第过增有前期仅余")
_IN_PART = {"月": 12, "日": 31, "号": 31, "时": 24, "点": 24, "秒": 60}
_PROSE = re.compile(r"[,。;、]")
_LEAST_HAN = 8
# Names of writers stand apart: 记者 丁长 葛远.
_WRITERS = re.compile(r"(?:记者|通讯员|实习生|评论员|作者|编辑|责编|摄影|供图)[^,。;)]{0,24}$")
# So near another space words stand in a row, or are set wide.
_NEAR = 6


def may_slip(text: str) -> bool:
    """Whether a text has white space or a mark between characters that are set without it."""
    return bool(_SLIP.search(text))


def slips(line: str) -> list[Span]:
    """The white space and the marks to leave out of a line of normalised text, in order."""
    found = [one.start() for one in _SLIP.finditer(line)]
    if not found or "\t" in line or "  " in line:
        return []
    if not _PROSE.search(line) and len(line) - len(line.encode("ascii", "ignore")) < _LEAST_HAN:
        return []
    odd = {at for at in found if _is_odd(line, at)}
    # A row of names has spaces that part no word among those that seem to.
    rows = [at for at, one in enumerate(line) if one.isspace() and at not in odd]
    return [(at, at + 1) for at in found if at in odd and not _in_row(line, at, rows)]


def _in_row(line: str, at: int, spaces: list[int]) -> bool:
    if line[at - 1].isdecimal() or line[at + 1].isdecimal():
        return False
    return any(abs(one - at) <= _NEAR + 1 for one in spaces)


def _is_odd(line: str, at: int) -> bool:
    left, right = line[at - 1], line[at + 1]
    if left in ".,0123456789" and right in ".0123456789":
        return line[at] != "*" and _one_number(line, at)
    if left.isdecimal():
        return right == "%" or _UNITS.match(right) is not None
    if right.isdecimal():
        return left in _LEADS and _UNITS.match(_behind_number(line, at)) is not None
    return left not in ".," and right not in ".%" and _parts_word(line, at)


def _parts_word(line: str, at: int) -> bool:
    """Whether what stands there parts a word of running text, not of headlines.

    Of 中共中央 国务院 both sides are words of their own; in titles a space may stand for a mark.
    """
    left, right = line[:at], line[at + 1 :]
    if not _PROSE.search(line) or _WRITERS.search(left):
        return False
    if any(left.rfind(opening) > left.rfind(closing) for opening, closing in ("“”", "《》")):
        return False
    word = word_across(left, right)
    return word is not None and (word[0] == left[-1] or word[-1] == right[0])


def _behind_number(line: str, at: int) -> str:
    number = _RIGHT_NUMBER.match(line, at + 1)
    return line[number.end() :].lstrip() if number else ""


def _one_number(line: str, at: int) -> bool:
    """Whether digits on both sides are one number, as what stands around them says."""
    left, right = _LEFT_NUMBER.search(line[:at]), _RIGHT_NUMBER.match(line, at + 1)
    if not left or not right or not _BEHIND_WHOLE.match(line, right.end()):
        return False
    first = left[1]
    if first[-1] == "." and line.startswith(first):
        return False
    if first[-1] == "," and not (len(first) < 5 and re.fullmatch(r"\d{3}(?:,\d{3})*", right[0])):
        return False
    return _fits(first + right[0], line[right.end()])


def _fits(number: str, unit: str) -> bool:
    """Whether there are so many of a part of time: 2 3日 are one day, 2023 12月 no month."""
    if number.count(".") > 1:
        return False
    if unit == "年":
        return len(number) <= 4
    return unit not in _IN_PART or float(number.replace(",", "")) <= _IN_PART[unit]
