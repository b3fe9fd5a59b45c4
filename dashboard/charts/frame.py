"""What every chart has: template, title, what it counts, its source, and text that stays text."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme

# Half-width columns that fit a phone of 390 pixels at the size of the title and of the notes.
TITLE_COLUMNS, NOTE_COLUMNS = 38, 56
LINE_TITLE, LINE_NOTE = 26, 18
AXIS_HEIGHT = 56
LEGEND_LINE = 24
# Marks of a legend beside its text, in pixels, and the width that a phone leaves for all.
LEGEND_MARK, LEGEND_WIDTH = 52, 330
ROW_HEIGHT = 28
# Room behind the longest bar for its value.
ROOM = 1.15


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture says of itself: its title, notes below that, and the source at its foot."""

    title: str
    notes: Sequence[str]
    source: str


def escaped(text: object) -> str:
    """Text of an article, safe in Plotly, which reads <b>, <a> and the like."""
    return html.escape(str(text), quote=False)


def columns(text: str) -> int:
    """The width of `text` in half-width columns; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def lines(text: str, limit: int) -> list[str]:
    """`text` cut into lines of at most `limit` columns, in Latin text between words if possible."""
    found, line = [], ""
    for one in text:
        if columns(line + one) > limit:
            cut = line.rfind(" ") + 1 if one.isascii() and one != " " else 0
            found.append(line[: cut or len(line)].rstrip())
            line = line[cut:] if cut else ""
        line += one
    return [*found, line] if line.strip() or not found else found


def shortened(text: str, limit: int) -> str:
    """`text`, cut with an ellipsis where it is wider than `limit` columns."""
    return text if columns(text) <= limit else lines(text, limit - 1)[0] + "…"


def framed(figure: go.Figure, caption: Caption, plot_height: int, dark: bool) -> go.Figure:
    """Give `figure` its template, title, notes, legend and source line, and its height.

    `plot_height` is that of the plot alone, in pixels. The legend stands below the axis and the
    source below the legend, inside the picture that the camera saves.
    """
    colours = theme.palette(dark)
    title, head = _head(caption, colours)
    source = lines(caption.source, NOTE_COLUMNS)
    legend = _legend_height(figure)
    foot = AXIS_HEIGHT + legend + LINE_NOTE * len(source) + theme.GAP
    height = head + plot_height + foot
    figure.update_layout(
        template=theme.template(dark),
        title={
            "text": title,
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": theme.GAP, "t": theme.GAP},
            "font": {"size": theme.SIZE_TITLE},
        },
        margin={"l": theme.GAP, "r": theme.GAP, "t": head, "b": foot},
        height=height,
        showlegend=bool(legend),
        legend={"x": 0, "xanchor": "left", "y": -AXIS_HEIGHT / plot_height, "yanchor": "top"},
    )
    figure.add_annotation(
        name="source",
        text="<br>".join(map(escaped, source)),
        xref="paper",
        x=0,
        xanchor="left",
        align="left",
        yref="paper",
        y=0,
        yanchor="top",
        yshift=-(AXIS_HEIGHT + legend),
        showarrow=False,
        font={"size": theme.SIZE_NOTE, "color": colours.muted},
    )
    return figure


def _head(caption: Caption, colours: theme.Palette) -> tuple[str, int]:
    """The title and the notes as Plotly text, and the height that they take."""
    title = lines(caption.title, TITLE_COLUMNS)
    notes = [line for note in caption.notes if note for line in lines(note, NOTE_COLUMNS)]
    small = f'<span style="font-size:{theme.SIZE_NOTE}px;color:{colours.muted}">'
    text = [f"<b>{escaped(line)}</b>" for line in title]
    text += [f"{small}{escaped(line)}</span>" for line in notes]
    height = LINE_TITLE * len(title) + LINE_TITLE * len(notes) + 2 * theme.GAP
    return "<br>".join(text), height


def _legend_height(figure: go.Figure) -> int:
    """The height of the legend on a phone; 0 where there is nothing to tell apart."""
    names = [trace.name for trace in figure.data if trace.name and trace.showlegend is not False]
    if not names:
        return 0
    widest = max(columns(name) for name in names) * theme.SIZE_NOTE // 2 + LEGEND_MARK
    a_line = max(1, LEGEND_WIDTH // widest)
    return LEGEND_LINE * -(-len(names) // a_line) + theme.GAP


def row_axis(labels: list[str]) -> dict[str, Any]:
    """An axis of named rows, the first on top; labels are Plotly text."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
        "ticks": "",
        "ticklabelstandoff": 6,
    }


def plot_height(rows: int) -> int:
    """The height of a plot of that many rows, in pixels."""
    return ROW_HEIGHT * max(rows, 3)


def records(rows: pd.DataFrame) -> list[Any]:
    """The rows of a frame, their columns as attributes."""
    return list(rows.itertuples(index=False))
