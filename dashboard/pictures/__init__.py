"""A chart as PNG, SVG or PDF, drawn here with the font that we ship.

The browser takes the letters of the reader's machine and shows boxes where it has no Chinese
font. This draws what `dashboard.charts` puts in a figure (bars, points, lines, cells, shapes,
words, axes, legend, title, source), to the pixel where the figure says so, and so looks alike
everywhere. What it does not know it leaves out, and `unknown` says so.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any, Literal

import plotly.graph_objects as go
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dashboard import line_breaks, theme
from dashboard.charts import frame, plain
from dashboard.pictures import axes, legend, marks, texts
from dashboard.pictures.sheet import DPI, POINT, Sheet

__all__ = ["POINT", "PRINT_SCALE", "SCALE", "WIDTH", "Kind", "picture", "unknown"]

Kind = Literal["png", "svg", "pdf"]

WIDTH = 960
# Pixels of a PNG per pixel of the figure: on a screen, and on paper (300 to the inch at 32 cm).
SCALE, PRINT_SCALE = 2, 4
_log = logging.getLogger(__name__)
# No chance and no date in it: equal figures give equal files.
_NO_DATE: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}


def picture(
    figure: plain.Figure | go.Figure,
    kind: Kind,
    *,
    scale: int = SCALE,
    width: int = WIDTH,
    notes: Sequence[str] = (),
) -> bytes:
    """`figure` as a picture of `kind`, `width` pixels wide; a PNG has `scale` times as many.

    A figure that has a width of its own keeps it. `notes` are lines below the figure's source:
    the filters, how to cite. Equal figures give equal pictures. In SVG letters are outlines, in
    PDF they can be searched.
    """
    figure = plain.whole(figure)
    for one in unknown(figure):
        _log.warning("picture_left_out", extra={"fields": {"kind": one}})
    sheet = _sheet(figure, int(figure.layout.width or width), notes)
    axes.draw(sheet)
    marks.draw(sheet)
    texts.draw(sheet)
    legend.draw(sheet)
    buffer = io.BytesIO()
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "banmian", "pdf.fonttype": 3}):
        sheet.page.savefig(buffer, format=kind, dpi=DPI * scale, metadata=_NO_DATE[kind])
    return buffer.getvalue()


def unknown(figure: go.Figure) -> list[str]:
    """The kinds of traces in `figure` that no picture can hold."""
    return sorted({str(one.type) for one in figure.data} - set(marks.DRAWN))


def _sheet(figure: go.Figure, width: int, notes: Sequence[str]) -> Sheet:
    """An empty page of the figure's height and that of the notes."""
    fitting = int((width - 2 * theme.GAP) / theme.SIZE_NOTE * 2)
    lines = [line for note in notes if note for line in line_breaks.lines(note, fitting)]
    foot = frame.LINE_NOTE * len(lines) + theme.GAP if lines else 0
    height = int(figure.layout.height) + foot
    page = Figure(figsize=(width / DPI, height / DPI), dpi=DPI)
    FigureCanvasAgg(page)
    page.set_facecolor(figure.layout.template.layout.paper_bgcolor)
    return Sheet(page, figure, width, height, foot, tuple(lines))
