"""Correcting, building and adding lose nothing when they are killed (see tests/kills.py)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_kills_at_random_moments_lose_nothing_and_tear_nothing() -> None:
    # A process of its own: it forks, which a test process with threads must not.
    call = [sys.executable, "-m", "tests.kills", "--times", "12"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing lost, nothing torn" in done.stdout
