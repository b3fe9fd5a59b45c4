"""A newspaper page that we set ourselves, in four columns, so that each word's place is known.

Lengths are points from the page's upper left corner, as a PDF has them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL import Image, ImageDraw, ImageFont

from dashboard.fonts import font_file

WIDTH, HEIGHT, MARGIN = 720.0, 640.0, 30.0
COLUMNS, GAP, SIZE, LEADING, HEAD = 4, 24.0, 10.0, 15.0, 20.0
COLUMN = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
DPI = 150


@dataclass(frozen=True)
class Drawn:
    """A line of type: its words, its left end and the middle of its letters, its size."""

    text: str
    left: float
    middle: float
    size: float

    def centres(self) -> list[tuple[str, float, float]]:
        """Each letter with the middle of it."""
        found, left = [], self.left
        for one in self.text:
            width = _width(one, self.size)
            found.append((one, left + width / 2, self.middle))
            left += width
        return found


@cache
def _width(text: str, size: float) -> float:
    return float(ImageFont.truetype(str(font_file()), 1000).getlength(text)) * size / 1000


def set_page(headline: str, paragraphs: Sequence[str]) -> list[Drawn]:
    """The lines of a page: a headline over all of it, the paragraphs in columns below."""
    found = [Drawn(headline, MARGIN, MARGIN + HEAD / 2, HEAD)]
    first = top = MARGIN + 2.5 * HEAD
    column = 0
    for paragraph in paragraphs:
        for text, indent in _broken(paragraph):
            if top + LEADING > HEIGHT - MARGIN:
                column, top = column + 1, first
            left = MARGIN + column * (COLUMN + GAP) + indent
            found.append(Drawn(text, left, top + SIZE / 2, SIZE))
            top += LEADING
    if column >= COLUMNS:
        raise ValueError("the text is longer than the page")
    return found


def _broken(paragraph: str) -> list[tuple[str, float]]:
    """The lines of a paragraph with how far each is set in: the first by two letters."""
    lines, text, indent = [], "", 2 * SIZE
    for one in paragraph:
        if text and indent + _width(text, SIZE) + _width(one, SIZE) > COLUMN:
            lines.append((text, indent))
            text, indent = "", 0.0
        text += one
    return [*lines, (text, indent)]


def as_pdf(lines: Sequence[Drawn]) -> bytes:
    """The page as a PDF with text."""
    figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72))
    for one in lines:
        font = FontProperties(fname=str(font_file()), size=one.size)
        x, y = one.left / WIDTH, 1 - one.middle / HEIGHT
        figure.text(x, y, one.text, fontproperties=font, va="center", parse_math=False)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="pdf")
    return buffer.getvalue()


def as_picture(lines: Sequence[Drawn]) -> Image.Image:
    """The page as a picture of DPI pixels to an inch."""
    scale = DPI / 72
    picture = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    draw = ImageDraw.Draw(picture)
    for one in lines:
        font = ImageFont.truetype(str(font_file()), round(one.size * scale))
        draw.text((one.left * scale, one.middle * scale), one.text, 0, font, anchor="lm")
    return picture
