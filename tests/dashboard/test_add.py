"""/add: what is dropped, what is shown before it is kept, who sees it, and how it ends."""

from __future__ import annotations

import ast
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard import language, navigation, reasons, uploads, visit, visits
from dashboard.found_page import source_of
from etl.intake import Limits

ROOT = Path(__file__).resolve().parents[2]
App = Callable[..., Any]
STORY = "河湾市政协5月18日组织30名委员调研茶产业，走访企业12家。<b>茶农</b>说好。\n"
DATED = f"河湾日报 2024年5月20日 第2版\n\n河湾市政协调研茶产业\n\n{STORY}"


def zh(key: str, **values: object) -> str:
    return language.text("zh", key, **values)


@pytest.fixture(autouse=True)
def own_visits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Visits in a folder of the test's own, files allowed."""
    root = tmp_path / "visits"
    root.mkdir()
    monkeypatch.setattr(visits, "root", lambda: root)
    monkeypatch.setenv(uploads.ALLOWED, "1")
    monkeypatch.delenv(uploads.COLLECTION, raising=False)
    yield root
    visit.readings().clear()


def click(test: Any, label: str) -> Any:
    """Click the button of this label."""
    (button,) = [one for one in test.button if one.label == label]
    return button.click().run(timeout=120)


def added(app: App, *files: tuple[str, bytes], day: str | None = None) -> Any:
    """The page after these files were read."""
    test = app("add")
    test.file_uploader[0].set_value([(name, data, "text/plain") for name, data in files])
    if day:
        test.date_input(key="add_day_0").set_value(day)
    return click(test, zh("add.read"))


def words(test: Any) -> str:
    kinds = (test.html, test.markdown, test.warning, test.caption, test.success, test.info)
    return "".join(str(one.value) for kind in kinds for one in kind)


