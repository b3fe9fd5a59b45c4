"""What scripts/run.sh hands to the dashboard: who may add files, and what is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Stands for the virtual environment's Python: notes how it was called, and by whom.
PYTHON = """#!/bin/sh
echo "uploads=$BANMIAN_UPLOADS editors=$BANMIAN_EDITORS file=$BANMIAN_CORRECTIONS $*" >> calls
while [ $# -gt 1 ]; do
    [ "$1" = --out ] && mkdir -p "$2/current"
    shift
done
"""


def calls(folder: Path, **settings: str) -> list[str]:
    """How Python was called by `make run` with these variables."""
    shutil.copytree(ROOT / "scripts", folder / "scripts", dirs_exist_ok=True)
    for name in ("data/corpus", "data/reference", "etl"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    python = folder / ".venv/bin/python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(PYTHON)
    python.chmod(0o755)
    kept = {name: one for name, one in os.environ.items() if not name.startswith("BANMIAN_")}
    subprocess.run(["sh", "scripts/run.sh"], cwd=folder, env=kept | settings, check=True)
    return (folder / "calls").read_text().splitlines()


@pytest.mark.parametrize(
    ("settings", "uploads"),
    [
        ({}, "1"),
        ({"BANMIAN_HOST": "127.0.0.1"}, "1"),
        ({"BANMIAN_HOST": "0.0.0.0"}, "0"),
        ({"BANMIAN_HOST": "0.0.0.0", "BANMIAN_UPLOADS": "1"}, "1"),
        ({"BANMIAN_UPLOADS": "0"}, "0"),
    ],
)
def test_files_may_be_added_where_only_this_machine_reaches_the_dashboard(
    tmp_path: Path, settings: dict[str, str], uploads: str
) -> None:
    (served,) = [one for one in calls(tmp_path, **settings) if "streamlit run" in one]
    assert served.startswith(f"uploads={uploads} ")


@pytest.mark.parametrize(
    ("settings", "editors"),
    [
        ({}, "*"),
        ({"BANMIAN_EDITORS": ""}, ""),
        ({"BANMIAN_HOST": "0.0.0.0"}, ""),
        ({"BANMIAN_HOST": "0.0.0.0", "BANMIAN_EDITORS": "li@paper.example"}, "li@paper.example"),
    ],
)
def test_the_reader_may_correct_where_only_this_machine_reaches_the_dashboard(
    tmp_path: Path, settings: dict[str, str], editors: str
) -> None:
    (served,) = [one for one in calls(tmp_path, **settings) if "streamlit run" in one]
    assert f" editors={editors} file=data/corrections.jsonl " in served


def test_what_is_corrected_in_a_corpus_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "my pages").mkdir()
    called = calls(tmp_path, CORPUS="my pages/")
    assert all(" file=my pages.corrections.jsonl " in one for one in called if "-m" in one)
    assert " file= " in calls(tmp_path, CORPUS="20*/*.txt")[-1]
    assert " file=x.jsonl " in calls(tmp_path, CORPUS="my pages", BANMIAN_CORRECTIONS="x.jsonl")[-1]


def test_new_corrections_have_the_bundled_articles_built_again(tmp_path: Path) -> None:
    def built() -> int:
        return sum("etl build" in one for one in calls(tmp_path))

    assert built() == 1
    assert built() == 1
    (tmp_path / "data/corrections.jsonl").write_text("")
    later = time.time() + 10
    os.utime(tmp_path / "data/corrections.jsonl", (later, later))
    assert built() == 2


def test_what_was_kept_is_built_with_the_rest(tmp_path: Path) -> None:
    collection = tmp_path / "my collection"
    collection.mkdir()
    (empty,) = [one for one in calls(tmp_path, BANMIAN_KEEP=str(collection)) if "build" in one]
    assert "my collection" not in empty
    (collection / "page.txt").write_text("x")
    built = [one for one in calls(tmp_path, BANMIAN_KEEP=str(collection)) if "build" in one]
    assert built[-1].endswith(f"data/corpus {collection} --out tables")
