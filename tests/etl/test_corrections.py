"""Corrections: what is replayed, what is refused, and what is said of each."""

from __future__ import annotations

import contextlib
import dataclasses
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


def test_an_accepted_row_counts_as_reviewed(tmp_path: Path) -> None:
    entry = spanned("3万棵", action="accept", expect={"value": 30000, "unit": "棵"})
    assert built(tmp_path, entry, strict=True) == 0
    row = figure(tmp_path, "3万棵")
    assert row and (row["reviewed"], row["confidence"]) == (True, 1.0)
    other = figure(tmp_path, "2万棵")
    assert other and not other["reviewed"]


def test_a_row_that_has_changed_since_is_not_accepted_any_more(tmp_path: Path) -> None:
    assert built(tmp_path, spanned("3万棵", action="accept", expect={"value": 40000})) == 0
    row = figure(tmp_path, "3万棵")
    assert row and not row["reviewed"]
    assert outcomes(tmp_path) == {"c1": "surprised"}


def undo(undoes: str, id: str = "u1", **fields: Any) -> dict[str, Any]:
    about = {"reason": "", "who": "wang", "when": "2026-11-27"}
    return {"id": id, "action": "undo", "undoes": undoes, **about, **fields}


def test_what_is_undone_is_not_replayed_and_the_undoing_can_be_undone(tmp_path: Path) -> None:
    entry = spanned("5公里", action="reject")
    assert built(tmp_path, entry, undo("c1"), strict=True) == 0
    assert figure(tmp_path, "5公里") and outcomes(tmp_path) == {}
    assert built(tmp_path, entry, undo("c1"), undo("u1", "u2"), strict=True) == 0
    assert figure(tmp_path, "5公里") is None and outcomes(tmp_path) == {"c1": "applied"}


def test_what_nobody_did_cannot_be_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built(tmp_path, undo("c1")) == 2
    assert "undoes 'c1', which no line before it has" in capsys.readouterr().err


def test_of_two_people_who_differ_the_later_holds_and_the_build_says_so(tmp_path: Path) -> None:
    first = spanned("3万棵", change={"unit": "株"}, expect={"unit": "棵"})
    second = {**first, "id": "c2", "who": "li", "change": {"unit": "根"}}
    assert built(tmp_path, first, second) == 0
    row = figure(tmp_path, "3万棵")
    assert row and row["unit"] == "根"
    assert outcomes(tmp_path) == {"c1": "applied", "c2": "conflict"}
    # Who has seen the other's correction goes on from it, and who agrees does not differ.
    assert built(tmp_path, first, second | {"expect": {"unit": "株"}}, strict=True) == 0
    assert (
        built(tmp_path, first, second | {"change": {"unit": "株"}, "expect": {}}, strict=True) == 0
    )


@pytest.mark.parametrize(
    ("earlier", "later", "differ"),
    [
        ({"action": "reject"}, {"action": "accept"}, True),
        ({"action": "reject"}, {"change": {"unit": "株"}}, True),
        ({"action": "reject"}, {"action": "reject"}, False),
        ({"change": {"unit": "株"}}, {"action": "reject"}, True),
        ({"change": {"unit": "株"}}, {"change": {"adcode": "140200"}}, False),
        ({"action": "accept", "expect": {"unit": "棵"}}, {"change": {"unit": "株"}}, True),
        ({"action": "accept", "expect": {"unit": "棵"}}, {"change": {"counted": "树"}}, False),
        ({"action": "accept"}, {"action": "accept"}, False),
    ],
)
def test_who_contradicts_whom(earlier: dict[str, Any], later: dict[str, Any], differ: bool) -> None:
    first = corrections.parse(json.dumps(spanned("3万棵", **earlier)))
    second = corrections.parse(json.dumps(spanned("3万棵", id="c2", who="li", **later)))
    assert isinstance(first, corrections.Correction) and isinstance(second, corrections.Correction)
    assert bool(corrections.conflicts([first, second])) is differ
    # Nobody contradicts themselves: who thinks again goes on.
    own = dataclasses.replace(second, who=first.who)
    assert not corrections.conflicts([first, own])


