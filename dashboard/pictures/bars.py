"""Bars: lying or standing, stacked, side by side or one over the other."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dashboard import theme
from dashboard.pictures.looks import fill_look, write
from dashboard.pictures.sheet import Sheet, plain
from dashboard.traces import each

BAR = 0.75

Heights = defaultdict[Any, float]


def draw_bars(sheet: Sheet, trace: Any, number: int, heights: Heights) -> None:
    """Every bar of a trace; stacked ones on top of those before them."""
    plot, lying = sheet.plot_of(trace), trace.orientation == "h"
    along, across = ("x", "y") if lying else ("y", "x")
    values = sheet.numbers(trace[along], trace[f"{along}axis"] or along)
    places = sheet.numbers(trace[across], trace[f"{across}axis"] or across)
    bases = each(trace.base, len(values))
    shift, thick = _place_in_group(sheet, number)
    widths = each(trace.width, len(values))
    for at, (value, place) in enumerate(zip(values, places, strict=True)):
        if not (math.isfinite(value) and math.isfinite(place)):
            continue
        key = (trace.xaxis, trace.yaxis, place, value < 0)
        base = bases[at] if bases[at] is not None else heights[key]
        _bar(plot, sheet, trace, at, (place + shift, float(base), value), widths[at] or thick)
        if sheet.layout.barmode in ("stack", "relative"):
            heights[key] += value


def _place_in_group(sheet: Sheet, number: int) -> tuple[float, float]:
    """How far from its place a trace's bar stands, and how thick it is."""
    bars = [at for at, one in enumerate(sheet.figure.data) if one.type == "bar"]
    if sheet.layout.barmode not in (None, "group") or len(bars) < 2:
        return 0.0, BAR
    thick = BAR / len(bars)
    return (bars.index(number) - (len(bars) - 1) / 2) * thick, thick


def _bar(
    plot: Axes, sheet: Sheet, trace: Any, at: int, bar: tuple[float, float, float], thick: float
) -> None:
    """One bar (its place, where it begins, how long it is) and the text at its end."""
    place, base, value = bar
    lying, side = trace.orientation == "h", bar[0] - thick / 2
    shape = (base, side, value, thick) if lying else (side, base, thick, value)
    patch = Rectangle(shape[:2], *shape[2:], **fill_look(trace, sheet, at))
    plot.add_patch(patch)
    text = each(trace.text, at + 1)[at]
    if text in (None, "") or trace.textposition == "none":
        return
    inside = str(trace.textposition or "auto") == "inside"
    where = {True: "middle right", False: "top center"}[lying]
    if value < 0:
        where = {True: "middle left", False: "bottom center"}[lying]
    if inside:
        where = "middle center"
    end = base + (value / 2 if inside else value)
    ink = trace.textfont.color or sheet.template.font.color
    size = trace.textfont.size or theme.SIZE_TEXT
    write(plot, plain(text), (end, place) if lying else (place, end), size, ink, where)
