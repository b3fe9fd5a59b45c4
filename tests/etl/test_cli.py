"""The command line: what it says, where, and with which exit status."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl import __main__ as cli
from etl import dictionary, store, tables

TEXT = "太原市今年植树3万棵。\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, "utf-8")
    return path


def status(*arguments: object) -> int:
    return cli.main([str(one) for one in arguments])


def wrong(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        status(*arguments)
    return int(str(stopped.value.code))


def without_progress(said: str) -> str:
    """What was said but for the bar, which a slow machine shows."""
    return "".join(line for line in re.split(r"[\r\n]", said) if not line.startswith("reading:"))


def test_a_build_says_in_one_line_what_it_made(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--issue-date", "2023-12-29", "--publication", "河湾日报", "--page", "3")
    assert status("build", page, "--out", tmp_path / "out", *options) == 0
    said = capsys.readouterr()
    assert said.out.startswith("1 documents, 1 articles, ") and said.out.count("\n") == 1
    assert without_progress(said.err) == ""
    document = pq.read_table(tmp_path / "out" / "documents.parquet").to_pylist()[0]
    assert (document["issue_date"], document["publication"], document["page"]) == (
        "2023-12-29",
        "河湾日报",
        3,
    )
    assert document["text"] == TEXT and document["uri"] == "page.txt"


def test_a_build_prepares_its_tables_and_says_where_nothing_is_new(
    page: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    monkeypatch.setattr("dashboard.prepare.prepare", lambda folder: seen.append(folder.name))
    assert status("build", page, "--out", tmp_path / "out") == 0
    assert seen == []
    assert status("build", page, "--out", tmp_path / "out", "--prepare", "--fresh") == 0
    assert [one[:10] for one in seen] == [store.BUILDING]
    capsys.readouterr()
    assert status("build", page, "--out", tmp_path / "out", "--prepare") == 0
    assert "all as before" in capsys.readouterr().out
    assert seen[1:] == [store.resolve(tmp_path / "out").name]
    assert status("build", page, "--out", "memory://tables", "--prepare") == 2
    assert "--prepare takes a folder" in capsys.readouterr().err


def test_a_rejected_source_is_named_with_its_reason_and_the_rest_is_published(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "news.jsonl").write_text('{"text": "桥修好了。"}\n{"id": 1}\n', "utf-8")
    paths = (page, tmp_path / "none.txt", tmp_path / "news.jsonl")
    assert status("build", *paths, "--out", tmp_path / "out") == 3
    said = capsys.readouterr()
    assert "none.txt: there is no such file" in said.err
    assert "news.jsonl, line 2, record 1: has no `text`" in said.err
    rejects = pq.read_table(tmp_path / "out" / "rejects.parquet").to_pylist()
    assert [(one["uri"], one["line"]) for one in rejects] == [("none.txt", None), ("news.jsonl", 2)]


def test_where_nothing_could_be_read_the_status_is_3_and_nothing_is_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("build", tmp_path / "none.txt", "--out", tmp_path / "out") == 3
    assert "nothing was published" in capsys.readouterr().out
    assert not (tmp_path / "out" / "documents.parquet").exists()


def test_many_rejects_are_counted_not_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ['{"text": "桥修好了。"}'] + ["no record"] * 30
    (tmp_path / "news.jsonl").write_text("\n".join(lines), "utf-8")
    assert status("build", tmp_path / "news.jsonl", "--out", tmp_path / "out") == 3
    said = capsys.readouterr().err
    assert said.count("is no JSON") == 20 and "10 more rejected" in said


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--issue-date", "2023-02-30", "no day of the calendar"),
        ("--issue-date", "2023", "no exact day"),
        ("--issue-date", "yesterday", "is no date"),
        ("--workers", "0", "no whole number from 1"),
        ("--page", "头版", "no whole number from 1"),
        ("--engine", "abacus", "choose from"),
    ],
)
def test_a_wrong_call_is_2_and_names_what_is_wrong(
    option: str, value: str, words: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert wrong("build", page, "--out", page.parent / "out", option, value) == 2
    said = capsys.readouterr().err
    assert words in said and value in said


def test_an_unknown_engine_is_told_the_known_ones(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong("build", page, "--out", page.parent / "out", "--engine", "abacus")
    assert "local" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [(), ("build",), ("build", "x.txt"), ("frobnicate",)])
def test_a_call_without_what_it_needs_is_2(arguments: tuple[str, ...]) -> None:
    assert wrong(*arguments) == 2


def test_a_place_that_cannot_be_written_is_1_and_said(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("build", page, "--out", page) == 1
    assert "--out takes a folder" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "check", "score", "export"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert wrong(command, "--help") == 0
    said = capsys.readouterr().out
    assert "usage: python -m etl" in said and "options:" in said


def test_tables_go_from_build_through_check_to_export(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert status("build", page, "--out", out) == 0
    assert status("check", "--tables", out) == 0
    target = tmp_path / "x.db"
    assert status("export", "--tables", out, "--format", "sqlite", "--out", target) == 0
    assert target.stat().st_size


@pytest.mark.parametrize("command", ["check", "export"])
def test_a_folder_without_tables_is_1(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--format", "csv", "--out", tmp_path / "x") if command == "export" else ()
    assert status(command, "--tables", tmp_path, *more) == 1
    assert "no tables here" in capsys.readouterr().err


def test_it_runs_as_a_module_and_only_reads_its_sources(page: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "etl", "build", str(page), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, without_progress(done.stderr)) == (0, "")
    assert page.read_text("utf-8") == TEXT
    assert {path.name for path in tmp_path.iterdir()} == {"page.txt", "out"}


def test_the_data_dictionary_is_the_one_the_tables_give() -> None:
    assert dictionary.FILE.read_text("utf-8") == dictionary.dictionary()


def test_the_data_dictionary_explains_every_column() -> None:
    text = dictionary.dictionary()
    for table in tables.TABLES:
        section = text.split(f"## {table}\n")[1].split("\n## ")[0]
        assert all(f"| `{one.name}` |" in section for one in tables.columns(table))
