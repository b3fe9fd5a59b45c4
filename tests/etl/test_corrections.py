"""Corrections: what is replayed, what is refused, and what is said of each."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import __main__ as cli
from etl import check, corrections

TEXT = "太原市今年植树3万棵，修路5公里。大同市植树2万棵。\n"
USUAL = {
    "id": "c1",
    "table": "figures",
    "uri": "page.txt",
    "action": "change",
    "reason": "看过原文",
    "who": "wang",
    "when": "2026-11-26",
}


def spanned(raw: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(raw)
    return {**USUAL, "start": start, "end": start + len(raw), "raw": raw, **fields}


def built(folder: Path, *entries: dict[str, Any], strict: bool = False, text: str = TEXT) -> int:
    """The exit status of a build of the page with these corrections."""
    (folder / "page.txt").write_text(text, encoding="utf-8")
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries)
    (folder / "corrections.jsonl").write_text(lines, encoding="utf-8")
    call = ["build", str(folder / "page.txt"), "--issue-date", "2024-05-20"]
    call += ["--out", str(folder / "out"), "--corrections", str(folder / "corrections.jsonl")]
    return cli.main([*call, "--strict"] if strict else call)


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / "out" / f"{table}.parquet").to_pylist()
    return found


def figure(folder: Path, raw: str) -> dict[str, Any] | None:
    return next((row for row in rows(folder, "figures") if row["raw"] == raw), None)


def outcomes(folder: Path) -> dict[str, str]:
    return {row["correction_id"]: row["outcome"] for row in rows(folder, "corrections")}


def test_a_change_is_made_and_lasts(tmp_path: Path) -> None:
    entry = spanned("3万棵", change={"adcode": "140200"}, expect={"adcode": "140100"})
    for text in (TEXT, TEXT + "朔州市植树1万棵。\n"):
        assert built(tmp_path, entry, text=text) == 0
        row = figure(tmp_path, "3万棵")
        assert row and (row["adcode"], row["province"], row["city"]) == (
            "140200",
            "山西省",
            "大同市",
        )
        assert row["confidence"] == 1.0
        assert outcomes(tmp_path) == {"c1": "applied"}


def test_a_rejected_row_is_gone_and_nothing_points_to_it(tmp_path: Path) -> None:
    assert built(tmp_path, spanned("5公里", action="reject")) == 0
    assert figure(tmp_path, "5公里") is None
    assert figure(tmp_path, "3万棵") is not None
    assert check.main(tmp_path / "out") == 0


def test_a_missed_row_is_added_with_its_sentence(tmp_path: Path) -> None:
    entry = spanned(
        "植树", table="activities", action="add", change={"type": "work", "name": "植树"}
    )
    assert built(tmp_path, entry) == 0
    row = next(row for row in rows(tmp_path, "activities") if row["raw"] == "植树")
    assert row["activity_id"].endswith("-c1") and row["name"] == "植树"
    assert check.main(tmp_path / "out") == 0


@pytest.mark.parametrize(
    ("entry", "outcome"),
    [
        (spanned("3万棵", change={"adcode": "140200"}, expect={"adcode": "110000"}), "surprised"),
        (spanned("3万棵", change={"unit": "棵"}), "not_needed"),
        (spanned("修路", action="reject"), "not_needed"),
        (spanned("3万棵", action="add", change={}), "not_needed"),
        (spanned("修路", change={"unit": "棵"}), "no_match"),
        ({**spanned("3万棵", change={"unit": "株"}), "raw": "4万棵"}, "no_match"),
        (spanned("植树", table="activities", action="add", change={"name": "植树"}), "no_match"),
        ({**spanned("3万棵", change={"unit": "株"}), "uri": "other.txt"}, "no_document"),
    ],
)
def test_a_doubt_is_named_and_holds_a_strict_build_back(
    entry: dict[str, Any], outcome: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built(tmp_path, entry) == 0
    assert outcomes(tmp_path) == {"c1": outcome}
    assert "correction c1" in capsys.readouterr().err
    before = (tmp_path / "out" / "current").readlink()
    assert built(tmp_path, entry, strict=True, text=TEXT + "又一句。\n") == 3
    assert "Nothing was published" in capsys.readouterr().out
    assert (tmp_path / "out" / "current").readlink() == before


def test_a_strict_build_without_a_doubt_is_published(tmp_path: Path) -> None:
    assert built(tmp_path, spanned("3万棵", change={"adcode": "140200"}), strict=True) == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"table": "words"}, "table is 'words'"),
        ({"action": "mend"}, "action is 'mend'"),
        ({"change": {}}, "changes nothing"),
        ({"change": {"start": 3}}, "cannot be changed"),
        ({"change": {"colour": "red"}}, "cannot be changed"),
        ({"change": {"kind": "weight"}}, "kind is 'weight'"),
        ({"colour": "red"}, "unknown fields: colour"),
    ],
)
def test_a_wrong_line_is_refused_with_its_number(
    change: dict[str, Any], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = {**spanned("3万棵", change={"unit": "株"}), **change}
    assert built(tmp_path, spanned("5公里", id="c0", action="reject"), entry) == 2
    said = capsys.readouterr().err
    assert "line 2" in said and words in said
    assert not (tmp_path / "out").exists()


def test_two_corrections_of_one_id_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built(tmp_path, *[spanned("5公里", action="reject")] * 2) == 2
    assert "that of line 1" in capsys.readouterr().err


def test_a_line_that_lacks_a_field_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks uri, start, end, raw"):
        corrections.parse(json.dumps({k: v for k, v in USUAL.items() if k != "uri"}))


@given(st.text(max_size=200))
def test_any_line_is_read_or_refused(line: str) -> None:
    with contextlib.suppress(ValueError):
        corrections.parse(line)
