"""A page's text → its paragraphs: hard-wrapped lines joined, every offset kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.page.cuts import word_across
from etl.page.lines import Line, Span
from etl.page.patterns import BYLINE, STOP_END, ends_sentence
from etl.page.printed import is_table
from etl.page.sheet_patterns import (
    CAPTION_START,
    CREDIT_END,
    DASH_START,
    JUMP_END,
    JUMP_LINE,
    JUMP_START,
    LEAD,
    SECTION_NUMBER,
    SIGNATURE_END,
)

# Lines of a printed column: this wide (in full-width characters), and at least so many together.
_NARROWEST, _WIDEST, _RAGGED, _FEWEST = 8.0, 60.0, 2.0, 4
# A line's neighbours on each side that show its column, and the share of full lines among them
# and on a page of one column.
_WINDOW, _WINDOW_SHARE, _PAGE_SHARE = 4, 0.5, 0.4
# Blank lines part paragraphs unless more than this share of the column's lines have one below.
_BLANK_SHARE = 0.5
# A page sets paragraphs, or blocks of them, apart by blank lines where so many lines, and so
# great a share of them, have one above; running text is so long, and stops so before a list.
_FEWEST_BLOCKS, _BLOCK_SHARE, _RUNNING = 3, 0.2, 30
_NEVER_FIRST, _BREAKS_OFF = frozenset(",、。;:!?)”》’%"), frozenset(":—-;)…”")
# A headline's character pairs come back in the lines below it: this share, in so many lines.
# 80 in 100 headlines without a mark reach it, 9 in 100 first lines of a paragraph.
_ECHOES, _ECHO_LINES = 0.4, 5
_MARKS = re.compile(r"[,、;。!?…]")
_APART = re.compile("|".join(one.pattern for one in (LEAD, BYLINE, JUMP_LINE, JUMP_START)))
_OWN_LINE = re.compile("|".join(one.pattern for one in (DASH_START, SECTION_NUMBER, CAPTION_START)))
_ENDS = re.compile("|".join(one.pattern for one in (CREDIT_END, SIGNATURE_END, JUMP_END)))


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a line that stands alone.

    `parts` are its spans in the document in reading order, `text` their text, normalised,
    with nothing between them. `role` is one of `tables.ROLES_OF_TEXT`.
    """

    parts: list[Span]
    text: str
    role: str = "body"

    @property
    def start(self) -> int:
        """Where it starts in the document."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where it ends in the document."""
        return self.parts[-1][1]

    def cut(self, at: int) -> tuple[Paragraph, Paragraph]:
        """The paragraph in two, the second from `text[at]` on; white space between is left out."""
        head, tail = self.text[:at].rstrip(), self.text[at:].lstrip()
        begin = len(self.text) - len(tail)
        return (
            Paragraph(_slice(self.parts, 0, len(head)), head, self.role),
            Paragraph(_slice(self.parts, begin, len(self.text)), tail, self.role),
        )

    @property
    def stops(self) -> bool:
        """Whether it ends like a finished sentence; a printed table does."""
        return is_table(self.text) or ends_sentence(self.text)


def _slice(parts: list[Span], start: int, end: int) -> list[Span]:
    """The spans of characters `start` to `end` of the joined parts."""
    found, at = [], 0
    for left, right in parts:
        first, last = left + max(start - at, 0), left + min(end - at, right - left)
        if first < last:
            found.append((first, last))
        at += right - left
    return found


