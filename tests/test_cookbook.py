"""Every example of the cookbook runs, against a server and against tables."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import uvicorn
from starlette.applications import Starlette

from dashboard.service import rate
from dashboard.service.routes import routes
from tests.conftest import free_port

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "cookbook.md").read_text("utf-8")
SITE = "https://banmian.example"


def examples(kind: str) -> list[str]:
    """The code of a kind, in the order of the document."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.M | re.S)


@pytest.fixture(scope="module")
def site(tables_folder: Path) -> Iterator[str]:
    """The address of the data interface, with a limit that the examples keep to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANMIAN_TABLES", str(tables_folder))
        patch.setenv(rate.RATE, "60")
        port = free_port()
        told = uvicorn.Config(Starlette(routes=routes()), port=port, log_level="critical")
        server = uvicorn.Server(told)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def folder(tables_folder: Path, tmp_path: Path) -> Path:
    """A folder that has the tables in `tables`."""
    (tmp_path / "tables").symlink_to(tables_folder)
    return tmp_path


def run(call: list[str], code: str, site: str, folder: Path) -> str:
    told = subprocess.run(
        [*call, code.replace(SITE, site)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.mark.parametrize("code", examples("python"), ids=lambda code: code.splitlines()[0])
def test_the_examples_in_python_run(code: str, site: str, folder: Path) -> None:
    said = run([sys.executable, "-W", "error", "-c"], code, site, folder)
    assert said or "assert " in code


@pytest.mark.parametrize("query", examples("sql"), ids=range(len(examples("sql"))))
def test_the_questions_in_sql_have_answers(
    query: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert duckdb.connect().execute(query).fetchall()


@pytest.mark.parametrize("code", examples("r"), ids=range(len(examples("r"))))
def test_the_examples_in_r_run(code: str, site: str, folder: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("no R here")
    needed = re.findall(r"library\((\w+)\)", code)
    for one in needed:
        if subprocess.run(["Rscript", "-e", f"library({one})"], capture_output=True).returncode:
            pytest.skip(f"R has no package {one} here")
    run(["Rscript", "-e"], code, site, folder)


def test_there_are_examples_of_each_kind() -> None:
    assert [len(examples(one)) for one in ("python", "sql", "r")] == [6, 4, 3]
