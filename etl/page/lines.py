"""A page's text → its lines, every offset kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from etl.page.slips import MARKS, slips
from etl.text import normalise

Span = tuple[int, int]

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_LINE_END = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INDENT = re.compile(r"(?: {2,}|\t|\u3000)")
# Words set wide: single characters with a space between them, five or more, or the whole line.
_WIDE_CHARACTER = r"[\u3400-\u9fff、。“”《》,:;!?()]"
_SET_WIDE = re.compile(
    rf"(?<!\S)(?:{_WIDE_CHARACTER}\s){{4,}}{_WIDE_CHARACTER}(?!\S)"
    rf"|^(?:{_WIDE_CHARACTER}\s){{3}}{_WIDE_CHARACTER}$"
)

_MAY_SLIP = re.compile(rf"[\s{MARKS}]")


@dataclass(slots=True)
class Line:
    """One line of the file without the white space around it; `width` in full-width characters.

    `parts` are its spans, more than one where the white space between the characters of words
    set wide (人 民 政 协 报) is left out of `text`. `torn` is the rest of a line behind a stretch
    that was left out, `fresh` the first line of a column that goes on with nothing above it.
    """

    start: int
    end: int
    text: str
    width: float
    indented: bool
    parts: list[Span]
    blank_above: bool = False
    torn: bool = False
    fresh: bool = False


def read_lines(document: str, dropped: Iterable[Span] = ()) -> list[Line]:
    """The lines of `document` that hold more than white space, less the `dropped` stretches."""
    normal = normalise(document)
    lines: list[Line] = []
    behind = 0
    for start, end in _kept(document, dropped):
        for match in _LINE.finditer(document, start, end):
            for line in _trimmed(match.group(), normal[match.start() : match.end()], match.start()):
                breaks = document[behind : line.start].replace("\r\n", "\n")
                line.blank_above = len(_LINE_END.findall(breaks)) > 1
                line.torn = bool(lines) and not _LINE_END.search(document, start, line.start)
                behind = line.end
                lines.append(line)
    return lines


def _kept(document: str, dropped: Iterable[Span]) -> list[Span]:
    kept, at = [], 0
    for start, end in sorted(dropped):
        kept.append((at, start))
        at = max(at, end)
    kept.append((at, len(document)))
    return [(start, end) for start, end in kept if start < end]


def _trimmed(raw: str, plain: str, offset: int) -> list[Line]:
    """The line that `raw` (normalised `plain`) at `offset` holds, if more than white space."""
    text = raw.strip()
    if not text:
        return []
    begin = len(raw) - len(raw.lstrip())
    parts = _set_close(plain[begin : begin + len(text)])
    spans = [(offset + begin + left, offset + begin + right) for left, right in parts]
    close = "".join(plain[begin + left : begin + right] for left, right in parts)
    indented = bool(_INDENT.match(raw))
    return [Line(spans[0][0], spans[-1][1], close, width(text), indented, spans)]


def width(text: str) -> float:
    """How wide a text is in print, in full-width characters."""
    narrow = len(text.encode("latin-1", "ignore"))
    return len(text) - narrow / 2


def _set_close(text: str) -> list[Span]:
    """The spans of a line's text less spaces in words set wide, and slips in words and numbers."""
    if not _MAY_SLIP.search(text):
        return [(0, len(text))]
    spans, at = [], 0
    for start, end in sorted({*_in_wide(text), *slips(text)}):
        spans.append((at, start))
        at = end
    return [*spans, (at, len(text))]


def _in_wide(text: str) -> Iterator[Span]:
    for run in _SET_WIDE.finditer(text):
        for space in re.finditer(r"\s", run.group()):
            yield run.start() + space.start(), run.start() + space.end()


def cut_line(document: str, line: Line, start: int, end: int) -> Line:
    """The stretch of `line` from `start` to `end` of the document as a line of its own."""
    raw = document[start:end]
    (part,) = _trimmed(raw, normalise(raw), start)
    part.blank_above, part.torn = line.blank_above, line.torn
    part.indented = line.indented and start == line.start
    return part
