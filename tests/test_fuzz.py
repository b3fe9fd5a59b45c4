"""What fuzzing was begun with and what it found, read again: each kept input of each parser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.__main__ import CORPUS, Hang, _timed, bounded, replay
from tests.fuzz.targets import TARGETS

KEPT = [(name, path) for name in TARGETS for path in replay(name)]


@pytest.mark.parametrize(("name", "path"), KEPT, ids=lambda one: getattr(one, "stem", one))
def test_a_kept_input_holds(name: str, path: Path) -> None:
    _timed(TARGETS[name].check, path.read_bytes())


def test_the_kept_inputs_are_small_and_each_has_a_parser() -> None:
    assert {path.parent.name for path in CORPUS.glob("*/*.bin")} <= set(TARGETS)
    assert max(path.stat().st_size for _, path in KEPT) < 64 * 1024


def test_a_hang_is_noticed() -> None:
    def endless() -> None:
        while True:
            pass

    with pytest.raises(Hang), bounded(1):
        endless()
