"""Tables printed as text: lines of cells that white space or | keeps apart.

A row is a label and one number or more behind it (太原 312 98.7%); rows of one width in a row of
lines make a grid. The names of its columns stand in the line above, the unit of all of them in a
line of its own (单位：件). No judgement here on what the numbers mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

Span = tuple[int, int]

_CELL = re.compile(r"[^\s|｜│┃]+")
_NUMBER = re.compile(
    r"[+\-—－]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?P<tail>\D{0,4})|[+\-—－]?\d+(?:\.\d+)?(?P<unit>\D{0,4})"
)
_NOTHING = re.compile(r"[-—–－/／*]{1,3}")
_LABEL = re.compile(r"[\u4e00-\u9fffA-Za-z·“”（）()、]{1,16}")
_INDEX = re.compile(r"\d{1,3}[.、]?")
_UNIT_LINE = re.compile(r"[（(]?(?:计量)?单位[:：]\s*(?P<units>[^\s（）()]+?)[）)]?$")
_RULE = re.compile(r"[\s|:+\-—─━=]{3,}")
# Numbers of telephones, which a list of offices has behind its labels.
_PHONE = re.compile(r"(?:\d{3,4}-)?\d{7,}")
_FEWEST, _FEWEST_BELOW_HEAD = 3, 2
_WIDEST, _LONGEST = 12, 120
# Most lines have nothing like a cell with a number.
_MAYBE = re.compile(r"[\s|｜│┃][+\-—－]?\d")


class Row(NamedTuple):
    """A row: the span of its label, and those of its numbers, None where a column has nothing."""

    label: Span
    cells: tuple[Span | None, ...]


class Grid(NamedTuple):
    """A printed table: its extent, the spans of its columns' names, what they count in, its rows.

    `columns` has a span for each number of a row, or is empty; `unit` is that of 单位：件.
    """

    start: int
    end: int
    columns: tuple[Span, ...]
    unit: str | None
    rows: tuple[Row, ...]


def find_grids(text: str, lines: Sequence[Span]) -> list[Grid]:
    """The grids among `lines` (spans of `text`, in order); text and tables without rows give []."""
    rows = [_row(text, line) for line in lines]
    found: list[Grid] = []
    at = 0
    while at < len(rows):
        stop = _run_end(text, lines, rows, at)
        grid = _grid(text, lines, rows, at, stop) if rows[at] else None
        if grid:
            found.append(grid)
        at = max(stop, at + 1)
    return found


def _run_end(text: str, lines: Sequence[Span], rows: Sequence[Row | None], at: int) -> int:
    """Behind the rows from `at` on that have as many numbers as the first; rules may part them."""
    first, stop = rows[at], at
    if first is None:
        return at
    while at < len(rows):
        row = rows[at]
        if row is not None and len(row.cells) == len(first.cells):
            stop = at + 1
        elif not _RULE.fullmatch(text, *lines[at]):
            break
        at += 1
    return stop


def _grid(
    text: str, lines: Sequence[Span], rows: Sequence[Row | None], at: int, stop: int
) -> Grid | None:
    own = tuple(row for row in rows[at:stop] if row)
    above = at - 1
    while above >= 0 and _RULE.fullmatch(text, *lines[above]):
        above -= 1
    columns = _columns(text, lines[above], len(own[0].cells)) if above >= 0 else ()
    first = above if columns else at
    unit = _UNIT_LINE.search(text, *lines[first - 1]) if first else None
    if len(own) < (_FEWEST_BELOW_HEAD if columns else _FEWEST):
        return None
    cells = [cell for row in own for cell in row.cells if cell]
    if not columns and all(_PHONE.fullmatch(text, *cell) for cell in cells):
        return None
    whole_line = unit and unit.start() == lines[first - 1][0]
    begin = lines[first - 1][0] if whole_line else lines[first][0]
    return Grid(begin, lines[stop - 1][1], columns, unit["units"] if unit else None, own)


def _row(text: str, line: Span) -> Row | None:
    """The line as a row: an index perhaps, a label, and nothing but numbers behind it."""
    if line[1] - line[0] > _LONGEST or not _MAYBE.search(text, *line):
        return None
    cells = [found.span() for found in _CELL.finditer(text, *line)]
    if len(cells) > 2 and _INDEX.fullmatch(text, *cells[0]):
        cells = cells[1:]
    names = 0
    while names < len(cells) and _LABEL.fullmatch(text, *cells[names]):
        names += 1
    numbers = cells[names:]
    if not names or not numbers or len(numbers) > _WIDEST or not _is_label(text, cells[:names]):
        return None
    if not all(_is_number(text, one) or _NOTHING.fullmatch(text, *one) for one in numbers):
        return None
    if not any(_is_number(text, one) for one in numbers):
        return None
    kept = tuple(one if _is_number(text, one) else None for one in numbers)
    return Row((cells[0][0], cells[names - 1][1]), kept)


def _is_label(text: str, cells: list[Span]) -> bool:
    """Whether the cells before the numbers are one label: 太原, or 长 治 set wide."""
    return len(cells) == 1 or all(right - left == 1 for left, right in cells)


def _is_number(text: str, cell: Span) -> bool:
    return bool(_NUMBER.fullmatch(text, *cell))


def _columns(text: str, line: Span, count: int) -> tuple[Span, ...]:
    """The names of the `count` columns of numbers in the line above them, () where it has none."""
    cells: list[Span] = []
    for found in _CELL.finditer(text, *line):
        if cells and found[0][0] in "(（":  # 办复率 （%）
            cells[-1] = (cells[-1][0], found.end())
        else:
            cells.append(found.span())
    if not count <= len(cells) <= count + 2 or len(cells) < 2:
        return ()
    names = cells[-count:]
    if any(_is_number(text, one) and not _is_year(text, one) for one in names):
        return ()
    if max(right - left for left, right in cells) > 20 or text[line[1] - 1] in "。！？；,，":
        return ()
    return tuple(names)


def _is_year(text: str, cell: Span) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d年?(?:度|底|末)?|\d{1,2}月份?", text[slice(*cell)]))
