"""Points in time at the precision a text gives them, and the numerals that name them."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

_DIGITS = {char: str(at) for at, char in enumerate("零一二三四五六七八九")}
_DIGITS |= dict.fromkeys("〇○◯ΟОOo", "0")
_DIGITS |= {"元": "1", "正": "1", "冬": "11", "腊": "12", "两": "2"}
_TENS = {"廿": "二十", "卅": "三十"}
_UNITS = re.compile(r"公元|[ 年月日号號份度第季个個前]")


def without_units(part: str) -> str:
    """The digits of a part such as 十二月份 or 第三季度."""
    return _UNITS.sub("", part)


def number(part: str) -> int:
    """The number in such a part."""
    return numeral(without_units(part))


def numeral(text: str) -> int:
    """The number that Arabic or Chinese digits name: 28, 二十八, 廿八 and 二八 are all 28.

    0, which no calendar has, for what names none (十十).
    """
    for short, long in _TENS.items():
        text = text.replace(short, long)
    tens, mark, ones = text.partition("十")
    if mark:
        return _positional(tens or "1") * 10 + _positional(ones or "0")
    return _positional(text)


def _positional(text: str) -> int:
    digits = "".join(_DIGITS.get(char, char) for char in text)
    return int(digits) if digits.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Point:
    """A year, quarter, month or day. `quarter` and `month` exclude each other."""

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    @property
    def precision(self) -> str:
        """One of day, month, quarter, year."""
        if self.day:
            return "day"
        if self.month:
            return "month"
        return "quarter" if self.quarter else "year"

    @property
    def iso(self) -> str:
        """The point as the tables write it: 2023-12-28, 2023-12, 2023-Q4, 2023."""
        if self.quarter:
            return f"{self.year:04d}-Q{self.quarter}"
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def valid(self) -> bool:
        """Whether the calendar has it."""
        if not 1 <= self.year <= 9999 or 0 in (self.month, self.day):
            return False
        if not 1 <= (self.month or 1) <= 12:
            return False
        return 1 <= (self.day or 1) <= calendar.monthrange(self.year, self.month or 1)[1]

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        month = self.month or (self.quarter * 3 - 2 if self.quarter else 1)
        return datetime.date(self.year, month, self.day or 1)

    def shifted(self, months: int) -> Point:
        """The month that lies `months` after this one's."""
        at = self.year * 12 + (self.month or 1) - 1 + months
        return Point(at // 12, at % 12 + 1)


def of_day(day: datetime.date) -> Point:
    """`day` as a point."""
    return Point(day.year, day.month, day.day)


def of_month(day: datetime.date) -> Point:
    """The month that `day` lies in."""
    return Point(day.year, day.month)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one point to another, both included."""

    start: Point
    end: Point

    precision = "range"

    @property
    def iso(self) -> str:
        """The two ends: 2012-07-06/2012-07-08."""
        return f"{self.start.iso}/{self.end.iso}"

    @property
    def valid(self) -> bool:
        """Whether the calendar has both ends and they stand in order."""
        return self.start.valid and self.end.valid and self.start.first <= self.end.first


Value = Point | Stretch
