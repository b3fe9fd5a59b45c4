"""The results of pieces of work, and between them what is taken over → rows in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from etl import corrections, former, tables
from etl.former import Former
from etl.front import Front
from etl.plan import Piece, Planner, Work
from etl.sources import Item
from etl.store import Writer

SHOWN_REJECTS = 20
# In the result of a piece of work, beside the tables: how many rows of each each document has.
COUNTS = ".counts"


class Made:
    """What was made so far: writes the results of pieces of work in their order.

    `rejects` holds the first ones only, `doubtful` the corrections that a person should look at.
    Once finished, `is_new` says whether the tables are others than those before; where they are
    not, little was written. A context manager.
    """

    def __init__(self, writer: Writer, planner: Planner) -> None:
        self.rejects: list[tables.Reject] = []
        self.doubtful: list[tables.Correction] = []
        self.is_new = True
        self._writer, self._planner = writer, planner
        self._front = Front(writer, planner.before)
        self._waiting: deque[Piece] = deque()

    def __enter__(self) -> Made:
        return self

    def __exit__(self, *_: object) -> None:
        self._front.end()

    def handed_out(self, items: Iterable[Item]) -> Iterator[list[Work]]:
        """The work of each piece, while remembering what it stands between."""
        for piece in self._planner.pieces(items):
            self._front.take(piece)
            self._waiting.append(piece)
            if piece.work:
                yield piece.work

    def write(self, result: dict[str, pa.Table]) -> None:
        """Write the result of the next piece."""
        piece = self._waiting.popleft()
        made = piece.made(result[COUNTS])
        at, rows = 0, dict.fromkeys(former.OF_DOCUMENTS, 0)
        for step in piece.steps:
            if isinstance(step, range):
                self._take_over(step, piece.reread)
                continue
            some = made.slice(at, step)
            at += step
            self._append(some, result, rows)
        self._writer.append("rejects", result["rejects"])
        left = result["rejects"].slice(0, SHOWN_REJECTS - len(self.rejects)).to_pylist()
        self.rejects += [tables.Reject(**row) for row in left]

    def _append(self, made: pa.Table, result: dict[str, pa.Table], rows: dict[str, int]) -> None:
        """Write documents whose rows begin at `rows` of each table, and move that behind them."""
        read = made.filter(pc.equal(made["documents"], 1))
        if not read.num_rows:
            return
        found = {}
        for table, start in rows.items():
            count = pc.sum(made[table]).as_py() or 0
            found[table] = result[table].slice(start, count)
            rows[table] += count
        self.doubtful += _doubtful(found["corrections"])
        self._front.wait()
        self._writer.append_documents(read, found)

    def _take_over(self, places: range, reread: Mapping[int, bytes]) -> None:
        if before := self._planner.before:
            self._front.wait()
            self._writer.take_over(before, places, reread)
            self.doubtful += _noted(before, places)

    def finish(self) -> None:
        """Write what stands behind the last work, and the corrections that fell on nothing.

        Raises `etl.former.Damaged` where the tables before are not as they were written.
        """
        for piece in self._waiting:
            for step in piece.steps:
                if isinstance(step, range):
                    self._take_over(step, piece.reread)
        unused = self._planner.unused.values()
        left = [corrections.noted(one, "no_document") for some in unused for one in some]
        if before := self._planner.before:
            assert before.hashes
            self._finish_front(before, left)
        self._writer.append("corrections", left)
        self.doubtful += left

    def _finish_front(self, before: Former, left: list[tables.Correction]) -> None:
        self.is_new = not self._is_as_before(before, left)
        if self.is_new:
            self._front.close()
        else:
            self._writer.counts |= before.counts()
        self._front.wait()
        self.doubtful[:0] = _noted(before, range(self._front.count))

    def _is_as_before(self, before: Former, left: list[tables.Correction]) -> bool:
        return (
            self._front.is_open
            and not left
            and before.is_all(self._front.count, self._planner.stretches)
            and self._writer.is_as_before("rejects")
        )


def _noted(before: Former, places: range) -> list[tables.Correction]:
    """The doubtful corrections of documents of the tables before."""
    return _doubtful(before.table("corrections").rows(places.start, places.stop))


def _doubtful(rows: pa.Table) -> list[tables.Correction]:
    """The corrections that a person should look at again."""
    return [
        tables.Correction(**row)
        for row in rows.to_pylist()
        if row["outcome"] in corrections.DOUBTFUL
    ]
