"""Corrections of where articles begin and end, and in which order they are read."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from etl import __main__ as cli
from etl import check, corrections
from etl.corrections import Correction

PAGE = """河湾日报　2024年5月20日　第2版

河湾植树造林

　　本报讯（记者 赵明）河湾市今年植树3万棵，各乡镇都派人参加，十分热闹。植树季还要持续半个月。

　　山脚下的三个村修路5公里，路面都铺上了沥青，村民出行方便多了，运货的车也能开到家门口。

石桥办起夜校

　　本报讯（记者 钱立）石桥镇办夜校12所，学员有800人，课程从种茶到记账都有，老师来自镇上的中学。

　　夜校每周开两次课，教室借用村委会的会议室，冬天也不停课，学员说这里的课讲得明白。
"""


def about(id: str, raw: str, action: str, **change: Any) -> Correction:
    start = PAGE.index(raw)
    span = ("page.txt", start, start + len(raw), raw)
    return Correction(id, "articles", *span, action, "", "王", "2026-11-26", change=change)


def built(folder: Path, *said: Correction, strict: bool = True, text: str = PAGE) -> int:
    (folder / "page.txt").write_text(text, encoding="utf-8")
    path = folder / "corrections.jsonl"
    path.write_text("".join(f"{corrections.line(one)}\n" for one in said), "utf-8")
    call = ["build", str(folder / "page.txt"), "--issue-date", "2024-05-20"]
    call += ["--out", str(folder / "out"), "--corrections", str(path)]
    status = cli.main([*call, "--strict"] if strict else call)
    if status == 0:
        assert check.check(folder / "out") == []
    return status


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / "out" / f"{table}.parquet").to_pylist()
    return found


def articles(folder: Path) -> dict[str, str]:
    """Headline → the article's text without blanks, in the order of the page."""
    found = sorted(rows(folder, "articles"), key=lambda row: row["order"])
    assert [row["order"] for row in found] == list(range(1, len(found) + 1))
    return {row["headline"]: "".join(row["text"].split()) for row in found}


def home(folder: Path, raw: str) -> str:
    """The headline of the article that has this figure."""
    names = {row["article_id"]: row["headline"] for row in rows(folder, "articles")}
    (row,) = [row for row in rows(folder, "figures") if row["raw"] == raw]
    return str(names[row["article_id"]])


def test_the_page_has_two_articles_as_the_machine_reads_it(tmp_path: Path) -> None:
    assert built(tmp_path) == 0
    assert list(articles(tmp_path)) == ["河湾植树造林", "石桥办起夜校"]


def test_an_article_is_split_where_another_one_begins(tmp_path: Path) -> None:
    assert built(tmp_path) == 0
    former = {row["figure_id"] for row in rows(tmp_path, "figures")}
    assert built(tmp_path, about("c1", "山脚下的三个村修路5公里", "split")) == 0
    found = articles(tmp_path)
    assert list(found) == ["河湾植树造林", None, "石桥办起夜校"]
    assert "修路" not in found["河湾植树造林"]
    assert home(tmp_path, "5公里") == "None" and home(tmp_path, "3万棵") == "河湾植树造林"
    new = next(row for row in rows(tmp_path, "articles") if row["headline"] is None)
    assert new["article_id"].endswith("-a01-c1") and "headline_missing" in new["flags"]
    # What other articles hold keeps its ids.
    kept = [row for row in rows(tmp_path, "figures") if row["raw"] in ("3万棵", "12所", "800人")]
    assert len(kept) == 3 and {row["figure_id"] for row in kept} <= former


def test_words_within_a_paragraph_can_be_the_new_articles_headline(tmp_path: Path) -> None:
    assert built(tmp_path, about("c1", "山脚下的三个村修路5公里", "split", role="headline")) == 0
    found = articles(tmp_path)
    assert list(found) == ["河湾植树造林", "山脚下的三个村修路5公里", "石桥办起夜校"]
    assert found["山脚下的三个村修路5公里"].endswith("家门口。")
    assert built(tmp_path, about("c1", "植树季还要", "split")) == 0
    assert articles(tmp_path)["河湾植树造林"].endswith("十分热闹。")


