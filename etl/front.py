"""Documents in front that stand in their sources as they did before.

They are written when something else comes, beside the work on that; where nothing does, nobody
needs to write them.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from etl import tables
from etl.former import Former
from etl.plan import Piece
from etl.store import Writer


class Front:
    """Takes documents off the pieces of work as long as they are those of the tables before.

    `is_open` until something else came; `count` are the documents so far.
    """

    def __init__(self, writer: Writer, before: Former | None) -> None:
        self.is_open, self.count = before is not None, 0
        self._writer, self._before = writer, before
        self._pool = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None

    def take(self, piece: Piece) -> None:
        """Take off what goes in front of the first document that is read anew."""
        has_document = any(not isinstance(one, tables.Reject) for one in piece.work)
        for step in [*piece.steps]:
            if not self.is_open:
                return
            if isinstance(step, range):
                self._take(piece, step)
            elif has_document:
                self.close()

    def _take(self, piece: Piece, places: range) -> None:
        if places.start != self.count or any(place in places for place in piece.reread):
            self.close()
            return
        self.count = places.stop
        piece.steps.remove(places)

    def close(self) -> None:
        """Begin to write what is here; see `wait`."""
        if self.is_open and self.count:
            self._writing = self._pool.submit(self._write)
        self.is_open = False

    def _write(self) -> None:
        assert self._before is not None
        self._writer.take_over(self._before, range(self.count), {})
        # The disk has time until the rest is made.
        self._writer.flush()

    def wait(self) -> None:
        """Wait until all here is written, or nothing is; only then may others write."""
        if self._writing:
            self._writing.result()
            self._writing = None

    def end(self) -> None:
        """Let nothing go on, whatever went wrong."""
        self._pool.shutdown(cancel_futures=True)
