"""/review: what comes first, what a key does, what the charts say of it, and building again."""

from __future__ import annotations

import dataclasses
import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard import data, editors, language, navigation, rebuild
from dashboard.queries import Tables, open_tables, review
from dashboard.selection import Selection
from dashboard.service import files
from dashboard.service.asked import Asked
from etl import __main__ as cli
from etl import corrections, store
from tests.dashboard.factory import Page

App = Callable[..., Any]
EVERYTHING = Selection()
NOTHING: dict[str, list[str]] = {"figures": [], "activities": []}
TAIYUAN, DATONG, CHANGZHI = "140100", "140200", "140400"


def zh(key: str, **values: object) -> str:
    return language.text("zh", key, **values)


def entries(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def said(test: Any) -> str:
    kinds = (test.html, test.markdown, test.warning, test.success, test.info, test.caption)
    return "".join(str(one.value) for kind in kinds for one in kind)


def press(test: Any, start: str) -> Any:
    (found,) = [one for one in test.button if one.key and one.key.startswith(start)]
    test = found.click().run()
    assert not test.exception
    return test


@pytest.fixture
def measured(tmp_path: Path) -> tuple[Page, Path]:
    """Trees planted in three cities, an area that one city has, a rate, and two activities."""
    page = Page()
    page.document("d", "示例日报", "2024-05-20")
    first = page.article("d", "植树", "太原植树90棵，大同植树9棵，长治植树1棵。", adcode=TAIYUAN)
    tree = {"unit": "棵", "counted": "植树", "kind": "count", "confidence": 0.75}
    page.figure(first, "90棵", 90, TAIYUAN, **tree)
    page.figure(first, "9棵", 9, DATONG, **tree)
    page.figure(first, "1棵", 1, CHANGZHI, **tree)
    second = page.article(
        "d", "别的", "太原修路5公里，成活率98%，开会一次，办培训。", adcode=TAIYUAN
    )
    page.figure(second, "5公里", 5, TAIYUAN, unit="公里", counted="修路", kind="measure")
    page.figure(second, "98%", 98, TAIYUAN, unit="%", kind="percent", confidence=0.75)
    page.activity(second, "开会", "meeting", TAIYUAN, date="2024-05-18", date_precision="day")
    page.activity(second, "办培训", "training", None, date=None, confidence=0.5)
    return page, tmp_path / "tables"


def order(tables: Tables, **done: list[str]) -> list[str]:
    return list(tables.to_review(EVERYTHING, NOTHING | done, 20)["id"])


def test_what_is_doubtful_and_fills_its_chart_comes_first(measured: tuple[Page, Path]) -> None:
    page, folder = measured
    tables = page.write(folder)
    rows = tables.to_review(EVERYTHING, NOTHING, 20).set_index("id")
    # 90 of 100 trees, in a chart of three cities: a quarter of doubt times 2.7.
    assert rows.loc["f1", ["share", "cities", "influence"]].tolist() == pytest.approx([0.9, 3, 2.7])
    assert rows.loc["f1", "priority"] == pytest.approx(0.25 * 2.7)
    # Sure, and alone in its measure; without a thing counted it is in no chart at all.
    assert rows.loc["f4", "priority"] == pytest.approx(0.05)
    assert rows.loc["f5", "priority"] == pytest.approx(0.25 * 0.1)
    # A dated and placed activity enters every activity chart, the other one only that by type.
    assert rows.loc["a1", "influence"] == pytest.approx(1)
    assert rows.loc["a2", "priority"] == pytest.approx(0.5 / 7)
    assert order(tables)[:2] == ["f1", "a2"]


def test_what_was_seen_leaves_the_queue_and_counts(measured: tuple[Page, Path]) -> None:
    page, folder = measured
    page.rows["figures"][0].reviewed = True
    tables = page.write(folder)
    assert "f1" not in order(tables)
    assert tables.progress(EVERYTHING, NOTHING) == (1, 7)
    start = page.rows["documents"][0].text.index("9棵，")
    done = tables.rows_at([("d.txt", None, "figures", start, start + 2)])
    assert done == {"figures": ["f2"], "activities": []}
    assert tables.progress(EVERYTHING, done) == (2, 7)
    assert "f2" not in order(tables, **done)
    assert tables.reviewed(EVERYTHING, "figures") == (1, 5)
    assert tables.reviewed(Selection(cities=(DATONG,)), "figures") == (0, 1)


def test_the_queue_goes_on_where_all_that_was_ranked_is_done(
    measured: tuple[Page, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, folder = measured
    tables = page.write(folder)
    every = order(tables)
    monkeypatch.setattr(review, "RANKED", 3)
    tables = page.write(folder)
    done = [one for one in every[:3] if one.startswith("f")]
    seen = [one for one in every[:3] if one.startswith("a")]
    assert order(tables) == every[:3]
    assert order(tables, figures=done, activities=seen) == every[3:6]


def test_tables_from_before_are_not_reviewed(measured: tuple[Page, Path]) -> None:
    import pyarrow.parquet as pq

    page, folder = measured
    page.write(folder)
    for table in ("figures", "activities"):
        path = store.resolve(folder) / f"{table}.parquet"
        pq.write_table(pq.read_table(path).drop_columns(["reviewed"]), path)
    assert open_tables(store.resolve(folder)).progress(EVERYTHING, NOTHING) == (0, 7)


@pytest.mark.parametrize(("reviewed", "share"), [(0, None), (1, "20%"), (5, "100%")])
def test_a_chart_says_how_much_of_it_was_reviewed(
    app: App,
    measured: tuple[Page, Path],
    monkeypatch: pytest.MonkeyPatch,
    reviewed: int,
    share: str | None,
) -> None:
    page, folder = measured
    for figure in page.rows["figures"][:reviewed]:
        figure.reviewed = True
    for activity in page.rows["activities"][: reviewed // 2]:
        activity.reviewed = True
    page.write(folder)
    monkeypatch.setenv("BANMIAN_TABLES", str(folder))
    told = zh("source.reviewed", source="", share=share or "").strip(" ·")
    assert (told in said(app("map", by="figures"))) is (share is not None)
    told = zh("source.reviewed", source="", share="100%").strip(" ·")
    assert (told in said(app("activities"))) is (reviewed == 5)
    assert (told in said(app("figures"))) is (reviewed == 5)


def test_the_way_leads_there_for_who_may_correct(app: App, file: Path) -> None:
    test = app("review")
    assert navigation.REVIEW in navigation.ways()
    assert zh("review.closed") not in [one.title for one in test.info]


def test_others_are_told_that_it_is_off(
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(editors.EDITORS, "")
    assert navigation.REVIEW not in navigation.ways()
    test = app("review")
    assert [one.title for one in test.info] == [zh("review.closed")]
    assert not [one for one in test.button if (one.key or "").startswith("review_")]


def shown(test: Any) -> str:
    """The id of the row in the card, as its buttons have it."""
    (key,) = [one.key for one in test.button if (one.key or "").startswith("review_accept_")]
    return str(key).removeprefix("review_accept_")


def test_one_key_accepts_rejects_skips_and_takes_back(app: App, file: Path) -> None:
    test = app("review")
    first = shown(test)
    test = press(test, "review_accept_")
    assert entries(file)[0]["action"] == "accept" and shown(test) != first
    second = shown(test)
    test = press(test, "review_reject_")
    assert entries(file)[1]["action"] == "reject" and shown(test) not in (first, second)
    third = shown(test)
    test = press(test, "review_skip_")
    assert len(entries(file)) == 2 and shown(test) != third
    test = press(test, "review_undo_")
    assert entries(file)[2]["undoes"] == entries(file)[1]["id"]
    assert shown(test) == second


def test_each_answer_has_its_key(app: App, file: Path) -> None:
    keys = {one.key: one.proto.shortcut for one in app("review").button}
    given = {name.split("_")[1]: key for name, key in keys.items() if name and key}
    assert given == {"accept": "a", "fix": "f", "reject": "x", "skip": "s"}


def test_a_row_is_mended_in_the_queue(app: App, file: Path) -> None:
    test = app("review")
    first = shown(test)
    test = press(test, "review_fix_")
    (name,) = [one for one in test.text_input if one.key.endswith("_adcode")]
    name.set_value("长治市")
    test = press(test, "save_review_")
    assert entries(file)[0]["change"] == {"adcode": CHANGZHI}
    assert shown(test) != first


def test_at_the_end_all_is_seen(app: App, file: Path) -> None:
    test = app("review", city=DATONG)
    for _ in range(10):
        if any((one.key or "").startswith("review_skip_") for one in test.button):
            test = press(test, "review_skip_")
    assert zh("review.all_done") in said(test)
    test = press(test, "again")
    assert shown(test)


def test_where_nothing_is_selected_nothing_is_left_to_see(app: App, file: Path) -> None:
    test = app("review", from_="1990-01-01", to="1990-01-02")
    assert [one.title for one in test.info] == [zh("empty.title")]


def entry(id: str, who: str, **fields: Any) -> corrections.Correction:
    usual = corrections.Correction(
        id, "figures", "p1.txt", 0, 3, "46件", "change", "", who, "2026-11-26"
    )
    return dataclasses.replace(usual, **fields)


def test_contradictions_stand_on_top_and_can_be_ended(app: App, file: Path) -> None:
    pair = [
        entry("c1", "李", change={"unit": "条"}),
        entry("c2", "赵", change={"unit": "份"}),
    ]
    corrections.append(file, pair)
    test = app("review", part="entries")
    assert zh("review.conflicts", count=1) in [one.title for one in test.warning]
    test = press(test, "undo_conflict0_c1")
    assert not test.warning
    test = press(test, "redo_all_c1")
    assert zh("review.conflicts", count=1) in [one.title for one in test.warning]
    assert [one.get("undoes") for one in entries(file)][2] == "c1"


def test_another_file_is_taken_in(app: App, file: Path) -> None:
    corrections.append(file, [entry("c1", "李", action="reject")])
    other = f"{corrections.line(entry('c2', '赵', action='reject'))}\n".encode()
    test = app("review", part="entries")
    test.file_uploader[0].set_value([("other.jsonl", other, "application/jsonl")]).run()
    test = press(test, "review_take_in")
    assert [one["id"] for one in entries(file)] == ["c1", "c2"]
    changed = f"{corrections.line(entry('c2', '钱', action='reject'))}\n".encode()
    test.file_uploader[0].set_value([("other.jsonl", changed, "application/jsonl")]).run()
    test = press(test, "review_take_in")
    assert len(test.error) == 1 and len(entries(file)) == 2


STORY = "太原市政协5月18日召开座谈会，收到提案{count}件，大同市收到提案20件。\n"


@pytest.fixture
def newsroom(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one page, its tables built and shown."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(STORY.format(count=46), "utf-8")
    tables = tmp_path / "tables"
    monkeypatch.setenv("BANMIAN_TABLES", str(tables))
    monkeypatch.setenv(rebuild.SOURCES, str(pages))
    monkeypatch.setenv("BANMIAN_ISSUE_DATE", "2024-05-20")
    monkeypatch.delenv("BANMIAN_KEEP", raising=False)
    assert cli.main(["build", str(pages), "--out", str(tables), "--issue-date", "2024-05-20"]) == 0
    return pages


def built(test: Any) -> Any:
    """The page after its button had the tables built again."""
    test = press(test, "review_build")
    end = time.monotonic() + 60
    while zh("review.built", seconds="").split("，")[0] not in said(test):
        assert time.monotonic() < end, said(test)
        time.sleep(0.3)
        test = test.run()
    return test


def value(tables: Path) -> dict[str, float]:
    rows = open_tables(store.resolve(tables)).figures(EVERYTHING, 500)
    return dict(zip(rows["raw"], rows["value"], strict=True))


def test_a_correction_is_in_the_charts_after_the_next_build_and_among_100_other_articles(
    app: App, newsroom: Path, file: Path
) -> None:
    article = open_tables(store.resolve(data.folder())).articles(EVERYTHING, 1)["article_id"][0]
    test = app("articles", article=article)
    box = next(one for one in test.selectbox if one.key.startswith("correct_which"))
    (number,) = [n for n, one in enumerate(box.options) if "46件" in one]
    test = box.set_value(number).run()
    next(one for one in test.text_input if one.key.endswith("_value")).set_value("64")
    press(test, "save_fix")
    assert value(data.folder())["46件"] == 46
    built(app("review"))
    assert value(data.folder())["46件"] == 64
    assert "64" in said(app("figures"))
    for number in range(100):
        story = STORY.format(count=1000 + number)
        (newsroom / f"{number:03}.txt").write_text(story, "utf-8")
    test = built(app("review"))
    found = value(data.folder())
    assert found["46件"] == 64 and found["1099件"] == 1099
    tables = open_tables(store.resolve(data.folder()))
    assert list(tables.outcomes.values()) == ["applied"]
    assert zh("review.none_waiting") in said(test.run())


def test_a_paragraph_is_moved_and_reads_so_after_the_next_build(
    app: App, newsroom: Path, file: Path
) -> None:
    story = "太原市植树3万棵，人人出力，山上山下都是人，到了傍晚还没有散。\n\n大同市修路5公里。\n"
    (newsroom / "a.txt").write_text(story, "utf-8")
    built(app("review"))
    tables = open_tables(store.resolve(data.folder()))
    article = tables.articles(EVERYTHING, 1)["article_id"][0]
    test = app("articles", article=article)
    test = test.segmented_control(key="choice_mend").set_value("structure").run()
    test = test.segmented_control(key="structure_action").set_value("order").run()
    test = press(test, "structure_save")
    (entry,) = entries(file)
    assert (entry["action"], entry["change"]) == ("order", {"after": None})
    test = test.selectbox(key="structure_behind_0").set_value(1).run()
    press(test, "structure_save")
    assert entries(file)[1]["change"] == {"after": story.index("大同市")}
    built(app("review"))
    detail = open_tables(store.resolve(data.folder())).article(article)
    assert detail and detail.article["text"].startswith("大同市修路5公里。")


def test_a_build_that_fails_leaves_the_tables_and_says_so(
    app: App, newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.resolve(data.folder())
    monkeypatch.setattr(rebuild, "command", lambda: ["false"])
    test = press(app("review"), "review_build")
    end = time.monotonic() + 20
    while zh("review.build_failed") not in [one.value for one in test.error]:
        assert time.monotonic() < end
        test = test.run()
    assert store.resolve(data.folder()) == before


def test_where_the_sources_are_unknown_the_command_is_named(
    app: App, newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(rebuild.SOURCES)
    test = app("review")
    assert not [one for one in test.button if one.key == "review_build"]
    assert "--corrections" in said(test).replace("\\", "")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_what_is_handed_on_says_which_rows_were_reviewed_and_how_many(
    measured: tuple[Page, Path], ending: str
) -> None:
    page, folder = measured
    page.rows["figures"][0].reviewed = True
    tables = page.write(folder)
    asked = Asked({"page": ("figures",), "chart": ("figures",), "lang": ("zh",)})
    made = files.made(ending, "http://localhost", asked, tables)
    assert made
    head, share = language.text("zh", "column.reviewed"), "33%"
    if ending == "csv":
        values = pd.read_csv(io.BytesIO(made.body))[head].dropna()
    elif ending == "xlsx":
        book = pd.read_excel(io.BytesIO(made.body), sheet_name=None, header=None)
        assert share in "".join(map(str, book["source"][0]))
        values = pd.read_excel(io.BytesIO(made.body))[head].dropna()
    else:
        told = json.loads(made.body)
        assert share in told["source"]
        meanings = {one["name"]: one["description"] for one in told["columns"]}
        assert meanings["reviewed"] == language.text("zh", "meaning.reviewed")
        values = pd.Series([one["reviewed"] for one in told["rows"]]).dropna()
    assert sorted(map(bool, values)) == [False, False, True]


def test_lists_hand_on_and_show_which_rows_were_reviewed(
    app: App, measured: tuple[Page, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, folder = measured
    page.rows["figures"][0].reviewed = page.rows["activities"][0].reviewed = True
    tables = page.write(folder)
    for frame in (tables.figures(EVERYTHING, 9), tables.activities(EVERYTHING, 9)):
        assert sum(frame["reviewed"]) == 1
    monkeypatch.setenv("BANMIAN_TABLES", str(folder))
    mark = f"<i>{zh('rows.reviewed')}</i>"
    assert said(app("activities")).count(mark) == said(app("overview")).count(mark) == 1
    assert said(app("search", q="植树", **{"in": "figures"})).count(mark) == 1
