"""The same fact stated again in one article: headline and body, a caption's number twice."""

from __future__ import annotations

from collections import defaultdict

from etl import tables

# Two numbers of this size are hardly equal by chance.
_TELLING = 10


def mark_repeats(figures: list[tables.Figure], printed: frozenset[int] = frozenset()) -> None:
    """Set `repeats` of every reportable figure that states again what an earlier one stated.

    The same fact has the same value, unit, former value and place, and counts the same thing as
    far as both say so. The numbers of printed tables, which start at `printed`, repeat none.
    """
    earlier: dict[tuple[object, ...], list[tables.Figure]] = defaultdict(list)
    for one in figures:
        if not one.reportable or one.value is None or one.start in printed:
            continue
        key = (one.value, one.value_high, one.previous, one.unit, one.kind)
        first = next((other for other in earlier[key] if _same_thing(one, other)), None)
        if first:
            one.repeats = first.figure_id
        else:
            earlier[key].append(one)


def _same_thing(one: tables.Figure, other: tables.Figure) -> bool:
    if one.adcode and other.adcode and one.adcode != other.adcode:
        return False
    if one.direction != other.direction:
        return False
    if not one.counted or not other.counted:
        return one.unit is not None and (one.value or 0) >= _TELLING
    short, long = sorted((_plain(one.counted), _plain(other.counted)), key=len)
    if short in long or short[-2:] == long[-2:]:
        return True
    return (one.value or 0) >= _TELLING and any(
        short[at : at + 2] in long for at in range(len(short) - 1)
    )


def _plain(counted: str) -> str:
    return "".join(mark for mark in counted if mark not in "“”‘’《》的")
