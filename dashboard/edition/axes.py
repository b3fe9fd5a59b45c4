"""The axes of a plot: from where to where they go, their lines and their labels."""

from __future__ import annotations

import math
from typing import Any

from dashboard import theme
from dashboard.edition.canvas import BREAK, GAP, LINE, Plot, line, text
from dashboard.pictures.axes import ROOM, steps, written


def measure(plot: Plot, axis: str) -> None:
    """From where to where an axis goes: as the figure says, else around its marks."""
    values = [one for trace in plot.data for one in trace.get(axis) or () if one is not None]
    if any(isinstance(one, str) for one in values):
        plot.names[axis] = {
            one: float(at) for at, one in enumerate(dict.fromkeys(map(str, values)))
        }
    given = _settings(plot, axis).get("range")
    if given is not None and None not in list(given):
        low, high = map(float, given)
    else:
        known = [one for one in plot.numbers(values, axis) if math.isfinite(one)]
        low, high = min([0.0, *known]), max([0.0, *known])
        room = 0.5 if axis in plot.names else (high - low) * ROOM or 0.5
        low, high = low - room, high + room
    plot.ranges[axis] = (low, high if high != low else low + 1)


def _settings(plot: Plot, axis: str) -> dict[str, Any]:
    found: dict[str, Any] = plot.layout.get(f"{axis}axis") or {}
    return found


def axis_of(plot: Plot, axis: str) -> None:
    """The lines through an axis's ticks, and what they say."""
    wanted = _settings(plot, axis)
    if wanted.get("visible") is False:
        return
    places, labels = _ticks(plot, axis, wanted)
    low, high = sorted(plot.ranges[axis])
    inside = [(at, word) for at, word in zip(places, labels, strict=True) if low <= at <= high]
    if wanted.get("showgrid") is not False:
        for at, _ in inside:
            _grid_line(plot, axis, at)
    if wanted.get("zeroline") and low <= 0 <= high:
        _grid_line(plot, axis, 0)
    if wanted.get("showticklabels") is not False:
        for at, word in inside:
            _tick_label(plot, axis, wanted, at, word)


def _ticks(plot: Plot, axis: str, wanted: dict[str, Any]) -> tuple[list[float], list[str]]:
    if wanted.get("tickvals") is not None:
        at = plot.numbers(wanted["tickvals"], axis)
        named = wanted.get("ticktext")
        return at, [str(one) for one in (named if named is not None else wanted["tickvals"])]
    if axis in plot.names:
        return list(plot.names[axis].values()), list(plot.names[axis])
    low, high = sorted(plot.ranges[axis])
    at = steps(low, high, wanted.get("dtick"))
    return at, [written(one, str(wanted.get("tickformat") or "")) for one in at]


def _grid_line(plot: Plot, axis: str, at: float) -> None:
    left, top, right, bottom = plot.box
    if axis == "x":
        ends = (plot.x(at), top, plot.x(at), bottom)
    else:
        ends = (left, plot.y(at), right, plot.y(at))
    plot.parts.append(line(ends, plot.palette.grid, 1))


def _tick_label(plot: Plot, axis: str, wanted: dict[str, Any], at: float, word: str) -> None:
    left, top, _, bottom = plot.box
    size = float((wanted.get("tickfont") or {}).get("size") or theme.SIZE_NOTE)
    if axis == "y":
        place = (left - float(wanted.get("ticklabelstandoff") or 0) - GAP, plot.y(at))
        plot.parts.append(text(word, place, size, plot.palette.text, "end"))
        return
    angle, on_top = float(wanted.get("tickangle") or 0), wanted.get("side") == "top"
    lines = len(BREAK.split(word))
    shift = size * LINE * lines / 2 + GAP
    if not angle:
        place = (plot.x(at), top - shift if on_top else bottom + shift)
        plot.parts.append(text(word, place, size, plot.palette.text, "middle"))
        return
    anchor = "start" if (angle < 0) == on_top else "end"
    place = (plot.x(at), top - GAP if on_top else bottom + GAP)
    plot.parts.append(text(word, place, size, plot.palette.text, anchor, angle))
