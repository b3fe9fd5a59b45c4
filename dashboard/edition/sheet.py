"""A chart to take away as one SVG: title, notes, legend, plot, source and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard import line_breaks, theme
from dashboard.charts.frame import Card, Key
from dashboard.edition import drawing, glyphs
from dashboard.edition.canvas import Plot, line, text

WIDTH = 960
_GAP, _KEY = theme.GAP, 12
_TITLE_LINE, _NOTE_LINE = 1.4, 1.5


def sheet(card: Card, plot: Plot, notes: Sequence[str]) -> bytes:
    """The whole picture; `notes` stand below the source. Letters are outlines."""
    head, top = _head(card, plot.palette)
    foot, below = _foot([card.silent, card.source, *notes], plot.palette, plot.width)
    height = top + plot.height + below
    inner = (
        f'<rect width="{plot.width:g}" height="{height:g}" fill="{plot.palette.background}"/>'
        f"{head}{_moved(drawing.body(plot), top)}{_moved(foot, top + plot.height)}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {plot.width:g} {height:g}"'
        f' width="{plot.width:g}" height="{height:g}"><title>{escape(card.title)}</title>'
        f"{glyphs.outlined(inner)}</svg>\n"
    ).encode()


def _moved(drawn: str, down: float) -> str:
    return f'<g transform="translate(0 {down:g})">{drawn}</g>'


def _head(card: Card, palette: theme.Palette) -> tuple[str, float]:
    """The title, the notes and the legend; how much of the height they take."""
    size, small = theme.SIZE_TITLE, theme.SIZE_NOTE
    parts, y = [], float(_GAP)
    for said in line_breaks.balanced(card.title, int((WIDTH - 2 * _GAP) / size * 2)):
        y += size * _TITLE_LINE
        parts.append(_line(said, y, size, palette.text, bold=True))
    for note in card.notes:
        for said in line_breaks.lines(note, int((WIDTH - 2 * _GAP) / small * 2)):
            y += small * _NOTE_LINE
            parts.append(_line(said, y, small, palette.muted))
    legend, y = _legend(card.keys, y + _GAP, palette)
    return "".join(parts) + legend, y + _GAP


def _foot(notes: Sequence[str], palette: theme.Palette, width: float) -> tuple[str, float]:
    small, parts, y = theme.SIZE_NOTE, [], 0.0
    for note in notes:
        for said in line_breaks.lines(note, int((width - 2 * _GAP) / small * 2)) if note else ():
            y += small * _NOTE_LINE
            parts.append(_line(said, y, small, palette.muted))
    return "".join(parts), y + _GAP


def _line(words: str, y: float, size: float, ink: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{_GAP}" y="{y:g}" font-size="{size}" fill="{ink}"{weight}>'
        f"{escape(words, quote=False)}</text>"
    )


def _legend(keys: Sequence[Key], y: float, palette: theme.Palette) -> tuple[str, float]:
    """Every key with its mark, in lines; the height below them."""
    if not keys:
        return "", y
    size, x, parts = theme.SIZE_NOTE, float(_GAP), []
    y += size
    for one in keys:
        room = _KEY + 6 + glyphs.width(one.name, size) + 2 * _GAP
        if x > _GAP and x + room > WIDTH:
            x, y = float(_GAP), y + size * _NOTE_LINE
        parts.append(_mark(one, x, y - _KEY + 2, palette))
        parts.append(text(one.name, (x + _KEY + 6, y - 4), size, palette.text, "start"))
        x += room
    return "".join(parts), y + _GAP


def _mark(key: Key, x: float, y: float, palette: theme.Palette) -> str:
    half, ink = _KEY / 2, key.colour
    if key.mark == "line":
        return line((x, y + half, x + _KEY, y + half), ink, 3)
    fill = palette.background if key.mark.endswith("-open") else ink
    if key.mark.startswith("circle"):
        return (
            f'<circle cx="{x + half:g}" cy="{y + half:g}" r="{half - 1:g}" fill="{fill}"'
            f' stroke="{ink}" stroke-width="2"/>'
        )
    if key.mark.startswith("diamond"):
        sides = ((half, 0), (_KEY, half), (half, _KEY), (0, half))
        points = " ".join(f"{x + dx:g},{y + dy:g}" for dx, dy in sides)
        return f'<polygon points="{points}" fill="{fill}" stroke="{ink}" stroke-width="2"/>'
    fill = palette.background if key.mark == "hatch" else ink
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{_KEY}" height="{_KEY}" fill="{fill}" stroke="{ink}"/>'
    )
