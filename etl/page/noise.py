"""Running heads and page furniture: lines that belong to no article."""

from __future__ import annotations

from etl.page.paragraphs import Line
from etl.page.patterns import RUNNING_HEAD, RUNNING_HEAD_CORE, STAFF_LINE

_LONGEST = 90


def noise_in(line: Line) -> str | None:
    """What furniture `line` is, in plain words, or None where it may belong to an article."""
    if len(line.text) > _LONGEST:
        return None
    if RUNNING_HEAD_CORE.search(line.text) and RUNNING_HEAD.match(line.text):
        return "running head"
    if STAFF_LINE.match(line.text):
        return "line of the page's staff or contacts"
    if not any(one.isalnum() for one in line.text):
        return "marks without words"
    return None
