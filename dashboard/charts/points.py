"""Cities as points where they lie: the larger and darker, the more they report. No borders.

Takes rows as `dashboard.charts.tiles` does, and the place of each city in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.charts import frame, plain, steps, tiles
from dashboard.line_breaks import columns

HEIGHT = 380
# Room around the outermost points, as a share of what they span, and in degrees.
MARGIN, LEAST_MARGIN = 0.06, 0.4
# Diameters in pixels; the area of a point is as its number.
SMALLEST, LARGEST, SAME, SILENT = 7, 30, 13, 4
LABEL_HEIGHT = 20
RIM = 6
SEE_THROUGH = 0.8

Place = tuple[float, float]
Found = list[tuple[Any, Place]]


def points(
    rows: pd.DataFrame,
    places: Mapping[str, Place],
    caption: frame.Caption,
    language: str,
    dark: bool,
    chosen: Collection[str],
    *,
    sized: bool,
) -> plain.Figure:
    """The cities of `rows` that have a place; `sized` by their number, or all of one size.

    Sizes mean amounts that add up. Those of the adcodes `chosen` have a rim.
    """
    found = [(row, places[row.adcode]) for row in frame.records(rows) if row.adcode in places]
    figure = plain.Figure()
    frame.map_axes(figure, [place for _, place in found], MARGIN, LEAST_MARGIN)
    named = _named(found, figure)
    most = max((float(row.value) for row, _ in found if not pd.isna(row.value)), default=1.0)
    for step, some in tiles.by_step(found, language, dark):
        sizes = [_diameter(row, most, sized) for row, _ in some]
        figure.add_trace(_points_of(some, sizes, step, named, language, dark))
    rims = [(place, _diameter(row, most, sized)) for row, place in found if row.adcode in chosen]
    if rims:
        figure.add_trace(_rims(rims, dark))
    figure.update_layout(hovermode="closest", clickmode="event+select")
    return frame.framed(figure, caption, HEIGHT, dark, left=theme.GAP, bottom=theme.GAP)


def _points_of(
    found: Found,
    sizes: list[float],
    step: steps.Step,
    named: Collection[str],
    language: str,
    dark: bool,
) -> plain.Node:
    """The points of one class of colour; those that nobody reports on are small rings."""
    colours = theme.palette(dark)
    silent = step.hatch is not None
    return plain.scatter(
        mode="markers+text",
        name=step.name,
        x=[x for _, (x, _) in found],
        y=[y for _, (_, y) in found],
        text=[frame.escaped(row.short) if row.adcode in named else "" for row, _ in found],
        textposition="top center",
        textfont={"size": tiles.SIZE_NAME, "color": colours.text},
        customdata=[row.adcode for row, _ in found],
        hovertext=[f"{row.name}: {tiles.shown(row, language)}" for row, _ in found],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "symbol": "circle-open" if silent else "circle",
            "size": sizes,
            "color": colours.muted if silent else step.colour,
            "opacity": SEE_THROUGH,
        },
        # A click chooses a point; the others must not fade.
        unselected={"marker": {"opacity": SEE_THROUGH}},
        selected={"marker": {"opacity": SEE_THROUGH}},
    )


def _rims(found: Sequence[tuple[Place, float]], dark: bool) -> plain.Node:
    """A ring around each chosen point; `found` has places and diameters."""
    return plain.scatter(
        mode="markers",
        x=[x for (x, _), _ in found],
        y=[y for (_, y), _ in found],
        marker={
            "symbol": "circle-open",
            "size": [diameter + RIM for _, diameter in found],
            "color": theme.palette(dark).text,
        },
        showlegend=False,
        hoverinfo="skip",
    )


def _amount(row: Any) -> float:
    return -1.0 if pd.isna(row.value) else float(row.value)


def _diameter(row: Any, most: float, sized: bool) -> float:
    if pd.isna(row.value):
        return SILENT
    if not sized:
        return SAME
    share = max(float(row.value), 0) / most if most > 0 else 0.0
    return max(SMALLEST, LARGEST * math.sqrt(share))


def _named(found: Found, figure: plain.Figure) -> set[str]:
    """The adcodes of those with most, as many as have room for their names on a phone."""
    known = sorted(
        (one for one in found if not pd.isna(one[0].value)), key=lambda one: -_amount(one[0])
    )
    across, up = _pixels(figure)
    taken: list[tuple[float, float, float]] = []
    named = set()
    for row, (x, y) in known:
        at = (x * across, y * up, columns(str(row.short)) * frame.COLUMN / 2)
        if all(_apart(at, other) for other in taken):
            taken.append(at)
            named.add(row.adcode)
    return named


def _pixels(figure: plain.Figure) -> tuple[float, float]:
    """Pixels of a degree east and of one north on a phone, where the plot is at its smallest."""
    (west, east), (south, north) = figure.layout.xaxis.range, figure.layout.yaxis.range
    ratio = figure.layout.yaxis.scaleratio
    degree = min(theme.PHONE_WIDTH / (east - west), HEIGHT / (north - south) / ratio)
    return degree, degree * ratio


def _apart(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether two labels do not touch: middle and half width in pixels."""
    return abs(one[1] - other[1]) > LABEL_HEIGHT or abs(one[0] - other[0]) > one[2] + other[2]
