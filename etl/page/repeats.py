"""Stretches that character recognition printed twice."""

from __future__ import annotations

import re

from etl.page.lines import Span

# A stretch counts as printed twice from this many characters on, white space left out, if it runs
# over this many marks: names and formulas stand twice as well, but are shorter. Far from its first
# copy it has to be longer. Among 2,000 broadcast news set as pages 10 stretches pass, most of them
# whole sentences that are quoted twice.
_SHORTEST, _SHORTEST_FAR, _FAR = 40, 80, 2000
_STEP = 10
_MARKS = re.compile(r"[,，。;；!！?？、:：]")
_FEWEST_MARKS = 3
# A line printed again right below itself.
_LINE_TWICE = re.compile(r"^[^\S\n]*(\S[^\n]{6,}\S)[^\S\n]*\n\s*(\1)[^\S\n]*$", re.MULTILINE)
_VISIBLE = re.compile(r"\S+")


def find_repeats(document: str) -> list[tuple[Span, Span]]:
    """Pairs (second copy, first copy) as spans of `document`, in order, not overlapping."""
    found = [(one.span(2), one.span(1)) for one in _LINE_TWICE.finditer(document)]
    for second, first in _long_repeats(document):
        if all(second[1] <= start or stop <= second[0] for (start, stop), _ in found):
            found.append((second, first))
    return sorted(found)


def _long_repeats(document: str) -> list[tuple[Span, Span]]:
    visible, offsets = _squeeze(document)
    found: list[tuple[Span, Span]] = []
    first_at = {
        visible[at : at + _STEP]: at
        for at in reversed(range(0, len(visible) - _SHORTEST + 1, _STEP))
    }
    floor = 0
    for at in range(_SHORTEST, len(visible) - _SHORTEST + 1):
        anchor = first_at.get(visible[at : at + _STEP], at)
        if at < floor or anchor + _SHORTEST > at:
            continue
        match = _longest(visible, anchor, at, floor)
        if match is None:
            continue
        first, second, length = match
        if _is_accident(visible[second : second + length], second - first):
            found.append((_span(offsets, second, length), _span(offsets, first, length)))
        floor = second + length
    return found


def _squeeze(document: str) -> tuple[str, list[int]]:
    offsets: list[int] = []
    for run in _VISIBLE.finditer(document):
        offsets.extend(range(run.start(), run.end()))
    return "".join(document.split()), offsets


def _longest(text: str, first: int, second: int, floor: int) -> tuple[int, int, int] | None:
    """The longest equal stretch around two anchors, or None where it is too short."""
    left = 0
    while first > left and first + _STEP < second - left and floor < second - left:
        if text[first - left - 1] != text[second - left - 1]:
            break
        left += 1
    length = _STEP
    while second + length < len(text) and first + length < second - left:
        if text[first + length] != text[second + length]:
            break
        length += 1
    total = left + length
    return (first - left, second - left, total) if total >= _SHORTEST else None


def _is_accident(stretch: str, distance: int) -> bool:
    """Whether a stretch that stands twice was printed twice by mistake."""
    shortest = _SHORTEST_FAR if distance > _FAR else _SHORTEST
    return len(stretch) >= shortest and len(_MARKS.findall(stretch)) >= _FEWEST_MARKS


def _span(offsets: list[int], start: int, length: int) -> Span:
    return offsets[start], offsets[start + length - 1] + 1
