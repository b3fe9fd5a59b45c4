"""How a mark looks: its fill, its line, its symbol, its colour on a scale, its words."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from plotly.colors import sample_colorscale

from dashboard.pictures.sheet import POINT, Colour, Sheet, colour, font
from dashboard.traces import each

SYMBOLS = {
    "circle": "o",
    "square": "s",
    "diamond": "D",
    "cross": "P",
    "x": "X",
    "star": "*",
    "hexagon": "h",
    "triangle-up": "^",
    "triangle-down": "v",
    "triangle-left": "<",
    "triangle-right": ">",
    "arrow-right": ">",
    "arrow-left": "<",
    "arrow-up": "^",
    "arrow-down": "v",
    "line-ns": "|",
    "line-ew": "_",
}

DASHES: dict[str, Any] = {
    "solid": "-",
    "dot": ":",
    "dash": "--",
    "longdash": (0, (8, 3)),
    "dashdot": "-.",
}

# Between a point and the text beside it, in pixels.
_GAP = 4


def fill_look(trace: Any, sheet: Sheet, at: int) -> dict[str, Any]:
    """The colour, and the hatch, of a trace's bar or area."""
    if trace.type != "bar":
        return _area_look(trace, sheet)
    marker = trace.marker
    face = colour_at(marker, at, sheet)
    opacity = marker.opacity if isinstance(marker.opacity, int | float) else 1
    look: dict[str, Any] = {"facecolor": (*face[:3], face[3] * opacity), "linewidth": 0}
    if line := each(marker.line.width, at + 1)[at]:
        edge = each(marker.line.color, at + 1)[at]
        look |= {"linewidth": line * POINT, "edgecolor": colour(edge)}
    if each(marker.pattern.shape, at + 1)[at]:
        ink = each(marker.pattern.fgcolor, at + 1)[at]
        look |= {"hatch": "////", "edgecolor": colour(ink, "#ffffff")}
    return look


def _area_look(trace: Any, sheet: Sheet) -> dict[str, Any]:
    look: dict[str, Any] = {
        "facecolor": colour(trace.fillcolor or trace.line.color, sheet.template.colorway[0]),
        "linewidth": 0,
    }
    if trace.fillpattern.shape:
        look |= {"hatch": "////", "edgecolor": colour(trace.fillpattern.fgcolor, "#ffffff")}
    return look


def colour_at(marker: Any, at: int, sheet: Sheet) -> Colour:
    """The colour of one mark: its own, or that of its value on the trace's scale."""
    found = each(marker.color, at + 1)[at]
    if isinstance(found, int | float) and marker.colorscale:
        low, high = span_of(list(marker.color), marker.cmin, marker.cmax)
        return scaled(found, low, high, marker.colorscale)
    return colour(found, sheet.template.colorway[0])


def span_of(values: list[Any], low: Any, high: Any) -> tuple[float, float]:
    """From where to where a scale of colours goes: as given, else as its values do."""
    known = [float(one) for one in values if one is not None and math.isfinite(float(one))]
    first = float(low) if low is not None else min(known, default=0.0)
    return first, float(high) if high is not None else max(known, default=1.0)


def scaled(value: float, low: float, high: float, scale: Any) -> Colour:
    """The colour of a value on one of Plotly's scales."""
    share = min(max((value - low) / ((high - low) or 1), 0.0), 1.0)
    (found,) = sample_colorscale([list(one) for one in scale], [share])
    return colour(found)


def line_look(trace: Any, sheet: Sheet) -> dict[str, Any]:
    """How matplotlib draws the line of a trace; none where it has only marks."""
    if "lines" not in str(trace.mode or "lines"):
        return {"linestyle": "none"}
    steps = {"hv": "steps-post", "vh": "steps-pre", "hvh": "steps-mid"}
    return {
        "color": colour(trace.line.color, sheet.template.colorway[0]),
        "linewidth": (trace.line.width or 2) * POINT,
        "linestyle": DASHES.get(str(trace.line.dash or "solid"), "--"),
        "drawstyle": steps.get(str(trace.line.shape), "default"),
        "zorder": 2.5,
    }


def mark_look(trace: Any, sheet: Sheet, at: int) -> dict[str, Any]:
    """How matplotlib draws one mark of a trace of points."""
    if "markers" not in str(trace.mode or "lines"):
        return {}
    marker = trace.marker
    symbol = str(each(marker.symbol, at + 1)[at] or "circle")
    name = symbol.removesuffix("-open").removesuffix("-dot")
    face = colour_at(marker, at, sheet)
    edge = each(marker.line.color, at + 1)[at]
    hollow = symbol.endswith("-open")
    opacity = each(marker.opacity, at + 1)[at]
    return {
        "linestyle": "none",
        "marker": SYMBOLS.get(name, "o"),
        "markersize": float(each(marker.size, at + 1)[at] or 6) * POINT,
        "markerfacecolor": colour(sheet.template.plot_bgcolor) if hollow else face,
        "markeredgecolor": face if hollow or edge is None else colour(edge),
        "markeredgewidth": (each(marker.line.width, at + 1)[at] or 1) * POINT,
        "alpha": 1.0 if opacity is None else float(opacity),
        "clip_on": False,
        "zorder": 3,
    }


def write(
    plot: Axes,
    text: str,
    at: tuple[float, float],
    size: float,
    ink: Any,
    where: str,
    mark: float = 0,
) -> None:
    """Text beside a point of the plot: `middle right`, `top center` as Plotly says it.

    `mark` is the radius of the mark that stands there, in pixels.
    """
    up, across = where.split() if " " in where else ("middle", "center")
    gap = _GAP + mark
    shift = {"right": gap, "left": -gap}.get(across, 0), {"top": gap, "bottom": -gap}.get(up, 0)
    plot.annotate(
        text,
        at,
        xytext=(shift[0] * POINT, shift[1] * POINT),
        textcoords="offset points",
        va={"top": "bottom", "bottom": "top"}.get(up, "center_baseline"),
        ha={"right": "left", "left": "right"}.get(across, "center"),
        fontproperties=font(size),
        color=colour(ink),
        annotation_clip=False,
        zorder=4,
    )
