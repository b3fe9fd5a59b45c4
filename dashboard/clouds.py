"""Word weights → a word cloud, as PNG and as SVG, that looks the same on every machine.

The PNG is drawn with the project's font; the SVG holds the outlines of its letters, so that it
needs no font where it is opened. The same words give the same bytes.
"""

from __future__ import annotations

import html
import io
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont
from wordcloud import WordCloud

from dashboard import fonts, theme
from dashboard.charts.frame import columns, lines

Size = tuple[int, int]

SEED = 20231229
LEAST_SIZE = 12
# The part of the shorter side that the greatest word takes: larger ones hold small words in gaps.
GREATEST_SHARE = 6
# Pixels of the PNG per pixel of its size, so that it is sharp on a phone and in print.
SCALE = 2
_PAD = theme.GAP


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text: its baseline's left end, in pixels, its size and its colour."""

    text: str
    x: float
    y: float
    size: float
    colour: str


@dataclass(frozen=True, slots=True)
class _Picture:
    """Everything that is drawn, without saying how."""

    width: int
    height: int
    background: str
    lines: tuple[_Line, ...]


def cloud_png(
    words: pd.DataFrame, size: Size, dark: bool = False, title: str = "", source: str = ""
) -> bytes:
    """A word cloud as PNG, twice as many pixels as `size` (width, height of the cloud).

    `words` has the columns word and count, the same word several times adding up. With a title
    or a source the picture is higher by their lines. Without words it is the bare background.
    """
    picture = _picture(words, size, dark, title, source)
    image = Image.new("RGB", (picture.width * SCALE, picture.height * SCALE), picture.background)
    pen = ImageDraw.Draw(image)
    for line in picture.lines:
        at = (line.x * SCALE, line.y * SCALE)
        pen.text(at, line.text, line.colour, _font(round(line.size * SCALE)), anchor="ls")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def cloud_svg(
    words: pd.DataFrame, size: Size, dark: bool = False, title: str = "", source: str = ""
) -> str:
    """The same picture as SVG; letters are outlines, each word is named for screen readers."""
    picture = _picture(words, size, dark, title, source)
    name = html.escape(title or " ".join(line.text for line in picture.lines))
    box = f'viewBox="0 0 {picture.width} {picture.height}"'
    size_of = f'width="{picture.width}" height="{picture.height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size_of} {box}>',
            f"<title>{name}</title>",
            f'<rect width="100%" height="100%" fill="{picture.background}"/>',
            *map(_outlined, picture.lines),
            "</svg>",
        ]
    )


def _picture(words: pd.DataFrame, size: Size, dark: bool, title: str, source: str) -> _Picture:
    colours = theme.palette(dark)
    width, height = size
    heading = _text(title, _PAD, theme.SIZE_TITLE, colours.text, width)
    top = _below(heading)
    cloud = [
        _Line(one.text, one.x, one.y + top, one.size, one.colour)
        for one in _cloud(words, size, dark)
    ]
    foot = _text(source, top + height, theme.SIZE_NOTE, colours.muted, width)
    bottom = round(_below(foot)) or round(top) + height
    return _Picture(width, bottom, colours.background, (*heading, *cloud, *foot))


def _text(text: str, top: float, size: int, colour: str, width: int) -> list[_Line]:
    """`text` in lines that fit the width, the first below `top`."""
    fitting = int((width - 2 * _PAD) / size * 2)
    rows = lines(text, fitting) if columns(text) else []
    return [
        _Line(row, _PAD, top + size * (1 + 1.4 * number), size, colour)
        for number, row in enumerate(rows)
    ]


def _below(rows: list[_Line]) -> float:
    return rows[-1].y + _PAD if rows else 0


def _cloud(words: pd.DataFrame, size: Size, dark: bool) -> list[_Line]:
    """Where each word stands, most frequent first."""
    weights = words.groupby("word")["count"].sum()
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], str(pair[0])))
    frequencies = {str(word): float(count) for word, count in ranked if count > 0}
    if not frequencies:
        return []
    cloud = WordCloud(
        font_path=str(fonts.font_file()),
        width=size[0],
        height=size[1],
        max_words=len(frequencies),
        min_font_size=LEAST_SIZE,
        max_font_size=min(size) // GREATEST_SHARE,
        prefer_horizontal=1,
        random_state=SEED,
        margin=3,
    ).generate_from_frequencies(frequencies)
    return [_placed(word, at, points, dark) for (word, _), points, at, *_ in cloud.layout_]


def _placed(word: str, at: tuple[int, int], points: int, dark: bool) -> _Line:
    """A word of the layout, which gives the top left corner of its ink."""
    font = _font(points)
    left, top, _, _ = font.getbbox(word)
    baseline = at[0] + font.getmetrics()[0] - top
    return _Line(word, at[1] - left, baseline, points, colour_of(word, dark))


def colour_of(word: str, dark: bool) -> str:
    """A word's colour: the same in every cloud, so that regions can be compared."""
    colours = theme.palette(dark).groups[:-1]
    return colours[zlib.crc32(word.encode()) % len(colours)]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.font_file()), size)


def _outlined(line: _Line) -> str:
    """A line of text as one SVG path; y grows upwards in a font and downwards in a picture."""
    font, glyphs, names = _outlines()
    scale = line.size / font["head"].unitsPerEm
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.4g}")
    x = line.x
    for letter in line.text:
        glyph = glyphs[names.get(ord(letter), ".notdef")]
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, line.y)))
        x += glyph.width * scale
    shape = f'<path fill="{line.colour}" d="{pen.getCommands()}">'
    return f"{shape}<title>{html.escape(line.text)}</title></path>"


@cache
def _outlines() -> tuple[Any, Any, dict[int, str]]:
    """The font, its outlines by name and its names by code point, opened once."""
    font = TTFont(str(fonts.font_file()), lazy=True)
    return font, font.getGlyphSet(), font.getBestCmap()
