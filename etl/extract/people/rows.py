"""Rows of names: what stands between persons in a list is one, however rare its characters."""

from __future__ import annotations

import re

from etl.extract.people.bylines import is_name

_NEXT = re.compile(r"、([一-鿿]{2,3})(?=[、，,。；;）)]|$)")


def names_in_rows(text: str, known: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of the names that stand in a row of the `known` ones and are none of them.

    李明、厉无畏、王芳: at least two names of the row are known, one of them right beside it.
    """
    spans = dict(known)
    ends = {end: start for start, end in known}
    found: list[tuple[int, int]] = []
    at = sorted(known)
    while at:
        start, end = at.pop(0)
        item = _NEXT.match(text, end)
        if not item or item.start(1) in spans or not is_name(item[1]):
            continue
        behind = text[item.end() : item.end() + 1] == "、" and item.end() + 1 in spans
        before = text[start - 1 : start] == "、" and start - 1 in ends
        if behind or before:
            span = item.span(1)
            spans[span[0]], ends[span[1]] = span[1], span[0]
            found.append(span)
            at.insert(0, span)
    return found
