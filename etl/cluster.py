"""The same work on a dask cluster: several hosts, or several processes of this one.

A worker that dies is no loss: the scheduler gives its work to another. Results come back in the
order of the pieces, so the tables are those of any other engine.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa

from etl import stamp
from etl.failures import EngineError

_SECONDS_TO_CONNECT = 20
# Pieces under way for each thread of the cluster: one at work, one waiting, one on its way back.
_WAITING_PER_THREAD = 3

# What dask says of a piece of work whose code it can't import.
_UNREAD = "deserialization"

Work = Callable[[list[Any]], dict[str, pa.Table]]


def on_cluster(
    address: str, work: Work, chunks: Iterable[list[Any]], workers: int
) -> Iterator[dict[str, pa.Table]]:
    """Do the work on the cluster whose scheduler listens at `address`; `workers` plays no part.

    Raises EngineError where dask is not installed, the scheduler cannot be reached, has no workers
    or workers with another version of the code, or a piece has killed several workers.
    """
    client = _connected(address)
    try:
        from distributed import KilledWorker

        yield from _results(client, work, chunks)
    except KilledWorker as error:
        raise EngineError(
            f"several workers died over the same documents, most likely for want of memory; {error}"
        ) from error
    except (RuntimeError, ModuleNotFoundError) as error:
        if isinstance(error, RuntimeError) and _UNREAD not in str(error):
            raise
        raise EngineError(
            f"{address}: the scheduler or a worker does not find this project's code; start both "
            "in its folder, with `PYTHONPATH=. .venv/bin/dask ...`"
        ) from error
    finally:
        client.close()


def _connected(address: str) -> Any:
    """A client of the scheduler; dask's own types are not complete."""
    try:
        from distributed import Client
    except ImportError as error:
        reason = "dask is not installed: pip install -r requirements-dask.txt"
        raise EngineError(reason) from error
    try:
        client: Any = Client(address, timeout=_SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise EngineError(f"{address}: no dask scheduler answers there ({error})") from error
    if not client.nthreads():
        client.close()
        raise EngineError(
            f"{address}: the scheduler has no workers; start some in the project's folder, with "
            f"`PYTHONPATH=. .venv/bin/dask worker {address}`"
        )
    return client


def _results(client: Any, work: Work, chunks: Iterable[list[Any]]) -> Iterator[dict[str, pa.Table]]:
    """The results in the chunks' order, no more of them under way than the cluster has use for."""
    made = stamp.stamp()
    waiting: deque[Any] = deque()
    for chunk in chunks:
        waiting.append(client.submit(checked, made, work, chunk, pure=False))
        if len(waiting) >= _WAITING_PER_THREAD * sum(client.nthreads().values()):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def checked(made: stamp.Stamp, work: Work, chunk: list[Any]) -> dict[str, pa.Table]:
    """Do a piece of work where the code and the reference data are those of whoever sent it."""
    if stamp.stamp() != made:
        raise EngineError(
            "a worker has another version of the code, its packages or the reference data; "
            "give all hosts the same and start their workers again"
        )
    return work(chunk)
