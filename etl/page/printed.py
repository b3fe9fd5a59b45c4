"""Tables printed among a page's lines: each stays whole, one paragraph of several lines."""

from __future__ import annotations

import re

from etl.grids import Grid, find_grids
from etl.page.lines import Line
from etl.text import normalise

# A line of its own above a table that says what the table shows.
_TITLE = re.compile(
    r"(?:附表?|表)?[\d一二三四五六七八九十]*[:：、]?[^。!?;,]{0,32}"
    r"(?:表|情况|一览|统计|排[名行]榜?|数据|进度|名单|汇总)(?:\([^()]{1,16}\))?"
)
_ATTACHED = re.compile(r"(?:附表?|表)[\d一二三四五六七八九十]*[:： ]")


def whole_tables(document: str, lines: list[Line]) -> list[Line]:
    """The lines, those of each printed table as one line that has line breaks in it."""
    starts = {one.start: one for one in find_grids(document, [(at.start, at.end) for at in lines])}
    if not starts:
        return lines
    found: list[Line] = []
    stop = 0
    for line in lines:
        if line.start < stop:
            continue
        grid = starts.get(line.start)
        if grid is None:
            found.append(line)
            continue
        stop = grid.end
        found.append(_as_line(document, line, grid))
    return found


def _as_line(document: str, line: Line, grid: Grid) -> Line:
    text = normalise(document[grid.start : grid.end])
    whole = Line(grid.start, grid.end, text, line.width, line.indented, [(grid.start, grid.end)])
    whole.blank_above = line.blank_above
    return whole


def is_table(text: str) -> bool:
    """Whether a line or paragraph is a printed table: nothing else has line breaks in it."""
    return "\n" in text or "\r" in text


def is_table_title(text: str) -> bool:
    """Whether a line may name the table below it: 附：各市办理情况."""
    return bool(_TITLE.fullmatch(text) or (len(text) <= 40 and _ATTACHED.match(text)))
