"""What the running head of a newspaper page says: publication, date of issue, page.

    版面日报 2023年12月29日 星期五 第1版

It is looked for in the first three lines that are not empty, and it is taken only if the line
holds nothing beyond what running heads hold: an article's first sentence, or a headline with a
date in it, is none. What it does not say stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.sources.common import iso_date
from etl.text import normalise

_LINES, _LONGEST = 3, 80

_DATE = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?")
_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_PAGE = re.compile(
    r"第\s*(?P<roman>[A-Z]?)0*(?P<page>\d{1,3})\s*版|第(?P<chinese>[一二三四五六七八九十]{1,3})版"
    r"|(?:版次|版面)\s*:\s*(?P<roman2>[A-Z]?)0*(?P<page2>\d{1,3})(?:\s*版)?"
    r"|(?<![A-Z\d])(?P<roman3>[A-Z]?)0*(?P<page3>\d{1,3})\s*版"
    r"|(?<![A-Z\d])(?P<roman4>[A-Z])0*(?P<page4>\d{1,2})(?![\d.])"
)
# Number of the issue, lunar date, editors and telephone stand in running heads and say nothing
# that we keep.
_REST = re.compile(
    r"(?:总第|第)\s*[\d〇零一二三四五六七八九十百千]+\s*[期号]|\(?总\s*\d+\s*期\)?"
    r"|(?:农历|夏历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?\S{0,2}月\S{2,3}"
    r"|农历\S{2,8}|今日\s*\d+\s*版"
    r"|(?:本版)?(?:责任编辑|责编|编辑|主编|美编|版式|校对|电话|邮箱|热线)\s*:?\s*[^\s:]{1,30}"
)
_BETWEEN = re.compile(r"[\s|/,.;:()《》【】\[\]·、—\-_●■◆★]+")
_NAME = re.compile(r"[\u4e00-\u9fff]{1,14}(?:报|周刊|周末|月刊|旬刊|画刊|新闻|杂志|参考|导刊)")
_NO_NAME = re.compile(r"(?:汇|通|情|预|海|举|申|捷|喜|警|战|回|填|上|呈|播|禀)报$")
_NEWSPAPER = re.compile(
    r"[\u4e00-\u9fff]{2,10}(?:日|晚|早|晨|时|周|导|商|都市|青年|法制|法治|工人|农民|教育|政协|消息)报"
)
_SECTION = re.compile(r"[\u4e00-\u9fff]{2,6}")


@dataclass(frozen=True, slots=True)
class RunningHead:
    """What a running head says; None where it does not."""

    publication: str | None = None
    issue_date: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    date: str | None
    page: int | None
    names: list[str]
    marked: bool


def read_head(text: str) -> RunningHead:
    """What the first three lines of `text` that are not empty say as a running head."""
    first = [line for line in text[:4000].splitlines() if line.strip()][:_LINES]
    lines = [found for line in first if (found := _read(normalise(line).strip()))]
    if not any(line.date or line.marked for line in lines):
        return RunningHead()
    return RunningHead(
        next((name for line in lines for name in line.names), None),
        next((line.date for line in lines if line.date), None),
        next((line.page for line in lines if line.page is not None), None),
    )


def _read(line: str) -> _Line | None:
    """What `line` says, or None where it holds more than a running head does."""
    if len(line) > _LONGEST:
        return None
    date, line = _take_date(line)
    weekday = bool(_WEEKDAY.search(line))
    line = _REST.sub(" ", _WEEKDAY.sub(" ", line))
    page, marked, line = _take_page(line)
    words = [word for word in _BETWEEN.split(line) if word]
    names = [word for word in words if _NAME.fullmatch(word) and not _NO_NAME.search(word)]
    others = [word for word in words if word not in names]
    if not date and not marked:
        # Alone on its line a name must be that of a newspaper beyond doubt.
        return _Line(None, None, names, False) if _alone(words) else None
    if others and not (_sections(others) and (marked or weekday or names)):
        return None
    return _Line(date, page, names, marked and bool(date or names or weekday))


def _alone(words: list[str]) -> bool:
    return (
        len(words) == 1 and bool(_NEWSPAPER.fullmatch(words[0])) and not _NO_NAME.search(words[0])
    )


def _sections(words: list[str]) -> bool:
    """Whether the words may be a section's name (要闻, 综合新闻) beside a date and a page."""
    return len(words) <= 2 and all(_SECTION.fullmatch(word) for word in words)


def _take_date(line: str) -> tuple[str | None, str]:
    """The date in `line` as ISO, and the line without it."""
    match = _DATE.search(line)
    parts = [int(part) for part in match.groups()] if match else []
    if not match and (match := _CHINESE_DATE.search(line)):
        parts = [_year(match[1]), _number(match[2]), _number(match[3])]
    if not match:
        return None, line
    try:
        found = iso_date(f"{parts[0]:04}-{parts[1]}-{parts[2]}")
    except ValueError:
        return None, line
    return found, line[: match.start()] + " " + line[match.end() :]


def _take_page(line: str) -> tuple[int | None, bool, str]:
    """The page's number, whether a page is named at all, and the line without it.

    A02 is page 2; B02 is a page of another section, whose number in the issue is not said.
    """
    match = _PAGE.search(line)
    if not match:
        return None, False, line
    named = {key.rstrip("234"): value for key, value in match.groupdict().items() if value}
    chinese = named.get("chinese")
    page = _number(chinese) if chinese else int(named["page"])
    page_known = named.get("roman", "A") == "A"
    rest = line[: match.start()] + " " + line[match.end() :]
    return page if page_known else None, True, rest


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def _year(chars: str) -> int:
    return int("".join(str(_DIGITS[char]) for char in chars))


def _number(chars: str) -> int:
    """一 … 九十九 as a number."""
    tens, ten, ones = chars.rpartition("十")
    if not ten:
        return _DIGITS[chars[-1]]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
