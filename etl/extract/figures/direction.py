"""Growth or decline: the word before a number that says which."""

from __future__ import annotations

import re
from functools import cache

from etl import reference
from etl.extract.figures.quantity import Quantity

_LINK = r"(?:了|到|至|约|近|达到?|为|超过?|逾|的|幅度?|率|速度|量|是|不到|不足|至少|将近|一步)*"
_COMPARED = r"(?<=[比较])[^,。;:]{1,14}?"
_WINDOW = 18


@cache
def _words() -> re.Pattern[str]:
    """What one of must stand before a number that grows or declines."""
    words = (*reference.words("figures", "increase"), *reference.words("figures", "decrease"))
    return re.compile("|".join((*words, "比", "较")))


@cache
def _pattern() -> re.Pattern[str]:
    def either(key: str) -> str:
        return "|".join(sorted(reference.words("figures", key), key=len, reverse=True))

    return re.compile(
        rf"(?:(?P<increase>{either('increase')})|(?P<decrease>{either('decrease')})"
        rf"|{_COMPARED}(?:(?P<more>[多高])|(?P<less>[少低]))){_LINK} ?$"
    )


def with_direction(text: str, one: Quantity) -> Quantity:
    """`one` with increase or decrease where the word right before it says so."""
    if one.direction or one.form not in ("number", "fraction"):
        return one
    if one.unit == "番":
        return one._replace(direction="increase")
    start = max(0, one.start - _WINDOW)
    if not one.unit or not _words().search(text, start, one.start):
        return one
    found = _pattern().search(text[start : one.start])
    if not found:
        return one
    grows = bool(found["increase"] or found["more"]) and (one.value or 0) >= 0
    return one._replace(direction="increase" if grows else "decrease")
