"""Corrections of one row that contradict each other.

Two do where they were made by different people and the later one did not know of the earlier: it
neither expects what that one said, nor says the same. Who corrects their own correction, or what
they saw somebody else's correction make of it, goes on from it; that is no conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from etl.corrections.entries import Correction, RowKey


def conflicts(standing: Iterable[Correction]) -> list[tuple[Correction, Correction]]:
    """Pairs (earlier, later) that contradict each other, in the order of the later ones."""
    rows: dict[RowKey, list[Correction]] = defaultdict(list)
    found = []
    for one in standing:
        found += [(earlier, one) for earlier in rows[one.row] if contradict(earlier, one)]
        rows[one.row].append(one)
    return found


def contradict(earlier: Correction, later: Correction) -> bool:
    """Whether two corrections of one row say different things, unknown to each other."""
    if earlier.who == later.who or _knew(earlier, later):
        return False
    if "reject" in (earlier.action, later.action):
        return earlier.action != later.action
    if earlier.action == "accept" or later.action == "accept":
        changed, accepted = (earlier, later) if later.action == "accept" else (later, earlier)
        return changed.action != "accept" and _differs(changed.change, accepted.expect)
    return _differs(earlier.change, later.change)


def _knew(earlier: Correction, later: Correction) -> bool:
    """Whether `later` was made in sight of what `earlier` had changed."""
    shared = earlier.change.keys() & later.expect.keys()
    return bool(shared) and all(later.expect[name] == earlier.change[name] for name in shared)


def _differs(one: dict[str, object], other: dict[str, object]) -> bool:
    return any(one[name] != other[name] for name in one.keys() & other.keys())
