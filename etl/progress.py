"""How far a build is, on standard error, once it has taken more than two seconds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from tqdm import tqdm

from etl.sources import Source

QUIET_SECONDS = 2.0

Chunk = TypeVar("Chunk")


def counted(rows: int, what: str) -> tqdm[Any]:
    """A bar over rows, shown where it takes long and gone afterwards."""
    return tqdm(
        total=rows, unit=" rows", unit_scale=True, delay=QUIET_SECONDS, desc=what, leave=False
    )


class Progress:
    """A bar over the sources' bytes, with the rows made so far and the time that is left."""

    def __init__(self, found: Iterable[Source | tuple[Source, Any]]) -> None:
        self._sources = [one for one in found if isinstance(one, Source)]
        self._read: deque[int] = deque()

    def __enter__(self) -> Progress:
        self._bar = tqdm(
            total=sum(source.size for source in self._sources),
            unit="B",
            unit_scale=True,
            delay=QUIET_SECONDS,
            mininterval=0.5,
            desc="reading",
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def handed_out(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """`chunks`, while remembering how far the sources were read at each of them."""
        for chunk in chunks:
            self._read.append(sum(source.done for source in self._sources))
            yield chunk

    def finished(self, counts: Mapping[str, int]) -> None:
        """Move the bar behind the next chunk, with the counts of `etl.store.Writer`."""
        said = {name: f"{counts[name]:,}" for name in ("documents", "articles", "figures")}
        self._bar.set_postfix(said, refresh=False)
        self._bar.update(self._read.popleft() - self._bar.n)
