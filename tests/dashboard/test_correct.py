"""Correcting in the browser: who may, what is refused, what is seen, what the file holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard import correct_panel, desk, editors, language
from etl import corrections, tables
from tests.dashboard.factory import Page

App = Callable[..., Any]
TAIYUAN = "p1-1"


def zh(key: str, **values: object) -> str:
    return language.text("zh", key, **values)


def entries(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def key(test: Any, start: str) -> str:
    """The key of the widget that begins so."""
    kinds = (test.button, test.text_input, test.selectbox, test.checkbox, test.number_input)
    (found,) = [one.key for kind in kinds for one in kind if one.key and one.key.startswith(start)]
    return str(found)


def field(test: Any, column: str) -> Any:
    (found,) = [one for one in test.text_input if one.key.endswith(f"_{column}")]
    return found


def press(test: Any, start: str) -> Any:
    found = test.button(key=key(test, start)).click().run()
    assert not found.exception
    return found


def choose(test: Any, words: str) -> Any:
    """Choose the row of these words."""
    box = test.selectbox(key=key(test, "correct_which"))
    (number,) = [n for n, one in enumerate(box.options) if words in one]
    return box.set_value(number).run()


def said(test: Any) -> str:
    kinds = (test.html, test.markdown, test.warning, test.success, test.info, test.error)
    return "".join(str(one.value) for kind in kinds for one in kind)


@pytest.mark.parametrize(
    ("path", "people"), [("", "*"), ("x.jsonl", ""), ("x.jsonl", "li@paper.example")]
)
def test_reading_needs_nothing_and_correcting_is_off_until_it_is_switched_on(
    app: App, monkeypatch: pytest.MonkeyPatch, path: str, people: str
) -> None:
    monkeypatch.setenv("BANMIAN_CORRECTIONS", path)
    monkeypatch.setenv(editors.EDITORS, people)
    test = app("articles", article=TAIYUAN)
    assert not test.exception and "太原市" in said(test)
    assert zh("correct.title") not in [one.value for one in test.subheader]
    assert not editors.allowed()


def test_a_change_is_written_down_and_waits(app: App, file: Path) -> None:
    test = choose(app("articles", article=TAIYUAN), "320件")
    field(test, "value").set_value("330")
    field(test, "adcode").set_value("大同市")
    field(test, "reason").set_value("<b>前一句</b>写明")
    test = press(test, "save_fix")
    (entry,) = entries(file)
    assert entry["change"] == {"value": 330.0, "adcode": "140200"}
    assert entry["expect"] == {"value": 320.0, "adcode": "140100"}
    assert (entry["who"], entry["raw"], entry["uri"]) == ("王", "320件", "p1.txt")
    assert zh("correct.saved") in said(test)
    assert zh("correct.here", count=1) in said(test)
    assert zh("correct.state.pending") in said(test) and "&lt;b&gt;前一句" in said(test)
    # The form shows the row as the next build will have it.
    test = choose(test, "320件 → 330")
    assert field(test, "adcode").value == "山西省大同市"


def test_a_row_is_taken_out_and_taken_back(app: App, file: Path) -> None:
    test = press(choose(app("articles", article=TAIYUAN), "320件"), "reject_fix")
    assert entries(file)[0]["action"] == "reject"
    assert zh("correct.is_rejected") in said(choose(test, "320件"))
    test = press(test, "undo_article")
    assert entries(file)[1]["undoes"] == entries(file)[0]["id"]
    assert zh("correct.is_rejected") not in said(choose(test, "320件"))
    assert corrections.read(file).standing == []


def test_a_row_is_accepted_with_what_was_seen(app: App, file: Path) -> None:
    press(choose(app("articles", article=TAIYUAN), "320件"), "accept_fix")
    (entry,) = entries(file)
    assert (entry["action"], entry["expect"]["unit"], entry["expect"]["value"]) == (
        "accept",
        "件",
        320,
    )


def test_a_row_that_was_missed_is_added_where_its_words_stand(app: App, file: Path) -> None:
    test = app("articles", article=TAIYUAN)
    test = test.segmented_control(key="choice_mend").set_value("add").run()
    box = test.selectbox(key="correct_sentence_")
    (number,) = [n for n, one in enumerate(box.options) if "办理提案" in one]
    test = box.set_value(number).run()
    test = test.selectbox(key="correct_table").set_value("places").run()
    test = test.text_input(key="correct_words").set_value("太原").run()
    assert field(test, "adcode").value == "山西省太原市"
    test = press(test, "save_add")
    (entry,) = entries(file)
    assert (entry["action"], entry["table"], entry["change"]) == (
        "add",
        "places",
        {"adcode": "140100"},
    )
    assert zh("correct.is_there") in said(test)


def test_rows_that_read_alike_are_told_apart(
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Streamlit's selectbox knows its options by their words alone.
    monkeypatch.setattr(correct_panel, "label", lambda *_: "一样")
    monkeypatch.setattr(correct_panel, "_opening", lambda _: "一样")
    test = app("articles", article=TAIYUAN)
    options = test.selectbox(key=key(test, "correct_which")).options
    assert len(options) == len(set(options)) > 3
    test = test.segmented_control(key="choice_mend").set_value("add").run()
    options = test.selectbox(key="correct_sentence_").options
    assert len(options) == len(set(options)) > 3


def test_an_article_is_split_and_joined(app: App, file: Path) -> None:
    test = app("articles", article=TAIYUAN)
    test = test.segmented_control(key="choice_mend").set_value("structure").run()
    box = test.selectbox(key="structure_begins")
    (number,) = [n for n, one in enumerate(box.options) if "会上展出" in one]
    test = box.set_value(number).run()
    test = press(test.checkbox(key="structure_headline").check().run(), "structure_save")
    test = test.segmented_control(key="structure_action").set_value("join").run()
    assert test.selectbox(key="structure_goes_on").options == ["1. 大同请委员上门"]
    test = press(test, "structure_save")
    test = test.segmented_control(key="structure_action").set_value("order").run()
    assert zh("structure.none") in said(test)
    split, join = entries(file)
    assert (split["action"], split["change"]) == ("split", {"role": "headline"})
    assert split["raw"].startswith("会上展出")
    assert join["raw"] == "太原签下一批项目" and join["change"]["to"] > join["end"]
    assert all(one["table"] == "articles" for one in entries(file))
    assert zh("correct.action.join") in said(test)


def test_the_place_of_an_article_is_said(app: App, file: Path) -> None:
    test = app("articles", article=TAIYUAN)
    test = test.segmented_control(key="choice_mend").set_value("structure").run()
    test = test.segmented_control(key="structure_action").set_value("place").run()
    box = test.text_input(key="structure_place")
    assert box.value == "山西省太原市"
    assert zh("correct.nothing") in said(press(test, "structure_save"))
    test = press(box.set_value("不知何处").run(), "structure_save")
    assert zh("correct.why.no_place", column=zh("correct.field.adcode"), value="不知何处") in said(
        test
    )
    assert not file.exists()
    test = press(test.text_input(key="structure_place").set_value("大同市").run(), "structure_save")
    (one,) = entries(file)
    assert (one["table"], one["action"], one["raw"]) == ("articles", "place", "太原签下一批项目")
    assert (one["change"], one["expect"]) == ({"adcode": "140200"}, {"adcode": "140100"})
    assert f"<b>{zh('correct.action.place')}</b>" in said(test)
    assert "<b>山西省大同市</b>" in said(test)


def test_words_that_do_not_stand_there_are_refused(app: App, file: Path) -> None:
    test = app("articles", article=TAIYUAN)
    test = test.segmented_control(key="choice_mend").set_value("add").run()
    test = test.text_input(key="correct_words").set_value("太 原").run()
    assert "太 原" in said(test) and not file.exists()
    assert not [one for one in test.button if one.key and one.key.startswith("save_add")]


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("value", "许多", "number"),
        ("value", "", "null"),
        ("adcode", "朝阳区", "many_places"),
        ("adcode", "999999", "adcode"),
        ("counted", "树\u2028苗", "lines"),
    ],
)
def test_a_wrong_value_is_refused_in_words(
    app: App, file: Path, column: str, value: str, why: str
) -> None:
    test = choose(app("articles", article=TAIYUAN), "320件")
    field(test, column).set_value(value)
    test = press(test, "save_fix")
    start = zh(f"correct.why.{why}").split("{")[0].split("“")[0]
    assert test.error and start in test.error[0].value
    assert not file.exists()


def test_nothing_changed_is_nothing_written(app: App, file: Path) -> None:
    test = press(choose(app("articles", article=TAIYUAN), "320件"), "save_fix")
    assert zh("correct.nothing") in said(test) and not file.exists()


def test_a_right_that_was_taken_away_holds_at_once(
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = choose(app("articles", article=TAIYUAN), "320件")
    monkeypatch.setenv(editors.EDITORS, "")
    press(test, "accept_fix")
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_told(app: App, file: Path) -> None:
    test = choose(app("articles", article=TAIYUAN), "320件")
    file.mkdir()
    test = press(test, "accept_fix")
    assert any(zh("correct.unreadable", error="") in one.value for one in test.error)


class Login(dict[str, Any]):
    """Stands for Streamlit's user where a login is set up."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


