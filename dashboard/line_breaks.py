"""Where a line may break: between words and after punctuation, never inside a Chinese word."""

from __future__ import annotations

import html
import unicodedata
from functools import lru_cache

import rjieba

# So many half-width columns are too few for the last line: one or two Chinese characters.
LONELY = 4


class _Widths(dict[str, int]):
    """The columns of each character that was asked for."""

    def __missing__(self, one: str) -> int:
        self[one] = width = 2 if unicodedata.east_asian_width(one) in "WF" else 1
        return width


_widths = _Widths()


def columns(text: str) -> int:
    """The width of `text` in half-width columns; a Chinese character takes two."""
    return sum(map(_widths.__getitem__, text))


@lru_cache(maxsize=1024)
def pieces(text: str) -> tuple[str, ...]:
    """`text` cut where a line may break; joined again the pieces are the text.

    A single character (的, 项, a mark) stays with what is before it, an opening mark with what
    follows, and a run of Latin letters, digits and signs is one.
    """
    found: list[str] = []
    for word in rjieba.cut(text):
        if found and _joined(found[-1], word):
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


def _joined(before: str, word: str) -> bool:
    last, first = before[-1], word[0]
    if _opens(first):
        return False
    if _opens(last) or (_is_mark(first) and len(word) == 1):
        return True
    if last.isspace():
        return not word.isascii() and before.rstrip()[-1:].isdigit()
    if last.isascii() and first.isascii():
        return True
    return len(word) == 1 and not _is_mark(last)


def _opens(mark: str) -> bool:
    return unicodedata.category(mark) in ("Ps", "Pi")


def _is_mark(one: str) -> bool:
    """Whether it is a mark that nothing begins with: a comma, a full stop, a space."""
    return one.isspace() or unicodedata.category(one).startswith("P")


def lines(text: str, limit: int) -> list[str]:
    """`text` in lines of at most `limit` columns; the last is never one or two characters."""
    parts = [one for piece in pieces(text) for one in _fitting(piece, limit)]
    found: list[list[str]] = [[]]
    for part in parts:
        if found[-1] and columns("".join([*found[-1], part]).rstrip()) > limit:
            found.append([])
        found[-1].append(part)
    if len(found) > 1:
        _keep_company(found[-2], found[-1])
    return ["".join(one).rstrip() for one in found]


def balanced(text: str, limit: int) -> list[str]:
    """The same in as few lines, and these as nearly of one length as the words allow."""
    fewest = len(lines(text, limit))
    shortest = columns(text) // fewest
    narrow = (lines(text, one) for one in range(max(LONELY, shortest), limit))
    return next((found for found in narrow if len(found) == fewest), lines(text, limit))


def _fitting(piece: str, limit: int) -> list[str]:
    """A piece, cut anywhere where it is longer than a line."""
    found = [""]
    for one in piece:
        if columns((found[-1] + one).rstrip()) > limit:
            found.append("")
        found[-1] += one
    return found


def _keep_company(before: list[str], last: list[str]) -> None:
    """Hand pieces of the line before on to a last line that is too short."""
    while len(before) > 1 and columns("".join(last)) <= LONELY:
        last.insert(0, before.pop())


def breakable(text: str) -> str:
    """`text` as HTML that tells the browser where it may break; for `word-break: keep-all`."""
    return "<wbr>".join(html.escape(one) for one in pieces(text))
