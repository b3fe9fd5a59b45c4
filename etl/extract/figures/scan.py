"""A text → every span that holds a numeral, with its value, unit and approximators.

One compiled pattern goes over the text once; what stands before and behind each numeral is then
read from there. No judgement here on whether a number is a result (see `judge`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from etl.extract.figures import numerals
from etl.extract.figures.attach import approximated, attach
from etl.extract.figures.quantity import Quantity
from etl.extract.figures.units import unit_at

# 两 is the digit 2 at the head of a numeral or before a magnitude, else the weight (二两).
_CHINESE = (
    "(?:零(?!下)|[〇一二三四五六七八九十百千万亿廿卅]|两(?=[百千万亿])"
    "|(?<![一二三四五六七八九十百千万亿])两|(?<=一)两(?=[个天年次名人家位句种件条所间台座场项]))"
)
# Behind a point digits are whole numbers again: 2.0.1 is a version.
_ARABIC = (
    r"(?:(?<=\d\.)\d+|(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d.])|\d+)"
    r"(?:\.\d+(?!\d|\.\d))?)"
)
# 千 in 千瓦 and 百 in 百分点 belong to the unit.
_MAGNITUDE = (
    r"(?:[十万亿]|百(?!分点|分之|分位|帕)|千(?!米|克|瓦|伏|帕|卡|赫|焦|牛|字节|周)|兆(?=[亿元]))"
)
# One way only to read each character: with two, a row of thirty would take a minute.
_NUMERAL = rf"(?:(?![十百千万亿]){_CHINESE}|{_MAGNITUDE})"
_RUN = (
    rf"{_NUMERAL}(?: ?{_NUMERAL})*"
    rf"(?: ?点 ?[零〇一二三四五六七八九](?: ?[零〇一二三四五六七八九])*[百千万亿]*)?"
)
_VAGUE = (
    "(?:多(?!数|样|边|于|功|方|媒|维|极|云)|余(?![额下姚杭生热粮江干])"
    "|[来几](?=[个名万亿千百位人家年天岁次里米度户项处台座辆件条只头株棵亩元块平公吨斤款种部所场支]))"
)
# The lower part of a mixed numeral: 1万2000, 3万5千.
_REST = r"(?:(?:\d{3,4}|[一二两三四五六七八九\d][百千])(?![\d年.])[百千]?)?"
# 120个亿, 一个多亿 are spoken amounts, 8个亿吨级油田 are eight fields.
_PIECES_OF = "个多?(?=亿(?![级元吨方万千立以美台产规企市斤亩个家户人]))"
_NUMBER = re.compile(
    rf"(?:{_ARABIC}(?:[kK](?=[ 个元万\u4e00-\u9fff]))?"
    rf"|(?<![人次户总少多指参系分倍字件岁级个票])[数几](?=[十百千万亿]){_RUN}"
    rf"|{_RUN})"
    rf"(?: ?(?:{_VAGUE}|{_PIECES_OF})?{_MAGNITUDE}+{_REST})*"
    rf"{_VAGUE}?"
    r"|(?<![人次户总少多指参系分倍字件岁级个票无奇])[数几](?=[个名家次种位件项条座艘台辆处场天年])"
)
_ORDINAL = re.compile(rf"第 ?(?:\d+|{_CHINESE}+)")
_FRACTION = re.compile(
    rf"(?:(?P<whole>{_RUN}|\d+)又)?(?P<below>[百千万亿十一二三四五六七八九两\d ]{{1,30}}?)分 ?之 ?"
    rf"(?P<above>{_ARABIC}|{_RUN}(?: 点[一二三四五六七八九零〇]+)?)"
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,3})(?![\d/年月])")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?: ?[::比] ?\d+(?:\.\d+)?)+(?![\d:])")
_NAMED = re.compile(r"十[一二三四五六]五(?!万|千|百|个|名|年|亿|家|%|元)|百分百|九[〇○零]后")
_SERIES = re.compile(r"首[次批届个家条例台套艘座部项]|双[重向边]")
# A half alone counts before a measure (半小时, 半吨), not in 上半年 and 半天.
_HALF = "(?<![上下前后大小多一夜])半(?=个?小时|个?[月年](?![半薪])|个世纪|公里|公斤|斤|吨|亩)"
# A half of what was: 缩短近一半, 占一半.
_HALF_OF = "(?<=[近约过超占短少降低了到达])一半"
# Where anything countable may begin; all else in the text is passed over.
_BEGIN = re.compile("[0-9零〇一二三四五六七八九十百千万亿两廿卅第首双几数半对]")
_ANY = re.compile(
    rf"{_SERIES.pattern}|{_NAMED.pattern}|{_ORDINAL.pattern}"
    rf"|{_FRACTION.pattern}|{_HALF_OF}|{_NUMBER.pattern}|半(?:数|(?=折))|对折|{_HALF}"
)


def quantities(text: str) -> list[Quantity]:
    """All quantities of a folded text (see `numerals.fold`) in order; spans do not overlap."""
    return list(_scan(text))


def _scan(text: str) -> Iterator[Quantity]:
    at = 0
    while begin := _BEGIN.search(text, at):
        found = _ANY.match(text, begin.start())
        one = _read(text, found) if found else None
        if one:
            yield one
        at = max(found.end() if found else begin.end(), one.end if one else 0)


def _read(text: str, found: re.Match[str]) -> Quantity | None:
    """The quantity whose numeral `found` is, with what belongs to it on both sides."""
    start, end, raw = found.start(), found.end(), found[0]
    if raw[0] == "第":
        return _ordinal(text, start, end)
    if raw[0] in "首双":
        value = Decimal(1 if raw[0] == "首" else 2)
        return Quantity(start, end, (start, end), raw, value, unit=raw[1:], form="ordinal")
    if raw[0] in "十百九" and _NAMED.fullmatch(raw):
        return Quantity(start, end, (start, end), raw, None, form="name")
    if found["below"]:
        return _fraction(text, found)
    if raw == "一半":
        half = Quantity(start, end, (start, end), raw, Decimal(50), unit="%", form="fraction")
        return approximated(text, half._replace(kind="percent"))
    if raw[0] in "半对":
        return _half(text, start, end)
    behind = text[end : end + 1]
    slashed = _slashed(text, start) if behind == "/" else None
    ratio = _ratio(text, start, end) if behind and behind in " :比" else None
    return slashed or ratio or _number(text, start, end)


def _half(text: str, start: int, end: int) -> Quantity:
    """半数, 半折 and 对折 are 50 percent; 半小时 is half an hour."""
    half = Quantity(start, end, (start, end), text[start:end], Decimal("0.5"))
    if text[start:end] == "半" and text[end] != "折":
        return attach(text, half)
    tenths = text.startswith("折", end)
    return half._replace(value=Decimal(50), unit="%", kind="percent", end=end + tenths)


def _slashed(text: str, start: int) -> Quantity | None:
    """3/4 of something; 12/3 and 2024/3/4 are none."""
    found = _SLASHED.match(text, start)
    if not found or int(found[1]) >= int(found[2]) or text[start - 1 : start] == "/":
        return None
    share = Decimal(int(found[1])) / int(found[2])
    one = Quantity(start, found.end(), found.span(), found[0], share, form="fraction")
    return approximated(text, one._replace(kind="multiple"))


def _ratio(text: str, start: int, end: int) -> Quantity | None:
    """3:1 and 25比20 are scores and have no value."""
    found = _RATIO.match(text, start)
    if not found or found.end() <= end:
        return None
    return Quantity(start, found.end(), (start, end), text[start:end], None, form="ratio")


def _ordinal(text: str, start: int, end: int) -> Quantity:
    number = text[start + 1 : end].strip()
    unit = unit_at(text, end)
    name = unit.name if unit and unit.kind == "count" else None
    stop = end + len(name or "")
    value = numerals.read(number).value
    return Quantity(start, stop, (start, end), text[start:end], value, unit=name, form="ordinal")


def _fraction(text: str, found: re.Match[str]) -> Quantity | None:
    """百分之五 → 5 percent, 千分之二 → 0.2 percent, 三分之一 → 0.333 times."""
    try:
        below = numerals.read(found["below"].replace(" ", "")).value
        above = numerals.read(found["above"].replace(" ", "")).value
        whole = numerals.read(found["whole"]).value if found["whole"] else Decimal(0)
    except ValueError:
        return None
    if not below or above is None or whole is None:
        return None
    part = whole + above / below
    hundreds = found["below"].strip()[-1] in "百千万亿"
    one = Quantity(
        found.start(), found.end(), found.span(), found[0], part * 100 if hundreds else part,
        unit="%" if hundreds else None, kind="percent" if hundreds else "multiple",
        form="fraction",
    )  # fmt: skip
    return approximated(text, one)


def _number(text: str, start: int, end: int) -> Quantity | None:
    numeral = text[start:end]
    try:
        value = numerals.read(numeral.rstrip("kK"))
    except ValueError:
        return None
    scale = 1000 if numeral[-1] in "kK" else 1
    one = Quantity(
        start, end, (start, end), numeral,
        None if value.value is None else value.value * scale, value.high, approximate=value.vague,
    )  # fmt: skip
    return attach(text, one)
