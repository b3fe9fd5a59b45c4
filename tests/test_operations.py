"""The page for whoever is on call names every alarm, every event and only what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from dashboard.service import metrics
from etl.__main__ import _parser

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")
RULES = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text("utf-8"))["groups"][0]["rules"]


def code() -> str:
    folders = (ROOT / "etl", ROOT / "dashboard")
    return "\n".join(one.read_text("utf-8") for some in folders for one in some.rglob("*.py"))


def events() -> set[str]:
    """The names of all events that the code logs."""
    called = r"(?:_log\.(?:error|warning|info)|events\.tell|\btell)\((.*?)\)"
    found = re.findall(called, code(), re.S)
    return {name for one in found for name in re.findall(r"\"([a-z]+(?:_[a-z]+)+|request)\"", one)}


def test_every_event_is_explained() -> None:
    found = events()
    assert {"request", "answer_failed", "build_published_nothing", "older_tables"} <= found
    assert len(found) > 15
    assert not [one for one in found if f"`{one}`" not in TEXT]


def test_every_alarm_is_explained_and_rests_on_what_is_counted(
    tables_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))
    counted = generate_latest(metrics.REGISTRY).decode()
    names = {"up"}
    for family in text_string_to_metric_families(counted):
        names |= {family.name, *(one.name for one in family.samples)}
        suffixes = {"counter": ("_total",), "histogram": ("_bucket",)}.get(family.type, ())
        names |= {family.name + one for one in suffixes}
    for rule in RULES:
        used = set(re.findall(r"\b(?:banmian|process)_\w+|\bup\b", rule["expr"]))
        assert used and used <= names, rule
        assert f"| `{rule['alert']}` |" in TEXT
    assert set(re.findall(r"`(Banmian\w+)`", TEXT)) == {rule["alert"] for rule in RULES}


def test_every_command_on_the_page_is_one() -> None:
    (choices,) = (one.choices for one in _parser()._actions if isinstance(one.choices, dict))
    for command, rest in re.findall(r"^python -m etl (\w+)(.*)$", TEXT, re.M):
        known = {option for one in choices[command]._actions for option in one.option_strings}
        assert set(re.findall(r"--[a-z]+", rest)) <= known, command


def test_the_links_within_the_page_lead_somewhere() -> None:
    heads = {
        re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-")
        for one in re.findall(r"^## (.*)$", TEXT, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= heads