@pytest.mark.parametrize(
    ("user", "may", "way", "told"),
    [
        ({"is_logged_in": False}, False, "log_in", ""),
        ({"is_logged_in": True, "email": "Li@Paper.example", "name": "李"}, True, "log_out", "李"),
        ({"is_logged_in": True, "email": "li@x.example"}, False, "log_out", "li@x\\.example"),
        (
            {"is_logged_in": True, "email": "li@paper.example", "email_verified": False},
            False,
            "log_out",
            zh("correct.unconfirmed"),
        ),
    ],
)
def test_who_is_named_may_correct_after_logging_in(
    app: App,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    user: dict[str, Any],
    may: bool,
    way: str,
    told: str,
) -> None:
    monkeypatch.setenv(editors.EDITORS, "li@paper.example, wang@paper.example")
    monkeypatch.setattr(editors, "_user", lambda: Login(user))
    test = app("articles", article=TAIYUAN)
    assert (zh("correct.title") in [one.value for one in test.subheader]) is may
    ways = [one.key for one in test.button if one.key in ("log_in", "log_out")]
    assert ways == [way]
    assert told in said(test) + "".join(one.value for one in test.caption)
    review = app("review")
    assert [one.key for one in review.button if one.key in ("log_in", "log_out")] == [way]
    if may:
        press(test, "accept_fix")
        assert entries(file)[0]["who"] == "李"