def test_two_parts_are_joined_and_the_second_headline_is_a_heading(tmp_path: Path) -> None:
    to = PAGE.index("河湾市今年")
    assert built(tmp_path, about("c1", "石桥办起夜校", "join", to=to)) == 0
    assert list(articles(tmp_path)) == ["河湾植树造林"]
    assert home(tmp_path, "12所") == "河湾植树造林"
    roles = {row["raw"]: row["role"] for row in rows(tmp_path, "sentences")}
    assert (roles["河湾植树造林"], roles["石桥办起夜校"]) == ("headline", "section")


def test_a_paragraph_is_read_in_another_place(tmp_path: Path) -> None:
    after = PAGE.index("山脚下")
    assert built(tmp_path, about("c1", "本报讯（记者 赵明）", "order", after=after)) == 0
    text = articles(tmp_path)["河湾植树造林"]
    assert text.index("山脚下") < text.index("赵明")
    assert built(tmp_path, about("c1", "山脚下", "order", after=None)) == 0
    assert articles(tmp_path)["河湾植树造林"].startswith("山脚下")


def test_rows_are_corrected_in_what_was_split(tmp_path: Path) -> None:
    start = PAGE.index("5公里")
    span = ("page.txt", start, start + 3, "5公里")
    who = ("", "王", "2026-11-26")
    row = Correction("c2", "figures", *span, "change", *who, change={"value": 6.0})
    assert built(tmp_path, about("c1", "山脚下", "split"), row) == 0
    (figure,) = [one for one in rows(tmp_path, "figures") if one["raw"] == "5公里"]
    assert (figure["value"], figure["reviewed"]) == (6, True)
    outcomes = {one["correction_id"]: one["outcome"] for one in rows(tmp_path, "corrections")}
    assert outcomes == {"c1": "applied", "c2": "applied"}


@pytest.mark.parametrize(
    ("one", "outcome"),
    [
        (about("c1", "石桥办起夜校", "split"), "not_needed"),
        (about("c1", "山脚下", "join", to=PAGE.index("河湾植树造林")), "not_needed"),
        (about("c1", "山脚下", "join", to=100_000), "no_match"),
        (about("c1", "山脚下", "order", after=PAGE.index("河湾市今年")), "not_needed"),
        (about("c1", "山脚下", "order", after=PAGE.index("夜校12所")), "no_match"),
    ],
)
def test_what_cannot_be_done_or_is_so_already_is_said(
    tmp_path: Path, one: Correction, outcome: str
) -> None:
    assert built(tmp_path, one, strict=False) == 0
    assert [row["outcome"] for row in rows(tmp_path, "corrections")] == [outcome]
    assert list(articles(tmp_path)) == ["河湾植树造林", "石桥办起夜校"]


def test_other_words_there_are_never_split(tmp_path: Path) -> None:
    text = PAGE.replace("山脚下", "山坡上")
    assert built(tmp_path, about("c1", "山脚下", "split"), strict=False, text=text) == 0
    assert [row["outcome"] for row in rows(tmp_path, "corrections")] == ["no_match"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"action": "change", "change": {"headline": "x"}}, "action is 'change'"),
        ({"action": "join"}, "look at 'to'"),
        ({"action": "join", "change": {"to": "a01"}}, "an offset in the document"),
        ({"action": "order", "change": {"after": -1}}, "an offset in the document"),
        ({"action": "split", "change": {"role": "body"}}, "only headline"),
        ({"action": "split", "change": {"to": 3}}, "look at 'to'"),
        ({"action": "split", "expect": {"headline": "x"}}, "only place expects"),
        ({"table": "figures"}, "action is 'split'"),
    ],
)
def test_a_wrong_line_is_refused(fields: dict[str, Any], words: str) -> None:
    entry = json.loads(corrections.line(about("c1", "山脚下", "split"))) | fields
    with pytest.raises(ValueError, match=words):
        corrections.parse(json.dumps(entry))


