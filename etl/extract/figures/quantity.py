"""A number as it stands in a text, before anybody asks whose it is."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Quantity(NamedTuple):
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
