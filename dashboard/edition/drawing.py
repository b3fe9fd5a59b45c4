"""A Plotly figure as a small SVG for a page that runs no Plotly: bars, points, lines and words.

`dashboard/pictures/` draws a whole sheet with matplotlib, in a second and with letters as outlines;
an edition has thousands of charts, so this draws the plot alone in milliseconds, with letters as
text in the page's own font, and every mark may be a link with a name.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import Any

from dashboard import theme
from dashboard.charts import plain
from dashboard.edition.axes import axis_of, measure
from dashboard.edition.canvas import Link, Plot
from dashboard.edition.marks import bars, points


class UnknownMarkError(ValueError):
    """A figure has a kind of trace that no edition can draw yet."""


def svg(figure: plain.Figure, name: str, width: int, alt: str, dark: bool, link: Link) -> str:
    """The plot of a figure that `charts.frame.for_screen` has taken the words out of.

    Raises UnknownMarkError for a kind of trace that is neither bar nor scatter.
    """
    plot = plot_of(figure, name, width, dark, link)
    label = escape(alt)
    return (
        f'<svg class="plot" role="figure" aria-label="{label}" xmlns="http://www.w3.org/2000/svg"'
        f' viewBox="0 0 {plot.width:g} {plot.height:g}" width="{plot.width:g}"'
        f' height="{plot.height:g}">{body(plot)}</svg>'
    )


def plot_of(figure: plain.Figure, name: str, width: int, dark: bool, link: Link) -> Plot:
    """The drawing of a figure, everything drawn on it."""
    layout = figure.layout
    plot = Plot(
        name,
        float(layout.get("width") or width),
        float(layout["height"]),
        figure.data,
        layout,
        theme.palette(dark),
        link,
    )
    for axis in "xy":
        measure(plot, axis)
    for axis in "xy":
        axis_of(plot, axis)
    heights: defaultdict[Any, float] = defaultdict(float)
    for number, trace in enumerate(plot.data):
        if trace["type"] == "bar":
            bars(plot, trace, number, heights)
        elif trace["type"] in ("scatter", "scattergl"):
            points(plot, trace)
        else:
            raise UnknownMarkError(f"{name}: {trace['type']}")
    return plot


def body(plot: Plot) -> str:
    """The pieces of a drawing, what they refer to first."""
    defs = f"<defs>{''.join(plot.patterns.values())}</defs>" if plot.patterns else ""
    return defs + "".join(plot.parts)
