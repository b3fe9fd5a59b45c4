"""Runs of pages take turns, and what is alive stays out of the collection after each."""

from __future__ import annotations

import gc
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard import memory, turns


def test_only_so_many_run_at_once() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def run() -> None:
        nonlocal running, most
        with turns.taken() as has_turn:
            assert has_turn
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with lock:
                running -= 1

    threads = [threading.Thread(target=run) for _ in range(4 * turns.AT_ONCE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == turns.AT_ONCE


def test_who_has_waited_long_enough_goes_on_without_a_turn() -> None:
    for _ in range(turns.AT_ONCE):
        turns._turns.acquire()
    try:
        with turns.taken(patience=0.01) as has_turn:
            assert not has_turn
    finally:
        turns._turns.release(turns.AT_ONCE)
    with turns.taken(patience=0.01) as has_turn:
        assert has_turn


def test_who_has_waited_a_moment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOMENT", 0.01)
    told: list[bool] = []
    with turns.taken(waiting=lambda: told.append(True)):
        assert told == []
        for _ in range(turns.AT_ONCE - 1):
            turns._turns.acquire()
        try:
            with ThreadPoolExecutor() as pool:
                assert not pool.submit(_waited, told).result()
        finally:
            turns._turns.release(turns.AT_ONCE - 1)
    assert told == [True]


def _waited(told: list[bool]) -> bool:
    with turns.taken(patience=0.02, waiting=lambda: told.append(True)) as has_turn:
        return has_turn


def test_a_run_that_fails_gives_its_turn_back() -> None:
    for _ in range(2 * turns.AT_ONCE):
        with pytest.raises(ValueError), turns.taken():
            raise ValueError
    with turns.taken(patience=0.01) as has_turn:
        assert has_turn


def test_what_takes_long_gives_its_turn_to_others() -> None:
    with turns.taken():
        turns.give_back()
        turns.give_back()
        waiting = [threading.Thread(target=_quick) for _ in range(turns.AT_ONCE)]
        for one in waiting:
            one.start()
        for one in waiting:
            one.join(1)
            assert not one.is_alive()
    assert turns._turns._value == turns.AT_ONCE  # type: ignore[attr-defined]


def _quick() -> None:
    with turns.taken(patience=0.5) as has_turn:
        assert has_turn


def test_everything_is_collected_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    given_back = threading.Event()
    monkeypatch.setattr(memory, "trim", given_back.set)
    try:
        with turns.taken():
            assert gc.get_freeze_count() > 0
        assert not given_back.is_set()
        monkeypatch.setattr(turns, "_last_whole", time.monotonic() - turns.WHOLE_EVERY - 1)
        with turns.taken():
            assert gc.get_freeze_count() == 0
        assert given_back.wait(1)
        with turns.taken():
            assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_free_memory_goes_back_where_the_system_knows_how() -> None:
    memory.trim()
    assert memory._trim() is not None or sys.platform != "linux"
