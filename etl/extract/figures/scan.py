"""A text → every span that holds a numeral, with its value, unit and approximators.

One compiled pattern goes over the text once; what stands before and behind each numeral is then
read from there. No judgement here on whether a number is a result (see `judge`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.extract.figures import numerals
from etl.extract.figures.units import Unit, unit_at


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in the text; `number` is the numeral's own span.

    `form` is number, ordinal (第三, 首批), rank (居全国第一), fraction, ratio (3:1), name (十四五).
    """

    start: int
    end: int
    number: tuple[int, int]
    numeral: str
    value: Decimal | None
    high: Decimal | None = None
    previous: Decimal | None = None
    unit: str | None = None
    kind: str = "count"
    sense: str = "plain"
    form: str = "number"
    approximate: bool = False
    direction: str | None = None


# 两 is the digit 2 at the head of a numeral or before a magnitude, else the weight (二两).
_CHINESE = (
    "(?:[零〇一二三四五六七八九十百千万亿廿卅]|两(?=[百千万亿])"
    "|(?<![一二三四五六七八九十百千万亿])两|(?<=一)两(?=[个天年次名人家位句种件条所间台座场项]))"
)
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d.])|\d+)(?:\.\d+(?!\.\d))?"
# 千 in 千瓦 and 百 in 百分点 belong to the unit.
_MAGNITUDE = (
    r"(?:[十万亿]|百(?!分点|分之|分位|帕)|千(?!米|克|瓦|伏|帕|卡|赫|焦|牛|字节|周)|兆(?=[亿元]))"
)
_RUN = (
    rf"(?:(?![百千]){_CHINESE}|{_MAGNITUDE})(?: ?(?:(?![百千]){_CHINESE}|{_MAGNITUDE}))*"
    rf"(?: ?点 ?[零〇一二三四五六七八九](?: ?[零〇一二三四五六七八九])*[百千万亿]*)?"
)
_VAGUE = (
    "(?:多(?!数|样|边|于|功|方|媒|维|极|云)|余(?![额下姚杭生热粮款江干])"
    "|[来几](?=[个名万亿千百位人家年天岁次里米度]))"
)
# The lower part of a mixed numeral: 1万2000, 3万5千.
_REST = r"(?:(?:\d{3,4}|[一二两三四五六七八九\d][百千])(?![\d年.])[百千]?)?"
_NUMBER = re.compile(
    rf"(?:{_ARABIC}(?:[kK](?=[ 个元万\u4e00-\u9fff]))?"
    rf"|(?<![人次户总少多指参系分倍字件岁级个票])[数几](?=[十百千万亿]){_RUN}"
    rf"|{_RUN})"
    rf"(?: ?{_VAGUE}?{_MAGNITUDE}+{_REST})*"
    rf"{_VAGUE}?"
    r"|(?<![人次户总少多指参系分倍字件岁级个票无奇])[数几](?=[个名家次种位件项条座艘台辆处场天年])"
)
_ORDINAL = re.compile(rf"第 ?(?:\d+|{_CHINESE}+)")
_FRACTION = re.compile(
    rf"(?:(?P<whole>{_RUN}|\d+)又)?(?P<below>[百千万亿十一二三四五六七八九两\d ]+?)分 ?之 ?"
    rf"(?P<above>{_ARABIC}|{_RUN}(?: 点[一二三四五六七八九零〇]+)?)"
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,3})(?![\d/年月])")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?: ?[::比] ?\d+(?:\.\d+)?)+(?![\d:])")
_NAMED = re.compile(r"十[一二三四五六]五(?!万|千|百|个|名|年|亿|家|%|元)|百分百|九[〇○零]后")
_SERIES = re.compile(r"首[次批届个家条例台套艘座部项]|双[重向边]")
_HALF = re.compile(r"半(?![数年天个场月径导岛决程载山小成])")
_BEFORE = re.compile(
    r"(?:大约|大概|将近|接近|超过|逾|约|(?<![最附临靠邻逼贴走亲])近|(?<![赶反高])超"
    r"|不到|不足|至少|(?<![以网会身路线场市史])上(?=$)) ?$"
)
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
_SMALL_MONEY = re.compile(
    rf"又?(\d+|{_CHINESE}+)(角|分|毛|美分|日本[銭钱])(?!之)(?:(\d+|{_CHINESE}+)分)?"
)
_CLOCK_OR_DATE = re.compile(r"[年月时点/\-.:]$")
# Where anything countable may begin; all else in the text is passed over.
_BEGIN = re.compile("[0-9零〇一二三四五六七八九十百千万亿两廿卅第首双几数半对]")
_ANY = re.compile(
    rf"{_SERIES.pattern}|{_NAMED.pattern}|{_ORDINAL.pattern}"
    rf"|{_FRACTION.pattern}|{_NUMBER.pattern}|半(?:数|(?=折))|对折"
)


def quantities(text: str) -> list[Quantity]:
    """All quantities of `text` (see `numerals.fold`) in order; spans do not overlap."""
    return list(_scan(numerals.fold(text)))


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
    if _NAMED.fullmatch(raw):
        return Quantity(start, end, (start, end), raw, None, form="name")
    if found["below"]:
        return _fraction(text, found)
    if raw[0] in "半对":
        half = Quantity(start, end, (start, end), raw, Decimal(50), unit="%", kind="percent")
        return replace(half, end=end + (raw == "半"))
    slashed = _SLASHED.match(text, start)
    if slashed and int(slashed[1]) < int(slashed[2]) and text[start - 1 : start] != "/":
        share = Decimal(int(slashed[1])) / int(slashed[2])
        one = Quantity(start, slashed.end(), slashed.span(), slashed[0], share, form="fraction")
        return _approximated(text, replace(one, kind="multiple"))
    ratio = _RATIO.match(text, start)
    if ratio and ratio.end() > end:
        return Quantity(start, ratio.end(), (start, end), raw, None, form="ratio")
    return _number(text, start, end)


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
    return _approximated(text, one)


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
    return _approximated(text, _signed(text, _with_unit(text, one)))


