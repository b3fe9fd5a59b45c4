"""What belongs to a number on both sides of its numeral: unit, half, sign, approximators."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.extract.figures import numerals
from etl.extract.figures.quantity import Quantity
from etl.extract.figures.units import Unit, unit_at

_HALF = re.compile(r"半(?![数年天个场月径导岛决程载山小成])")
_BEFORE = re.compile(
    r"(?:大约|大概|将近|接近|不(?:超过|低于|少于|高于|多于)|超过|逾|(?<![签预节集制特条合公违履邀契解失相爽赴])约|(?<![最附临靠邻逼贴走亲])近|(?<![赶反高])超"
    r"|不到|不足|至少|(?<![以网会身路线场市史])上(?=$)) ?$"
)
_BEFORE_ENDS = frozenset("约概近接过于逾超到足少多上 \n")
_BEHIND = re.compile(r" ?(?:左右|上下|有余)")
_BOUND = re.compile(r"(?:及其?)?以[上下内]|开外")
_TENTH = re.compile(r" ?([一二三四五六七八九])(?=$|[^\u4e00-\u9fff]|[的左以])")
# 近 before fewer years, weeks or days than this means the last ones.
_RECENT = 10
# A dash behind one of these joins two numbers or belongs to a name.
_JOINED = re.compile("[0-9A-Za-z%℃]")
_SPACED_POINT = re.compile(r"个 *百 *分 *点")
_ALIASES = {"元人民币": "元", "人民币": "元", "元钱": "元", "块钱": "元"}
_SIGN = {"$": "美元", "￥": "元", "¥": "元", "€": "欧元", "£": "英镑"}
_MINUS = frozenset("-−")
# What stands right before a number with a sign; the last one is that of 零下.
_SIGNS = _MINUS | {*_SIGN, "下"}
_DIGITS = "[零〇一二两三四五六七八九十百千万亿]"
_COINS = re.compile(rf"又?(\d+|{_DIGITS}+)(角|分|毛|美分|日本[銭钱])(?!之)(?:(\d+|{_DIGITS}+)分)?")
_MINUTES = re.compile(rf" ?(\d{{1,2}}|{_DIGITS}{{1,3}}) ?分钟?(?!之)")
_TWO_DIGITS = re.compile(r"\d\d|[一二三四五六七八九]{2}")
# More 点 than a day has hours are points of an index.
_HOURS = 24
# So many 手 are lots of an exchange.
_MANY_LOTS = 1000
_WIND = re.compile("[阵大]?风力?(?:可?达到?|为|超过?|有)?$")
_TURNED = re.compile("翻[了近两]?$")
_MORE = re.compile("多(?![样元终媒功层维方边极用])")
_HALF_OF_ONE = Decimal("0.5")


def attach(text: str, one: Quantity) -> Quantity:
    """`one`, a bare numeral, with its unit, sign and approximators; `text` is folded."""
    at = one.end
    while text[at : at + 1] == " ":
        at += 1
    measured = _half_between(text, one, at) or _with_unit(text, one, at)
    return approximated(text, _signed(text, measured))


def approximated(text: str, one: Quantity) -> Quantity:
    """Take in 约, 近, 超过 before and 左右 behind; 以上 marks a bound and stays outside."""
    ends = text[one.start - 1 : one.start] in _BEFORE_ENDS
    before = _BEFORE.search(text[max(0, one.start - 4) : one.start]) if ends else None
    if before and _goes_with(before[0], one):
        one = one._replace(start=one.start - len(before[0]), approximate=True)
    behind = _BEHIND.match(text, one.end)
    if behind:
        return one._replace(end=behind.end(), approximate=True)
    if _BOUND.match(text, one.end):
        return one._replace(approximate=True)
    return one


def _goes_with(word: str, one: Quantity) -> bool:
    """上百 is a number, 上三个 is none; 近30年 is almost 30, 近五年 the last five."""
    if word[0] == "上":
        return one.numeral[0] in "百千万亿"
    return not (word[0] == "近" and one.kind == "duration" and (one.value or 0) < _RECENT)


def _half_between(text: str, one: Quantity, at: int) -> Quantity | None:
    """三个半小时 and 一个半月, 两个多小时: the half or 多 stands before the unit."""
    if not text.startswith(("个多", "个半"), at):
        return None
    more = text[at + 1] == "多"
    unit = unit_at(text, at + 2) or unit_at("个" + text[at + 2 : at + 5], 0)
    if unit is None or one.value is None:
        return None
    name = unit.name.removeprefix("个")
    end = at + 2 + len(name)
    if more and unit.kind not in ("duration", "measure"):
        return None
    value = one.value + (0 if more else _HALF_OF_ONE)
    whole = one._replace(end=end, value=value, unit="个" + name, kind=unit.kind)
    return whole._replace(approximate=one.approximate or more)


def _with_unit(text: str, one: Quantity, at: int) -> Quantity:
    """Add the unit at `at`, and the 多 or the half behind it (7年多, 两米半)."""
    behind = _unit_behind(text, at)
    if behind is None:
        return one
    unit, end = _in_context(text, one, *behind), behind[1]
    one = _scaled(one, unit, end)
    if unit.kind in ("duration", "measure") and _MORE.match(text, end):
        end += 1
        one = one._replace(end=end, approximate=True)
    half = _HALF.match(text, end) if unit.kind in ("duration", "measure", "multiple") else None
    if half and one.value is not None:
        one = one._replace(end=half.end(), value=one.value + _HALF_OF_ONE)
    return _finer(text, one)


def _unit_behind(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit at `at` and its end, also where OCR has left blanks in a percentage point."""
    found = _SPACED_POINT.match(text, at)
    unit = unit_at("个百分点", 0) if found else unit_at(text, at)
    if unit is None:
        return None
    return unit, found.end() if found else at + len(unit.name)


