"""What every chart has: template, title, what it counts, its source, and text that stays text."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import language as words
from dashboard import theme
from dashboard.charts import plain
from dashboard.line_breaks import balanced, columns, lines

# Half-width columns that fit a phone at the size of the title, beside the camera, and of the notes.
TITLE_COLUMNS, NOTE_COLUMNS = 34, 54
LINE_TITLE, LINE_NOTE = 26, 18
AXIS_HEIGHT = 56
LEGEND_LINE = 24
# What a legend's mark takes beside its text, in pixels.
LEGEND_MARK = 42
# Room for numbers beside an axis, in pixels.
NUMBERS_WIDTH = 44
# Room behind an axis for half of its last label, in pixels: where it is too little Plotly measures
# the labels, makes room and draws all again.
LAST_LABEL = 24
ROW_HEIGHT = 28
# Above the plot on the screen, in pixels.
SCREEN_TOP = 8
# Pixels a half-width column takes in a label: Latin capitals are wider than half a character.
COLUMN = 6.6
# Room behind the longest bar for its value.
ROOM = 1.15
# Where each bar says its own number, an axis would say it again.
NO_TICKS: dict[str, Any] = {"tickmode": "array", "tickvals": [], "ticktext": [], "dtick": None}
# No map's projection: degrees, true to scale in the middle of China.
MIDDLE_LATITUDE = 36
# Names that a line lists.
MOST_NAMED = 40
# Up to here an axis of counts names each number: a half activity is none.
FEW = 5


_TITLE = {
    "x": 0,
    "xref": "container",
    "xanchor": "left",
    "y": 1,
    "yref": "container",
    "yanchor": "top",
    "pad": {"l": theme.GAP, "t": 2 * theme.GAP},
    "font": {"size": theme.SIZE_TITLE},
}
_LEGEND = {"x": 0, "xanchor": "left", "yanchor": "top"}
_SOURCE = {
    "name": "source",
    "xref": "paper",
    "x": 0,
    "xanchor": "left",
    "align": "left",
    "yref": "paper",
    "y": 0,
    "yanchor": "top",
    "showarrow": False,
}


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture says of itself.

    The title is a finding or a question; the first note says what is counted in which unit, the
    others how much of the selection the picture covers. At its foot stand the names of those who
    report nothing (`silent`, a sentence) and the source.
    """

    title: str
    notes: Sequence[str]
    source: str
    silent: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend: its words, how its mark is drawn, and in which colour."""

    name: str
    mark: str
    colour: str


@dataclass(frozen=True, slots=True)
class Card:
    """What stands around a chart on the screen, where text wraps to the reader's own width."""

    title: str
    notes: list[str]
    source: str
    silent: str
    keys: list[Key]


def escaped(text: object) -> str:
    """Text of an article, safe in Plotly, which reads <b>, <a> and the like."""
    return html.escape(str(text), quote=False)


def named(names: Sequence[str], language: str) -> str:
    """Names in a line; beyond the first forty their number."""
    listed = words.text(language, "list.comma").join(names[:MOST_NAMED])
    if len(names) <= MOST_NAMED:
        return listed
    return words.text(language, "charts.and_more", names=listed, count=len(names))


def shortened(text: str, limit: int) -> str:
    """`text`, cut with an ellipsis where it is wider than `limit` columns."""
    if columns(text) <= limit:
        return text
    kept = len(text)
    while columns(text[:kept]) >= limit:
        kept -= 1
    return text[:kept].rstrip() + "…"


