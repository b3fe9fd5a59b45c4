"""What a person writes into a field → the value of a column, and back.

Empty is None. Raises WrongValueError with the reason where it cannot be one.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation

from etl import divisions
from etl.corrections.values import ADCODE, WrongValueError, precision_of
from etl.text import normalise

_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
_CHINESE_DATE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?|第?([1-4一二三四])季度?)?")
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_NAMED = 4


def number(text: str, column: str = "value") -> float | None:
    """112.6亿, 1,126 and 0.5 as numbers."""
    written = re.sub(r"[,\s]", "", normalise(text))
    if not written:
        return None
    scale = next((one for one in _SCALES if written.endswith(one)), "")
    try:
        found = Decimal(written.removesuffix(scale)) * _SCALES.get(scale, 1)
    except InvalidOperation:
        raise WrongValueError("number", column, value=text) from None
    # 1e999 is finite as it is written, and not as a column can hold it.
    if not math.isfinite(float(found)):
        raise WrongValueError("number", column, value=text)
    return float(found)


def as_number(value: float | None) -> str:
    """A number as it is written into a field: no exponent, no needless zeros."""
    return "" if value is None else format(Decimal(repr(float(value))).normalize(), "f")


def date(text: str, column: str = "date") -> str | None:
    """2023-12-28, 2023年12月28日, 2023年四季度 and 2023-12/2024-02 in the tables' form."""
    written = normalise(text).strip()
    if not written:
        return None
    found = "/".join(_one_date(part.strip()) for part in written.split("/"))
    precision_of(found, column)
    return found


def _one_date(text: str) -> str:
    match = _CHINESE_DATE.fullmatch(text)
    if not match:
        return text
    year, month, day, quarter = match.groups()
    if quarter:
        return f"{year}-Q{_QUARTERS.get(quarter, quarter)}"
    return "-".join([year, *(one.zfill(2) for one in (month, day) if one)])


def place(text: str, year: int | None) -> str | None:
    """The code of a division given as its code, its name or its names from the province down.

    A code or a name counts as in force in `year` (None: today).
    """
    written = re.sub(r"\s", "", normalise(text))
    if not written:
        return None
    known = divisions.load()
    if re.fullmatch(r"\d{6}", written):
        found = known.get(written, year)
        if found is None:
            raise WrongValueError("adcode", ADCODE, value=text)
        return written
    fitting = _named(written, year)
    if not fitting:
        raise WrongValueError("no_place", ADCODE, value=text)
    if len(fitting) > 1:
        some = "、".join(f"{as_place(one, year)} {one}" for one in sorted(fitting)[:_NAMED])
        raise WrongValueError("many_places", ADCODE, value=text, places=some)
    return fitting[0]


def _named(written: str, year: int | None) -> list[str]:
    """Codes of the divisions whose name, or whose names from the province down, are `written`."""
    known = divisions.load()
    found = [one.adcode for one in known.named(written, year)]
    exact = [one for one in found if _own_name(one, year) == written]
    if found:
        return exact if len(exact) == 1 else found
    # Names from above stand before its own: 北京市朝阳区.
    ends = (written[start:] for start in range(1, len(written) - 1))
    codes = {one.adcode for end in ends for one in known.named(end, year)}
    return [one for one in codes if _spelled(one, year, written)]


def _own_name(adcode: str, year: int | None) -> str:
    found = divisions.load().get(adcode, year)
    return found.name if found else ""


def _spelled(adcode: str, year: int | None, written: str) -> bool:
    """Whether `written` is the division's path, the parts above it in their order or left out."""
    known = divisions.load()
    *above, own = [one for one in dict.fromkeys(known.path(adcode, year)) if one]
    found = known.get(adcode, year)
    ends = [one for one in (known.names(found) if found else [own]) if written.endswith(one)]
    before = {written.removesuffix(one) for one in ends}
    return bool(before & {"".join(above), *above})


def as_place(adcode: str | None, year: int | None) -> str:
    """A division's names from the province down: 山西省大同市."""
    if not adcode:
        return ""
    names = [one for one in dict.fromkeys(divisions.load().path(adcode, year)) if one]
    return "".join(names) or adcode
