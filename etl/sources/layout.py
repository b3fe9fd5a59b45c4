"""Characters with their places on a page → its text in reading order.

Sizes are in the page's own unit; x grows to the right and y downwards. Everything is measured in
heights of a line, so that the unit does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    """A character and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Line:
    """A run of characters beside one another, and its box; a block is a line of lines."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of the box, never 0."""
        return max(self.bottom - self.top, 1e-6)

    def take(self, other: Glyph | Line, between: str = "") -> None:
        """Add `other` behind what is here."""
        self.text += between + other.text
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)


def text_of(glyphs: Iterable[Glyph]) -> str:
    """The text of a page: blocks in reading order, an empty line between two of them."""
    return text_of_lines(lines_of(glyphs))


def text_of_lines(lines: Sequence[Line]) -> str:
    """The text of lines: blocks in reading order, an empty line between two of them."""
    blocks = blocks_of(lines)
    boxes = [_box(lines) for lines in blocks]
    order = reading_order(boxes)
    return "\n\n".join(paragraphs(blocks[index]) for index in order)


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
            lines.append(Line(glyph.text, glyph.left, glyph.top, glyph.right, glyph.bottom))
        space = False
    return lines


def _apart(line: Line, glyph: Glyph) -> bool:
    """Whether a space before the glyph is one that the page shows."""
    return glyph.left - line.right > SPACE * line.height or _latin(line.text[-1], glyph.text)


def _latin(one: str, other: str) -> bool:
    return one.isascii() and other.isascii()


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


def paragraphs(lines: Sequence[Line]) -> str:
    """The text of a block: lines of a paragraph joined, a line for each paragraph.

    A paragraph begins where a line is set in, or behind one that ends before the block does.
    """
    left, right = min(one.left for one in lines), max(one.right for one in lines)
    height = median(one.height for one in lines)
    found: list[str] = []
    for number, line in enumerate(lines):
        set_in = line.left - left > INDENT * height
        after_short = number > 0 and right - lines[number - 1].right > SHORT * height
        if number and not set_in and not after_short:
            between = " " if _latin(found[-1][-1], line.text[0]) else ""
            found[-1] += between + line.text
        else:
            found.append(line.text)
    return "\n".join(found)
