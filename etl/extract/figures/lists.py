"""Figures that stand in a list: what the list says of all of them, or deals out one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl import reference, tables
from etl.extract.figures.phrases import is_actor, is_place, tidy

# Between two numbers of a list: 4.1级、3.8级, 几家甚至几十家.
_NEXT = re.compile(" ?(?:[、和及与至到或]|以及|甚至|乃至) ?")
# 粮食、蔬菜、水果产量分别增长2%、5%和7%: nothing but links may stand behind 分别.
_DEALT = re.compile(
    r"(?P<names>[^,。;:!?()\d\n]{2,40}?)(?:[这等]?[两三四五六七八九][类个种项大][^,。;\d]{0,6})?,?(?:同比|环比|比上年)?分别"
    r"(?:同比|环比|为|是|达到?|占[了到]?|[增下]长?降?了?|增加了?|减少了?|上升|提高了?|约|近|超过?)*$"
)
_PARTS = re.compile("、|和|与|及|以及")
# What all names of a list measure though only the last one says it: 粮食、蔬菜产量.
_MEASURE = re.compile(
    r"(?:销售|零售|交易|成交|贸易|进口|出口|进出口)额|销量|产量|收入|增加值|投资|出口|进口|人数|面积|价格|均价$"
)
# Sorts of places that are measured, and own nothing.
_SORTS = ("城市", "农村", "城镇", "乡村")
_WINDOW = 56


def share_nouns(text: str, rows: list[tables.Figure]) -> None:
    """Let the figures of each list have what is counted from the words around the list.

    5.6级、5.7级地震: the noun behind the last one holds for all; names before 分别 are dealt out.
    """
    for run in _runs(text, rows):
        last = run[-1]
        own = text.startswith(last.counted or "-", last.end)
        names = () if own else _dealt(text, run[0].start)
        if len(names) == len(run):
            for row, name in zip(run, names, strict=True):
                row.counted = name
            continue
        for row in run[:-1]:
            if row.counted is None or own:
                row.counted = last.counted


def _runs(text: str, rows: list[tables.Figure]) -> Iterator[list[tables.Figure]]:
    """The lists of two and more figures with one unit."""
    run: list[tables.Figure] = []
    for row in rows:
        if run and row.unit == run[-1].unit and _NEXT.fullmatch(text, run[-1].end, row.start):
            run.append(row)
            continue
        if len(run) > 1:
            yield run
        run = [row]
    if len(run) > 1:
        yield run


def _dealt(text: str, start: int) -> tuple[str, ...]:
    """The names that 分别 right before `start` deals the figures to; none for places and bodies."""
    if "分别" not in text[max(0, start - 10) : start]:
        return ()
    found = _DEALT.search(text[max(0, start - _WINDOW) : start])
    names = [tidy(one) for one in _PARTS.split(found["names"])] if found else []
    if len(names) < 2 or not all(names) or any(map(_is_owner, names)):
        return ()
    measure = _MEASURE.search(names[-1])
    suffix = measure[0] if measure and names[-1].endswith(measure[0]) else ""
    if any(_MEASURE.search(one) for one in names[:-1]):
        suffix = ""
    scopes = reference.words("figures", "scopes")
    names[0] = next(
        (names[0].removeprefix(one) for one in scopes if names[0].startswith(one)), names[0]
    )
    return (*(one + suffix for one in names[:-1]), names[-1])


def _is_owner(name: str) -> bool:
    return is_place(name) or (is_actor(name, None) and name not in _SORTS)
