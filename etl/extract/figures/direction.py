"""Growth or decline: the word before a number that says which."""

from __future__ import annotations

import re
from functools import cache

from etl import reference
from etl.extract.figures.quantity import Quantity

_LINK = r"(?:了|到|至|约|近|达到?|为|超过?|逾|的|幅度?|率|速度|量|是|不到|不足|至少|将近|一步)*"
_COMPARED = r"(?<=[比较])[^,。;:]{1,14}?"


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
    found = one.unit and _pattern().search(text[max(0, one.start - 18) : one.start])
    if not found:
        return one
    grows = bool(found["increase"] or found["more"]) and (one.value or 0) >= 0
    return one._replace(direction="increase" if grows else "decrease")
