"""A tile map: each area a tile of the same size, about where it lies, with its number in it.

Rows: adcode, name, value (null: nothing reported) and, where it says more than the number, shown.
The 34 provinces have their places below; areas without one stand in rows in their own order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

import pandas as pd

from dashboard import theme
from dashboard.charts import frame, plain, steps
from dashboard.language import text

# Province → column from the west and row from the north.
PLACES = {
    "230000": (7, 0),
    "150000": (5, 1),
    "210000": (6, 1),
    "220000": (7, 1),
    "650000": (0, 2),
    "620000": (1, 2),
    "640000": (2, 2),
    "140000": (3, 2),
    "130000": (4, 2),
    "110000": (5, 2),
    "120000": (6, 2),
    "540000": (0, 3),
    "630000": (1, 3),
    "610000": (2, 3),
    "410000": (3, 3),
    "370000": (4, 3),
    "510000": (1, 4),
    "500000": (2, 4),
    "420000": (3, 4),
    "340000": (4, 4),
    "320000": (5, 4),
    "310000": (6, 4),
    "530000": (1, 5),
    "520000": (2, 5),
    "430000": (3, 5),
    "360000": (4, 5),
    "330000": (5, 5),
    "450000": (3, 6),
    "440000": (4, 6),
    "350000": (5, 6),
    "710000": (6, 6),
    "460000": (3, 7),
    "820000": (4, 7),
    "810000": (5, 7),
}
ACROSS = 4
TILE = 0.94
TILE_HEIGHT = 50
# Half-width columns of a name that a tile of a phone holds, by the number of tiles in a row.
NAME_COLUMNS = {8: 6, 4: 12}
SIZE_NAME = 11


def tiles(
    rows: pd.DataFrame, caption: frame.Caption, language: str, dark: bool, chosen: Collection[str]
) -> plain.Figure:
    """The tiles of `rows`; those of the adcodes `chosen` have a frame."""
    placed = _placed(rows)
    across = max((column for column, _ in placed), default=0) + 1
    down = max((row for _, row in placed), default=0) + 1
    figure = plain.Figure()
    found = list(zip(frame.records(rows), placed, strict=True))
    if chosen:
        figure.add_trace(_outline([at for row, at in found if row.adcode in chosen], dark))
    for step, some in by_step(found, language, dark):
        figure.add_trace(_tiles_of(some, step, language))
    for step, some in by_step(found, language, dark):
        figure.add_trace(_texts_of(some, step, across, language))
    figure.update_layout(barmode="overlay", hovermode="closest", clickmode="event+select")
    figure.update_xaxes(range=[-0.5, across - 0.5], visible=False, showgrid=False, zeroline=False)
    figure.update_yaxes(range=[down - 0.5, -0.5], visible=False, showgrid=False, zeroline=False)
    return frame.framed(figure, caption, TILE_HEIGHT * down, dark, left=theme.GAP, bottom=theme.GAP)


Found = Sequence[tuple[Any, tuple[int, int]]]
Shape = TypeVar("Shape")


def _placed(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """Column and row of each area."""
    codes = list(rows["adcode"])
    if all(code in PLACES for code in codes):
        return [PLACES[code] for code in codes]
    across = max(PLACES.values())[0] + 1 if len(codes) > ACROSS * ACROSS else ACROSS
    return [(number % across, number // across) for number in range(len(codes))]


def by_step(
    found: Sequence[tuple[Any, Shape]], language: str, dark: bool
) -> list[tuple[steps.Step, list[tuple[Any, Shape]]]]:
    """Areas and their shapes by class of colour: from little to much, then 0, then unreported."""
    known = [float(row.value) for row, _ in found if not pd.isna(row.value)]
    starts, classes = steps.steps(known, language, dark)
    held: dict[int, list[tuple[Any, Shape]]] = {}
    for one in found:
        value = one[0].value
        number = -1 if pd.isna(value) else sum(start <= value for start in starts)
        held.setdefault(number, []).append(one)
    named = dict(enumerate(classes, 1))
    named |= {0: steps.none(language, dark), -1: steps.unreported(language, dark)}
    return [(named[one], held[one]) for one in (*range(1, len(classes) + 1), 0, -1) if one in held]


def _outline(places: Sequence[tuple[int, int]], dark: bool) -> plain.Node:
    """Tiles a little larger than those on top of them."""
    return plain.bar(
        x=[column for column, _ in places],
        y=[1.0 for _ in places],
        base=[row - 0.5 for _, row in places],
        width=1.0,
        marker={"color": theme.palette(dark).text},
        showlegend=False,
        hoverinfo="skip",
    )


def _tiles_of(found: Found, step: steps.Step, language: str) -> plain.Node:
    return plain.bar(
        name=step.name,
        x=[column for _, (column, _) in found],
        y=[TILE for _ in found],
        base=[row - TILE / 2 for _, (_, row) in found],
        width=TILE,
        marker={"color": step.colour, "pattern": step.pattern},
        customdata=[row.adcode for row, _ in found],
        hovertext=[f"{row.name}: {shown(row, language)}" for row, _ in found],
        hovertemplate="%{hovertext}<extra></extra>",
        # A click chooses a tile; the others must not fade.
        unselected={"marker": {"opacity": 1}},
        selected={"marker": {"opacity": 1}},
    )


def _texts_of(found: Found, step: steps.Step, across: int, language: str) -> plain.Node:
    """Name and number in the middle of each tile."""
    room = NAME_COLUMNS.get(across, min(NAME_COLUMNS.values()))
    return plain.scatter(
        mode="text",
        x=[column for _, (column, _) in found],
        y=[row for _, (_, row) in found],
        text=[_label(row, room, language) for row, _ in found],
        textposition="middle center",
        textfont={"size": SIZE_NAME, "color": step.ink},
        showlegend=False,
        hoverinfo="skip",
    )


def _label(row: Any, room: int, language: str) -> str:
    short = frame.shortened(row.short, room)
    return f"{frame.escaped(short)}<br>{frame.escaped(shown(row, language))}"


def shown(row: Any, language: str) -> str:
    """What stands in a tile: the number as it is read, or a dash where nothing is reported."""
    if pd.isna(row.value):
        return "–"
    written = getattr(row, "shown", None)
    return str(written) if written else theme.format_number(float(row.value), language)


def tiles_alt_text(rows: pd.DataFrame, title: str, language: str) -> str:
    """What the tiles show, in words: the highest, and how many report nothing."""
    known = rows[rows["value"].notna()].sort_values("value", ascending=False, kind="stable")
    top = text(language, "list.comma").join(
        f"{row.name} {shown(row, language)}" for row in frame.records(known.head(5))
    )
    missing = int(rows["value"].isna().sum())
    return text(language, "map.alt", title=title, top=top or "–", missing=missing)
