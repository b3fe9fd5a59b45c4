"""Two columns that character recognition read as one: their lines told apart again.

Either both stand on one line with white space between them, or their lines stand by turns. The
first shows in the white space, the second in the words: a line goes on with the one after next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from statistics import median

from etl.page.cuts import begins_within_sentence, begins_within_word, follows, word_across
from etl.page.lines import Line, Span, cut_line, width
from etl.page.patterns import BYLINE, STOP_END
from etl.page.sheet_patterns import LEAD

# White space between two columns; how many lines in a row must have it, how wide the columns
# are at least (full-width characters), and how far the right one's edge may waver.
_MARKS = re.compile(r"[,、;。!?…]")
_GUTTER = re.compile(r"(?:\s{4,}|\u3000{2,}|\t+)\s*")
_FEWEST, _NARROWEST, _WIDEST, _RAGGED = 4, 7.0, 40.0, 3.0
# Evidence in log odds: two characters side by side, a word in two halves, a half word without its
# other half; for two columns to begin, for two lines of one column in a row, for a column that
# stops in mid-sentence.
_FOLLOWS, _WORD, _LONG_WORD, _HALF = 0.75, 0.7, 2.5, -1.2
# Evidence that a paragraph starts: a half word begins 51 in 100 random lines, and 3 in 100 first
# ones. A line this much shorter than most does not fill its column.
_START, _NO_START, _FULL = 0.6, -2.5, 0.85
# Less evidence than this that one column goes on with the other parts them.
_PARTED = 0.6
_BEGIN, _TURN, _TWICE, _BROKEN = -8.0, 0.1, -3.5, -1.5
# A line looks back so far for its column's last line; pages are searched in windows of so many
# lines, where lines two apart fit better by so much than neighbours.
_REACH, _WINDOW, _BETTER = 4, 12, 4.0


def in_reading_order(document: str, lines: list[Line]) -> tuple[list[Line], list[Span]]:
    """The lines, columns that were read as one after each other; and the stretches concerned."""
    lines, gutters = _apart_by_space(document, lines)
    ordered: list[Line] = []
    stretches = list(gutters)
    at = 0
    for first, stop in _suspects(lines):
        ordered += lines[at:first]
        found, mixed = _apart_by_words(lines[first:stop])
        ordered += found
        stretches += mixed
        at = stop
    return [*ordered, *lines[at:]], stretches


def _apart_by_space(document: str, lines: list[Line]) -> tuple[list[Line], list[Span]]:
    """Lines that hold two columns cut in two, the left column's before the right one's."""
    halves = [_halves(document, line) for line in lines]
    found: list[Line] = []
    stretches: list[Span] = []
    at = 0
    while at < len(lines):
        stop = _gutter_ends(halves, at)
        if stop == at:
            found.append(lines[at])
            at += 1
            continue
        left, right = _sides(document, lines[at:stop], halves[at:stop])
        found += _in_order(found[-1:], left, right, lines[stop : stop + 1])
        stretches.append((lines[at].start, lines[stop - 1].end))
        at = stop
    return found, stretches


Halves = tuple[Line, Line, float] | None


def _halves(document: str, line: Line) -> Halves:
    """The two columns on a line, with the right one's edge from the left margin; None if one."""
    inside = document[line.start : line.end]
    gaps = [one for one in _GUTTER.finditer(inside) if one.start()]
    if not gaps:
        return None
    gap = max(gaps, key=lambda one: one.end() - one.start())
    left = cut_line(document, line, line.start, line.start + gap.start())
    right = cut_line(document, line, line.start + gap.end(), line.end)
    return left, right, _margin(document, line) + width(inside[: gap.end()])


def _margin(document: str, line: Line) -> float:
    begin = max(document.rfind(one, 0, line.start) for one in "\n\r") + 1
    return width(document[begin : line.start])


def _gutter_ends(halves: Sequence[Halves], start: int) -> int:
    """Behind the lines from `start` on that have two columns; `start` if there are none."""
    if halves[start] is None:
        return start
    run: list[tuple[Line, Line, float]] = []
    stop = at = start
    while at < len(halves) and at - stop <= 2:
        half = halves[at]
        if half and (not run or abs(half[2] - median(one[2] for one in run)) <= _RAGGED):
            run.append(half)
            stop = at + 1
        at += 1
    if len(run) < _FEWEST:
        return start
    widths = (median(one[0].width for one in run), median(one[1].width for one in run))
    return stop if min(widths) >= _NARROWEST else start


def _sides(
    document: str, lines: Sequence[Line], halves: Sequence[Halves]
) -> tuple[list[Line], list[Line]]:
    """The left column's lines and the right one's; a line alone stands where it begins."""
    edge = median(one[2] for one in halves if one)
    left, right = [], []
    for line, half in zip(lines, halves, strict=True):
        if half:
            left.append(half[0])
            right.append(half[1])
        else:
            (right if _margin(document, line) > edge - _RAGGED else left).append(line)
    return left, right


def _in_order(
    above: Sequence[Line], one: list[Line], other: list[Line], below: Sequence[Line]
) -> list[Line]:
    """Two columns one after the other, so that they go on well with the lines around them."""
    full = _FULL * median(line.width for line in (*one, *other))

    def fits(first: list[Line], second: list[Line]) -> float:
        seams = ((above, first[:1]), (first[-1:], second[:1]), (second[-1:], below))
        return sum(_link(left[-1], right[0], full) for left, right in seams if left and right)

    first, second = (other, one) if fits(other, one) > fits(one, other) else (one, other)
    parted = _link(first[-1], second[0], full) <= _PARTED
    return [*first, replace(second[0], fresh=second[0].fresh or parted), *second[1:]]


