"""What a build reads anew and what it takes over from the tables before it.

Documents are handed out in the sources' order, as pieces of work. A piece holds only the documents
that are read anew, and knows between which others they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from etl import corrections, former, tables
from etl.corrections import Correction
from etl.former import Former, content_key
from etl.sources import Item, Run, Same
from etl.sources.common import Stretch, key

# So many characters make one piece of work: enough to be worth sending to another process, and
# little enough that the last ones do not keep one process busy while the others wait.
CHARACTERS_OF_PIECE = 200_000
_OF_REJECT = 100


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document and what people corrected in it."""

    document: tables.Document
    corrections: list[Correction]


Work = tables.Document | Corrected | tables.Reject
# Of a document: its id, and the keys of what it was read from, its content, its corrections.
Keys = tuple[str | None, bytes | None, bytes | None, bytes | None]


@dataclass(slots=True)
class Piece:
    """A piece of work.

    `work` is what is read anew, `keys` the columns of `.documents` for it. `steps` gives the
    order: so many of `work`, or a range of places in the tables before; `reread` has the keys of
    those that were read from other bytes than before.
    """

    work: list[Work] = field(default_factory=list)
    keys: list[Keys] = field(default_factory=list)
    steps: list[int | range] = field(default_factory=list)
    reread: dict[int, bytes] = field(default_factory=dict)
    size: int = 0

    def take_over(self, place: int, read: bytes | None) -> None:
        """Put a document of the tables before behind the others; `read` where it was read anew."""
        if read:
            self.reread[place] = read
        self.take_over_run(range(place, place + 1))

    def take_over_run(self, places: range) -> None:
        """Put documents that stand in a row in the tables before behind the others."""
        last = self.steps[-1] if self.steps else 0
        if isinstance(last, range) and last.stop == places.start:
            self.steps[-1] = range(last.start, places.stop)
        else:
            self.steps.append(places)

    def read(self, item: Work, keys: Keys, size: int) -> None:
        """Put something that is read anew behind the others."""
        self.work.append(item)
        self.keys.append(keys)
        self.size += size
        last = self.steps[-1] if self.steps else None
        if isinstance(last, int):
            self.steps[-1] = last + 1
        else:
            self.steps.append(1)

    def made(self, counts: pa.Table) -> pa.Table:
        """The rows of `.documents` for `work`; `counts` has the numbers of rows in each table."""
        named = zip(former.SCHEMA.names[:4], zip(*self.keys, strict=True), strict=True)
        columns = {name: pa.array(some, former.SCHEMA.field(name).type) for name, some in named}
        columns |= {name: counts[name] for name in former.OF_DOCUMENTS}
        return pa.table(columns, schema=former.SCHEMA)


class Planner:
    """Makes the pieces of work; `taken_over` counts the documents that need none.

    It is the sources' memory: `find`, `note`, `behind` and `note_stretch` are for them.
    """

    def __init__(
        self,
        before: Former | None,
        corrected: Mapping[corrections.Key, list[Correction]],
    ) -> None:
        self.unused = dict(corrected)
        self.taken_over = 0
        self.before = before
        self.stretches: dict[bytes, Stretch] = {}
        self._read: dict[str, bytes] = {}

    def find(self, key: bytes) -> Same | None:
        """The document before that was read from what `key` stands for."""
        if self.before is None:
            return None
        place = self.before.by_reading.get(key)
        return None if place is None else self.before.same(place)

    def note(self, document_id: str, key: bytes) -> None:
        """Remember what a document was read from."""
        self._read[document_id] = key

    def behind(self, key: bytes) -> tuple[Stretch, Run] | None:
        """The stretch of lines that began behind what `key` stands for, and its documents."""
        return self.before.behind(key) if self.before else None

    def note_stretch(self, behind: bytes, stretch: Stretch) -> None:
        """Remember a stretch of lines for the build after this one."""
        self.stretches[behind] = stretch

    def pieces(self, items: Iterable[Item]) -> Iterator[Piece]:
        """All work, and in the last piece, which may hold none, the documents behind it."""
        piece = Piece()
        for item in items:
            self._put(piece, item)
            if piece.size >= CHARACTERS_OF_PIECE:
                yield piece
                piece = Piece()
        yield piece

    def _put(self, piece: Piece, item: Item) -> None:
        if isinstance(item, tables.Reject):
            piece.read(item, (None, None, None, None), _OF_REJECT)
            return
        if isinstance(item, Run):
            self._put_run(piece, item)
            return
        own = self.unused.pop((item.uri, item.record_id), None) if self.unused else None
        corrected = key(repr(own).encode("utf-8", "surrogatepass")) if own else None
        if isinstance(item, Same):
            read, content = None, None
            place: int | None = item.place
        else:
            read, content = self._read.pop(item.document_id, None), content_key(item)
            place = self.before.by_content.get(content) if self.before else None
        if self.before and place is not None:
            if self.before.corrected(place) == corrected:
                piece.take_over(place, read)
                self.taken_over += 1
                return
            before, content = self.before.keys(place)
            read = read or before
            item = self.before.document(place)
        assert isinstance(item, tables.Document)
        work = Corrected(item, own) if own else item
        piece.read(work, (item.document_id, read, content, corrected), item.n_chars)

    def _put_run(self, piece: Piece, run: Run) -> None:
        assert self.before is not None
        if self._is_as_corrected(run):
            piece.take_over_run(run.places)
            self.taken_over += len(run.places)
            return
        for place in run.places:
            self._put(piece, self.before.same(place))

    def _is_as_corrected(self, run: Run) -> bool:
        """Whether no correction falls on these documents, and none did before."""
        assert self.before is not None
        if self.unused and any((run.uri, one) in self.unused for one in run.record_ids):
            return False
        return self.before.is_uncorrected(run.places)
