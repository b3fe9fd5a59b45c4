"""What we install: its licences, its bill, and that nobody says all clear who could not ask."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import audit, licences

ROOT = Path(__file__).resolve().parents[1]
RULES = yaml.safe_load(licences.LIST.read_text("utf-8"))
CASES = yaml.safe_load((ROOT / "tests/cases/licences.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expression"])
def test_which_licences_are_allowed(case: dict[str, Any]) -> None:
    assert licences.is_allowed(case["expression"], set(RULES["allowed"])) is case["allowed"]


def test_every_locked_package_is_on_the_list() -> None:
    assert list(licences.faults(RULES)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"allowed": ["MIT"]}, "numpy: BSD-3-Clause AND"),
        ({"known_as": {}}, "requests: Apache Software License is not on the list"),
        ({"packages": {}}, "text-unidecode: does not say its licence clearly"),
        ({"packages": {}}, "colorama: is not installed here"),
        ({"packages": RULES["packages"] | {"left": {"licence": "MIT"}}}, "left: is on the list"),
        (
            {"packages": RULES["packages"] | {"numpy": {"development_only": True}}},
            "numpy: is for development only",
        ),
        ({"packages": RULES["packages"] | {"tqdm": {"licence": "GPL-3.0-only"}}}, "tqdm: GPL-3.0"),
    ],
)
def test_what_is_not_as_the_list_wants_it_is_told(change: dict[str, Any], fault: str) -> None:
    assert [one for one in licences.faults(RULES | change) if one.startswith(fault)]


def test_a_licence_is_written_down_only_with_a_reason() -> None:
    assert all(one["why"] for one in RULES["packages"].values())


def answer(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(packages)})


SOUND = {"name": "a", "version": "1", "vulns": []}
HOLE = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("outputs", "status", "words"),
    [
        ([answer(SOUND)], audit.CLEAR, "1 packages, no hole known today"),
        ([answer(HOLE)], audit.HOLES, "b 2: PYSEC-1, mended in 3"),
        ([answer(SKIPPED)], audit.UNKNOWN, "COULD NOT ASK about 1 (c ...)"),
        ([answer(SOUND, SKIPPED)], audit.UNKNOWN, "1 were asked about"),
        ([answer(SKIPPED), answer(SOUND)], audit.CLEAR, "no hole known"),
        ([answer(HOLE, SKIPPED)], audit.HOLES, "COULD NOT ASK about 1"),
        (["", "Traceback"], audit.UNKNOWN, "COULD NOT ASK"),
    ],
)
def test_an_audit_says_all_clear_only_where_everything_was_asked_about(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    outputs: list[str],
    status: int,
    words: str,
) -> None:
    of_service = dict(zip(audit.SERVICES, (*outputs, outputs[-1]), strict=False))
    monkeypatch.setattr(audit, "_called", lambda _, service: of_service[service])
    assert audit.main() == status
    said = capsys.readouterr().out
    assert words in said
    assert ("no hole" in said) is (status == audit.CLEAR)


def test_the_bill_of_materials_names_what_is_locked(tmp_path: Path) -> None:
    bill = tmp_path / "bill.json"
    call = [str(Path(sys.executable).with_name("cyclonedx-py")), "requirements", licences.RUNNING]
    subprocess.run(
        [*call, "--no-validate", "--output-file", str(bill)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    found = json.loads(bill.read_text("utf-8"))
    assert found["bomFormat"] == "CycloneDX"
    named = {(one["name"], one["version"]) for one in found["components"]}
    wanted = {
        (one.name, next(iter(one.specifier)).version) for one in licences.locked("requirements.txt")
    }
    assert named == wanted
    assert all(one["externalReferences"][0]["hashes"] for one in found["components"])


def test_the_image_writes_its_bill_with_options_that_there_are() -> None:
    said = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    (line,) = [one for one in said.splitlines() if "cyclonedx-py environment" in one]
    options = [one for one in line.split() if one.startswith("--") and "hashes" not in one]
    call = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment", "--help"]
    known = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    assert "--output-file" in options
    assert not [one for one in options if one not in known and one != "--no-cache-dir"]