def test_a_figure_s_range_its_change_and_its_bounds_are_mended(app: App, file: Path) -> None:
    test = choose(app("articles", article=TAIYUAN), "320件")
    field(test, "value_high").set_value("400")
    field(test, "previous").set_value("0.03万")
    direction = test.selectbox(key=key(test, "fix_1_0_direction"))
    assert (direction.value, direction.options) == (None, ["无", "增加", "减少"])
    direction.set_value("increase")
    test.checkbox(key=key(test, "fix_1_0_approximate")).check()
    press(test, "save_fix")
    (entry,) = entries(file)
    wanted = {"value_high": 400.0, "previous": 300.0, "direction": "increase", "approximate": True}
    assert entry["change"] == wanted
    assert entry["expect"] == dict.fromkeys(wanted) | {"approximate": False}


def test_the_name_that_was_said_signs(app: App, file: Path) -> None:
    test = app("articles", article=TAIYUAN)
    test = test.text_input(key="correct_who").set_value(" 赵 ").run()
    press(test, "accept_fix")
    assert entries(file)[0]["who"] == "赵"


def test_corrections_from_elsewhere_are_taken_in_once(file: Path, tmp_path: Path) -> None:
    one = corrections.Correction(
        "c1", "figures", "p1.txt", 0, 3, "46件", "reject", "", "李", "2026-11-26"
    )
    data = f"{corrections.line(one)}\n".encode()
    assert desk.take_in(file, data, "other.jsonl") == 1
    assert desk.take_in(file, data, "other.jsonl") == 0
    with pytest.raises(corrections.CorrectionsError, match="not whole"):
        desk.take_in(file, data[:-9], "other.jsonl")


LISTS = [
    ("figures", {}, "correct_at_evidence", "figures"),
    ("figures", {}, "correct_at_list", "figures"),
    ("activities", {}, "correct_at_activities", "activities"),
    ("overview", {}, "correct_at_activities", "activities"),
    ("search", {"q": "提案", "in": "figures"}, "correct_at_list", "figures"),
    ("place", {"place": "140100"}, "correct_at_list", "figures"),
]


def open_row(test: Any, start: str) -> Any:
    """Open the first row of a list."""
    keys = [one.key for one in test.button if one.key and one.key.startswith(start)]
    found = test.button(key=keys[0]).click().run()
    assert not found.exception
    return found


@pytest.mark.parametrize(("page", "asked", "start", "table"), LISTS)
def test_a_row_of_a_list_is_taken_out_where_it_stands_and_taken_back(
    app: App, file: Path, page: str, asked: dict[str, str], start: str, table: str
) -> None:
    test = open_row(app(page, **asked), start)
    field(test, "reason").set_value("不是结果")
    test = press(test, "reject_row")
    (entry,) = entries(file)
    assert (entry["action"], entry["table"], entry["reason"]) == ("reject", table, "不是结果")
    assert zh("correct.saved") in said(test) and zh("correct.is_rejected") in said(test)
    test = press(test, "undo_row")
    assert entries(file)[1]["undoes"] == entry["id"]
    assert zh("correct.is_rejected") not in said(test)
    test = open_row(test, start)
    assert not [one for one in test.button if one.key and one.key.startswith("reject_row")]
    assert zh("correct.waits") not in [one.label for one in test.button]


