"""The drawing that a plot is put on: its scales, its lines and its letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dashboard import theme
from dashboard.traces import number, plain

# Takes what a mark hands on when it is clicked; gives the address that it leads to, or None.
Link = Callable[[str], str | None]
# The middle of a line of letters above its baseline, as a share of their size.
MIDDLE = 0.36
LINE = 1.25
# Between a mark and the words beside it, in pixels.
GAP = 4
BREAK = re.compile(r"<br ?/?>")


@dataclass(slots=True)
class Plot:
    """One drawing: its size, its figure as plain data, and the pieces of SVG drawn so far."""

    name: str
    width: float
    height: float
    data: Sequence[dict[str, Any]]
    layout: dict[str, Any]
    palette: theme.Palette
    link: Link
    parts: list[str] = field(default_factory=list)
    patterns: dict[str, str] = field(default_factory=dict)
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    names: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the plot's area, in pixels."""
        margin = self.layout["margin"]
        left, right = margin.get("l", 0), self.width - margin.get("r", 0)
        return left, margin.get("t", 0), right, self.height - margin.get("b", 0)

    def numbers(self, values: Any, axis: str) -> list[float]:
        """Values as numbers on an axis; what is missing is NaN."""
        known = self.names.get(axis)
        return [number(one, known) for one in (values if values is not None else ())]

    def x(self, value: float) -> float:
        """Where a number of the lying axis stands, in pixels."""
        left, _, right, _ = self.box
        low, high = self.ranges["x"]
        return left + (value - low) / (high - low) * (right - left)

    def y(self, value: float) -> float:
        """Where a number of the standing axis stands, in pixels."""
        _, top, _, bottom = self.box
        low, high = self.ranges["y"]
        return bottom - (value - low) / (high - low) * (bottom - top)


def line(ends: tuple[float, float, float, float], ink: str, width: float) -> str:
    """A straight line."""
    x1, y1, x2, y2 = (f"{one:.1f}" for one in ends)
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{ink}" stroke-width="{width:g}"/>'
    )


def text(
    words: object,
    place: tuple[float, float],
    size: float,
    ink: str,
    anchor: str,
    angle: float = 0,
) -> str:
    """Lines of text around the height of a place, from it, to it or centred on it."""
    lines = [plain(one) for one in BREAK.split(str(words))]
    x, middle = place
    first = middle + MIDDLE * size - (len(lines) - 1) * size * LINE / 2
    turn = f' transform="rotate({angle:g} {x:.1f} {middle:.1f})"' if angle else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return "".join(
        f'<text x="{x:.1f}" y="{first + number * size * LINE:.1f}" font-size="{size:g}"'
        f' fill="{ink}"{where}{turn}>{escape(one, quote=False)}</text>'
        for number, one in enumerate(lines)
        if one.strip()
    )
