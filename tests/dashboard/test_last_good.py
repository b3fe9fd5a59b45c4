"""Damaged tables: the last sound version is shown, else a sentence says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard import data
from etl import store
from tests.newsroom import newspaper

App = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two versions, the second one current."""
    newspaper().write(tmp_path)
    second = newspaper()
    second.document("p9", "示例政协报", "2023-12-30", 1)
    second.write(tmp_path)
    monkeypatch.setenv("BANMIAN_TABLES", str(tmp_path))
    return tmp_path


def _damage(version: Path, how: str) -> None:
    path = version / "figures.parquet"
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    else:
        data_ = bytearray(path.read_bytes())
        data_[4 : len(data_) // 2] = b"\xaa" * (len(data_) // 2 - 4)
        path.write_bytes(bytes(data_))


@pytest.mark.parametrize("how", ["gone", "cut", "bent"])
@pytest.mark.parametrize("opened", [True, False], ids=["while open", "before"])
def test_the_last_sound_version_is_shown(folder: Path, how: str, opened: bool) -> None:
    current = store.resolve(folder)
    (former,) = [one for one in current.parent.glob("[0-9a-f]*") if one != current]
    if opened:
        assert data.published().folder == current
    _damage(current, how)
    if how == "bent" and not opened:
        # What opens without fault is believed until it answers with an error.
        from dashboard import last_good

        assert last_good.distrust(current)
    assert data.published().folder.name == former.name


def test_sound_files_that_were_only_touched_stay(folder: Path) -> None:
    current = store.resolve(folder)
    assert data.published().folder == current
    (current / "figures.parquet").touch()
    assert data.published().folder == current


def test_without_a_sound_version_a_sentence_says_what_to_do(
    app: App, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(folder))
    for version in store.resolve(folder).parent.glob("[0-9a-f]*"):
        _damage(version, "cut")
    test = app()
    assert not test.exception
    (error,) = test.error
    assert "python -m etl build" in error.value
    assert "Traceback" not in error.value
    assert str(folder) in error.value
