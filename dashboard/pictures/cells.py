"""Cells of a table in colours."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dashboard import theme
from dashboard.pictures.looks import scaled, span_of, write
from dashboard.pictures.sheet import Sheet, broken


def draw_cells(sheet: Sheet, trace: Any) -> None:
    """The cells of a heatmap and the words in them; an empty cell stays empty."""
    plot, rows = sheet.plot_of(trace), [list(row) for row in trace.z]
    columns = max(map(len, rows), default=0)
    x = sheet.numbers(trace.x if trace.x is not None else range(columns), trace.xaxis or "x")
    y = sheet.numbers(trace.y if trace.y is not None else range(len(rows)), trace.yaxis or "y")
    low, high = span_of([one for row in rows for one in row], trace.zmin, trace.zmax)
    across, up = 1 - _share(trace.xgap, columns), 1 - _share(trace.ygap, len(rows))
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is None or not math.isfinite(float(value)):
                continue
            face = scaled(float(value), low, high, trace.colorscale)
            corner = (x[place] - across / 2, y[at] - up / 2)
            plot.add_patch(Rectangle(corner, across, up, facecolor=face, linewidth=0))
            _cell_text(sheet, plot, trace, (at, place), (x[place], y[at]))


def _share(gap: Any, count: int) -> float:
    """The part of a cell that the gap beside it takes, about."""
    return min(0.1, float(gap or 0) * count / 800)


def _cell_text(
    sheet: Sheet, plot: Axes, trace: Any, cell: tuple[int, int], at: tuple[float, float]
) -> None:
    if trace.text is None or not trace.texttemplate:
        return
    text = list(trace.text[cell[0]])[cell[1]]
    if text not in (None, ""):
        ink = trace.textfont.color or sheet.template.font.color
        write(plot, broken(text), at, trace.textfont.size or theme.SIZE_NOTE, ink, "middle center")