def test_what_follows_from_a_changed_column_is_changed_with_it(tmp_path: Path) -> None:
    text = "太原市5月18日在大同市举行座谈会，植树3万棵。\n"
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")

    def about(raw: str, table: str, id: str, **change: Any) -> dict[str, Any]:
        start = text.index(raw)
        span = {"start": start, "end": start + len(raw), "raw": raw}
        return {**USUAL, **span, "id": id, "table": table, "change": change}

    assert built(tmp_path, text=text) == 0
    (activity,) = rows(tmp_path, "activities")
    entries = [
        about("大同市", "places", "c1", adcode="140700"),
        about("5月18日", "dates", "c2", iso="2024-05"),
        about(activity["raw"], "activities", "c3", date="2024-Q2"),
    ]
    assert built(tmp_path, *entries, text=text, strict=True) == 0
    assert check.check(tmp_path / "out") == []
    place = next(row for row in rows(tmp_path, "places") if row["raw"] == "大同市")
    assert (place["name"], place["level"]) == ("晋中市", "city")
    assert rows(tmp_path, "dates")[0]["precision"] == "month"
    assert rows(tmp_path, "activities")[0]["date_precision"] == "quarter"


def test_the_first_repeat_takes_the_place_of_a_rejected_figure(tmp_path: Path) -> None:
    text = "太原市植树3万棵\n\n太原市今年植树3万棵。\n\n全市植树3万棵，人人出力。\n"
    start = text.index("3万棵")
    entry = {**USUAL, "action": "reject", "start": start, "end": start + 3, "raw": "3万棵"}
    assert built(tmp_path, text=text) == 0
    assert [row["repeats"] is None for row in rows(tmp_path, "figures")] == [True, False, False]
    assert built(tmp_path, entry, text=text, strict=True) == 0
    assert [row["repeats"] is None for row in rows(tmp_path, "figures")] == [True, False]
    assert check.check(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("figures", {"value": "many"}, "value is 'many'; a number is needed"),
        ("figures", {"value": True}, "a number is needed"),
        ("figures", {"value": 1e300}, "too large"),
        ("figures", {"reportable": "yes"}, "true or false"),
        ("figures", {"status": None}, "status cannot be empty"),
        ("figures", {"unit": " "}, "unit cannot be empty"),
        ("figures", {"unit": 3}, "a text is needed"),
        ("figures", {"counted": "树" * 201}, "at most 200"),
        ("figures", {"counted": "树\n苗"}, "line break"),
        ("figures", {"adcode": "999999"}, "six digits"),
        ("figures", {"confidence": 0.2}, "cannot be changed"),
        ("dates", {"iso": "2023-02-30"}, "write 2023-12-28"),
        ("dates", {"iso": "last week"}, "write 2023-12-28"),
        ("activities", {"date": "2023-05", "date_precision": "day"}, "one of month"),
    ],
)
def test_a_column_takes_no_wrong_value(table: str, change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        corrections.parse(json.dumps(spanned("3万棵", table=table, change=change)))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start": -1}, "from 0"),
        ({"start": 10**30, "end": 10**30 + 3}, "from 0"),
        ({"id": "a b"}, "letters, digits"),
        ({"id": "x" * 101}, "letters, digits"),
        ({"end": 5}, "raw has 3 characters, the span"),
        ({"when": "yesterday"}, "when is 'yesterday'"),
        ({"who": 7}, "who is 7"),
        ({"reason": "\ud800"}, "cannot be written"),
        ({"change": []}, "no object"),
        ({"expect": {"colour": 1}}, "'colour'"),
        ({"action": "accept"}, "takes none"),
    ],
)
def test_a_field_takes_no_wrong_value(fields: dict[str, Any], words: str) -> None:
    entry = spanned("3万棵", change={"unit": "株"}) | fields
    with pytest.raises(ValueError, match=words):
        corrections.parse(json.dumps(entry))


def test_not_a_number_is_no_number() -> None:
    line = json.dumps(spanned("3万棵", change={"value": float("nan")}))
    with pytest.raises(ValueError, match="NaN"):
        corrections.parse(line)


def test_the_usual_file_is_replayed_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(tmp_path, spanned("5公里", action="reject"))
    call = ["build", str(tmp_path / "page.txt"), "--out", str(tmp_path / "out")]
    monkeypatch.setenv("BANMIAN_CORRECTIONS", str(tmp_path / "none.jsonl"))
    assert cli.main(call) == 0 and figure(tmp_path, "5公里")
    monkeypatch.setenv("BANMIAN_CORRECTIONS", str(tmp_path / "corrections.jsonl"))
    assert cli.main(call) == 0 and figure(tmp_path, "5公里") is None


def test_a_folder_of_articles_may_hold_corrections_too(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "page.txt").write_text(TEXT, encoding="utf-8")
    (folder / "page.txt.corrections.jsonl").write_text("{}\n", encoding="utf-8")
    assert cli.main(["build", str(folder), "--out", str(tmp_path / "out")]) == 0
