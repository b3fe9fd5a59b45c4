"""What an imprint says is no fact of the article: who edited it, whose it is, when it went up."""

from __future__ import annotations

from typing import Protocol, TypeVar

from etl.model import Reading


class _Fact(Protocol):
    start: int


Fact = TypeVar("Fact", bound=_Fact)


def outside_imprints(reading: Reading, facts: list[Fact]) -> list[Fact]:
    """The facts that do not begin in a line of credits."""
    spans = [(one.start, one.end) for one in reading.blocks if one.role == "credit"]
    if not spans:
        return facts
    return [fact for fact in facts if not any(start <= fact.start < end for start, end in spans)]
