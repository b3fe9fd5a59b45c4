"""What people reviewed becomes gold: it asks for what they said, and for nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl import __main__ as cli
from etl import corrections, gold
from etl.corrections import Correction
from etl.score import Tally, score

PAGE = """太原植树造林

太原市政协主席李明5月18日在太原市召开座谈会。太原市今年植树3万棵，修路5公里，建房20间。

大同市植树2万棵，河湾人张强参加第2次活动，老王说好。
"""


def about(id: str, table: str, raw: str, action: str, **fields: Any) -> Correction:
    start = PAGE.index(raw)
    span = ("page.txt", start, start + len(raw), raw)
    return Correction(id, table, *span, action, "", "王", "2026-11-26", **fields)


SAID = [
    about("c1", "figures", "3万棵", "change", change={"value": 40000.0, "adcode": "140200"}),
    about("c2", "figures", "5公里", "accept", expect={"value": 5}),
    about("c3", "figures", "20间", "reject"),
    about("c4", "places", "大同市", "accept"),
    about("c5", "dates", "5月18日", "change", change={"iso": "2024-05"}),
    about("c6", "people", "李明", "accept"),
    about("c7", "people", "老王", "add", change={"name": "老王"}),
]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Tables of the page as the machine reads it (`plain`), and as people mended it (`mended`)."""
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    corrections.append(tmp_path / "corrections.jsonl", SAID)
    call = ["build", str(tmp_path / "page.txt"), "--issue-date", "2024-05-20", "--out"]
    assert cli.main([*call, str(tmp_path / "plain")]) == 0
    more = ["--strict", "--corrections", str(tmp_path / "corrections.jsonl")]
    assert cli.main([*call, str(tmp_path / "mended"), *more]) == 0
    return tmp_path


def scored(built: Path, tables: str) -> dict[str, Tally]:
    target = built / "gold.json"
    assert cli.main(["gold", "--tables", str(built / "mended"), "--out", str(target)]) == 0
    return score(built / tables, target)


def counts(tally: Tally) -> tuple[int, int, int]:
    return tally.right, tally.gold, tally.found


def test_the_corrected_tables_are_right_in_every_judged_place(built: Path) -> None:
    found = scored(built, "mended")
    assert {name: counts(one) for name, one in found.items()} == {
        "figures: value": (2, 2, 2),
        "figures: value, unit": (2, 2, 2),
        "figures: value, unit, place": (2, 2, 2),
        "numerals kept out of results": (0, 0, 0),
        "places": (1, 1, 1),
        "dates": (1, 1, 1),
        "people": (2, 2, 2),
        "activities: events by sentence": (0, 0, 0),
    }


def test_the_machine_is_held_to_what_people_said_and_to_nothing_else(built: Path) -> None:
    found = scored(built, "plain")
    # 5公里 is right, 3万棵 has another value, 20间 was rejected; 2万棵 was never judged.
    assert counts(found["figures: value"]) == (1, 2, 3)
    assert counts(found["places"]) == (1, 1, 1)
    assert counts(found["dates"]) == (0, 1, 1)
    # 老王 was missed, 张强 never judged.
    assert counts(found["people"]) == (1, 2, 1)


def test_a_row_nobody_judged_over_a_judged_place_is_no_mistake(built: Path) -> None:
    target = built / "gold.json"
    assert cli.main(["gold", "--tables", str(built / "mended"), "--out", str(target)]) == 0
    (document,) = json.loads(target.read_text("utf-8"))
    row = next(one for one in document["figures"] if one["raw"] == "5公里")
    row["sure"] = False
    target.write_text(json.dumps([document]), "utf-8")
    assert counts(score(built / "mended", target)["figures: value"]) == (1, 1, 1)


def test_what_was_accepted_and_reads_otherwise_now_is_no_gold(built: Path) -> None:
    path = built / "corrections.jsonl"
    path.unlink()
    corrections.append(path, [about("c1", "figures", "5公里", "accept", expect={"value": 6})])
    call = ["build", str(built / "page.txt"), "--out", str(built / "mended")]
    assert cli.main([*call, "--corrections", str(path)]) == 0
    assert gold.gold(built / "mended") == []


def test_nothing_reviewed_is_no_gold(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = built / "gold.json"
    assert cli.main(["gold", "--tables", str(built / "plain"), "--out", str(target)]) == 3
    assert not target.exists() and "no gold" in capsys.readouterr().out
