"""A numeral as written → its value: 112.6亿, 两千多, 一百五十点六, 3万5千, 七八百, 十几."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from etl.extract.memory import remembered

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
MAGNITUDES = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12, "廿": 20, "卅": 30,
}  # fmt: skip
# Traditional and banker's forms, character for character; 陆 and 拾 are also plain words, so the
# banker's forms are folded by `fold` only where they stand as numerals.
TRADITIONAL = str.maketrans("兩萬億點個對貳參陸", "两万亿点个对贰叁陆")
_TRADITIONAL = re.compile("[兩萬億點個對貳參陸]")
BANKERS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_BANKERS = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟]")
_BANKERS_RUN = re.compile(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟](?=[ ]*(?:[壹贰叁肆伍陆柒捌玖拾佰仟点折成]|分 ?之))"
    r"|(?<=[壹贰叁肆伍陆柒捌玖拾佰仟之点一二三四五六七八九十百千万亿])[壹贰叁肆伍柒捌玖拾佰仟]"
    r"|[壹叁肆柒捌玖拾佰仟](?=[零一二三四五六七八九十百千万亿])|(?<=是)[壹贰叁肆伍柒捌玖]"
)
_UNCERTAIN = re.compile(r"[多余来几数个 ,]")


@dataclass(frozen=True, slots=True)
class Value:
    """What a numeral says: `high` ends a range (七八百), `vague` has 多, 余 or 几 in it."""

    value: Decimal | None
    high: Decimal | None = None
    vague: bool = False


def fold(text: str) -> str:
    """`text` with traditional and banker's numerals as plain ones, code point for code point."""
    folded = text.translate(TRADITIONAL) if _TRADITIONAL.search(text) else text
    if not _BANKERS.search(folded):
        return folded
    return _BANKERS_RUN.sub(lambda found: found[0].translate(BANKERS), folded)


@remembered
def read(numeral: str) -> Value:
    """The value of a folded numeral; 几, 数十 and 几百万 have none, 十几 counts from ten.

    Raises ValueError where `numeral` is none.
    """
    vague = bool(re.search("[多余来几数]", numeral))
    plain = _UNCERTAIN.sub("", numeral).lstrip("上")
    if vague and (not plain or numeral[0] in "几数"):
        return Value(None, None, True)
    low, high = _adjacent(plain)
    try:
        if high is not None:
            return Value(_exact(low), _exact(high), True)
        return Value(_exact(low), None, vague)
    except (ArithmeticError, KeyError) as error:
        raise ValueError(f"no numeral: {numeral!r}") from error


def _adjacent(plain: str) -> tuple[str, str | None]:
    """三五 → 三, 五 and 七八百 → 七百, 八百; (plain, None) without two neighbouring digits."""
    found = re.search(
        r"(?<![零〇一二两三四五六七八九点])([一二两三四五六七八])([二两三四五六七八九])"
        r"(?![零〇一二两三四五六七八九点])",
        plain,
    )
    if not found or plain[: found.start()].endswith("."):
        return plain, None
    first, second = found[1], found[2]
    if DIGITS[second] - DIGITS[first] != 1 and (first, second) != ("三", "五"):
        return plain, None
    before, after = plain[: found.start()], plain[found.end() :]
    return before + first + after, before + second + after


def _exact(plain: str) -> Decimal:
    """Arabic, Chinese and mixed numerals: the sum of (number × magnitude) parts."""
    whole, point, fraction = plain.partition("点")
    if point:
        digits = re.match("[零〇一二两三四五六七八九]+", fraction)
        if not digits:
            raise ValueError(f"no decimals behind 点 in {plain!r}")
        scale = _magnitude(fraction[digits.end() :])
        behind = "".join(str(DIGITS[one]) for one in digits[0])
        return (_whole(whole) + Decimal("0." + behind)) * scale
    return _whole(whole)


def _magnitude(text: str) -> Decimal:
    product = Decimal(1)
    for one in text:
        product *= MAGNITUDES[one]
    return product


def _whole(text: str) -> Decimal:
    """Read from the left: 万 and 亿 close a section, 十百千 multiply what stands before them."""
    if not text:
        raise ValueError("no numeral")
    if all(one in DIGITS for one in text):
        return Decimal("".join(str(DIGITS[one]) for one in text))
    total = section = Decimal(0)
    number: Decimal | None = None
    last = 1
    for part in re.findall(r"\d+(?:\.\d+)?|.", text):
        if part in MAGNITUDES and MAGNITUDES[part] >= 10**4:
            closed = section + (number if number is not None else 0)
            if not closed and not total:
                closed = Decimal(1)
            # 一万亿: 亿 multiplies all that came before it, 三亿二千万: 万 only its own section.
            if closed and MAGNITUDES[part] < (total or MAGNITUDES[part] + 1):
                total += closed * MAGNITUDES[part]
            else:
                total = (total + closed) * MAGNITUDES[part]
            section, number, last = Decimal(0), None, MAGNITUDES[part]
        elif part in ("廿", "卅"):
            section, last = section + MAGNITUDES[part], 10
        elif part in MAGNITUDES:
            section += (number if number is not None else 1) * MAGNITUDES[part]
            number, last = None, MAGNITUDES[part]
        elif part in DIGITS:
            number = Decimal(DIGITS[part]) + (number * 10 if number is not None else 0)
            last = 1 if part in "零〇" else last
        else:
            number = Decimal(part)
            last = 1
    if number is not None and last >= 100 and text[-1] in DIGITS:
        number *= last // 10  # 二百五, 三万五: the last digit counts the next smaller magnitude
    return total + section + (number or 0)
