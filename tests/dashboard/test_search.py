"""Search: whatever stands in a sentence is found, and nothing else; the index and its files."""

import threading
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import beside, rows, search_index
from dashboard.queries import Search, Tables
from dashboard.queries.search import words_of
from dashboard.search_index import Sentences, clean, open_index
from dashboard.selection import Selection
from etl import store
from tests.dashboard.factory import Page, sample

EVERYTHING = Selection()
LETTERS = st.text(alphabet="政协提案好水Aa1 \n、", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return sample().write(tmp_path_factory.mktemp("searched"))


def search(tables: Tables, query: str) -> Search:
    index = open_index(tables.folder, tables.folder / "spare")
    return Search(tables, index, words_of(query))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ()),
        ("  　", ()),
        ("提案", ("提案",)),
        ("提案　协商 提案", ("提案", "协商")),
        ("“民主  监督” 太原", ("民主 监督", "太原")),
        ('"a b" C', ("a b", "c")),
        ("「两会」", ("两会",)),
        ("“没有完", ("没有完",)),
        ("“”", ()),
        (" ".join("一二三四五六七八九十"), tuple("一二三四五六七八")),
        ("长" * 90, ("长" * 60,)),
    ],
)
def test_words_of_a_query(query: str, words: tuple[str, ...]) -> None:
    assert words_of(query) == words


@settings(max_examples=60, deadline=None)
@given(st.lists(LETTERS, max_size=9), st.lists(LETTERS, min_size=1, max_size=3))
def test_every_word_is_found_wherever_it_stands(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], words: list[str]
) -> None:
    page = Page()
    page.document("d", None, None)
    page.article("d", "题", *texts)
    folder = tmp_path_factory.mktemp("index")
    page.write(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "PART", 4)
        tables = store.resolve(folder)
        index = open_index(tables, folder / "spare")
        lowered = [one.lower() for one in words]
        masks = index.masks(lowered).tolist()
    every = ["题", *(clean(text) for text in texts)]
    assert [index.text(number) for number in range(len(every))] == every
    kept = Sentences(tables / search_index.FOLDER.name)
    assert [kept.raw(number) for number in range(len(every))] == ["题", *texts]
    assert list(kept.of_article(0, len(texts))) == list(enumerate(["题", *texts]))
    assert masks == [
        sum((word in text.lower()) << number for number, word in enumerate(lowered))
        for text in every
    ]


@pytest.mark.parametrize(
    ("query", "articles", "activities", "figures"),
    [
        ("提案", 3, 2, 6),
        ("寿", 1, 1, 1),
        ("太原 大同", 1, 0, 0),
        ("座谈会 太原", 1, 0, 0),
        ("座谈会 大同", 1, 1, 1),
        ("“大同收到提案约”", 1, 1, 1),
        ("无此词", 0, 0, 0),
    ],
)
def test_an_article_holds_the_words_anywhere_a_fact_in_its_sentence(
    opened: Tables, query: str, articles: int, activities: int, figures: int
) -> None:
    found = search(opened, query).found(EVERYTHING)
    assert (found.articles, found.activities, found.figures) == (articles, activities, figures)


def test_the_lists_hold_what_was_counted_with_their_sentences(opened: Tables) -> None:
    hits = search(opened, "提案")
    counts = hits.found(EVERYTHING)
    for name in ("articles", "activities", "figures"):
        listed = getattr(hits, name)(EVERYTHING, 20)
        assert len(listed) == getattr(counts, name)
        assert all("提案" in one for one in listed["sentence"])
        again = getattr(hits, name)(EVERYTHING, 1, 1)
        second = listed.iloc[1:2].reset_index(drop=True)
        pd.testing.assert_frame_equal(again, second, check_dtype=False)


def test_the_filters_narrow_a_search(opened: Tables) -> None:
    found = search(opened, "提案").found(Selection(provinces=("440000",)))
    assert (found.articles, found.activities, found.figures) == (1, 0, 1)


def test_a_headline_comes_before_a_later_article(tmp_path: Path) -> None:
    page = Page()
    page.document("old", "甲报", "2023-01-01")
    page.document("new", "甲报", "2023-12-01")
    page.article("new", "别的题目", "文中说到防汛。")
    page.article("old", "防汛的题目", "文中没有。")
    listed = search(page.write(tmp_path), "防汛").articles(EVERYTHING, 5)
    assert listed["headline"].tolist() == ["防汛的题目", "别的题目"]


def test_the_snippet_is_the_sentence_with_most_of_the_words(tmp_path: Path) -> None:
    page = Page()
    page.document("d", None, None)
    page.article("d", "题", "先说防汛。", "再说防汛与抗旱。", "又说抗旱。")
    listed = search(page.write(tmp_path), "抗旱 防汛").articles(EVERYTHING, 5)
    assert listed["sentence"].tolist() == ["再说防汛与抗旱。"]


def test_a_word_cut_by_the_column_is_found(tmp_path: Path) -> None:
    page = Page()
    page.document("d", None, None)
    page.article("d", "题", "委员们视\n察了水\n库。")
    assert search(page.write(tmp_path), "视察 水库").found(EVERYTHING).articles == 1


def test_tables_without_sentences_have_an_index_that_finds_nothing(tmp_path: Path) -> None:
    assert search(Page().write(tmp_path), "水").found(EVERYTHING).articles == 0


def test_an_index_is_made_once_and_one_that_is_not_whole_again(opened: Tables) -> None:
    shares: list[float] = []
    folder = opened.folder / search_index.FOLDER.name
    open_index(opened.folder, opened.folder / "spare")
    open_index(opened.folder, opened.folder / "spare", shares.append)
    assert shares == []
    (folder / beside.DONE).unlink()
    open_index(opened.folder, opened.folder / "spare", shares.append)
    assert shares[-1] == 1
    assert (folder / beside.DONE).exists()


def test_whoever_comes_meanwhile_waits_for_the_same_index(tmp_path: Path) -> None:
    tables = sample().write(tmp_path)
    made: list[float] = []
    threads = [
        threading.Thread(target=open_index, args=(tables.folder, tmp_path / "s", made.append))
        for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert made == [1]


def test_where_the_tables_cannot_be_written_the_index_lies_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = sample().write(tmp_path)
    make = beside.Beside.make

    def refuse(self: beside.Beside, of: Path, parent: Path, write: Any) -> Path:
        if parent == tables.folder:
            raise PermissionError
        return make(self, of, parent, write)

    monkeypatch.setattr(beside.Beside, "make", refuse)
    open_index(tables.folder, tmp_path / "spare")
    assert (tmp_path / "spare" / search_index.FOLDER.name / beside.DONE).exists()


def test_hits_are_set_off_in_whichever_case_and_markup_stays_text() -> None:
    assert rows.highlighted("<b>Wi-Fi</b>", ["wi-fi"]) == ("&lt;b&gt;<mark>Wi-Fi</mark>&lt;/b&gt;")
    assert rows.highlighted("提案与提案人", ["提案", "提案人"]) == (
        "<mark>提案</mark>与<mark>提案人</mark>"
    )


def test_a_long_sentence_is_cut_around_the_hit() -> None:
    text = "前" * 200 + "防汛" + "后" * 300
    cut = rows.around(text, ["防汛"])
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert "防汛" in cut
    assert len(cut) == rows.LONG + 2