def test_a_row_that_was_corrected_says_that_it_waits(app: App, file: Path) -> None:
    test = press(open_row(app("figures"), "correct_at_list"), "accept_row")
    test = open_row(test, "correct_at_list")
    labels = {one.key: one.label for one in test.button if one.key and "correct_at_" in one.key}
    waiting = {
        key.rsplit("_", 1)[1] for key, label in labels.items() if label == zh("correct.waits")
    }
    assert len(waiting) == 1 and zh("correct.mend") in labels.values()


def test_a_row_of_a_list_is_changed_with_the_form_of_the_article(app: App, file: Path) -> None:
    test = open_row(app("figures"), "correct_at_list")
    field(test, "adcode").set_value("长治市")
    test = press(test, "save_row")
    (entry,) = entries(file)
    assert (entry["action"], entry["change"]) == ("change", {"adcode": "140400"})
    assert field(test, "adcode").value == "山西省长治市"
    test = test.run()
    field(test, "value").set_value("很多")
    assert "很多" in said(press(test, "save_row")) and len(entries(file)) == 1


@pytest.mark.parametrize("page", ["figures", "activities", "overview"])
def test_lists_have_no_buttons_for_who_may_not_correct(
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv(editors.EDITORS, "li@paper.example")
    assert not [one for one in app(page).button if one.key and one.key.startswith("correct_at")]
    monkeypatch.setenv(editors.EDITORS, editors.EVERYBODY)
    assert [one for one in app(page).button if one.key and one.key.startswith("correct_at")]


def test_each_row_of_an_article_leads_to_its_form(app: App, file: Path) -> None:
    found = said(app("articles", article=TAIYUAN))
    names = re.findall(r"article=p1-1&amp;row=(\w+-\d+-\d+)'", found)
    assert {name.split("-")[0] for name in names} >= {"figures", "activities", "dates", "places"}
    for name in names[:1] + names[-1:]:
        test = app("articles", article=TAIYUAN, row=name)
        box = test.selectbox(key=key(test, "correct_which"))
        chosen = box.options[box.index]
        assert zh(f"correct.table.{name.split('-')[0]}") in chosen
        assert zh("reader.quoted") in said(test) and "id='chosen'" in said(test)


def test_rows_of_an_article_lead_nowhere_for_who_may_not_correct(app: App) -> None:
    assert "row=figures" not in said(app("articles", article=TAIYUAN))


WAYS = [
    ("articles", {}, "mend=structure"),
    ("search", {"q": "提案"}, "mend=structure"),
    ("words", {"word": "提案"}, "sentence="),
    ("compare", {"place": ["140100", "140200"]}, "figure="),
]


@pytest.mark.parametrize(("page", "asked", "leads"), WAYS)
def test_a_list_of_anything_else_leads_to_the_form_of_the_article(
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch, page: str, asked: Any, leads: str
) -> None:
    link = re.compile(rf"href='articles\?[^']*{leads}[^']*'[^>]*>{zh('correct.mend')}<")
    assert link.search(said(app(page, **asked)))
    monkeypatch.setenv(editors.EDITORS, "li@paper.example")
    assert zh("correct.mend") not in said(app(page, **asked))


def test_a_person_at_a_place_leads_to_the_form_of_their_row(
    app: App, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = Page()
    page.document("d", "示例日报", "2023-12-29")
    article = page.article("d", "太原", "太原的赵一明发言，他是委员。", adcode="140100")
    span = page._span(article, "赵一明")
    page.add("people", tables.Person(name="赵一明", role="member", adcode="140100", **span))
    page.write(tmp_path / "tables")
    monkeypatch.setenv("BANMIAN_TABLES", str(tmp_path / "tables"))
    found = re.search(r"row=(people-[\d-]+)", said(app("place", place="140100")))
    assert found
    test = app("articles", article=article, row=found[1])
    field(test, "title").set_value("委员")
    press(test, "save_fix")
    (entry,) = entries(file)
    assert (entry["raw"], entry["table"], entry["change"]) == (
        "赵一明",
        "people",
        {"title": "委员"},
    )


def test_a_link_opens_the_form_at_its_row_and_its_sentence(app: App, file: Path) -> None:
    test = app("articles", article=TAIYUAN, sentence="p1-1-s3")
    chosen = test.selectbox(key=key(test, "correct_which"))
    assert chosen.value and "320件" in chosen.options[chosen.value]
    test = test.segmented_control(key="choice_mend").set_value("add").run()
    assert test.selectbox(key="correct_sentence_p1-1-s3").value == 3
    test = app("articles", article=TAIYUAN, mend="structure")
    assert test.segmented_control(key="choice_mend").value == "structure"
    assert app("articles", article=TAIYUAN, mend="x").segmented_control(key="choice_mend").value