def framed(
    figure: plain.Figure,
    caption: Caption,
    plot_height: int,
    dark: bool,
    left: int = NUMBERS_WIDTH,
    *,
    top: int = 0,
    bottom: int = AXIS_HEIGHT,
    right: int = theme.GAP,
) -> plain.Figure:
    """Give `figure` its template, title, notes, legend and source line, and its height.

    `plot_height` is that of the plot alone, `left` the room of the labels beside it, in pixels:
    set, not measured, for a font that comes late would be measured wrong; `top` and `bottom` are
    that of an axis above and below the plot, `right` that of values behind it. The legend
    stands below the axis and the source below the legend, inside the picture that the camera saves.
    """
    colours = theme.palette(dark)
    title, head = _head(caption, colours)
    head += top
    source = [
        line for one in (caption.silent, caption.source) if one for line in lines(one, NOTE_COLUMNS)
    ]
    names = [trace.name for trace in figure.data if trace.name and trace.showlegend is not False]
    entry = max((columns(name) * theme.SIZE_NOTE // 2 for name in names), default=0) + theme.GAP
    across = max(1, (theme.PHONE_WIDTH - left - theme.GAP) // (entry + LEGEND_MARK))
    rows = -(-len(names) // across)
    legend = rows * LEGEND_LINE + theme.GAP if names else 0
    foot = bottom + legend + LINE_NOTE * len(source) + theme.GAP
    figure.update_layout(
        template=theme.template(dark),
        title={"text": title, **_TITLE},
        margin={"l": left, "r": right, "t": head, "b": foot},
        height=head + plot_height + foot,
        showlegend=bool(names),
        legend={**_LEGEND, "y": -bottom / plot_height, "entrywidth": entry},
        meta={
            "said": {
                "title": caption.title,
                "notes": [one for one in caption.notes if one],
                "source": caption.source,
                "silent": caption.silent,
            },
            "margin": {"t": top + SCREEN_TOP, "b": bottom},
        },
    )
    figure.add_annotation(
        text="<br>".join(map(escaped, source)),
        yshift=-(bottom + legend),
        xshift=theme.GAP - left,
        font={"size": theme.SIZE_NOTE, "color": colours.muted},
        **_SOURCE,
    )
    return figure


def for_screen(figure: plain.Figure) -> Card:
    """Take title, notes, legend and source out of `figure`: what the page writes around it.

    A picture has one width and carries them itself; on a page they wrap to the reader's window.
    """
    meta, margin = figure.layout.meta, figure.layout.margin
    card = Card(keys=keys_of(figure), **meta["said"])
    plot = figure.layout.height - margin.t - margin.b
    figure.update_layout(
        title=None,
        meta=None,
        showlegend=False,
        margin=meta["margin"],
        height=plot + sum(meta["margin"].values()),
    )
    kept = [one for one in figure.layout.annotations if one.name != "source"]
    figure.update_layout(annotations=kept or None)
    return card


def keys_of(figure: plain.Figure) -> list[Key]:
    """The legend: every named trace with its mark and its colour."""
    named = [one for one in figure.data if one.name and one.showlegend is not False]
    return [Key(html.unescape(one.name), _mark(one), _colour(one)) for one in named]


def _mark(trace: Any) -> str:
    """square, hatch, or the symbol of a trace of points (circle, circle-open, diamond, line)."""
    if trace.type == "bar":
        return "hatch" if trace.marker.pattern.shape else "square"
    if trace.mode == "lines":
        return "line"
    # A mark with an outline is hollow.
    return f"{trace.marker.symbol or 'circle'}{'-open' if trace.marker.line.width else ''}"


def _colour(trace: Any) -> str:
    colour = trace.line.color if trace.type == "scatter" and trace.mode == "lines" else None
    pattern = trace.marker.pattern if trace.type == "bar" else None
    colour = colour or (pattern and pattern.shape and pattern.fgcolor) or trace.marker.color
    if not isinstance(colour, str):
        colour = colour[0]
    hollow = trace.type == "scatter" and trace.marker.line.width
    return str(trace.marker.line.color if hollow else colour)


def _head(caption: Caption, colours: theme.Palette) -> tuple[str, int]:
    """The title and the notes as Plotly text, and the height that they take."""
    title = balanced(caption.title, TITLE_COLUMNS)
    notes = [line for note in caption.notes if note for line in lines(note, NOTE_COLUMNS)]
    small = f'<span style="font-size:{theme.SIZE_NOTE}px;color:{colours.muted}">'
    text = [f"<b>{escaped(line)}</b>" for line in title]
    text += [f"{small}{escaped(line)}</span>" for line in notes]
    height = LINE_TITLE * (len(title) + len(notes)) + 2 * theme.GAP
    return "<br>".join(text), height


def map_axes(
    figure: plain.Figure, points: Sequence[tuple[float, float]], margin: float, least: float = 0
) -> None:
    """Axes in degrees that hold all points, a degree north as long as it is beside one east.

    `margin` is the room around them as a share of what they span, `least` the same in degrees.
    """
    for update, side in ((figure.update_xaxes, 0), (figure.update_yaxes, 1)):
        values = [point[side] for point in points] or [0.0]
        room = max(margin * (max(values) - min(values)), least)
        update(
            range=[min(values) - room, max(values) + room],
            visible=False,
            showgrid=False,
            zeroline=False,
            constrain="domain",
        )
    ratio = 1 / math.cos(math.radians(MIDDLE_LATITUDE))
    figure.update_yaxes(scaleanchor="x", scaleratio=ratio)


def row_axis(labels: list[str]) -> dict[str, Any]:
    """An axis of named rows, the first on top; labels are Plotly text."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "ticklabelstandoff": 6,
        "automargin": False,
    }


def labels_width(labels: list[str]) -> int:
    """The room that the names of rows take beside the plot, in pixels."""
    return round(max(map(columns, labels), default=0) * COLUMN) + 2 * theme.GAP


def values_width(values: Iterable[str]) -> int:
    """The room that values take behind bars as long as the plot, in pixels."""
    wide = max(map(columns, values), default=0) * COLUMN
    return round(wide * theme.SIZE_TEXT / theme.SIZE_NOTE) + theme.GAP


def count_axis(counts: Iterable[int]) -> dict[str, Any]:
    """An axis of whole numbers from 0, with room behind the longest bar."""
    most = max([1, *counts])
    step = {"dtick": 1} if most <= FEW else {}
    return {"tickformat": "d", "range": [0, most * ROOM], **step}


def plot_height(rows: int) -> int:
    """The height of a plot of that many rows, in pixels."""
    return ROW_HEIGHT * max(rows, 3)


def records(rows: pd.DataFrame) -> list[Any]:
    """The rows of a frame, their columns as attributes."""
    return list(rows.itertuples(index=False))