def read_paragraphs(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs that `lines` make up, in their order."""
    column = _Column(lines)
    paragraphs: list[Paragraph] = []
    rows = 0
    for index, line in enumerate(lines):
        if paragraphs and column.continues(index, rows, paragraphs[-1].text):
            rows += 1
            paragraphs[-1].parts += line.parts
            paragraphs[-1].text += line.text
        else:
            rows = 1
            paragraphs.append(Paragraph(list(line.parts), line.text))
    return paragraphs


def _full_lines(lines: list[Line]) -> list[bool]:
    """Per line, whether it fills its column: the page's one column, or that of its neighbours."""
    widths = [line.width for line in lines]
    page = _column_width(widths, _PAGE_SHARE)
    full = []
    for index, width in enumerate(widths):
        if page and page - _RAGGED <= width <= page:
            full.append(True)
            continue
        near = widths[max(0, index - _WINDOW) : index + _WINDOW + 1]
        column = _column_width(near, _WINDOW_SHARE)
        full.append(bool(column) and column - _RAGGED <= width <= column)
    return full


def _column_width(widths: list[float], share: float) -> float:
    """The width that more than `share` of the lines reach to within two characters; 0.0 if none.

    Paragraphs that happen to be about as long as each other are told from wrapped lines by
    `_NARROWEST` and `_WIDEST`: a printed column holds 8 to 60 characters.
    """
    ordered = sorted(one for one in widths if _NARROWEST <= one <= _WIDEST)
    best, most, left = 0.0, 0, 0
    for right, width in enumerate(ordered):
        while ordered[left] < width - _RAGGED:
            left += 1
        if right - left + 1 >= most:
            best, most = width, right - left + 1
    return best if most >= _FEWEST and most > share * len(widths) else 0.0


def _is_unfinished(above: str, line: str) -> bool:
    """Whether a line of the same block goes on with a sentence of running text."""
    if line[0] in _NEVER_FIRST:
        return True
    if len(above) < _RUNNING or not _MARKS.search(above) or above[-1] in _BREAKS_OFF:
        return False
    return not (ends_sentence(above) or _APART.match(line) or _OWN_LINE.match(line))


class _Column:
    """The lines of a page, and what tells a line's end from a paragraph's."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._full = _full_lines(lines)
        self._indents = sum(one.indented for one in lines) >= max(2, len(lines) // 40)
        behind_full = [
            line.blank_above for line, full in zip(lines[1:], self._full, strict=False) if full
        ]
        self._blanks = sum(behind_full) < _BLANK_SHARE * len(behind_full)
        apart = sum(one.blank_above for one in lines)
        self._blocks = apart >= _FEWEST_BLOCKS and apart >= _BLOCK_SHARE * len(lines)

    def continues(self, index: int, rows: int, above: str) -> bool:
        """Whether line `index` goes on with the paragraph `above`, of `rows` lines so far."""
        before, line = self._lines[index - 1], self._lines[index]
        if line.fresh or is_table(line.text) or is_table(before.text):
            return False
        if line.torn:
            return not STOP_END.search(before.text)
        if self._blocks and not line.blank_above and _is_unfinished(above, line.text):
            return not _ENDS.search(before.text)
        if not self._full[index - 1] or _APART.match(line.text) or _ENDS.search(before.text):
            return False
        if self._starts(index):
            return False
        if STOP_END.search(before.text):
            return self._ends_in_stop(index)
        return rows > 1 or not self._is_headline(index - 1)

    def _ends_in_stop(self, index: int) -> bool:
        """Whether the full lines from `index` on, with the line behind them, end a paragraph.

        A headline set in two lines fills the first of them, too, but ends without a full stop.
        """
        lines = self._lines
        while index + 1 < len(lines) and self._full[index]:
            if STOP_END.search(lines[index].text) or self._starts(index + 1):
                break
            index += 1
        return bool(STOP_END.search(lines[index].text))

    def _starts(self, index: int) -> bool:
        """Whether white space says that a paragraph starts at a line."""
        line = self._lines[index]
        return (self._indents and line.indented) or (self._blanks and line.blank_above)

    def _is_headline(self, index: int) -> bool:
        """Whether a full line is a headline: without marks, its words repeated below."""
        title = self._lines[index].text
        if _MARKS.search(title) or word_across(title, self._lines[index + 1].text):
            return False
        below = "".join(one.text for one in self._lines[index + 1 : index + 1 + _ECHO_LINES])
        echoes = sum(title[at : at + 2] in below for at in range(len(title) - 1))
        return echoes >= _ECHOES * (len(title) - 1)
