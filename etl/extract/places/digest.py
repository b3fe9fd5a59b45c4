"""Articles that are many: digests of short items, each about somewhere else."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from etl import tables
from etl.model import Block, Reading

_NAMED = re.compile("快讯|简讯|速览|短波|一周要闻|新闻集锦|简明新闻")
_FEWEST_ITEMS = 3
# Share of the items that one province must be named in to be what the whole is about.
_SHARE = 0.6


def is_scattered(reading: Reading, mentions: list[tables.Place]) -> bool:
    """Whether the article is a digest whose items share no province.

    A digest calls itself one in its headline, or has a head over each single paragraph.
    """
    if not _NAMED.search(reading.headline or "") and not _has_heads(reading.blocks):
        return False
    items = _items(reading.blocks)
    named = Counter(
        province
        for start, end in items
        for province in {
            one.adcode[:2] for one in mentions if one.adcode and start <= one.start < end
        }
    )
    return bool(items) and (not named or max(named.values()) < _SHARE * len(items))


def _has_heads(blocks: list[Block]) -> bool:
    """Whether three or more section heads each stand over one paragraph and no more."""
    roles = [one.role for one in blocks if one.role in ("section", "body")]
    if roles.count("section") < _FEWEST_ITEMS:
        return False
    return all(left != right for left, right in pairwise(roles[roles.index("section") :]))


def _items(blocks: list[Block]) -> list[tuple[int, int]]:
    """The spans of the items: a paragraph with the section head over it."""
    items: list[tuple[int, int]] = []
    head: int | None = None
    for block in blocks:
        if block.role == "section":
            head = block.start if head is None else head
        elif block.role == "body":
            items.append((block.start if head is None else head, block.end))
            head = None
    return items
