"""What was made last stays ready, as much as there is room for."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.kept import Kept


def test_the_longest_unused_makes_room() -> None:
    kept: Kept[str] = Kept(10, len)
    made: list[str] = []

    def get(key: str) -> None:
        kept.get(key, lambda: made.append(key) or "12345")

    for key in "aabab":
        get(key)
    assert made == ["a", "b"]
    get("c")
    get("b")
    get("a")
    assert made == ["a", "b", "c", "a"]
    assert kept.taken == 10


def test_what_is_too_large_and_what_is_nothing_is_not_kept() -> None:
    kept: Kept[str | None] = Kept(3, lambda one: len(one or ""))
    made: list[int] = []
    for value in ("1234", "1234", None, None):
        assert kept.get("a", lambda value=value: made.append(1) or value) == value
    assert (len(made), kept.taken) == (4, 0)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9))), st.integers(0, 20))
def test_there_is_never_more_than_there_is_room_for(
    asked: list[tuple[int, int]], most: int
) -> None:
    kept: Kept[bytes] = Kept(most, len)
    for key, size in asked:
        assert kept.get((key, size), lambda size=size: bytes(size)) == bytes(size)
        assert kept.taken == sum(map(len, kept._values.values())) <= most


def test_threads_may_ask_at_the_same_time() -> None:
    kept: Kept[bytes] = Kept(50, len)

    def ask() -> None:
        for number in range(2000):
            kept.get(number % 13, lambda number=number: bytes(number % 13))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert kept.taken == sum(map(len, kept._values.values())) <= 50


def test_what_is_cleared_is_made_again() -> None:
    kept: Kept[bytes] = Kept(50, len)
    kept.get("a", lambda: b"first")
    kept.clear()
    assert kept.taken == 0
    assert kept.get("a", lambda: b"second") == b"second"


def test_what_many_ask_for_at_once_is_made_once() -> None:
    kept: Kept[str] = Kept(10, len)
    begun, go_on = threading.Event(), threading.Event()
    made: list[str] = []

    def make() -> str:
        begun.set()
        go_on.wait(5)
        made.append("x")
        return "x"

    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(kept.get(1, make))) for _ in range(5)]
    for one in threads:
        one.start()
    begun.wait(5)
    # Something else does not wait for it.
    assert kept.get(2, lambda: "y") == "y"
    go_on.set()
    for one in threads:
        one.join(5)
    assert (found, made) == (["x"] * 5, ["x"])


def test_what_fails_is_made_by_the_next_who_asks() -> None:
    kept: Kept[str] = Kept(10, len)

    def fail() -> str:
        raise ValueError

    with pytest.raises(ValueError):
        kept.get(1, fail)
    assert kept.get(1, lambda: "x") == "x"