def _suspects(lines: Sequence[Line]) -> Iterator[Span]:
    """Stretches of lines in which lines two apart fit better than neighbours, with a margin."""
    gains = [_gain(*lines[at - 2 : at + 1]) if at > 1 else 0.0 for at in range(len(lines))]
    sums = [0.0, *accumulate(gains)]
    start = stop = 0
    for at in range(len(lines) - _FEWEST + 1):
        end = min(len(lines), at + _WINDOW)
        if sums[end] - sums[at] < _BETTER:
            continue
        if stop and at - _WINDOW > stop:
            yield start, stop
            stop = 0
        start = start if stop else max(0, at - _WINDOW)
        stop = min(len(lines), end + _WINDOW)
    if stop:
        yield start, stop


def _gain(above: Line, between: Line, line: Line) -> float:
    """How much better a line goes on with the one before its neighbour, in a printed column."""
    widths = [one.width for one in (above, between, line)]
    if min(widths) < _NARROWEST or max(widths) > min(_WIDEST, min(widths) + _RAGGED):
        return 0.0
    if STOP_END.search(above.text) or STOP_END.search(between.text):
        return 0.0
    first = line.text[:1]
    return follows(above.text[-1:], first) - follows(between.text[-1:], first)


def _apart_by_words(lines: Sequence[Line]) -> tuple[list[Line], list[Span]]:
    """Lines of two columns that stand by turns, one column after the other."""
    ordered: list[Line] = []
    stretches: list[Span] = []
    last: list[Line] = []
    other: list[Line] = []
    for line, step in zip(lines, _best_steps(lines), strict=True):
        if step == "begin":
            stretches.append((line.start, line.end))
            last, other = [line], [ordered.pop()]
        elif step in ("turn", "end last"):
            other.append(line)
            last, other = other, last
        elif last:
            last.append(line)
        else:
            ordered.append(line)
        if last and step != "begin":
            stretches[-1] = (stretches[-1][0], line.end)
        if step.startswith("end"):
            last_line = last.pop()
            left, right = sorted((last, other), key=lambda one: one[0].start)
            ordered += [*_in_order(ordered[-1:], left, right, [last_line]), last_line]
            last, other = [], []
    if last:
        left, right = sorted((last, other), key=lambda one: one[0].start)
        ordered += _in_order(ordered[-1:], left, right, [])
    return ordered, stretches


# Per line: the score of the best reading in which it is the last of its column, and how it came
# about; by how far back the other column's last line is, 0 where there is one column.
_States = dict[int, tuple[float, int, str]]


def _best_steps(lines: Sequence[Line]) -> list[str]:
    """Per line how it goes on: `next`, `begin` a second column, `turn` to the other, or `twice`.

    `end last` and `end other` are a turn and a `twice` behind which there is one column again:
    the one that this line belongs to.
    """
    full = _FULL * median(one.width for one in lines)
    states: list[_States] = [{0: (0.0, 0, "next")}]
    for at in range(1, len(lines)):
        found: _States = {}
        near = _link(lines[at - 1], lines[at], full)
        for back, (score, _, _) in states[-1].items():
            for state, gain, step in _steps(lines, at, back, near, full):
                if state not in found or score + gain > found[state][0]:
                    found[state] = (score + gain, back, step)
        states.append(found)
    state = max(states[-1], key=lambda one: states[-1][one][0])
    steps = []
    for found in reversed(states):
        _, before, step = found[state]
        steps.append(step)
        state = before
    return steps[::-1]


def _steps(
    lines: Sequence[Line], at: int, back: int, near: float, full: float
) -> Iterator[tuple[int, float, str]]:
    """How line `at` may go on: the state behind it, the evidence, and the step's name.

    `back` is how many lines the other column's last one stands above line `at` - 1.
    """
    if not back:
        yield 0, near, "next"
        if max(lines[at - 1].width, lines[at].width) <= _WIDEST:
            yield 1, _BEGIN, "begin"
        return
    far = _link(lines[at - 1 - back], lines[at], full)
    yield 0, far + _closed(lines[at - 1]), "end last"
    yield 0, near + _closed(lines[at - 1 - back]), "end other"
    if lines[at].width > _WIDEST:
        return
    yield 1, far + _TURN, "turn"
    if back < _REACH:
        yield back + 1, near + _TWICE, "twice"


def _closed(line: Line) -> float:
    return 0.0 if STOP_END.search(line.text) else _BROKEN


def _link(above: Line, below: Line, full: float) -> float:
    """Evidence that `below` is the next line of the column that `above` stands in.

    A line that stops a sentence, or is shorter than `full`, ends a paragraph or is a title: what
    is below it begins a sentence. A line without any mark may be a title, which goes on anyhow.
    """
    if STOP_END.search(above.text) or above.width < full or below.fresh:
        return _NO_START if begins_within_sentence(below.text) else _START
    if LEAD.match(below.text) or BYLINE.match(below.text):
        return 0.0
    score = _FOLLOWS * follows(above.text[-1:], below.text[:1])
    word = word_across(above.text, below.text)
    if word:
        score += _WORD if len(word) < 3 else _LONG_WORD
    elif begins_within_word(below.text):
        score += _HALF
    return score if _MARKS.search(above.text) else max(score, 0.0)
