"""The marks of a plot: bars, lines, points and words, each with its name and its link."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from html import escape
from typing import Any

from dashboard import theme
from dashboard.edition.canvas import BREAK, GAP, LINE, Plot, text
from dashboard.traces import each, plain

# How much of its place a bar takes where the figure does not say.
BAR = 0.75
# Outlines of symbols around their middle, for a half size of 1; all others are circles.
_SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "triangle-right": ((-0.7, -1.1), (1.2, 0), (-0.7, 1.1)),
    "triangle-left": ((0.7, -1.1), (-1.2, 0), (0.7, 1.1)),
    "triangle-up": ((-1.1, 0.8), (0, -1.2), (1.1, 0.8)),
    "triangle-down": ((-1.1, -0.8), (0, 1.2), (1.1, -0.8)),
    "line-ns": ((-0.2, -1.4), (0.2, -1.4), (0.2, 1.4), (-0.2, 1.4)),
}


def bars(plot: Plot, trace: dict[str, Any], number: int, heights: defaultdict[Any, float]) -> None:
    """Every bar of a trace; stacked ones on top of those before them."""
    lying = trace.get("orientation") == "h"
    along, across = ("x", "y") if lying else ("y", "x")
    values, places = plot.numbers(trace[along], along), plot.numbers(trace[across], across)
    count = len(values)
    bases, widths = each(trace.get("base"), count), each(trace.get("width"), count)
    thick = 1 - float(plot.layout.get("bargap") or 1 - BAR)
    for at, (value, place) in enumerate(zip(values, places, strict=True)):
        if not (math.isfinite(value) and math.isfinite(place)):
            continue
        key = (place, value < 0)
        base = float(heights[key] if bases[at] is None else bases[at])
        _bar(plot, trace, at, (place, base, value, float(widths[at] or thick)))
        if plot.layout.get("barmode") in ("stack", "relative"):
            heights[key] += value


def _bar(
    plot: Plot, trace: dict[str, Any], at: int, bar: tuple[float, float, float, float]
) -> None:
    place, base, value, thick = bar
    lying = trace.get("orientation") == "h"
    if lying:
        corners = (plot.x(base), plot.y(place - thick / 2), plot.x(base + value))
        x, y, across, up = _box(corners[0], corners[1], corners[2], plot.y(place + thick / 2))
    else:
        corners = (plot.x(place - thick / 2), plot.y(base), plot.x(place + thick / 2))
        x, y, across, up = _box(corners[0], corners[1], corners[2], plot.y(base + value))
    marker = trace.get("marker") or {}
    shape = (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(across, 0.5):.1f}"'
        f' height="{max(up, 0.5):.1f}" rx="1.5" fill="{_fill(plot, marker, at)}"/>'
    )
    plot.parts.append(
        _mark(plot, trace, at, shape + _bar_text(plot, trace, at, (x, y, across, up)))
    )


def _box(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    return min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)


def _bar_text(
    plot: Plot, trace: dict[str, Any], at: int, box: tuple[float, float, float, float]
) -> str:
    words = each(trace.get("text"), at + 1)[at]
    where = str(each(trace.get("textposition"), at + 1)[at] or "auto")
    if words in (None, "") or where == "none":
        return ""
    x, y, across, up = box
    inside = where == "inside"
    font = {**(trace.get("textfont") or {}), **((inside and trace.get("insidetextfont")) or {})}
    size = float(each(font.get("size"), at + 1)[at] or theme.SIZE_NOTE)
    ink = str(each(font.get("color"), at + 1)[at] or plot.palette.text)
    if inside:
        return text(words, (x + across / 2, y + up / 2), size, ink, "middle")
    if trace.get("orientation") == "h":
        return text(words, (x + across + GAP, y + up / 2), size, ink, "start")
    return text(words, (x + across / 2, y - size * LINE / 2), size, ink, "middle")


def _fill(plot: Plot, marker: dict[str, Any], at: int) -> str:
    """The colour, or the hatch, of one bar."""
    ink = str(each(marker.get("color"), at + 1)[at] or plot.palette.groups[0])
    pattern = marker.get("pattern") or {}
    if not each(pattern.get("shape"), at + 1)[at]:
        return ink
    stroke = str(each(pattern.get("fgcolor"), at + 1)[at] or plot.palette.not_reported)
    name = f"{plot.name}-hatch{len(plot.patterns)}"
    if stroke + ink in plot.patterns:
        name = re.findall(r'id="([^"]+)"', plot.patterns[stroke + ink])[0]
    plot.patterns[stroke + ink] = (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="6" height="6"'
        f' fill="{each(pattern.get("bgcolor"), at + 1)[at] or plot.palette.background}"/>'
        f'<rect width="1.5" height="6" fill="{stroke}"/></pattern>'
    )
    return f"url(#{name})"


def points(plot: Plot, trace: dict[str, Any]) -> None:
    """The line, the spans, the marks and the words of a trace of points."""
    mode = str(trace.get("mode") or "lines")
    x, y = plot.numbers(trace.get("x"), "x"), plot.numbers(trace.get("y"), "y")
    if "lines" in mode and (trace.get("line") or {}).get("width", 2):
        plot.parts += _lines(plot, trace, x, y)
    for at, (across, up) in enumerate(zip(x, y, strict=True)):
        if not (math.isfinite(across) and math.isfinite(up)):
            continue
        place = (plot.x(across), plot.y(up))
        shape = _symbol(plot, trace, at, place) if "markers" in mode else ""
        words = _words(plot, trace, at, place) if "text" in mode else ""
        if shape or words:
            plot.parts.append(_mark(plot, trace, at, shape + words))


def _lines(plot: Plot, trace: dict[str, Any], x: list[float], y: list[float]) -> list[str]:
    """The line of a trace, apart where a point is missing."""
    runs: list[list[str]] = [[]]
    for across, up in zip(x, y, strict=True):
        if math.isfinite(across) and math.isfinite(up):
            runs[-1].append(f"{plot.x(across):.1f},{plot.y(up):.1f}")
        else:
            runs.append([])
    look = trace.get("line") or {}
    ink, width = str(look.get("color") or plot.palette.groups[0]), float(look.get("width") or 2)
    dashed = {"dot": "2 3", "dash": "6 4", "longdash": "10 4"}.get(str(look.get("dash")), "")
    dash = f' stroke-dasharray="{dashed}"' if dashed else ""
    return [
        f'<polyline points="{" ".join(run)}" fill="none" stroke="{ink}"'
        f' stroke-width="{width:g}" stroke-linejoin="round"{dash}/>'
        for run in runs
        if len(run) > 1
    ]


def _symbol(plot: Plot, trace: dict[str, Any], at: int, place: tuple[float, float]) -> str:
    marker, count = trace.get("marker") or {}, at + 1
    kind = str(each(marker.get("symbol"), count)[at] or "circle")
    size = float(each(marker.get("size"), count)[at] or 6) / 2
    ink = str(each(marker.get("color"), count)[at] or plot.palette.groups[0])
    edge = marker.get("line") or {}
    width = float(each(edge.get("width"), count)[at] or 0)
    hollow = kind.endswith("-open")
    outline = str(each(edge.get("color"), count)[at] or ink)
    fill = plot.palette.background if hollow else ink
    look = f'fill="{fill}"'
    if width or hollow:
        look += f' stroke="{ink if hollow else outline}" stroke-width="{width or 2:g}"'
    name = kind.removesuffix("-open").replace("arrow-", "triangle-")
    if name not in _SHAPES:
        return f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{size:g}" {look}/>'
    points = " ".join(
        f"{place[0] + dx * size:.1f},{place[1] + dy * size:.1f}" for dx, dy in _SHAPES[name]
    )
    return f'<polygon points="{points}" {look}/>'


def _words(plot: Plot, trace: dict[str, Any], at: int, place: tuple[float, float]) -> str:
    words, count = each(trace.get("text"), at + 1)[at], at + 1
    if words in (None, ""):
        return ""
    font = trace.get("textfont") or {}
    size = float(each(font.get("size"), count)[at] or theme.SIZE_TEXT)
    ink = str(each(font.get("color"), count)[at] or plot.palette.text)
    up, _, across = str(each(trace.get("textposition"), count)[at] or "middle center").partition(
        " "
    )
    marks = float(each((trace.get("marker") or {}).get("size"), count)[at] or 0) / 2
    shift = marks + GAP if "markers" in str(trace.get("mode")) else GAP
    x = place[0] + {"right": shift, "left": -shift}.get(across, 0)
    y = place[1] + {"top": -size, "bottom": size}.get(up, 0)
    anchor = {"right": "start", "left": "end"}.get(across, "middle")
    return text(words, (x, y), size, ink, anchor)


def _mark(plot: Plot, trace: dict[str, Any], at: int, shape: str) -> str:
    """A shape with its name and, where it leads somewhere, its link."""
    count = at + 1
    hint = each(trace.get("hovertext"), count)[at]
    told = plain(BREAK.sub("\n", str(hint))) if hint and trace.get("hoverinfo") != "skip" else ""
    data = each(trace.get("customdata"), count)[at]
    data = data[0] if isinstance(data, list | tuple) and data else data
    target = plot.link(str(data)) if data else None
    title = f"<title>{escape(told, quote=False)}</title>" if told else ""
    group = f"<g>{title}{shape}</g>" if title else shape
    if not target:
        return group
    name = escape(told.replace("\n", ", ") or str(data))
    return f'<a href="{escape(target)}" aria-label="{name}">{group}</a>'
