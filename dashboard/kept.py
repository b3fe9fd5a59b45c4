"""What was made last stays ready, as much as there is room for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by key, the longest unused forgotten first; safe between threads.

    `most` is the room and `size` says what of it a value takes; None is never kept. Who asks for
    what another thread is making waits for it.
    """

    def __init__(self, most: int, size: Callable[[Value], int]) -> None:
        self.most, self.taken = most, 0
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Event] = {}

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What is kept under `key`, else what `make` gives, which is then kept."""
        while True:
            with self._lock:
                if key in self._values:
                    self._values.move_to_end(key)
                    return self._values[key]
                other = self._making.get(key)
                if other is None:
                    self._making[key] = threading.Event()
                    break
            # Where nothing was kept in the end, the next one makes it.
            other.wait()
        try:
            made = make()
            if made is not None:
                self._keep(key, made)
            return made
        finally:
            with self._lock:
                self._making.pop(key).set()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self.taken = 0

    def _keep(self, key: Hashable, made: Value) -> None:
        if self._size(made) > self.most:
            return
        with self._lock:
            former = self._values.pop(key, None)
            self.taken += self._size(made) - (0 if former is None else self._size(former))
            self._values[key] = made
            while self.taken > self.most:
                _, gone = self._values.popitem(last=False)
                self.taken -= self._size(gone)
