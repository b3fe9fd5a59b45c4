"""Patterns of many ways, tried only where one of them may begin."""

from __future__ import annotations

import re
from collections.abc import Iterator


def find_all(
    openings: re.Pattern[str], pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` finds, where every find begins with a match of `openings`.

    `re` tries a pattern at each character of a text unless it begins with one character or class,
    which `openings` should: a tenth of the time where few characters begin anything.
    """
    at = start
    for opening in openings.finditer(text, start, end):
        begin = opening.start()
        found = pattern.match(text, begin, end) if begin >= at else None
        if found:
            yield found
            at = max(found.end(), begin + 1)
