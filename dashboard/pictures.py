"""A chart as PNG or SVG, drawn here with the font that we ship.

The browser's camera takes the letters of the reader's machine and shows boxes where it has no
Chinese font. This draws what `dashboard.charts` puts in a figure (bars, points, words, axes,
legend, title, source), to the pixel where the figure says so, and so looks alike everywhere.
"""

from __future__ import annotations

import html
import io
import re
from collections import defaultdict
from typing import Any, Literal

import plotly.graph_objects as go
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.patheffects import withStroke

from dashboard import theme
from dashboard.fonts import font_file

Kind = Literal["png", "svg"]

WIDTH = 960
DPI = 100
# Pixels of the PNG per pixel of the figure.
SCALE = 2
# Points per pixel: matplotlib measures letters and lines in points.
POINT = 72 / DPI
BAR = 0.75
TAG = re.compile(r"<[^>]+>")
SYMBOLS = {"circle": "o", "circle-open": "o", "diamond": "D"}


def picture(figure: go.Figure, kind: Kind) -> bytes:
    """`figure` as a picture of `kind`, 960 pixels wide in SVG and 1920 in PNG.

    Equal figures give equal pictures. In SVG letters are outlines.
    """
    layout, template = figure.layout, figure.layout.template.layout
    page = Figure(figsize=(WIDTH / DPI, layout.height / DPI), dpi=DPI)
    FigureCanvasAgg(page)
    page.set_facecolor(template.paper_bgcolor)
    plot = _plot(page, layout, template)
    _draw_bars(plot, figure)
    for trace in figure.data:
        if trace.type == "scatter":
            _draw_points(plot, trace, template)
    _draw_axes(plot, layout, template)
    _draw_texts(page, layout, template)
    if layout.showlegend:
        _draw_legend(plot, figure, template)
    buffer = io.BytesIO()
    # No chance and no date in it: equal figures give equal files.
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "banmian"}):
        page.savefig(buffer, format=kind, dpi=DPI * SCALE, metadata=_NO_DATE[kind])
    return buffer.getvalue()


_NO_DATE: dict[str, dict[str, Any]] = {"png": {"Software": None}, "svg": {"Date": None}}


def _font(size: float) -> FontProperties:
    return FontProperties(fname=str(font_file()), size=size * POINT)


def _plain(text: str) -> str:
    """Plotly's text without its tags; the dollar sign starts no formula."""
    return html.unescape(TAG.sub("", text)).replace("$", r"\$")


def _plot(page: Figure, layout: Any, template: Any) -> Axes:
    """The rectangle that the margins leave."""
    margin, height = layout.margin, layout.height
    left, bottom = margin.l / WIDTH, margin.b / height
    across = (WIDTH - margin.l - margin.r) / WIDTH
    up = (height - margin.t - margin.b) / height
    plot = page.add_axes((left, bottom, across, up), facecolor=template.plot_bgcolor)
    plot.set_axisbelow(True)
    plot.tick_params(length=0, labelcolor=template.font.color)
    for side in plot.spines.values():
        side.set_visible(False)
    return plot


def _draw_bars(plot: Axes, figure: go.Figure) -> None:
    """Every bar of every trace; stacked ones on top of those before them."""
    stacked = figure.layout.barmode == "stack"
    heights: defaultdict[Any, float] = defaultdict(float)
    for trace in figure.data:
        if trace.type != "bar":
            continue
        lying = trace.orientation == "h"
        values, places = (trace.x, trace.y) if lying else (trace.y, trace.x)
        for number, (value, place) in enumerate(zip(values, places, strict=True)):
            base = trace.base[number] if trace.base is not None else heights[place]
            _draw_bar(plot, trace, number, (place, base, value), lying)
            if stacked:
                heights[place] += value


def _draw_bar(
    plot: Axes, trace: Any, number: int, bar: tuple[float, float, float], lying: bool
) -> None:
    """One bar (its place, where it begins, how long it is) and the text at its end."""
    place, base, value = bar
    thick = float(trace.width or BAR)
    side = place - thick / 2
    shape = (base, side, value, thick) if lying else (side, base, thick, value)
    plot.add_patch(Rectangle(shape[:2], *shape[2:], **_fill(trace, number)))
    if trace.text is not None:
        _write(plot, _plain(str(trace.text[number])), (base + value, place), theme.SIZE_TEXT)


def _fill(trace: Any, number: int) -> dict[str, Any]:
    """The colour, and the hatch, of a trace's bar."""
    colour, pattern = trace.marker.color, trace.marker.pattern
    look = {"facecolor": colour if isinstance(colour, str) else colour[number], "linewidth": 0}
    return look | ({"hatch": "////", "edgecolor": pattern.fgcolor} if pattern.shape else {})


