"""Runs of pages take turns: a few at a time, the others wait in line.

All readers' runs share one interpreter. A hundred at once leave each of them a hundredth, and the
loop that speaks to the browsers so little that connections break; in turns each takes as long as
alone, and most readers wait for a few others only.

After every run Streamlit collects garbage among all objects of all readers: with a hundred of them
that costs as much as the run. So what is alive when a run begins is set apart from the collection
at its end (`gc.freeze`), but once a minute, when that walks everything: nothing stays for ever.
What memory is free then goes back to the system.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dashboard import memory

# While one run waits for the tables or the disk another works.
AT_ONCE = 2
# Seconds after which a run goes on without a turn, and after which its reader is told.
PATIENCE, MOMENT = 15.0, 1.5
# Seconds between collections among everything.
WHOLE_EVERY = 60.0

_turns = threading.BoundedSemaphore(AT_ONCE)
_last_whole = time.monotonic()
_mine = threading.local()


@contextmanager
def taken(
    patience: float = PATIENCE, waiting: Callable[[], object] = lambda: None
) -> Iterator[bool]:
    """Wait for a turn and hold it; tells whether there was one within `patience` seconds.

    Where there is none after a moment `waiting` is called, to tell the reader.
    """
    _mine.turn = _turns.acquire(timeout=min(MOMENT, patience))
    if not _mine.turn:
        waiting()
        _mine.turn = _turns.acquire(timeout=max(patience - MOMENT, 0))
    _set_apart()
    try:
        yield _mine.turn
    finally:
        give_back()


def give_back() -> None:
    """End this thread's turn early: what follows takes long, and mostly waits."""
    if getattr(_mine, "turn", False):
        _mine.turn = False
        _turns.release()


def _set_apart() -> None:
    """Leave what is alive out of the next collection, or, once in a while, take all of it in."""
    global _last_whole
    now = time.monotonic()
    if now - _last_whole > WHOLE_EVERY:
        _last_whole = now
        gc.unfreeze()
        # Beside the run: nobody waits for it.
        threading.Thread(target=memory.trim, daemon=True).start()
    else:
        gc.freeze()
