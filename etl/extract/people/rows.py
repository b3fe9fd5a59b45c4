"""Names that those beside them vouch for, however rare their characters: in rows, in pairs."""

from __future__ import annotations

import re

from etl.extract.people.bylines import is_name

# 省委书记某某和省长: two offices, the second of which stands before a name.
_PAIRED = re.compile(
    "(?:书记|省长|市长|州长|县长|区长|主席|主任|部长|局长|总统|总理|首相)([一-鿿]{2,3})[和与][^，。；、]{0,12}"
    "(?:书记|长|主席|主任|总统|总理|首相|委员|代表)$"
)
_LONGEST_PAIR = 24
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


def names_in_pairs(text: str, known: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of the names between two offices, the second of which is a known person's."""
    taken = {at for span in known for at in range(*span)}
    found = []
    for start, _ in known:
        pair = _PAIRED.search(text, max(0, start - _LONGEST_PAIR), start)
        if pair and is_name(pair[1]) and taken.isdisjoint(range(*pair.span(1))):
            found.append(pair.span(1))
    return found
