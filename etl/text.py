"""Text that remembers where it came from.

The extractors read an article's clean text; every span they return is carried back to the
document by `MappedText.source_span`, so that `document_text[start:end] == raw` always holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# Lines are asked for several times in turn, whole texts are not.
_SHORT = 200
# So many marks between two pieces are nothing that parts them.
_MARKS = 2
_FULL = re.compile("[\uff01-\uff5e\u3000\ufe6a]")
_TO_ASCII = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "\u3000": " ",
    "\ufe6a": "%",
}


def normalise(text: str) -> str:
    """`text` with full-width letters, digits and punctuation as ASCII, code point for code point.

    The length never changes, so an offset into the result is an offset into `text`.
    。 、 《 》 “ ” ‘ ’ · — … stay as they are.
    """
    return _short_normalised(text) if len(text) <= _SHORT else _normalised(text)


def _normalised(text: str) -> str:
    # A text has but a few different ones, so this is faster than `str.translate`.
    for full in set(_FULL.findall(text)):
        text = text.replace(full, _TO_ASCII[full])
    return text


_short_normalised = lru_cache(maxsize=1 << 10)(_normalised)


def _is_text(between: str) -> bool:
    marks = "".join(between.split())
    return len(marks) > _MARKS or any(map(str.isalnum, marks))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of clean text that stands in one piece in the document."""

    start: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class MappedText:
    """Clean text and the pieces of the document it was put together from.

    Characters of the clean text that belong to no piece (a line break set between two joined
    paragraphs) have no source; no fact may consist of them alone.
    """

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def whole(cls, text: str, source: int = 0) -> MappedText:
        """`text` as it stands in the document from `source` on."""
        return cls(text, (Piece(0, source, len(text)),))

    @classmethod
    def build(cls, document: str, parts: list[tuple[int, int] | str]) -> MappedText:
        """Join parts in reading order: (start, end) spans of `document`, or glue (a line break)."""
        text: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for part in parts:
            if isinstance(part, str):
                text.append(part)
                at += len(part)
                continue
            start, end = part
            if start < end:
                text.append(document[start:end])
                pieces.append(Piece(at, start, end - start))
                at += end - start
        return cls("".join(text), tuple(pieces))

    def seams(self, document: str) -> list[int]:
        """Clean offsets at which the text goes on elsewhere in the document.

        Two pieces with nothing but white space or a mark or two between them are no seam.
        """
        found = []
        for left, right in pairwise(self.pieces):
            stop = left.source + left.length
            if right.source < stop or _is_text(document[stop : right.source]):
                found.append(right.start)
        return found

    def source_span(
        self, start: int, end: int, seams: list[int] | None = None
    ) -> tuple[int, int] | None:
        """The document's span for clean text[start:end], or None where it has no source.

        A span that crosses a seam is cut to its longest part, for the document has no single
        stretch that holds it all.
        """
        if seams:
            cuts = [start, *(one for one in seams if start < one < end), end]
            start, end = max(pairwise(cuts), key=lambda part: part[1] - part[0])
        first, last = self._source(start, after=True), self._source(end - 1, after=False)
        if first is None or last is None or last < first:
            return None
        return first, last + 1

    def _source(self, at: int, *, after: bool) -> int | None:
        """The document offset of clean offset `at`, or of its nearest neighbour that has one."""
        index = bisect_right(self.pieces, at, key=lambda piece: piece.start) - 1
        piece = self.pieces[index] if index >= 0 else None
        if piece and at < piece.start + piece.length:
            return piece.source + at - piece.start
        if after:
            following = self.pieces[index + 1 : index + 2]
            return following[0].source if following else None
        return piece.source + piece.length - 1 if piece else None
