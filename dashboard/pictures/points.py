"""Points: areas, lines, marks, spans and words."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from dashboard import theme
from dashboard.pictures.looks import fill_look, line_look, mark_look, write
from dashboard.pictures.sheet import POINT, Sheet, broken, colour
from dashboard.traces import each


def draw_points(sheet: Sheet, trace: Any) -> None:
    """The area, the line, the marks, the spans and the words of a trace of points."""
    plot, mode = sheet.plot_of(trace), str(trace.mode or "lines")
    x = sheet.numbers(trace.x, trace.xaxis or "x")
    y = sheet.numbers(trace.y, trace.yaxis or "y")
    if trace.fill in ("toself", "tozeroy"):
        _area(plot, trace, x, y, fill_look(trace, sheet, 0))
    if "lines" in mode and (trace.line.width is None or trace.line.width > 0):
        plot.plot(x, y, **line_look(trace, sheet))
    _spans(sheet, plot, trace, x, y)
    if "markers" in mode:
        for at, point in enumerate(zip(x, y, strict=True)):
            if all(map(math.isfinite, point)):
                plot.plot(*([one] for one in point), **mark_look(trace, sheet, at))
    if "text" in mode:
        _texts(sheet, plot, trace, x, y)


def _area(plot: Axes, trace: Any, x: list[float], y: list[float], look: dict[str, Any]) -> None:
    """The rings of a trace, apart where a point is missing, one within another as its hole; or
    the area down to zero."""
    if trace.fill == "tozeroy":
        plot.fill_between(x, y, 0, **look)
        return
    rings: list[list[tuple[float, float]]] = [[]]
    for point in zip(x, y, strict=True):
        if all(map(math.isfinite, point)):
            rings[-1].append(point)
        else:
            rings.append([])
    paths = [Path([*ring, ring[0]], closed=True) for ring in rings if len(ring) > 2]
    if paths:
        plot.add_patch(PathPatch(Path.make_compound_path(*paths), zorder=2, **look))


def _spans(sheet: Sheet, plot: Axes, trace: Any, x: list[float], y: list[float]) -> None:
    """From a point to both sides, or from one to the other: Plotly's error bars."""
    for name in ("error_x", "error_y"):
        span = trace[name]
        if span.array is None or span.visible is False:
            continue
        more = sheet.numbers(span.array, "")
        less = sheet.numbers(span.arrayminus, "") if span.arrayminus is not None else more
        if span.symmetric is False and span.arrayminus is None:
            less = [0.0] * len(more)
        clean = [
            [0.0 if math.isnan(one) else one for one in side][: len(x)] for side in (less, more)
        ]
        look = colour(span.color or trace.marker.color or sheet.template.font.color)
        width = (span.thickness or 1.5) * POINT
        sides: dict[str, Any] = {"xerr" if name == "error_x" else "yerr": clean}
        plot.errorbar(x, y, fmt="none", ecolor=look, elinewidth=width, zorder=2.4, **sides)


def _texts(sheet: Sheet, plot: Axes, trace: Any, x: list[float], y: list[float]) -> None:
    count, wanted = len(x), trace.textfont
    texts, where = each(trace.text, count), each(trace.textposition or "middle center", count)
    sizes = each(theme.SIZE_TEXT if wanted.size is None else wanted.size, count)
    inks = each(sheet.template.font.color if wanted.color is None else wanted.color, count)
    # A mark is as wide as its trace says, and the usual one is small enough to be left out.
    marks = each(trace.marker.size if "markers" in str(trace.mode) else None, count)
    for at in range(count):
        if texts[at] not in (None, "") and math.isfinite(x[at]) and math.isfinite(y[at]):
            place, text, mark = (x[at], y[at]), broken(texts[at]), (marks[at] or 0) / 2
            write(plot, text, place, sizes[at], inks[at], str(where[at]), mark)