def _in_context(text: str, one: Quantity, unit: Unit, end: int) -> Unit:
    """一番 counts only behind 翻, and 级 measures an earthquake."""
    if unit.name == "番" and not _TURNED.search(text[max(0, one.start - 2) : one.start]):
        return unit._replace(kind="count", sense="loose")
    if unit.name == "点" and ("." in one.numeral or (one.value or 0) > _HOURS):
        return unit._replace(kind="measure", sense="plain")
    windy = unit.name == "级" and _WIND.search(text[max(0, one.start - 6) : one.start])
    if windy:
        return unit._replace(kind="measure", sense="plain")
    if unit.name == "手" and (one.value or 0) >= _MANY_LOTS:
        return unit._replace(kind="count", sense="plain")
    if unit.name == "级" and ("." in one.numeral or text.startswith("地震", end)):
        return unit._replace(kind="measure", sense="plain")
    return unit


def _scaled(one: Quantity, unit: Unit, end: int) -> Quantity:
    """`one` up to `end` with its unit, and the value times the unit's factor.

    七成 is 70 and 三八折 38 percent.
    """
    if unit.factor == 1:
        name = "个月" if unit.name == "个多月" else _ALIASES.get(unit.name, unit.name)
        vague = one.approximate or unit.name == "个多月"
        return one._replace(end=end, unit=name, kind=unit.kind, sense=unit.sense, approximate=vague)
    factor = unit.factor
    if unit.name == "折" and _TWO_DIGITS.fullmatch(one.numeral):
        factor = Decimal(1)
    return one._replace(
        end=end,
        value=None if one.value is None else one.value * factor,
        high=None if one.high is None else one.high * factor,
        unit="%" if unit.kind == "percent" else "元",
        kind=unit.kind,
        sense=unit.sense,
    )


def _finer(text: str, one: Quantity) -> Quantity:
    """50元6角三分 → 50.63, 七成六 → 76, 1小时30分钟 → 1.5: the smaller unit behind the unit."""
    if one.value is None:
        return one
    coins = _COINS.match(text, one.end) if one.kind == "money" else None
    if coins:
        tenth = Decimal("0.1" if coins[2] in ("角", "毛") else "0.01")
        more = _amount(coins[1]) * tenth + _amount(coins[3]) * Decimal("0.01")
        return one._replace(value=one.value + more, end=coins.end())
    minutes = _MINUTES.match(text, one.end) if one.unit in ("小时", "个小时") else None
    if minutes:
        more = _amount(minutes[1]) / 60
        return one._replace(value=one.value + more, end=minutes.end())
    part = _TENTH.match(text, one.end) if text[one.end - 1] == "成" else None
    if part and one.unit == "%":
        return one._replace(value=one.value + numerals.DIGITS[part[1]], end=part.end())
    return one


def _amount(numeral: str | None) -> Decimal:
    return (numerals.read(numeral).value if numeral else None) or Decimal(0)


def _signed(text: str, one: Quantity) -> Quantity:
    """A minus or a currency sign before the number."""
    before, ahead = text[one.start - 1 : one.start], text[one.start - 2 : one.start - 1]
    if before not in _SIGNS:
        return one
    if before in _SIGN and one.unit is None:
        return one._replace(start=one.start - 1, unit=_SIGN[before], kind="money")
    if ahead + before == "零下" and one.value:
        return one._replace(start=one.start - 2, value=-one.value)
    below_zero = before in _MINUS and one.unit in ("%", "‰", "℃", "°C", "摄氏度")
    if below_zero and one.value is not None and not _JOINED.match(ahead):
        return one._replace(start=one.start - 1, value=-one.value)
    return one
