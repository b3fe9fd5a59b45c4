"""What is logged: one line an event, and nothing in it but what is meant to be."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import events

ROOT = Path(__file__).resolve().parents[2]
LOG = logging.getLogger("etl.something")
SECRET = "张三的病历"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    handlers, level = logging.root.handlers, logging.root.level
    yield
    logging.root.handlers = handlers
    logging.root.setLevel(level)


def lines(monkeypatch: pytest.MonkeyPatch, form: events.Form = "json") -> io.StringIO:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    events.begin(form)
    return written


def test_an_event_is_one_line_of_json(monkeypatch: pytest.MonkeyPatch) -> None:
    written = lines(monkeypatch)
    events.tell(LOG, "build_published", documents=3, version="a\nb")
    (line,) = written.getvalue().splitlines()
    found = json.loads(line)
    assert found.pop("time").endswith("Z")
    assert found == {
        "level": "info",
        "event": "build_published",
        "version": "a\nb",
        "documents": 3,
    }


def test_lines_for_people_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(events.LOG, "text")
    written = lines(monkeypatch)
    events.tell(LOG, "build_published", documents=3, version="a b")
    assert written.getvalue().split(" ", 1)[1] == (
        'info    build_published version="a b" documents=3\n'
    )


@pytest.mark.parametrize(
    ("level", "expected"),
    [("", 2), ("debug", 3), ("warning", 1), ("ERROR", 0), ("loud", 3)],
)
def test_the_level_is_the_owners(
    monkeypatch: pytest.MonkeyPatch, level: str, expected: int
) -> None:
    monkeypatch.setenv(events.LEVEL, level)
    written = lines(monkeypatch)
    for one in (logging.DEBUG, logging.INFO, logging.WARNING):
        events.tell(LOG, "request", one)
    # A level that means nothing is told of in a line of its own.
    assert len(written.getvalue().splitlines()) == expected


def test_off_writes_nothing() -> None:
    program = "from etl import events; import logging; events.begin('off');" + (
        "logging.getLogger('etl.x').error('command_failed')"
    )
    call = [sys.executable, "-c", program]
    assert subprocess.run(call, capture_output=True, cwd=ROOT, check=True).stderr == b""


def raised(words: str) -> Exception:
    try:
        raise ValueError(words)
    except ValueError as error:
        return error


@pytest.mark.parametrize("form", ["json", "text"])
@given(words=st.text(alphabet="张王李赵0123456789", min_size=6, max_size=20))
def test_the_words_of_errors_and_of_others_stay_out(form: events.Form, words: str) -> None:
    written = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", written)
        patch.setenv(events.LEVEL, "info")
        events.begin(form)
        LOG.error("answer_failed", exc_info=raised(words), extra={"fields": {"query": words}})
        logging.getLogger("streamlit.x").error("seen %s", words)
        logging.getLogger("streamlit.x").error(words)
    text = written.getvalue()
    assert words not in text
    assert len(text.splitlines()) == 3
    assert "ValueError" in text
    assert "test_events.py" in text


def test_the_words_come_where_everything_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(events.LEVEL, "debug")
    written = lines(monkeypatch)
    LOG.error("answer_failed", exc_info=raised(SECRET))
    assert SECRET in written.getvalue()


def test_a_build_is_told_of_where_a_setting_says_so(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("太原市政协12月28日召开会议，收到提案120件。\n", encoding="utf-8")
    call = [sys.executable, "-m", "etl", "build", str(page), "--workers", "1", "--out"]
    settings: dict[str, Any] = {"cwd": ROOT, "capture_output": True, "text": True, "check": True}
    silent = subprocess.run([*call, str(tmp_path / "a")], **settings)
    assert "{" not in silent.stderr
    told = subprocess.run(
        [*call, str(tmp_path / "b")], env={"BANMIAN_LOG": "json", "PATH": ""}, **settings
    )
    found = [json.loads(one) for one in told.stderr.splitlines() if one.startswith("{")]
    assert [one["event"] for one in found] == ["build_began", "build_published"]
    assert found[1]["documents"] == 1
    assert "太原" not in json.dumps(found, ensure_ascii=False)
