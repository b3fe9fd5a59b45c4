"""Neighbouring numbers that are one statement: ranges, changes, lists that share a unit."""

from __future__ import annotations

import re
from collections.abc import Callable

from etl.extract.figures import numerals
from etl.extract.figures.quantity import Quantity

_TO = re.compile(r" ?(?:-{1,2}|—{1,2}|–|~|～|至|到|或) ?")
_LIST = re.compile(r" ?[、和及与,] ?")
_REACHED = re.compile(
    r"(?:[^。;!?\n]{0,14}?(?:到|至|为|成|达|达到|突破)(?:了|现在的?|目前的?|如今的?|今天的?|当前的?|今年的?|去年的?"
    r"|上年的?|\d{4}年底?的?|近|约|的|\d{1,2}月末?的?)*) ?"
)
_FROM = re.compile(r"(?:从|由)(?:[^,。;:!?\n]{0,16})$")
_TURNS = re.compile("[缩减延增提压降升]")
_STEP = "十百千万亿"
_ARABIC = re.compile(r"\d[十百千万亿]*$")


def combine(text: str, found: list[Quantity]) -> list[Quantity]:
    """`found` with ranges and changes made one quantity each, and shared units filled in."""
    shared = _share_units(text, found)
    return _fold(text, _fold(text, shared, _range), _change)


def _fold(
    text: str,
    found: list[Quantity],
    join: Callable[[str, Quantity, Quantity], Quantity | None],
) -> list[Quantity]:
    rows: list[Quantity] = []
    for one in found:
        joined = join(text, rows[-1], one) if rows else None
        if joined:
            rows[-1] = joined
        else:
            rows.append(one)
    return rows


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """1、2、3万元: the unit and the magnitude of the last one hold for those before it."""
    rows = list(found)
    for index in range(len(rows) - 2, -1, -1):
        one, after = rows[index], rows[index + 1]
        plain = one.unit is None and one.form == "number" and _ARABIC.search(one.numeral)
        between = text[one.end : after.start]
        listed = plain and _LIST.fullmatch(between)
        if "," in between and not one.numeral[-1:].isdigit():
            continue  # 达280万,20年间: amounts that stand by themselves
        if listed and after.unit and after.form == "number":
            rows[index] = _like(one, after)
    return rows


def _like(one: Quantity, after: Quantity) -> Quantity:
    """`one` with the unit of `after`, and with its magnitude where `one` has none."""
    own = not one.numeral[-1:].isdigit()
    value, magnitudes = one.value, "" if own else _trailing(after.numeral)
    if value is not None:
        for mark in magnitudes:
            value *= numerals.MAGNITUDES[mark]
    return one._replace(
        value=value,
        numeral=one.numeral + magnitudes,
        unit=after.unit,
        kind=after.kind,
        sense=after.sense,
    )


def _trailing(numeral: str) -> str:
    """The magnitudes at the end of an Arabic numeral: 3.5万 → 万."""
    found = re.search(rf"\d[多余]?([{_STEP}]+)[多余]?$", numeral)
    return found[1] if found else ""


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    if low.value is None or high.value is None or not _TO.fullmatch(text[low.end : high.start]):
        return None
    if low.unit not in (None, high.unit) or low.high is not None or high.form != low.form:
        return None
    bare = low.unit is None and _trailing(low.numeral) == "" and low.numeral[-1:].isdigit()
    low = _like(low, high) if bare else low
    if low.value is None or low.value >= high.value or low.form == "ordinal":
        return None
    return high._replace(
        start=low.start,
        number=low.number,
        value=low.value,
        high=high.value,
        numeral=low.numeral,
        approximate=low.approximate or high.approximate,
    )


def _bare(unit: str | None) -> str | None:
    """个小时 and 小时 are one unit."""
    return unit.removeprefix("个") or unit if unit else None


def _change(text: str, old: Quantity, new: Quantity) -> Quantity | None:
    """从20个到现在的89个, 由3%提高到5%: the new value, and the former one in `previous`."""
    if (
        old.value is None
        or new.value is None
        or old.previous is not None
        or old.form != "number"
        or new.form != "number"
    ):
        return None
    between = text[old.end : new.start]
    if len(between) > 24 or not _REACHED.fullmatch(between):
        return None
    if not _FROM.search(text[max(0, old.start - 20) : old.start]):
        return None
    if old.unit is not None and _bare(old.unit) != _bare(new.unit):
        return None
    if new.kind == "duration" and not _TURNS.search(between):
        return None
    return new._replace(
start=old.start, number=old.number, numeral=old.numeral, previous=old.value,
        kind="change", direction="increase" if new.value > old.value else "decrease",
    )  # fmt: skip
