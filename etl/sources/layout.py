"""Characters with their places on a page → its text in reading order, and where each line stands.

Sizes are in the page's own unit; x grows to the right and y downwards. Everything is measured in
heights of a line, so that the unit does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# A gap in a line wider than this many heights parts two columns.
COLUMN_GAP = 1.3
# A space as wide as this many heights stands between words of Chinese too (记者 某某).
SPACE = 0.15
# Lines of one block stand closer than this many heights and differ in size by less than this.
LINE_GAP = 1.1
SAME_SIZE = 1.25
# A first line is set in by more than this many heights.
INDENT = 1.2
# A line that ends this many heights before its block does ends its paragraph.
SHORT = 1.5
# Two blocks overlap in a direction when they share more than this part of the smaller one.
SHARED = 0.1


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box, as high as its font's letters may be; `ink` is from where to where
    it is printed, where that is known.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    ink: tuple[float, float] | None = None


@dataclass(slots=True)
class Line:
    """A run of characters beside one another, and its box; a block is a line of lines."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    ink: tuple[float, float] | None = None

    @property
    def height(self) -> float:
        """Height of the box, never 0."""
        return max(self.bottom - self.top, 1e-6)

    def take(self, other: Glyph | Line, between: str = "") -> None:
        """Add `other` behind what is here."""
        self.text += between + other.text
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.ink = _both(self.ink, other.ink)


def _both(
    one: tuple[float, float] | None, other: tuple[float, float] | None
) -> tuple[float, float] | None:
    return (min(one[0], other[0]), max(one[1], other[1])) if one and other else one or other


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line, and the span of the page's text that it is: `text[start:end] == line.text`."""

    start: int
    end: int
    line: Line


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page and its lines in the text's order.

    Blocks stand in reading order with an empty line between two of them, paragraphs on a line
    each. What is between two lines of `lines` was never on the page: line breaks and spaces.
    """

    text: str
    lines: list[PlacedLine]


def text_of_lines(lines: Sequence[Line]) -> PageText:
    """The text of lines: blocks in reading order, an empty line between two of them."""
    blocks = blocks_of(lines)
    pieces: list[str] = []
    placed: list[PlacedLine] = []
    length = 0
    for index in reading_order([_box(block) for block in blocks]):
        for line, before in zip(blocks[index], breaks(blocks[index]), strict=True):
            between = before if before is not None else "\n\n" * bool(pieces)
            start = length + len(between)
            length = start + len(line.text)
            pieces += (between, line.text)
            placed.append(PlacedLine(start, length, line))
    return PageText("".join(pieces), placed)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Characters that follow one another on one line, joined; white space parts words only."""
    lines: list[Line] = []
    space = False
    for glyph in glyphs:
        if not glyph.text.strip():
            space = space or glyph.text == " "
            if glyph.text in "\r\n":
                space = False
            continue
        if lines and _follows(lines[-1], glyph):
            lines[-1].take(glyph, " " if space and _apart(lines[-1], glyph) else "")
        else:
            edges = glyph.left, glyph.top, glyph.right, glyph.bottom
            lines.append(Line(glyph.text, *edges, glyph.ink))
        space = False
    return lines


def _apart(line: Line, glyph: Glyph) -> bool:
    """Whether a space before the glyph is one that the page shows."""
    return glyph.left - line.right > SPACE * line.height or _latin(line.text[-1], glyph.text)


def _latin(one: str, other: str) -> bool:
    return one.isascii() and other.isascii()


def _words(one: str, other: str) -> bool:
    """Whether two lines part two words of Latin here, and not the digits of a number."""
    return _latin(one, other) and (one.isalpha() or other.isalpha())


def _follows(line: Line, glyph: Glyph) -> bool:
    """Whether the glyph stands on the line, close behind its end."""
    height = max(line.height, 1e-6)
    shared = min(line.bottom, glyph.bottom) - max(line.top, glyph.top)
    gap = glyph.left - line.right
    return (
        shared > 0.5 * min(height, glyph.bottom - glyph.top) and -height < gap < COLUMN_GAP * height
    )


def blocks_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand below one another in one column and one size, from top to bottom."""
    blocks: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.top, one.left)):
        near = [block for block in blocks if _continues(block[-1], line)]
        if near:
            min(near, key=lambda block: line.top - block[-1].bottom).append(line)
        else:
            blocks.append([line])
    return blocks


def _continues(above: Line, line: Line) -> bool:
    large, small = max(above.height, line.height), min(above.height, line.height)
    gap = line.top - above.bottom
    overlap = min(above.right, line.right) - max(above.left, line.left)
    beside = overlap > 0.5 * min(above.right - above.left, line.right - line.left)
    return large < SAME_SIZE * small and -0.5 * small < gap < LINE_GAP * small and beside


def _box(lines: Sequence[Line]) -> Line:
    box = Line("", lines[0].left, lines[0].top, lines[0].right, lines[0].bottom)
    for line in lines[1:]:
        box.take(line)
    return box


def reading_order(boxes: Sequence[Line]) -> list[int]:
    """Indices of the boxes as one reads them: what lies above first, then column by column.

    The page is cut where a straight line from edge to edge meets no box: across where it can be,
    else from top to bottom, and each part again.
    """
    return _ordered(list(range(len(boxes))), boxes)


def _ordered(indices: list[int], boxes: Sequence[Line]) -> list[int]:
    if len(indices) < 2:
        return indices
    for start, end in (("top", "bottom"), ("left", "right")):
        parts = _cut(indices, boxes, start, end)
        if len(parts) > 1:
            return [one for part in parts for one in _ordered(part, boxes)]
    return sorted(indices, key=lambda one: (boxes[one].top, boxes[one].left))


def _cut(indices: list[int], boxes: Sequence[Line], start: str, end: str) -> list[list[int]]:
    """Groups of boxes that no other group overlaps along one direction."""
    parts: list[list[int]] = []
    reached = float("-inf")
    for index in sorted(indices, key=lambda one: getattr(boxes[one], start)):
        box = boxes[index]
        slack = SHARED * (getattr(box, end) - getattr(box, start))
        if parts and getattr(box, start) < reached - slack:
            parts[-1].append(index)
        else:
            parts.append([index])
        reached = max(reached, getattr(box, end))
    return parts


def breaks(lines: Sequence[Line]) -> list[str | None]:
    """What stands before each line of a block: None before the first, a line break before a
    paragraph, nothing within one, or a space between two Latin words.

    A paragraph begins where a line is set in, or behind one that ends before the block does.
    """
    left, right = min(one.left for one in lines), max(one.right for one in lines)
    height = median(one.height for one in lines)
    found: list[str | None] = [None]
    for above, line in pairwise(lines):
        set_in = line.left - left > INDENT * height
        after_short = right - above.right > SHORT * height
        within = " " if _words(above.text[-1], line.text[0]) else ""
        found.append("\n" if set_in or after_short else within)
    return found
