"""The corrections file: nothing that was saved is lost, whatever dies while it is written."""

from __future__ import annotations

import dataclasses
import errno
import fcntl
import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import corrections
from etl.corrections import Correction, CorrectionsError, Undo, append, broken, read
from etl.corrections.entries import line, parse
from etl.corrections.journal import parsed


def correction(id: str = "c1", **fields: Any) -> Correction:
    usual = Correction(
        id=id,
        table="figures",
        uri="河湾.txt",
        start=0,
        end=3,
        raw="46件",
        action="change",
        change={"unit": "条"},
        expect={"unit": "件"},
        reason="看过原文\u2028第二行",
        who="王",
        when="2026-11-26T08:30:00+00:00",
    )
    return dataclasses.replace(usual, **fields)


UNDO = Undo("u1", "c1", "", "王", "2026-11-27")


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "corrections.jsonl"
    append(path, [correction()])
    assert append(path, [correction("c2", record_id="7"), UNDO]) == read(path)
    assert read(path).entries == (correction(), correction("c2", record_id="7"), UNDO)
    assert [one.id for one in read(path).standing] == ["c2"]


@pytest.mark.parametrize("left", range(1, len(line(correction("c2")).encode()) + 1, 7))
def test_half_a_line_is_set_aside_and_costs_nothing_else(tmp_path: Path, left: int) -> None:
    path = tmp_path / "corrections.jsonl"
    append(path, [correction()])
    half = line(correction("c2")).encode()[:-1][:left]
    with path.open("ab") as file:
        file.write(half)
    assert read(path).entries == (correction(),)
    assert read(path).half == half
    append(path, [correction("c3")])
    assert [one.id for one in read(path).entries] == ["c1", "c3"]
    assert read(path).half == b""
    assert broken(path).read_bytes() == half + b"\n"


def test_a_whole_last_line_without_its_break_is_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + line(correction()).encode())
    assert read(path).entries == (correction(),)
    append(path, [correction("c2")])
    assert [one.id for one in read(path).entries] == ["c1", "c2"]
    assert not broken(path).exists()


def test_an_entry_whose_id_is_taken_is_refused_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    append(path, [correction()])
    before = path.read_bytes()
    with pytest.raises(CorrectionsError, match="that of an earlier line"):
        append(path, [correction("c2"), correction()])
    assert path.read_bytes() == before


def test_a_file_that_somebody_changed_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    append(path, [correction(), correction("c2")])
    assert [one.id for one in read(path).entries] == ["c1", "c2"]
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[1])
    assert [one.id for one in read(path).entries] == ["c2"]
    assert [one.id for one in append(path, [correction()]).entries] == ["c2", "c1"]
    path.write_bytes(path.read_bytes() + b"{}\n")
    with pytest.raises(CorrectionsError, match="line 3: lacks"):
        read(path)


def test_a_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "corrections.jsonl"
    append(path, [correction()])
    before = path.read_bytes()
    write = os.write

    def full(handle: int, data: Any) -> int:
        if len(data) > 20:
            return write(handle, data[:20])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(CorrectionsError, match="No space left"):
        append(path, [correction("c2", reason="")])
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match="No such file"):
        read(tmp_path / "none.jsonl")
    with pytest.raises(CorrectionsError, match="cannot be written"):
        append(tmp_path, [correction()])


def _write(path: Path, name: str, count: int) -> None:
    for number in range(count):
        append(path, [correction(f"{name}{number}")])


def test_many_writers_lose_nothing_and_mix_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write, args=(path, name, 8)) for name in "abcd"]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    found = [one.id for one in read(path).entries]
    assert sorted(found) == sorted(f"{name}{number}" for name in "abcd" for number in range(8))


def test_a_writer_waits_for_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    append(path, [correction()])
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        fork = multiprocessing.get_context("fork")
        writer = fork.Process(target=append, args=(path, [correction("c2")]))
        writer.start()
        writer.join(0.5)
        assert writer.is_alive()
        assert b"c2" not in path.read_bytes()
        # The child has this file open, too: closing it here would not end the lock.
        fcntl.flock(other, fcntl.LOCK_UN)
    writer.join(20)
    assert not writer.is_alive()
    assert [one.id for one in read(path).entries] == ["c1", "c2"]


def test_what_comes_from_elsewhere_is_taken_once() -> None:
    known = parsed(f"{line(correction())}\n".encode(), "here")
    other = parsed(f"{line(correction())}\n{line(correction('c2'))}\n".encode(), "there")
    assert corrections.new_in(other, known) == [correction("c2")]
    changed = parsed(f"{line(correction(reason='x'))}\n".encode(), "there")
    with pytest.raises(CorrectionsError, match="'c1' is another one here"):
        corrections.new_in(changed, known)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


IDS = st.from_regex(r"[\w.:-]{1,100}", fullmatch=True)


@given(id=IDS, raw=TEXTS.filter(bool), reason=TEXTS, who=TEXTS, start=st.integers(0, 2**39))
def test_any_entry_survives_its_line(id: str, raw: str, reason: str, who: str, start: int) -> None:
    one = correction(id, raw=raw, start=start, end=start + len(raw), reason=reason, who=who)
    assert "\n" not in line(one)
    assert parse(line(one)) == one


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        parsed(data, "any")
    except CorrectionsError as error:
        assert "line" in str(error)
