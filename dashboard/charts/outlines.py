"""The geographic map: areas in their outlines, in plain axes, coloured by their number.

Takes the rows of `dashboard.charts.tiles` and the outlines of `dashboard.boundaries`. No map
service, no projection's file: a degree of latitude is as long as it is in the middle of China.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.boundaries import Area
from dashboard.charts import frame, plain, steps, tiles

HEIGHT = 560
MARGIN = 0.5


def outlines(
    rows: pd.DataFrame,
    areas: Sequence[Area],
    caption: frame.Caption,
    language: str,
    dark: bool,
    chosen: Collection[str],
) -> plain.Figure:
    """The areas that both `rows` and `areas` know; lines of the file on top of them."""
    figure = plain.Figure()
    by_code = {one.adcode: one for one in frame.records(rows)}
    known = [one for one in areas if one.adcode in by_code and one.rings]
    found = [(by_code[one.adcode], one) for one in known]
    for step, some in tiles.by_step(found, language, dark):
        for number, (row, area) in enumerate(some):
            figure.add_trace(_filled(row, area, step, number == 0, chosen, dark))
    figure.add_trace(_lines(areas, dark))
    figure.add_trace(_numbers(found, language, dark))
    points = [point for one in known for ring in one.rings for point in ring]
    frame.map_axes(figure, points, 0, MARGIN)
    figure.update_layout(hovermode="closest", clickmode="event+select")
    return frame.framed(figure, caption, HEIGHT, dark, left=theme.GAP, bottom=theme.GAP)


def _filled(
    row: Any, area: Area, step: steps.Step, first: bool, chosen: Collection[str], dark: bool
) -> plain.Node:
    colours = theme.palette(dark)
    x, y = _joined(area.rings)
    return plain.scatter(
        x=x,
        y=y,
        mode="lines",
        fill="toself",
        fillcolor=step.colour,
        fillpattern=step.pattern,
        line={
            "color": colours.text if row.adcode in chosen else colours.muted,
            "width": 2.5 if row.adcode in chosen else 0.6,
        },
        name=step.name,
        showlegend=first,
        hoverinfo="skip",
    )


def _joined(rings: Sequence[Sequence[tuple[float, float]]]) -> tuple[list[Any], list[Any]]:
    """Rings one after another, with a gap between them."""
    x: list[Any] = []
    y: list[Any] = []
    for ring in rings:
        x += [*(one for one, _ in ring), None]
        y += [*(one for _, one in ring), None]
    return x[:-1], y[:-1]


def _lines(areas: Sequence[Area], dark: bool) -> plain.Node:
    """What the file draws without enclosing a division: a border line."""
    x, y = _joined([line for one in areas for line in one.lines])
    line = {"color": theme.palette(dark).muted, "width": 1}
    return plain.scatter(x=x, y=y, mode="lines", line=line, showlegend=False, hoverinfo="skip")


def _numbers(found: Sequence[tuple[Any, Area]], language: str, dark: bool) -> plain.Node:
    """A point in each area to rest on and to click."""
    middles = [area.middle() for _, area in found]
    return plain.scatter(
        mode="markers",
        x=[x for x, _ in middles],
        y=[y for _, y in middles],
        customdata=[row.adcode for row, _ in found],
        hovertext=[f"{row.name}: {tiles.shown(row, language)}" for row, _ in found],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"size": 9, "color": theme.palette(dark).text, "symbol": "circle", "opacity": 0.85},
        unselected={"marker": {"opacity": 0.85}},
        selected={"marker": {"opacity": 0.85}},
        showlegend=False,
    )