def _write(
    plot: Axes, text: str, at: tuple[float, float], size: float, colour: str | None = None
) -> None:
    """Text to the right of a point of the plot."""
    plot.annotate(
        text,
        at,
        xytext=(4 * POINT, 0),
        textcoords="offset points",
        va="center_baseline",
        ha="left",
        fontproperties=_font(size),
        color=colour or plot.xaxis.get_tick_params()["labelcolor"],
        annotation_clip=False,
    )


def _draw_points(plot: Axes, trace: Any, template: Any) -> None:
    """The marks or the words of a trace of points."""
    if trace.mode == "text":
        for at in zip(trace.x, trace.y, trace.text, strict=True):
            colour = trace.textfont.color or template.font.color
            _write(plot, _plain(at[2]), at[:2], trace.textfont.size, colour)
        return
    plot.plot(trace.x, trace.y, **_mark(trace, plot))


def _mark(trace: Any, plot: Axes) -> dict[str, Any]:
    """How matplotlib draws the marks of a trace."""
    marker = trace.marker
    hollow = str(marker.symbol).endswith("-open")
    return {
        "linestyle": "none",
        "marker": SYMBOLS.get(str(marker.symbol), "o"),
        "markersize": marker.size * POINT,
        "markerfacecolor": plot.get_facecolor() if hollow else marker.color,
        "markeredgecolor": marker.color if hollow else (marker.line.color or marker.color),
        "markeredgewidth": (marker.line.width or 1) * POINT,
        "clip_on": False,
        "zorder": 3,
    }


def _draw_axes(plot: Axes, layout: Any, template: Any) -> None:
    """Ranges, labels and lines of both axes."""
    plot.set_xlim(*(layout.xaxis.range or (0, 1)))
    plot.set_ylim(*(layout.yaxis.range or (0, 1)))
    for axis, wanted, across in (
        (plot.xaxis, layout.xaxis, True),
        (plot.yaxis, layout.yaxis, False),
    ):
        if wanted.tickvals is not None:
            axis.set_ticks(list(wanted.tickvals), [_broken(one) for one in wanted.ticktext])
        elif wanted.dtick:
            axis.set_ticks(
                [one * wanted.dtick for one in range(int(wanted.range[1] / wanted.dtick) + 1)]
            )
        if wanted.showgrid is not False:
            axis.grid(color=template.xaxis.gridcolor, linewidth=POINT)
        axis.set_tick_params(pad=5 if across else 6)
        for label in axis.get_ticklabels():
            label.set_fontproperties(_font(theme.SIZE_NOTE))


def _broken(text: str) -> str:
    return "\n".join(_plain(part) for part in str(text).split("<br>"))


def _draw_texts(page: Figure, layout: Any, template: Any) -> None:
    """The title with its notes from the top, and the source at the foot."""
    margin, height = layout.margin, layout.height
    top = float(layout.title.pad.t)
    for line in layout.title.text.split("<br>"):
        is_title = line.startswith("<b>")
        size = layout.title.font.size if is_title else theme.SIZE_NOTE
        colour = re.search(r"color:(#\w+)", line)
        shown = colour[1] if colour else template.font.color
        _place(page, _plain(line), (layout.title.pad.l, top), size, shown, bold=is_title)
        top += size * 1.45
    for one in layout.annotations:
        at = (margin.l + (one.xshift or 0), height - margin.b - (one.yshift or 0))
        _place(page, _broken(one.text), at, one.font.size, one.font.color)


def _place(
    page: Figure,
    text: str,
    at: tuple[float, float],
    size: float,
    colour: str,
    *,
    bold: bool = False,
) -> None:
    """Text whose top left corner is `at`, in pixels from the picture's top left corner."""
    height = page.get_figheight() * DPI
    # The font has one weight: a thin line around its letters makes it bold.
    effects = [withStroke(linewidth=0.7, foreground=colour)] if bold else None
    page.text(
        at[0] / WIDTH,
        1 - at[1] / height,
        text,
        ha="left",
        va="top",
        fontproperties=_font(size),
        color=colour,
        path_effects=effects,
    )


def _draw_legend(plot: Axes, figure: go.Figure, template: Any) -> None:
    """The named traces below the axis, where the figure has them."""
    named = [one for one in figure.data if one.name and one.showlegend is not False]
    handles = [_handle(one, plot) for one in named]
    legend = plot.legend(
        handles,
        [_plain(one.name) for one in named],
        loc="upper left",
        bbox_to_anchor=(0, figure.layout.legend.y),
        ncols=len(named),
        frameon=False,
        borderaxespad=0,
        borderpad=0,
        handlelength=1,
        prop=_font(theme.SIZE_NOTE),
        labelcolor=template.font.color,
    )
    legend.set_clip_on(False)


def _handle(trace: Any, plot: Axes) -> Patch | Line2D:
    if trace.type == "scatter":
        return Line2D([], [], **_mark(trace, plot))
    return Patch(**_fill(trace, 0))
