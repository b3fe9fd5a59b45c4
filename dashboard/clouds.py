"""Word clouds that can be compared: one scale, and one place and colour for each word.

The words of all regions are laid out together, once. In each region's cloud a word stands at its
place in the size of its share there, so that a gap is a word that this region does not have.
A letter's area grows with the word's share of all words.
"""

from __future__ import annotations

import html
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import ImageFont
from wordcloud.wordcloud import IntegralOccupancyMap

from dashboard import fonts, theme

WIDTH, HEIGHT = 600, 460
LEAST_SIZE, GREATEST_SIZE = 12, 104
SHAPES = ("rectangle", "ellipse")
# The layout's grid, in pixels: words stand at its points.
CELL = 3
# What letters take of a line, and where their baseline is, as shares of their size.
LINE, BASELINE = 1.12, 0.9
# How much of the free places a word chooses among, around the middle.
SPREAD = 0.9
SHRINK = 0.9

Grid = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Slot:
    """A word's place: the middle of its line, in pixels, and its size where its share is most."""

    word: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of all words, and the share (per 10,000) that letters of GREATEST_SIZE stand for."""

    slots: tuple[Slot, ...]
    scale: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A word of one region's cloud: the middle of its line, its size and its share."""

    word: str
    x: float
    y: float
    size: float
    share: float


def layout(regions: Sequence[pd.DataFrame], shape: str = SHAPES[0]) -> Layout:
    """Places for the words of several regions: frames with word and share, in any order.

    Letters are made smaller until every word has a place.
    """
    most: dict[str, float] = {}
    for rows in regions:
        for word, share in shares(rows).items():
            most[word] = max(share, most.get(word, 0.0))
    ranked = sorted(most.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked:
        return Layout((), 1.0)
    greatest = float(GREATEST_SIZE)
    while True:
        scale = ranked[0][1] * (GREATEST_SIZE / greatest) ** 2
        slots = _placed([(word, size_of(share, scale)) for word, share in ranked], shape)
        if len(slots) == len(ranked) or greatest <= LEAST_SIZE:
            return Layout(tuple(slots), scale)
        greatest *= SHRINK


def shares(rows: pd.DataFrame) -> Mapping[str, float]:
    """Word → share; a word of two parts of speech is one word."""
    summed = rows.groupby("word")["share"].sum()
    return {str(word): float(share) for word, share in summed.items() if share > 0}


def size_of(share: float, scale: float) -> float:
    """The size of letters for a share: its area grows with the share, down to what can be read."""
    return max(float(LEAST_SIZE), GREATEST_SIZE * math.sqrt(share / scale))


def _placed(words: list[tuple[str, float]], shape: str) -> list[Slot]:
    """A free place for each word, the largest first; fewer where there is no room.

    wordcloud keeps the account of what is taken and offers the free places; which of them a word
    takes follows from the word, so that it holds across pages and filters as far as it can.
    """
    taken = _outside(shape)
    room = IntegralOccupancyMap(*taken.shape, taken.astype(bool))
    slots: list[Slot] = []
    for word, size in words:
        across, up = (math.ceil(one / CELL) for one in (width_of(word, size) + 4, size * LINE))
        at = room.sample_position(up, across, _Choice(word))
        if at is None:
            return slots
        # What it found free begins one behind the point that it names.
        row, column = at[0] + 1, at[1] + 1
        taken[row : row + up, column : column + across] = 1
        room.update(taken * 255, row, column)
        middle = ((column + across / 2) * CELL, (row + up / 2) * CELL)
        slots.append(Slot(word, *middle, size))
    return slots


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which of the places that are free a word takes: a share of them, the same in every cloud."""

    word: str

    def randint(self, low: int, high: int) -> int:
        """In the place of `random.Random.randint`: the number at the word's own share.

        The places are counted line by line, so the middle of the picture is at a half.
        """
        share = zlib.crc32(self.word.encode()) / 2**32
        return low + round((0.5 + SPREAD * (share - 0.5)) * (high - low))


def _outside(shape: str) -> Grid:
    """1 where no word may stand, 0 where it may."""
    rows, columns = HEIGHT // CELL, WIDTH // CELL
    taken = np.zeros((rows, columns), dtype=np.uint32)
    if shape == "ellipse":
        y, x = np.mgrid[0:rows, 0:columns]
        across, up = (x + 0.5) / columns * 2 - 1, (y + 0.5) / rows * 2 - 1
        taken[across**2 + up**2 > 1] = 1
    return taken


def drawn(found: Layout, rows: pd.DataFrame) -> list[Drawn]:
    """The words of one region at their places, each in the size of its share there."""
    own = shares(rows)
    return [
        Drawn(one.word, one.x, one.y, size_of(own[one.word], found.scale), own[one.word])
        for one in found.slots
        if one.word in own
    ]


def svg(words: Sequence[Drawn], dark: bool, hints: Mapping[str, str], alt: str) -> str:
    """A cloud for the page: letters are text, each word says in a hint how often it is there.

    Scripts find the words by `data-word`.
    """
    shapes = "".join(_text(one, dark, hints.get(one.word, "")) for one in words)
    name = html.escape(alt)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{name}">{shapes}</svg>'
    )


def _text(one: Drawn, dark: bool, hint: str) -> str:
    word = html.escape(one.word)
    baseline = one.y + one.size * (BASELINE - LINE / 2)
    return (
        f'<text data-word="{word}" x="{one.x:.1f}" y="{baseline:.1f}" font-size="{one.size:.1f}"'
        f' text-anchor="middle" fill="{colour_of(one.word, dark)}">'
        f"{word}<title>{html.escape(hint)}</title></text>"
    )


def colour_of(word: str, dark: bool) -> str:
    """A word's colour: the same in every cloud, so that regions can be compared."""
    colours = theme.palette(dark).groups[:-1]
    return colours[zlib.crc32(word.encode()) % len(colours)]


def width_of(word: str, size: float) -> float:
    """How wide a word is in letters of a size, in pixels."""
    return _font().getlength(word) / 100 * size


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.font_file()), 100)
