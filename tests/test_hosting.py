"""What a host is given: files that exist, settings that something reads, safe without a choice."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import free_port, waited_for

ROOT = Path(__file__).resolve().parents[1]
SETTING = re.compile(r"BANMIAN_[A-Z]+")
DEPLOYED = ("Dockerfile", "compose.yaml", "deploy/banmian.service", "deploy/Caddyfile")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def steps(name: str) -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with what they say, continued lines joined."""
    joined = read("Dockerfile").replace("\\\n", " ")
    lines = [one for one in joined.splitlines() if one.strip() and not one.startswith("#")]
    found = [(word, rest) for word, _, rest in (one.strip().partition(" ") for one in lines)]
    return [one for one in found if one[0] == name]


def settings_read() -> set[str]:
    """Every setting that the code or the script that serves reads."""
    code = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "etl").rglob("*.py")]
    texts = [one.read_text("utf-8") for one in code] + [read("scripts/serve.sh")]
    return {one for text in texts for one in SETTING.findall(text)}


def test_the_image_copies_only_what_is_there_and_nothing_keeps_it_out() -> None:
    copied = [rest.split()[:-1] for _, rest in steps("COPY") if "--from" not in rest]
    named = [one for some in copied for one in some]
    kept = [one[1:].rstrip("/") for one in read(".dockerignore").splitlines() if one[:1] == "!"]
    assert {"app.py", "serve.py", "etl", "dashboard", "pages", "data"} <= set(named)
    for one in named:
        assert (ROOT / one).exists()
        assert any(one == inside or inside.startswith(f"{one}/") for inside in kept), one


def test_the_image_runs_as_nobody_of_note_and_tells_of_its_health() -> None:
    assert steps("USER") == [("USER", "banmian")]
    assert "/_stcore/health" in steps("HEALTHCHECK")[0][1]
    assert "--require-hashes" in steps("RUN")[0][1]
    assert [rest for _, rest in steps("ENTRYPOINT")] == ['["sh", "/app/scripts/serve.sh"]']


def test_the_services_write_nowhere_but_in_their_volumes() -> None:
    services = yaml.safe_load(read("compose.yaml"))["services"]
    for one in services.values():
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
        assert one["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in services["dashboard"]
    assert "BANMIAN_UPLOADS" not in services["dashboard"]["environment"]
    bound = [str(one).split(":")[0] for one in services["caddy"]["volumes"]]
    assert all((ROOT / one).exists() for one in bound if one.startswith("."))
    assert yaml.safe_load(read("compose.yaml"))["networks"]["inside"] == {"internal": True}


def test_the_unit_starts_what_is_there() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(read("deploy/banmian.service"))
    service = unit["Service"]
    started = service["ExecStart"].split()[-1]
    assert (ROOT / started.removeprefix(f"{service['WorkingDirectory']}/")).is_file()
    assert service["ProtectSystem"] == "strict"
    assert service["User"] != "root"


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    unit = tmp_path / "banmian.service"
    unit.write_text(read("deploy/banmian.service"), encoding="utf-8")
    call = ["systemd-analyze", "verify", "--recursive-errors=no", str(unit)]
    found = subprocess.run(call, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize("name", DEPLOYED)
def test_every_setting_is_read_by_something_and_told_of_in_the_document(name: str) -> None:
    named = set(SETTING.findall(read(name)))
    assert named <= settings_read()
    assert named <= set(SETTING.findall(read("docs/hosting.md")))


def test_the_document_names_only_settings_and_files_that_are_there() -> None:
    text = read("docs/hosting.md")
    assert set(SETTING.findall(text)) <= settings_read()
    files = re.findall(r"`((?:deploy|scripts)/[\w.-]+|Dockerfile|compose\.yaml)`", text)
    assert set(files) > {"Dockerfile", "compose.yaml"}
    assert all((ROOT / one).is_file() for one in files)


FAKE = """#!/bin/sh
echo "$@" | tr '\\n' ' ' >> calls; echo >> calls
case "$*" in *"etl build"*) {build} ;; esac
"""


@pytest.fixture
def served(tmp_path: Path) -> Any:
    """Runs serve.sh with a python that only notes its calls: status and calls."""

    def run(build: str, **settings: str) -> tuple[int, list[str]]:
        fake, tables = tmp_path / "python", tmp_path / "tables"
        fake.write_text(FAKE.format(build=build.format(tables=tables)), encoding="utf-8")
        fake.chmod(0o755)
        project = tmp_path / "project"
        (project / "scripts").mkdir(parents=True)
        shutil.copy(ROOT / "scripts" / "serve.sh", project / "scripts")
        given = os.environ | {"BANMIAN_PYTHON": str(fake), "BANMIAN_TABLES": str(tables)}
        call = ["sh", str(project / "scripts" / "serve.sh")]
        found = subprocess.run(
            call, env=given | {"BANMIAN_TURNS": "1"} | settings, capture_output=True, check=False
        )
        return found.returncode, (project / "calls").read_text("utf-8").splitlines()

    return run


def test_tables_are_built_where_there_are_none_and_then_served(served: Any, tmp_path: Path) -> None:
    sources = "one folder\n/two/*.txt"
    status, calls = served("mkdir -p {tables}/current", BANMIAN_SOURCES=sources)
    assert status == 0
    assert calls[0].strip() == f"-m etl build one folder /two/*.txt --out {tmp_path / 'tables'}"
    assert calls[-1].startswith("-m streamlit run serve.py --server.address localhost")


def test_tables_that_are_there_are_served_as_they_are(served: Any, tmp_path: Path) -> None:
    (tmp_path / "tables" / "current").mkdir(parents=True)
    status, calls = served("exit 9")
    assert status == 0
    assert not [one for one in calls if "etl build" in one]


@pytest.mark.parametrize("status", [1, 2])
def test_without_tables_nothing_is_served(served: Any, status: int) -> None:
    code, calls = served(f"exit {status}")
    assert code == 1
    assert not [one for one in calls if "streamlit" in one]


def test_the_script_serves_the_dashboard_with_its_headers(tables_folder: Path) -> None:
    port = free_port()
    given = {
        "BANMIAN_PYTHON": sys.executable,
        "BANMIAN_TABLES": str(tables_folder),
        "BANMIAN_PORT": str(port),
        "BANMIAN_HOST": "127.0.0.1",
    }
    call = ["sh", str(ROOT / "scripts" / "serve.sh")]
    with subprocess.Popen(call, env=os.environ | given) as process:
        try:
            waited_for(f"http://127.0.0.1:{port}/_stcore/health", process)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready") as answer:
                policy = answer.headers["Content-Security-Policy"]
        finally:
            process.terminate()
    assert "object-src 'none'" in policy
