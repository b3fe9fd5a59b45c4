"""The picture that other sites show beside a link: what the page is called and of which data."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from dashboard import line_breaks, theme
from dashboard.edition.shell import CARD
from dashboard.fonts import font_file

_MARGIN, _TITLE, _TEXT, _BRAND = 72, 64, 30, 40
_COLUMNS = 32


def card(brand: str, title: str, said: str, foot: str) -> bytes:
    """A PNG of `shell.CARD`: the house's name, the title, a line or three below it, the source."""
    colours = theme.LIGHT
    picture = Image.new("RGB", CARD, colours.background)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, CARD[0], 14), fill=colours.rule)
    pen.text((_MARGIN, 56), brand, colours.text, _font(_BRAND))
    pen.line((_MARGIN, 122, CARD[0] - _MARGIN, 122), colours.text, 3)
    y = 160
    for line in line_breaks.balanced(title, _COLUMNS)[:3]:
        pen.text((_MARGIN, y), line, colours.text, _font(_TITLE))
        y += round(_TITLE * 1.35)
    y += 16
    for line in line_breaks.lines(said, 68)[:3]:
        pen.text((_MARGIN, y), line, colours.muted, _font(_TEXT))
        y += round(_TEXT * 1.5)
    pen.text((_MARGIN, CARD[1] - 64), foot, colours.muted, _font(22))
    buffer = io.BytesIO()
    # Few colours are enough for letters, and a fifth of the bytes.
    picture.quantize(16, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(buffer, "PNG")
    return buffer.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file()), size)
