"""Letters as outlines, so that a drawing looks alike where no Chinese font is installed."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from dashboard.fonts import font_file

_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# Share of a line that letters start before their place, by how they are anchored.
_SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


def outlined(drawing: str) -> str:
    """The pieces of an SVG with every `<text>` as outlines, each glyph defined once."""
    used: dict[str, str] = {}
    drawn = _TEXT.sub(lambda found: _outlines(found, used), drawing)
    return f"<defs>{''.join(used[one] for one in sorted(used))}</defs>{drawn}" if used else drawn


def _outlines(found: re.Match[str], used: dict[str, str]) -> str:
    """One line of letters, moved and turned as the text was."""
    look = dict(_ATTRIBUTE.findall(found[1]))
    size, words = float(look["font-size"]), unescape(found[2])
    at, places = 0, []
    for one in words:
        name, path, advance = _glyph(one)
        if path:
            used[name] = f'<path id="{name}" d="{path}"/>'
            places.append(f'<use href="#{name}" x="{at}"/>')
        at += advance
    scale = size / _units()
    x = float(look["x"]) - at * scale * _SHIFT[look.get("text-anchor", "start")]
    turn = f"{look['transform']} " if "transform" in look else ""
    weight = f' stroke="{look["fill"]}" stroke-width="28"' if "font-weight" in look else ""
    moved = f"{turn}translate({x:.2f} {float(look['y']):.2f}) scale({scale:.5f} {-scale:.5f})"
    return f'<g fill="{look["fill"]}"{weight} transform="{moved}">{"".join(places)}</g>'


def width(words: str, size: float) -> float:
    """How wide a line of letters is, in pixels."""
    return sum(_glyph(one)[2] for one in words) * size / _units()


@cache
def _glyph(character: str) -> tuple[str, str, int]:
    """The id, the outline and the width of a character, in units of the font."""
    characters, glyphs, widths = _font()
    name = characters.get(ord(character)) or ".notdef"
    pen = SVGPathPen(glyphs, ntos=lambda one: f"{one:.0f}")
    glyphs[name].draw(pen)
    return f"u{ord(character):x}", pen.getCommands(), int(widths[name][0])


@cache
def _font() -> tuple[dict[int, str], Any, Any]:
    font = _file()
    return font.getBestCmap(), font.getGlyphSet(), font["hmtx"].metrics


@cache
def _file() -> TTFont:
    return TTFont(str(font_file()), lazy=True)


@cache
def _units() -> int:
    return int(_file()["head"].unitsPerEm)
