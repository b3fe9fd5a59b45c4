"""What is asked of the same words again and again is kept by word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

# More words than the segmenter's dictionary has in common use; so many take some 15 MB.
_MOST = 1 << 17

_Value = TypeVar("_Value")


def remembered(function: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """`function` of one word, with what it said of each word so far.

    Half the cost of `functools.lru_cache`: nothing is moved to the front when it is asked for
    again. When there are too many words all are forgotten at once.
    """
    return _Memory(function).__getitem__


class _Memory(dict[str, _Value]):
    def __init__(self, function: Callable[[str], _Value]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, word: str) -> _Value:
        if len(self) >= _MOST:
            self.clear()
        value = self[word] = self.function(word)
        return value
