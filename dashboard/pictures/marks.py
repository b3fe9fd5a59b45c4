"""The marks of a picture: what each trace puts into its panel, and the figure's shapes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from dashboard.pictures.bars import Heights, draw_bars
from dashboard.pictures.cells import draw_cells
from dashboard.pictures.points import draw_points
from dashboard.pictures.shapes import draw_shape
from dashboard.pictures.sheet import Sheet

_DRAW: dict[str, Callable[[Sheet, Any], None]] = {
    "scatter": draw_points,
    "scattergl": draw_points,
    "heatmap": draw_cells,
}
# The kinds of traces that a picture can hold.
DRAWN = frozenset({"bar", *_DRAW})


def draw(sheet: Sheet) -> None:
    """Every shape, then every trace in its order; a kind that is not in DRAWN is left out."""
    for one in sheet.layout.shapes:
        draw_shape(sheet, one)
    heights: Heights = defaultdict(float)
    for number, trace in enumerate(sheet.figure.data):
        if trace.type == "bar":
            draw_bars(sheet, trace, number, heights)
        elif trace.type in _DRAW:
            _DRAW[trace.type](sheet, trace)
