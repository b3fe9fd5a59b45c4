"""jieba's list of words as columns: 349,000 lines, counted without taking one of them apart."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

_FIRST, _LAST = ord("一"), ord("鿿")
_CODES = 1 << 16
_Numbers = Any


class WordList(NamedTuple):
    """Words of a dictionary, whose lines are a word, how often it stands in text, and its tag.

    `codes` are the code points of the whole; a word is `codes[starts:ends]`, its tag
    `codes[tags:stops]`. `counts` is how often each stands in text, `han` whether it consists of
    Chinese characters only.
    """

    codes: _Numbers
    starts: _Numbers
    ends: _Numbers
    tags: _Numbers
    stops: _Numbers
    counts: _Numbers
    han: _Numbers

    def tagged(self, *tags: str) -> _Numbers:
        """Which words have one of these tags."""
        found = np.zeros(len(self.starts), bool)
        for tag in tags:
            rows = np.flatnonzero(self.stops - self.tags == len(tag))
            for place, letter in enumerate(tag):
                rows = rows[self.codes[self.tags[rows] + place] == ord(letter)]
            found[rows] = True
        return found

    def spelt(self, chosen: _Numbers) -> tuple[_Numbers, _Numbers]:
        """All code points of the `chosen` words, and which of these words each belongs to."""
        starts, lengths = self.starts[chosen], (self.ends - self.starts)[chosen]
        owners = np.repeat(np.arange(len(starts)), lengths)
        within = np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.codes[starts[owners] + within], owners


def count(codes: _Numbers, weights: _Numbers = None) -> _Numbers:
    """How often each code point is there, or the sum of its weights."""
    return np.bincount(codes, weights, _CODES)


def read() -> WordList:
    """`dict.txt` of the installed jieba package (MIT); importing jieba itself takes a while."""
    package = importlib.util.find_spec("jieba")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("jieba is not installed: pip install -r requirements.txt")
    return parse((Path(package.origin).parent / "dict.txt").read_bytes().decode())


def parse(text: str) -> WordList:
    """The words in lines of three fields with one space between them, each line with its end.

    Raises ValueError for other lines.
    """
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    stops = np.flatnonzero(codes == ord("\n"))
    spaces = np.flatnonzero(codes == ord(" "))
    starts = np.concatenate([[0], stops[:-1] + 1])
    ends, tags = spaces[::2], spaces[1::2] + 1
    if len(spaces) != 2 * len(stops) or not ((starts < ends) & (tags < stops)).all():
        raise ValueError("a word list needs lines of three fields: word, count, tag")
    other = np.concatenate([[0], np.cumsum((codes < _FIRST) | (codes > _LAST))])
    counts = _read_numbers(codes, ends + 1, tags - 1)
    return WordList(codes, starts, ends, tags, stops, counts, other[ends] == other[starts])


def _read_numbers(codes: _Numbers, starts: _Numbers, ends: _Numbers) -> _Numbers:
    """The decimal numbers that stand there, digit by digit from the left."""
    numbers = np.zeros(len(starts), np.int64)
    for place in range(int((ends - starts).max(initial=0))):
        rows = np.flatnonzero(starts + place < ends)
        numbers[rows] = numbers[rows] * 10 + (codes[starts[rows] + place] - ord("0"))
    return numbers
