"""Activities by type in several places: a dot for each place on the line of a type."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard import theme
from dashboard.charts import frame, plain
from dashboard.charts.activities import type_name
from dashboard.language import text

DOT = 12
LINE = 32


def compare_types(
    rows: pd.DataFrame, names: Mapping[str, str], language: str, source: str, dark: bool = False
) -> plain.Figure:
    """How many activities of each type each place reports, types with most on top.

    `rows` are those of `Tables.compared_types`; `names` says what each place is called, in the
    order of their colours. A place without activities of a type has no dot on its line.
    """
    totals = rows.groupby("type")["count"].sum().sort_values(ascending=False, kind="stable")
    types = [str(one) for one in totals.index]
    figure = plain.Figure()
    if types:
        figure.add_trace(_lines(rows, types, dark))
    colours = theme.palette(dark).groups
    for number, (place, name) in enumerate(names.items()):
        found = rows[rows["place"] == place]
        if len(found):
            figure.add_trace(_dots(found, types, name, colours[number % len(colours)], language))
    labels = [type_name(one, language) for one in types]
    figure.update_yaxes(**frame.row_axis(labels) | {"showgrid": True})
    figure.update_xaxes(**frame.count_axis(rows["count"]))
    notes = [text(language, "charts.counts_activities")]
    notes.append(text(language, "charts.no_dot" if types else "charts.nothing"))
    title = text(language, "charts.compare_types", names=" · ".join(names.values()))
    caption = frame.Caption(title, notes, source)
    room, height = frame.labels_width(labels), frame.plot_height(len(types))
    return frame.framed(figure, caption, height, dark, room, bottom=LINE)


def _lines(rows: pd.DataFrame, types: list[str], dark: bool) -> plain.Node:
    """From the fewest to the most of a type."""
    x: list[float | None] = []
    y: list[int | None] = []
    for row, one in enumerate(types):
        counts = rows.loc[rows["type"] == one, "count"]
        x += [float(counts.min()), float(counts.max()), None]
        y += [row, row, None]
    line = {"width": 2, "color": theme.palette(dark).not_reported}
    return plain.scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _dots(
    found: pd.DataFrame, types: list[str], name: str, colour: str, language: str
) -> plain.Node:
    hover = [
        f"<b>{frame.escaped(name)}</b> {frame.escaped(type_name(row.type, language))} {row.count}"
        for row in frame.records(found)
    ]
    return plain.scatter(
        name=frame.escaped(name),
        x=found["count"],
        y=[types.index(str(one)) for one in found["type"]],
        mode="markers",
        marker={"symbol": "circle", "size": DOT, "color": colour},
        cliponaxis=False,
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def compare_types_alt_text(rows: pd.DataFrame, names: Mapping[str, str], language: str) -> str:
    """What `compare_types` shows, in a sentence."""
    if rows.empty:
        return text(language, "charts.nothing")
    totals = rows.groupby("place")["count"].sum()
    said = [f"{names[str(place)]} {count}" for place, count in totals.items()]
    return text(language, "charts.compare_alt", totals=text(language, "list.comma").join(said))