def test_the_page_says_when_adding_is_off(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(uploads.ALLOWED, "0")
    test = app("add")
    assert test.info[0].title == zh("add.closed")
    assert not test.file_uploader
    assert navigation.ADD not in navigation.ways()


def test_a_way_leads_there_where_adding_is_on() -> None:
    assert list(navigation.ways())[-1] == navigation.ADD


def test_what_was_found_is_seen_before_it_is_kept(app: App) -> None:
    test = added(app, ("page.txt", DATED.encode()), ("bad.pdf", b"no pdf"))
    assert not test.exception
    said = words(test)
    assert "河湾市政协调研茶产业" in said
    assert "2024-05-20" in said and "河湾日报" in said
    assert "bad.pdf" in said and "内容不是 .pdf 文件" in said
    assert "<b>茶农" not in said
    assert zh("visit.banner") not in said


def test_own_content_is_shown_to_its_visitor_alone_and_left_again(app: App) -> None:
    test = click(added(app, ("page.txt", DATED.encode())), zh("found.show"))
    assert not test.exception
    assert zh("visit.banner") in words(test)
    assert "河湾日报" in words(test)
    assert test.query_params[visit.OWN] in ("1", ["1"])
    # Another session, even with the same address, sees the usual content and is told why.
    other = app("overview", own="1")
    assert "河湾日报" not in words(other)
    assert zh("visit.elsewhere") in [one.value for one in other.info]
    back = click(test, zh("visit.back"))
    assert zh("visit.banner") not in words(back)
    assert visit.OWN not in back.query_params


def test_a_secret_opens_the_visit_in_a_new_session_and_no_other_does(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = click(added(app, ("page.txt", DATED.encode())), zh("found.show"))
    token = test.session_state["visit_token"]
    assert token not in str(test.query_params)
    cookies: dict[str, str] = {}
    monkeypatch.setattr(
        "streamlit.runtime.context.ContextProxy.cookies", property(lambda _: cookies)
    )
    cookies[visit._cookie()] = token
    assert zh("visit.banner") in words(app("overview"))
    cookies[visit._cookie()] = token[:-1] + "x"
    assert zh("visit.banner") not in words(app("overview"))


def test_a_missing_issue_date_is_asked_for_and_never_guessed(app: App) -> None:
    test = added(app, ("story.txt", STORY.encode()))
    titles = [one.title for one in test.warning]
    assert zh("found.undated") in titles
    assert zh("found.undated_help", count=1, dates=1) in words(test)
    test.date_input(key="found_day_1").set_value("2024-05-20")
    test = click(test, zh("found.again"))
    assert zh("found.undated") not in [one.title for one in test.warning]
    assert "2024-05-20" in words(test)


def test_what_is_said_holds_where_the_file_is_silent(app: App) -> None:
    test = added(app, ("story.txt", STORY.encode()), ("page.txt", DATED.encode()), day="2023-01-02")
    assert "2023-01-02" in words(test) and "2024-05-20" in words(test)


def test_pasted_text_is_a_file_of_its_own(app: App) -> None:
    test = app("add")
    test.text_area[0].set_value(DATED)
    assert f"{zh('add.pasted')}.txt" in words(click(test, zh("add.read")))


def test_nothing_dropped_is_told(app: App) -> None:
    test = click(app("add"), zh("add.read"))
    assert [one.value for one in test.warning] == [zh("add.nothing")]


def test_limits_are_checked_on_the_server(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LIMITS", Limits(file_bytes=1024**2, files=1))
    test = added(app, ("large.txt", b"x" * (1024**2 + 1)))
    assert zh("add.refused_size", name="large\\.txt", most=1) in [one.value for one in test.warning]
    test = added(app, ("a.txt", DATED.encode()), ("b.txt", STORY.encode()))
    assert zh("add.refused_files", name="b\\.txt", most=1) in [one.value for one in test.warning]
    assert "河湾市政协调研茶产业" in words(test)


def test_files_can_be_kept_only_where_the_owner_has_a_collection(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = added(app, ("page.txt", DATED.encode()), ("bad.pdf", b"no pdf"))
    assert zh("found.keep") not in [one.label for one in test.button]
    collection = tmp_path / "collection"
    monkeypatch.setenv(uploads.COLLECTION, str(collection))
    test = click(test.run(), zh("found.keep"))
    assert len(test.success) == 1
    kept = sorted(one.name for one in collection.iterdir())
    assert len(kept) == 2 and kept[0].endswith("-page.txt") and kept[1].endswith(".about.json")


def test_deleting_leaves_nothing(app: App, own_visits: Path) -> None:
    test = added(app, ("page.txt", DATED.encode()))
    assert len(visits._visits()) == 1
    test = click(test, zh("found.forget"))
    assert visits._visits() == []
    assert "河湾" not in words(test)


def test_visits_are_closed_to_other_users_and_named_by_no_secret(own_visits: Path) -> None:
    token = visits.begin()
    (folder,) = visits._visits()
    assert folder.stat().st_mode & 0o077 == 0
    assert token not in folder.name
    assert visits.find(token) == folder
    for wrong in ("", None, folder.name, "../..", token + "x", "\ud800"):
        assert visits.find(wrong) is None


def test_old_visits_are_cleaned_up_and_fresh_ones_stay(own_visits: Path) -> None:
    old, fresh = visits.begin(), visits.begin()
    folder = visits.find(old)
    assert folder
    long_ago = time.time() - visits.HOURS * 3600 - 1
    os.utime(folder, (long_ago, long_ago))
    visits.sweep()
    assert visits.find(old) is None and visits.find(fresh)


def test_a_crowd_waits_and_an_idle_visit_makes_way(
    own_visits: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "MOST", 2)
    first, _ = visits.begin(), visits.begin()
    with pytest.raises(visits.TooManyVisitsError):
        visits.begin()
    folder = visits.find(first)
    assert folder
    idle = time.time() - visits.IDLE_MINUTES * 60 - 1
    os.utime(folder, (idle, idle))
    assert visits.find(visits.begin())
    assert visits.find(first) is None


@pytest.mark.parametrize(
    ("uri", "file"),
    [("a.txt", "a.txt"), ("a.pdf#page=2", "a.pdf"), ("a.zip/b/c.pdf#page=3", "a.zip")],
)
def test_a_document_leads_to_its_file(uri: str, file: str) -> None:
    assert source_of(uri) == file


BEGINNING = re.compile(
    "(is|its|has|holds|cannot|no|took|was|gives|needs|broke|breaks|unpacks|there|page|byte"
    "|the extraction|what) "
)


def sentences() -> Iterator[str]:
    """Each sentence that the pipeline rejects a source with, a word for each of its values."""
    paths = [*(ROOT / "etl/sources").glob("*.py"), *(ROOT / "etl/intake").glob("*.py")]
    for path in [*paths, ROOT / "etl/build.py"]:
        for text in _texts(ast.parse(path.read_text("utf-8"))):
            if BEGINNING.match(text) and text not in NO_REASONS:
                yield text


def _texts(node: ast.AST) -> Iterator[str]:
    """All texts in some code, one with values as a whole; without docstrings."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr | ast.Constant):
            yield _text(child)
        elif not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _texts(child)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(one) for one in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else "x"


def test_every_reason_is_said_in_chinese() -> None:
    known = [one for one in set(sentences()) if reasons.is_known(one)]
    assert len(known) > 50
    assert {one for one in sentences() if not reasons.is_known(one)} == set()


# Parts of sentences, and what is said to the owner alone.
NO_REASONS = {"cannot be parsed", "is no JSON object", "no reader for x"}


def test_a_reason_keeps_its_values() -> None:
    said = "its date '2023-02-30' is no day of the calendar; write YYYY-MM-DD"
    assert reasons.said("zh", said) == (
        "它的日期 日历上没有 '2023-02-30' 这一天，请写成 2023-12-29 这样"
    )
    assert reasons.said("en", said) == said
    assert reasons.said("zh", "a new sentence") == "a new sentence"
