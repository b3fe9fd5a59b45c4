"""What is kept beside a large version gives the answers that a small one counts in memory."""

from __future__ import annotations

import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import beside, data, mapped, prepare
from dashboard.language import text
from dashboard.queries import Tables, keys_file, open_tables, regions, word_counts, words_file
from dashboard.queries.word_counts import WordCounts
from dashboard.selection import Selection
from tests.dashboard.factory import Page, sample

BOTH = tuple[Tables, Tables]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> BOTH:
    """The same tables with everything in memory, and with all that the process makes."""
    memory = sample().write(tmp_path_factory.mktemp("memory"))
    folder = tmp_path_factory.mktemp("kept") / "tables"
    shutil.copytree(memory.folder, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare, "is_large", lambda tables: True)
        prepare.prepare(folder)
    assert all(prepare.is_ready(one, folder, folder) for one in prepare.NAMES)
    return memory, open_tables(folder)


def _measure(tables: Tables) -> str:
    return str(tables.measures(Selection(), 1)["measure_id"][0])


SELECTIONS = st.builds(
    Selection,
    provinces=st.sets(st.sampled_from(["110000", "140000", "420000"]), max_size=2).map(tuple),
    cities=st.sets(st.sampled_from(["140100", "429004"]), max_size=1).map(tuple),
    types=st.sets(st.sampled_from(["survey", "meeting"]), max_size=2).map(tuple),
    start=st.sampled_from([None, "2011-03-02", "2023-12-29"]),
    end=st.sampled_from([None, "2023-12-29", "2023-12-31"]),
)
QUESTIONS: dict[str, Callable[[Tables, Selection], Any]] = {
    "overview": lambda tables, one: tables.overview(one),
    "activities": lambda tables, one: tables.activities(one, 3, 1),
    "by month": lambda tables, one: tables.activity_counts(one, "month"),
    "by city": lambda tables, one: tables.activity_counts(one, "city"),
    "panels": lambda tables, one: tables.activity_panels(one, "quarter"),
    "figures": lambda tables, one: tables.figures(one, 5),
    "measures": lambda tables, one: tables.measures(one),
    "areas": lambda tables, one: tables.area_counts(one, regions.provinces(), "province"),
    "span": lambda tables, one: tables.time_span(one),
    "bases": lambda tables, one: tables.bases(one),
    "city by city": lambda tables, one: tables.city_figures(one, _measure(tables)),
    "compared": lambda tables, one: tables.compared(one, ["140000", "429004"]),
    "people": lambda tables, one: tables.people(one, 5),
    "articles": lambda tables, one: tables.articles(one, 5),
    "words": lambda tables, one: tables.words(one, "140000", True, 9),
    "over time": lambda tables, one: tables.words_over_time(one, None, ["提案"], "year"),
    "in context": lambda tables, one: tables.concordance(one, None, "提案", 5),
}


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.differing_executors])
@given(selection=SELECTIONS, name=st.sampled_from(list(QUESTIONS)))
def test_what_is_kept_answers_as_what_is_counted(
    both: BOTH, selection: Selection, name: str
) -> None:
    memory, kept = (QUESTIONS[name](one, selection) for one in both)
    if isinstance(memory, pd.DataFrame):
        pd.testing.assert_frame_equal(memory, kept)
    else:
        assert memory == kept


def test_it_is_read_from_files(both: BOTH) -> None:
    _, kept = both
    views = kept.rows("SELECT view_name FROM duckdb_views() WHERE view_name = 'figure_keys'")
    assert views == [("figure_keys",)]
    assert isinstance(kept.word_counts().codes, np.memmap)
    kept.figures(Selection(), 5)
    lists = kept.rows(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND view_name LIKE '%_list'"
    )
    assert sorted(lists) == [("activity_list",), ("figure_list",)]


ARTICLES = st.lists(
    st.dictionaries(st.integers(0, 5), st.integers(1, 9), min_size=1), min_size=1, max_size=6
)


def _counted_and_kept(folder: Path, articles: list[dict[int, int]]) -> list[WordCounts]:
    """The words of articles in memory and in files, written a few at a time."""
    page = Page()
    page.document("d", None, None)
    for words in articles:
        article_id = page.article("d", "题", "文。")
        for number, count in words.items():
            page.word(article_id, f"词{number}", count)
    counted = page.write(folder / "tables").count_words(())
    (folder / "words").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words_file, "PIECE", 3)
        words_file.write(counted, folder / "words")
    return [counted, words_file.read(folder / "words", ())]


@settings(deadline=None, max_examples=25)
@given(articles=ARTICLES)
def test_the_rows_of_a_word_are_those_that_have_it(
    tmp_path_factory: pytest.TempPathFactory, articles: list[dict[int, int]]
) -> None:
    both = _counted_and_kept(tmp_path_factory.mktemp("words"), articles)
    assert [one.by_word is not None for one in both] == [False, True]
    every = len(both[0].vocabulary.words)
    for words in ([range(every)], [range(1)], [range(every - 1, every), range(1)]):
        found, looked_up = (sorted(zip(*one.having(words), strict=True)) for one in both)
        assert found == looked_up


@settings(deadline=None, max_examples=25)
@given(articles=ARTICLES, at_once=st.integers(1, 9), every=st.integers(2, 4))
def test_the_words_of_some_articles_add_up(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[dict[int, int]],
    at_once: int,
    every: int,
) -> None:
    # They are ranked as they stand, from 1.
    chosen = np.arange(len(articles) + 1) % every == 1
    wanted: Counter[str] = Counter()
    for words in articles[::every]:
        wanted.update({f"词{number}": count for number, count in words.items()})
    for one in _counted_and_kept(tmp_path_factory.mktemp("words"), articles):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(word_counts, "AT_ONCE", at_once)
            found = one.sums(chosen)
        summed = dict(zip(one.vocabulary.words, found.count.tolist(), strict=True))
        assert {word: count for word, count in summed.items() if count} == dict(wanted)
        held = [
            sum(f"词{number}" == word for some in articles[::every] for number in some)
            for word in one.vocabulary.words
        ]
        assert found.articles.tolist() == held


