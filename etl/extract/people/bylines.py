"""Bylines and spaced names: where the layout itself says that the words are names.

In `（记者　甲乙丙　通讯员　丁戊）` whatever stands between the blanks is a name, however rare its
characters; `王　泳` is one of two characters, spaced to the width of three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from etl import reference
from etl.extract.people.characters import long_surnames, single_surnames

_BLANK = "[ 　 ]"
_NAME = "[一-鿿]{2,4}"
# A name of two characters with a blank between them, and nothing Chinese right beside it.
_SPACED = rf"[一-鿿]{_BLANK}{{1,2}}[一-鿿](?![一-鿿])"
_GAP = rf"{_BLANK}*[、,，/]{_BLANK}*|{_BLANK}+"
_ITEM = re.compile(rf"(?P<gap>{_GAP}|[:：]{_BLANK}*)(?:(?P<spaced>{_SPACED})|(?P<name>{_NAME}))")
_LONGEST_ROW = 12
_REPORTING = re.compile(
    r"[电讯] ?(?:本报|本台)?记者(?P<names>[一-鿿]{2,3}(?:[、，, 　][一-鿿]{2,3}){0,3})(?:摄影)?报道"
)


def find_byline_names(text: str) -> list[tuple[int, int]]:
    """Spans of the names behind 记者, 通讯员, 摄影 and the like, in order."""
    found: list[tuple[int, int]] = list(_reporters(text)) if "记者" in text else []
    for role in _roles().finditer(text):
        found += _row(text, role.end())
    return sorted(set(found))


def _reporters(text: str) -> Iterator[tuple[int, int]]:
    """The names in 本报南京5月3日电记者张三、李四报道, which runs on without blanks."""
    for row in _REPORTING.finditer(text):
        for name in re.finditer(_NAME, text[slice(*row.span("names"))]):
            span = row.start("names") + name.start(), row.start("names") + name.end()
            if is_name(name[0]):
                yield span


@cache
def _roles() -> re.Pattern[str]:
    lists = ("reporters", "photographers")
    words = {word for one in lists for word in reference.word_set("titles", one) if len(word) > 1}
    longest = sorted(words, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest))})(?={_BLANK}|[:：])")


def _row(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The names that follow `at`, one after the other, up to what is none."""
    for _ in range(_LONGEST_ROW):
        item = _ITEM.match(text, at)
        if not item or not _ends(text, item.end()):
            return
        group = "spaced" if item["spaced"] else "name"
        if not is_name(item[group]):
            return
        yield item.span(group)
        at = item.end()


def _ends(text: str, end: int) -> bool:
    """Whether a name surely ends at `end`: at a mark, a blank, or the end of the text.

    What stands before a colon is no name but says what follows: 编辑：某某 来源：某报.
    """
    return not "一" <= text[end : end + 1] <= "鿿" and text[end : end + 1] not in (":", "：")


def is_name(word: str) -> bool:
    """Whether a word begins with a family name and has a name's length."""
    letters = "".join(word.split())
    if letters in _words() or "某" in letters:
        return False
    if letters[:2] in long_surnames() and len(letters) > 2:
        return True
    return letters[0] in single_surnames() and len(letters) < 4


@cache
def _words() -> frozenset[str]:
    lists = ("reporters", "photographers", "endings", "following")
    words = frozenset().union(*(reference.word_set("titles", one) for one in lists))
    return words | reference.word_set("name_contexts", "ordinary")
