"""A stretch of text that names a place, and what several of them have in common."""

from __future__ import annotations

import re
from typing import NamedTuple

# Between two places of a list: 四川东北部、陕西南部.
_JOINED = re.compile("(?:[东西南北中]{1,2}部)?(?:、|和|与|及|以及)")
_LONGEST_LINK = 5


class Mention(NamedTuple):
    """A place that the text names or implies; adcode None for the whole nation and abroad."""

    start: int
    end: int
    adcode: str | None


def innermost(found: list[Mention]) -> list[Mention]:
    """One mention for each run of places without a gap (甘肃省张掖市), the last of the run."""
    groups: list[Mention] = []
    for one in found:
        if groups and one.start <= groups[-1].end:
            narrower = contains(groups[-1].adcode, one.adcode)
            place = one.adcode if narrower else groups[-1].adcode
            groups[-1] = Mention(groups[-1].start, max(one.end, groups[-1].end), place)
        else:
            groups.append(one)
    return groups


def chain(text: str, found: list[Mention]) -> list[Mention]:
    """The places at the end of `found` that are listed with 、 or 和, one beside the other."""
    chain = [found[-1]]
    for one in reversed(found[:-1]):
        near = chain[0].start - one.end <= _LONGEST_LINK
        joined = near and _JOINED.fullmatch(text, one.end, chain[0].start)
        related = contains(one.adcode, chain[0].adcode) or contains(chain[0].adcode, one.adcode)
        if not joined or related:
            break
        chain.insert(0, one)
    return chain


def contains(whole: str | None, part: str | None) -> bool:
    """Whether the division `part` lies in `whole`; everything lies in the nation (None)."""
    if whole is None:
        return True
    digits = 2 if whole.endswith("0000") else 4 if whole.endswith("00") else 6
    return part is not None and part.startswith(whole[:digits])


def together(found: list[Mention]) -> str | None:
    """The smallest division that holds all of several ones: 南京、苏州 → 江苏, else None."""
    codes = {one.adcode for one in found}
    if None in codes:
        return None
    for digits in (4, 2):
        heads = {code[:digits] for code in codes if code}
        if len(heads) == 1:
            return heads.pop().ljust(6, "0")
    return None


def leading(text: str, acting: list[Mention]) -> Mention:
    """The first place of a sentence, or what holds all of them where it begins with a list."""
    stop = 1
    while stop < len(acting) and len(chain(text, acting[: stop + 1])) > stop:
        stop += 1
    first, last = acting[0], acting[stop - 1]
    return first if stop == 1 else Mention(first.start, last.end, together(acting[:stop]))
