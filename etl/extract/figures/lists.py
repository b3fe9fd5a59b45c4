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
    r"(?:销售|零售|交易|成交|贸易|进口|出口|进出口)额|销量|产量|收入|增加值|投资|出口|进口|人数|面积|价格|均价|[\u4e00-\u9fff]{0,4}指数|(?:经费)?总?投入$"
)
# 面积692万亩,产量1800万吨,分别增加134万亩、510万吨: no noun stands before 分别 or behind it.
_PAIRS_BEFORE = re.compile("[,;]? ?(?:(?:同比|环比)|[与较比同][^,。;:]{1,12}?(?:相比|期|年)?,?)*")
_PAIRS_BEHIND = re.compile("[^,。;:!?]{0,16}")
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


def deal_to_pairs(text: str, rows: list[tables.Figure]) -> None:
    """Let figures that 分别 deals out to figures before them count what those count, in order."""
    at = text.find("分别")
    while at >= 0:
        later = _list_at(text, rows, at + 2)
        former = [one for one in rows if at - _WINDOW < one.start < at and _is_amount(one)]
        former = [one for one in former if later and one.sentence_id == later[0].sentence_id]
        if len(later) > 1 and _are_pairs(text, former, later, at):
            for one, two in zip(former[-len(later) :], later, strict=True):
                two.counted = one.counted
        at = text.find("分别", at + 2)


def _list_at(text: str, rows: list[tables.Figure], start: int) -> list[tables.Figure]:
    """The list of figures that begins a few words behind `start`, whatever their units."""
    found: list[tables.Figure] = []
    for row in rows:
        if found and _NEXT.fullmatch(text, found[-1].end, row.start):
            found.append(row)
        elif found:
            break
        elif row.start >= start and _is_amount(row):
            if not _PAIRS_BEHIND.fullmatch(text, start, row.start):
                break
            found.append(row)
    return found


def _is_amount(row: tables.Figure) -> bool:
    return row.kind not in ("duration", "rank") and row.reportable


def _are_pairs(text: str, former: list[tables.Figure], later: list[tables.Figure], at: int) -> bool:
    """Whether each of the later figures has its own among those before."""
    if len(former) < len(later) or not _PAIRS_BEFORE.fullmatch(text, former[-1].end, at):
        return False
    pairs = list(zip(former[-len(later) :], later, strict=True))
    nouns = {one.counted for one, _ in pairs}
    if None in nouns or len(nouns) < len(pairs):
        return False
    if all(one.unit == two.unit for one, two in pairs):
        return True
    shares = all(two.kind in ("percent", "multiple") for two in later)
    return shares and len(former) == len(later) and not any(one.direction for one in former)


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