@pytest.mark.skipif(sys.platform != "linux", reason="it is asked of /proc")
def test_what_was_read_of_a_file_is_given_back(tmp_path: Path) -> None:
    np.save(tmp_path / "numbers.npy", np.arange(2**20))
    found = mapped.load(tmp_path / "numbers.npy")
    assert found.sum() == 2**19 * (2**20 - 1)
    read = _in_memory(tmp_path / "numbers.npy")
    mapped.give_back(found, np.arange(3))
    assert read - _in_memory(tmp_path / "numbers.npy") > 4000
    assert found[5] == 5


def _in_memory(file: Path) -> int:
    """What this process holds of a file, in kB."""
    said = Path("/proc/self/smaps").read_text("ascii").split(str(file))[1]
    return int(said.split("Rss:")[1].split()[0])


@pytest.mark.parametrize("field", ["layout", "version"])
def test_another_layout_or_version_is_none(both: BOTH, tmp_path: Path, field: str) -> None:
    folder = shutil.copytree(both[1].folder, tmp_path / "tables")
    done = folder / keys_file.FOLDER.name / beside.DONE
    done.write_text(done.read_text("utf-8").replace(f'"{field}": "', f'"{field}": "x'), "utf-8")
    assert not prepare.is_ready("keys", folder, tmp_path)
    assert prepare.is_ready("words", folder, tmp_path)
    # What they hold is counted in memory then.
    assert open_tables(folder).overview(Selection()) == both[0].overview(Selection())


def test_a_large_version_is_opened_with_its_keys_and_the_rest_is_made_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sample().write(tmp_path / "tables").folder
    monkeypatch.setattr(prepare, "LARGE", 0)
    monkeypatch.setattr(data, "SPARE", tmp_path / "spare")
    prepare.is_large.cache_clear()
    waited = []
    started = prepare.Preparing.start

    def here(self: prepare.Preparing, names: list[str]) -> prepare.Preparing:
        waited.append(list(names))
        return started(self, names)

    monkeypatch.setattr(prepare.Preparing, "start", here)
    opened = data._open(str(folder))
    assert waited == [["keys"], ["words", "search", "lists"]]
    assert keys_file.FOLDER.find(folder, folder) is not None
    going = data._preparing()[opened.version]
    assert data.is_being_made(opened, "search") or not going.is_running
    assert going.wait()
    assert not data.is_being_made(opened, "search")
    assert data.share_made(opened, "search") == 1
    assert words_file.FOLDER.find(folder, folder) is not None
    prepare.is_large.cache_clear()


def test_a_version_that_cannot_be_prepared_is_opened_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = sample().write(tmp_path / "tables").folder
    monkeypatch.setattr(prepare, "is_large", lambda tables: True)
    monkeypatch.setattr(prepare.sys, "executable", "/bin/false")
    assert data._open(str(folder)).overview(Selection()).articles
    assert "prepare_failed" in caplog.text
    assert not data.is_being_made(open_tables(folder), "words")


def test_tables_are_published_without_what_could_not_be_prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sample().write(tmp_path / "tables").folder
    monkeypatch.setattr(prepare.sys, "executable", "/bin/false")
    prepare.prepare(folder)
    assert "will have to prepare these tables itself" in capsys.readouterr().err
    assert not any(prepare.is_ready(one, folder, folder) for one in prepare.NAMES)


def test_a_request_does_not_wait_for_a_large_version_but_has_it_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tables"
    sample().write(folder)
    monkeypatch.setenv("BANMIAN_TABLES", str(folder))
    monkeypatch.setattr(prepare, "is_large", lambda tables: True)
    monkeypatch.setattr(prepare.sys, "executable", "/bin/false")
    begun, go_on = [], threading.Event()
    sound = data._sound

    def slow(out: Path) -> Tables:
        begun.append(out)
        assert go_on.wait(20)
        return sound(out)

    monkeypatch.setattr(data, "_sound", slow)
    for _ in range(2):
        with pytest.raises(data.NoTablesError) as raised:
            data.published()
        assert raised.value.reason == "opening"
    assert begun == [folder]
    go_on.set()
    (opening,) = [one for one in threading.enumerate() if one.name == data._OPENING]
    opening.join(20)
    assert data.published().overview(Selection()).articles


def test_readers_stay_on_the_version_before_until_a_new_large_one_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tables"
    former = sample().write(folder)
    more = sample()
    more.document("p9", "示例政协报", "2023-12-30", 1)
    new = more.write(folder)
    monkeypatch.setenv("BANMIAN_TABLES", str(folder))
    monkeypatch.setattr(prepare, "is_large", lambda tables: tables.name == new.folder.name)
    monkeypatch.setattr(prepare.sys, "executable", "/bin/false")
    go_on = threading.Event()
    sound = data._sound
    monkeypatch.setattr(data, "_sound", lambda out: (go_on.wait(20), sound(out))[1])
    for shown in (data.published(), data.tables("zh"), data.published()):
        assert shown.version == former.version
        assert data.is_behind(shown)
    go_on.set()
    (opening,) = [one for one in threading.enumerate() if one.name == data._OPENING]
    opening.join(20)
    assert data.published().version == new.version
    assert not data.is_behind(data.tables("zh"))


def test_a_page_says_that_newer_data_are_coming(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "is_behind", lambda shown: True)
    said = [one.value for one in app("overview").info]
    assert text("zh", "data.newer") in said
