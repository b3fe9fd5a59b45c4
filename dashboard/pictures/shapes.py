"""Shapes of a figure: lines, rectangles, ellipses and paths of straight lines."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, PathPatch, Rectangle
from matplotlib.path import Path

from dashboard.pictures.looks import DASHES
from dashboard.pictures.sheet import POINT, Sheet, colour


def draw_shape(sheet: Sheet, one: Any) -> None:
    """A line, a rectangle, an ellipse or a path of the figure's layout."""
    name = (str(one.xref or "x").split()[0], str(one.yref or "y").split()[0])
    plot = sheet.plots.get(name) or next(iter(sheet.plots.values()))
    look: dict[str, Any] = {
        "linewidth": (2 if one.line.width is None else one.line.width) * POINT,
        "edgecolor": colour(one.line.color or sheet.template.font.color),
        "linestyle": DASHES.get(str(one.line.dash or "solid"), "--"),
        "alpha": 1 if one.opacity is None else one.opacity,
        "zorder": 0.8 if one.layer == "below" else 2.2,
        "clip_on": False,
        "transform": _transform(plot, one),
    }
    face = colour(one.fillcolor) if one.fillcolor else "none"
    if one.type == "path":
        plot.add_patch(PathPatch(_svg_path(str(one.path)), facecolor=face, **look))
        return
    x = sheet.numbers([one.x0, one.x1], name[0])
    y = sheet.numbers([one.y0, one.y1], name[1])
    plot.add_patch(_outline(str(one.type), x, y, face, look))


def _outline(kind: str, x: list[float], y: list[float], face: Any, look: dict[str, Any]) -> Any:
    if kind == "line":
        return PathPatch(Path(list(zip(x, y, strict=True))), facecolor="none", **look)
    width, height = x[1] - x[0], y[1] - y[0]
    if kind == "circle":
        middle = (x[0] + width / 2, y[0] + height / 2)
        return Ellipse(middle, abs(width), abs(height), facecolor=face, **look)
    return Rectangle((x[0], y[0]), width, height, facecolor=face, **look)


def _transform(plot: Axes, one: Any) -> Any:
    """Data where the shape names an axis, shares of the panel where it names the paper."""
    paper = [str(ref or "").split()[-1:] in (["paper"], ["domain"]) for ref in (one.xref, one.yref)]
    if all(paper):
        return plot.transAxes
    if not any(paper):
        return plot.transData
    return plot.get_yaxis_transform() if paper[0] else plot.get_xaxis_transform()


def _svg_path(text: str) -> Path:
    """An SVG path of straight lines: M x,y L x,y … Z, rings one after the other."""
    points: list[tuple[float, float]] = []
    codes: list[Any] = []
    for piece in text.replace("Z", " Z ").replace("M", " M ").replace("L", " L ").split():
        if piece == "Z":
            points.append((0, 0))
            codes.append(Path.CLOSEPOLY)
        elif piece in "ML":
            codes.append(Path.MOVETO if piece == "M" else Path.LINETO)
        else:
            x, y = piece.split(",")
            if len(codes) == len(points):
                codes.append(Path.LINETO)
            points.append((float(x), float(y)))
    return Path(points, codes)