def places(folder: Path) -> dict[str, tuple[str | None, str | None]]:
    """Headline → the code of the article's place, and what it rests on."""
    return {
        row["headline"]: (row["adcode"], row["place_basis"]) for row in rows(folder, "articles")
    }


def outcomes(folder: Path) -> dict[str, str]:
    return {row["correction_id"]: row["outcome"] for row in rows(folder, "corrections")}


DATONG, TAIYUAN = "140200", "140100"
SCHOOL = "石桥办起夜校"


def test_an_articles_place_is_what_a_person_says_and_its_facts_follow(tmp_path: Path) -> None:
    assert built(tmp_path) == 0
    assert places(tmp_path)[SCHOOL] == (None, None)
    assert built(tmp_path, about("c1", SCHOOL, "place", adcode=DATONG)) == 0
    assert places(tmp_path)[SCHOOL] == (DATONG, "stated")
    assert places(tmp_path)["河湾植树造林"] == (None, None)
    codes = {row["raw"]: row["adcode"] for row in rows(tmp_path, "figures")}
    assert (codes["12所"], codes["3万棵"]) == (DATONG, None)
    assert outcomes(tmp_path) == {"c1": "applied"}
    flags = {row["headline"]: row["flags"] for row in rows(tmp_path, "articles")}
    assert ["place_said" in flags[one] for one in (SCHOOL, "河湾植树造林")] == [True, False]


def test_an_article_that_is_split_has_a_place_of_its_own(tmp_path: Path) -> None:
    said = [
        about(
            "c1",
            "山脚下的三个村修路5公里，路面都铺上了沥青，村民出行方便多了，运货的车也能开到家门口。",
            "split",
        ),
        about("c2", "山脚下", "place", adcode=TAIYUAN),
        about("c3", SCHOOL, "place", adcode=DATONG),
    ]
    assert built(tmp_path, *said) == 0
    codes = {row["raw"]: row["adcode"] for row in rows(tmp_path, "figures")}
    assert (codes["5公里"], codes["3万棵"], codes["12所"]) == (TAIYUAN, None, DATONG)


TOLD = PAGE.replace("河湾市今年植树", "大同市今年植树")


@pytest.mark.parametrize(
    ("said", "expect", "outcome"),
    [
        (DATONG, {}, "not_needed"),
        (TAIYUAN, {}, "applied"),
        (TAIYUAN, {"adcode": DATONG}, "applied"),
        (TAIYUAN, {"adcode": None}, "surprised"),
        (None, {"adcode": DATONG}, "applied"),
    ],
)
def test_what_came_of_a_place_is_told(
    tmp_path: Path, said: str | None, expect: dict[str, Any], outcome: str
) -> None:
    one = dataclasses.replace(about("c1", "河湾植树造林", "place", adcode=said), expect=expect)
    built(tmp_path, one, strict=False, text=TOLD)
    assert places(tmp_path)["河湾植树造林"][0] == said
    assert outcomes(tmp_path) == {"c1": outcome}


def test_who_saw_the_others_place_does_not_contradict_it(tmp_path: Path) -> None:
    first = about("c1", "河湾植树造林", "place", adcode=TAIYUAN)
    second = about("c2", "河湾植树造林", "place", adcode=DATONG)
    blind = dataclasses.replace(second, who="李")
    seen = dataclasses.replace(blind, expect={"adcode": TAIYUAN})
    for later, outcome in ((blind, "conflict"), (seen, "applied")):
        built(tmp_path, first, later, strict=False)
        assert places(tmp_path)["河湾植树造林"][0] == DATONG
        assert outcomes(tmp_path)["c2"] == outcome


@pytest.mark.parametrize("change", [{}, {"adcode": "大同市"}, {"adcode": 140200}, {"to": 5}])
def test_a_place_that_is_none_is_refused(change: dict[str, Any]) -> None:
    one = about("c1", SCHOOL, "place", **change)
    with pytest.raises(ValueError, match="adcode"):
        corrections.parse(corrections.line(one))