def _with_unit(text: str, one: Quantity) -> Quantity:
    """Add the unit behind the number, and the half behind that (三个半小时, 两米半)."""
    at = one.end
    while text[at : at + 1] == " ":
        at += 1
    halves = Decimal(0)
    if text.startswith("个半", at) and (
        unit := unit_at(text, at + 2) or unit_at("个" + text[at + 2 : at + 5], 0)
    ):
        name = "个" + unit.name.removeprefix("个")
        unit_end = at + 2 + len(unit.name.removeprefix("个"))
        return replace(
            one, end=unit_end, value=(one.value or 0) + Decimal("0.5"), unit=name, kind=unit.kind
        )
    behind = _unit_behind(text, at)
    if behind is None:
        return one
    unit, end = behind
    if unit.name == "番" and not text[max(0, one.start - 2) : one.start].endswith(
        ("翻", "翻了", "翻近", "翻两")
    ):
        unit = replace(unit, kind="count", sense="loose")
    if unit.name == "级" and ("." in one.numeral or text.startswith("地震", end)):
        unit = replace(unit, kind="measure", sense="plain")
    vague = one.approximate
    if unit.kind in ("duration", "measure") and (
        text.startswith("多", end) and not text.startswith(("多样", "多元"), end)
    ):
        end, vague = end + 1, True
    if unit.kind in ("duration", "measure", "multiple") and (half := _HALF.match(text, end)):
        halves, end = Decimal("0.5"), half.end()
    return _priced(text, _united(one, unit, end, halves, vague))


def _united(one: Quantity, unit: Unit, end: int, more: Decimal, vague: bool) -> Quantity:
    name = unit.name
    if unit.name == "个多月":
        name, vague = "个月", True
    value, high = one.value, one.high
    if unit.factor != 1:
        name = "%" if unit.kind == "percent" else "元"
        # 三八折 is 38 percent, 七成六 is 76.
        value = (
            None
            if value is None
            else value * (1 if _two_digits(one) and unit.name == "折" else unit.factor)
        )
        high = None if high is None else high * unit.factor
    if value is not None:
        value += more
    name = _ALIASES.get(name, name)
    return replace(
        one, end=end, value=value, high=high, unit=name, kind=unit.kind, sense=unit.sense,
        approximate=vague,
    )  # fmt: skip


def _two_digits(one: Quantity) -> bool:
    return bool(re.fullmatch(r"\d\d|[一二三四五六七八九]{2}", one.numeral))


def _unit_behind(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit at `at` and its end, also where OCR has left blanks in a percentage point."""
    found = _SPACED_POINT.match(text, at)
    unit = unit_at("个百分点", 0) if found else unit_at(text, at)
    if unit is None:
        return None
    return unit, found.end() if found else at + len(unit.name)


def _priced(text: str, one: Quantity) -> Quantity:
    """50元6角三分 → 50.63: smaller coins behind the unit; 七成六 → 76."""
    if one.kind == "money" and one.value is not None:
        found = _SMALL_MONEY.match(text, one.end)
        if found:
            tenth = found[2] in ("角", "毛")
            coins = (numerals.read(found[1]).value or 0) * Decimal("0.1" if tenth else "0.01")
            if found[3]:
                coins += (numerals.read(found[3]).value or 0) * Decimal("0.01")
            return replace(one, value=one.value + coins, end=found.end())
    if one.unit == "%" and text[one.end - 1] == "成" and one.value is not None:
        found = _TENTH.match(text, one.end)
        if found:
            return replace(one, value=one.value + numerals.DIGITS[found[1]], end=found.end())
    return one


def _signed(text: str, one: Quantity) -> Quantity:
    """A minus or a currency sign before the number."""
    before = text[one.start - 1 : one.start]
    if before in _SIGN and one.unit is None:
        return replace(one, start=one.start - 1, unit=_SIGN[before], kind="money")
    ahead = text[one.start - 2 : one.start - 1]
    below_zero = before in ("-", "−") and one.unit in ("%", "‰", "℃", "°C", "摄氏度")
    if below_zero and one.value is not None and not _JOINED.match(ahead):
        return replace(one, start=one.start - 1, value=-one.value)
    return one


def _goes_with(word: str, one: Quantity) -> bool:
    """上百 is a number, 上三个 is none; 近30年 is almost 30, 近五年 the last five."""
    if word[0] == "上":
        return one.numeral[0] in "百千万亿"
    return not (word[0] == "近" and one.kind == "duration" and (one.value or 0) < _RECENT)


def _approximated(text: str, one: Quantity) -> Quantity:
    """Take in 约, 近, 超过 before and 左右 behind; 以上 marks a bound and stays outside."""
    before = _BEFORE.search(text[max(0, one.start - 4) : one.start])
    if before and _goes_with(before[0], one):
        one = replace(one, start=one.start - len(before[0]), approximate=True)
    behind = _BEHIND.match(text, one.end)
    if behind:
        return replace(one, end=behind.end(), approximate=True)
    if _BOUND.match(text, one.end):
        return replace(one, approximate=True)
    return one
