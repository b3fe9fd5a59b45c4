"""The cheap faults under a few readers; `make soak` has the dear ones and the long run."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.soak import __main__ as soak
from tests.soak.faults import FAULTS
from tests.soak.reader import Ledger


def test_readers_come_back_after_a_kill(tmp_path: Path) -> None:
    stage = soak.prepared(tmp_path, versions=1)
    stage.readers, stage.settle = 3, 1
    stage.server.start()
    try:
        (name,) = [one for one in FAULTS if "server" in one]
        told = asyncio.run(soak.faulty(stage, [name], 0.4))
    finally:
        stage.server.stop()
    assert told[name]["wrong"] == []


@pytest.mark.parametrize(
    ("field", "value"), [("p95", 1.6), ("grown", 90), ("broken", 1), ("errors", ["x"])]
)
def test_a_bar_that_is_missed_is_said(field: str, value: object) -> None:
    fine = {"errors": [], "p95": 0.5, "grown": 3.0, "broken": 0}
    assert soak.missed(fine) == []
    assert soak.missed(fine | {field: value})


def test_the_slowest_twentieth_is_what_is_meant() -> None:
    ledger = Ledger(seconds=[float(one) for one in range(100)])
    assert (ledger.share(0.5), ledger.share(0.95)) == (50, 95)
