"""The page that a picture is drawn on, and how Plotly's values are read for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from dashboard import traces
from dashboard.fonts import font_file

DPI = 100
# Points per pixel: matplotlib measures letters and lines in points.
POINT = 72 / DPI
_RGB = re.compile(r"rgba?\(([^)]*)\)")

Colour = tuple[float, float, float, float]


@dataclass(slots=True)
class Sheet:
    """A page, the figure drawn on it, its size and the height of the notes at its foot, in pixels.

    `plots` are the figure's panels by the names of their axes (("x", "y"), ("x2", "y2")); `scales`
    the names of an axis's categories in their order, where it has names and no numbers.
    """

    page: Figure
    figure: go.Figure
    width: int
    height: int
    foot: int
    notes: tuple[str, ...]
    plots: dict[tuple[str, str], Axes] = field(default_factory=dict)
    scales: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def layout(self) -> Any:
        """The figure's own layout."""
        return self.figure.layout

    @property
    def template(self) -> Any:
        """The layout that the figure's template sets."""
        return self.figure.layout.template.layout

    def area(self) -> tuple[float, float, float, float]:
        """What the margins leave: left, bottom, width and height as shares of the page."""
        margin = self.layout.margin
        left, bottom = margin.l / self.width, (margin.b + self.foot) / self.height
        across = (self.width - margin.l - margin.r) / self.width
        up = (self.height - self.foot - margin.t - margin.b) / self.height
        return left, bottom, across, up

    def plot_of(self, trace: Any) -> Axes:
        """The panel that a trace stands in."""
        return self.plots[trace.xaxis or "x", trace.yaxis or "y"]

    def numbers(self, values: Any, axis: str) -> list[float]:
        """Values of a trace as numbers on an axis; what is missing is NaN."""
        names = self.scales.get(axis)
        return [traces.number(one, names) for one in (values if values is not None else ())]


def font(size: float) -> FontProperties:
    """The shipped font at a size in pixels."""
    return FontProperties(fname=str(font_file()), size=size * POINT)


def plain(text: object) -> str:
    """Plotly's text without its tags; the dollar sign starts no formula."""
    return traces.plain(text).replace("$", r"\$")


def broken(text: object) -> str:
    """Plotly's text with its line breaks, without its other tags."""
    return "\n".join(plain(part) for part in re.split(r"<br ?/?>", str(text)))


def colour(value: Any, fallback: str = "#000000") -> Colour:
    """A colour as Plotly writes it: #0067a5, rgb(0,103,165), rgba(0,103,165,0.5), black."""
    text = str(value) if value is not None else fallback
    if found := _RGB.fullmatch(text.replace(" ", "")):
        parts = [float(one) for one in found[1].split(",")]
        red, green, blue = (one / 255 for one in parts[:3])
        return red, green, blue, parts[3] if len(parts) > 3 else 1.0
    try:
        return to_rgba(text)
    except ValueError:
        return to_rgba(fallback)
