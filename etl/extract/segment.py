"""Words of a text with their offsets, as jieba's dictionary cuts them."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

import rjieba

from etl.extract.memory import remembered

_WINDOW = 8
# So many texts are remembered: those of the articles that are extracted together.
_TEXTS = 1 << 11


class Cut(NamedTuple):
    """A text's tokens in order and the offset at which each one starts.

    `starts` has one entry more than `tokens`: the length of the text.
    """

    tokens: list[str]
    starts: list[int]


@cache
def segmenter() -> rjieba.Jieba:
    """The segmenter; nobody adds words to it, so that all articles are cut alike.

    It is the one that the package makes when it is loaded: another would read the dictionary again.
    """
    made: rjieba.Jieba = rjieba.cut.__self__  # type: ignore[attr-defined]
    return made


@lru_cache(maxsize=_TEXTS)
def cut(text: str) -> Cut:
    """`text` cut into dictionary words; what the dictionary does not know is single characters.

    The last texts stay in memory until `forget`, for several extractors ask for the same one.
    """
    tokens: list[str] = segmenter().cut(text, False)
    return Cut(tokens, [0, *accumulate(map(len, tokens))])


@lru_cache(maxsize=_TEXTS)
def boundaries(text: str) -> frozenset[int]:
    """The offsets at which a word of `text` begins or ends, 0 and the length among them."""
    return frozenset(cut(text).starts)


def forget() -> None:
    """Drop the texts that were cut."""
    cut.cache_clear()
    boundaries.cache_clear()


def reads_as_word(text: str, start: int, end: int) -> bool:
    """Whether the segmenter, guessing unknown names too, begins and ends words at start and end.

    It guesses from the next characters only: 哈格隆德 is one name, so 隆德 is no word in it.
    """
    left = max(0, start - _WINDOW)
    at = left
    found = {at}
    for token in segmenter().cut(text[left : end + _WINDOW], True):
        at += len(token)
        found.add(at)
    return start in found and end in found


@remembered
def part_of_speech(word: str) -> str:
    """jieba's tag of a word (n, v, nr, ns ...); of its last part where it is in no dictionary."""
    tags: list[tuple[str, str]] = segmenter().tag(word, True)
    return tags[-1][1] if tags else "x"
