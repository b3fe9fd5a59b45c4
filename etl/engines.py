"""Where the work is done: in this process, on this machine's cores or on a cluster.

An engine takes a function, pieces of work and a number of workers, and gives the results in the
order of the pieces, so that the tables are the same whichever engine made them.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from typing import Any

import pyarrow as pa

from etl.failures import EngineError
from etl.lean import start_lean

__all__ = ["ENGINES", "Engine", "EngineError", "dask", "local"]

Work = Callable[[list[Any]], dict[str, pa.Table]]
Engine = Callable[[Work, Iterable[list[Any]], int], Iterator[dict[str, pa.Table]]]

_TRIES = 3
# Below so many pieces the work is done before other processes would have started.
_WORTH_PROCESSES = 4
_WAITING_PER_WORKER = 3


def local(work: Work, chunks: Iterable[list[Any]], workers: int) -> Iterator[dict[str, pa.Table]]:
    """On this machine: in this process with one worker, else in as many processes.

    A process that dies (out of memory, killed) is replaced and its pieces are done again; a
    piece that took three processes with it raises EngineError.
    """
    chunks = iter(chunks)
    first = list(islice(chunks, _WORTH_PROCESSES))
    if workers == 1 or len(first) < _WORTH_PROCESSES:
        yield from map(work, chain(first, chunks))
        return
    pool = _Pool(work, workers)
    try:
        for chunk in chain(first, chunks):
            pool.submit(chunk)
            if pool.full:
                yield pool.next_result()
        while pool.waiting:
            yield pool.next_result()
    finally:
        pool.close()


class _Pool:
    """Processes, and the pieces they were handed, in order."""

    def __init__(self, work: Work, workers: int) -> None:
        self._work, self._workers = work, workers
        self._pool = self._start()
        self.waiting: deque[tuple[list[Any], Future[dict[str, pa.Table]]]] = deque()

    def _start(self) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork of a process with threads can hang, and one that outlives
        # us would keep our files and our lock.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, context, initializer=_begin)

    @property
    def full(self) -> bool:
        return len(self.waiting) >= self._workers * _WAITING_PER_WORKER

    def submit(self, chunk: list[Any]) -> None:
        try:
            self.waiting.append((chunk, self._pool.submit(self._work, chunk)))
        except BrokenProcessPool:
            self._again()
            self.waiting.append((chunk, self._pool.submit(self._work, chunk)))

    def next_result(self) -> dict[str, pa.Table]:
        for _ in range(_TRIES):
            try:
                result = self.waiting[0][1].result()
            except BrokenProcessPool:
                self._again()
            else:
                self.waiting.popleft()
                return result
        raise EngineError(
            f"a worker process died {_TRIES} times over the same documents, most likely for want "
            "of memory; use fewer --workers"
        )

    def _again(self) -> None:
        """New processes for everything that is not finished."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start()
        left = [(chunk, future) for chunk, future in self.waiting]
        self.waiting.clear()
        for chunk, future in left:
            whole = future.done() and not future.cancelled() and not future.exception()
            fresh = future if whole else self._pool.submit(self._work, chunk)
            self.waiting.append((chunk, fresh))

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """What a process does before its first piece."""
    start_lean()
    _die_with_parent()


def _die_with_parent() -> None:
    """End this process when the one that started it is gone, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def dask(address: str) -> Engine:
    """On the dask cluster whose scheduler listens at `address`."""
    from etl.cluster import on_cluster

    return partial(on_cluster, address)


ENGINES = ("local", "dask")
