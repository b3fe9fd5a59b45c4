"""A word in its sentences, and over time: questions and what is drawn of the answers."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import concordance
from dashboard.queries import Tables
from dashboard.queries.concordance import Uses
from dashboard.selection import Selection
from tests.dashboard import factory

ALL = Selection()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return factory.sample().write(Path(tmp_path_factory.mktemp("words")))


def test_every_sentence_has_the_word_and_comes_from_an_article_that_counted_it(
    found: Tables,
) -> None:
    rows = found.concordance(ALL, None, "提案", 50)
    assert all("提案" in one for one in rows["sentence"])
    assert set(rows["article_id"]) == {"p1-1", "p1-2", "p3-1"}
    assert found.uses(ALL, None, "提案") == Uses(articles=3, occurrences=8)


def test_pages_of_a_concordance_add_up(found: Tables) -> None:
    whole = found.concordance(ALL, None, "提案", 50)["sentence_id"].tolist()
    paged = [
        one
        for offset in range(3)
        for one in found.concordance(ALL, None, "提案", 1, offset)["sentence_id"]
    ]
    assert paged == whole


def test_a_concordance_keeps_to_region_and_selection(found: Tables) -> None:
    assert set(found.concordance(ALL, "440100", "提案", 50)["article_id"]) == {"p3-1"}
    issued = Selection(start="2023-12-01", end="2023-12-31")
    assert set(found.concordance(issued, None, "提案", 50)["article_id"]) == {"p1-1", "p1-2"}


@pytest.mark.parametrize("word", ["没有的词", "", "%", "'"])
def test_a_word_that_nobody_counted_has_no_sentences(found: Tables, word: str) -> None:
    assert found.uses(ALL, None, word) == Uses(0, 0)
    assert found.concordance(ALL, None, word, 50).empty


@pytest.mark.parametrize(
    ("sentence", "word", "shown"),
    [
        ("太原收到提案三件", "提案", "<span>太原收到</span><b>提案</b><span>三件</span>"),
        ("提案三件", "提案", "<span></span><b>提案</b><span>三件</span>"),
        (
            "甲" * 50 + "提案",
            "提案",
            f"<span>…{'甲' * concordance.CONTEXT}</span><b>提案</b><span></span>",
        ),
        ("<b>提案", "提案", "<span>&lt;b&gt;</span><b>提案</b><span></span>"),
        ("只有别的", "提案", "<span></span><b></b><span>只有别的</span>"),
        ("收到提\n案三件", "提案", "<span>收到</span><b>提案</b><span>三件</span>"),
    ],
)
def test_the_word_stands_in_the_middle(sentence: str, word: str, shown: str) -> None:
    assert shown in concordance.keyword_html(sentence, word)


@pytest.mark.parametrize(
    ("per", "keys"),
    [("month", ["2011-03", "2023-12"]), ("quarter", ["2011-Q1", "2023-Q4"]), ("year", None)],
)
def test_words_over_time_are_shares_of_that_time(
    found: Tables, per: str, keys: list[str] | None
) -> None:
    rows = found.words_over_time(ALL, None, ["提案", "捐赠"], per)
    assert sorted(set(rows["key"])) == (keys or ["2011", "2023"])
    assert len(rows) == 4
    last = rows[rows["key"] == rows["key"].max()].set_index("word")
    assert last.loc["提案", ["count", "total", "articles"]].tolist() == [7, 17, 2]
    assert last.loc["捐赠", "share"] == pytest.approx(50_000 / 17)
    first = rows[rows["key"] == rows["key"].min()].set_index("word")
    assert first.loc["捐赠", ["count", "share", "articles"]].tolist() == [0, 0, 0]


def test_keyness_counts_both_sides_once(found: Tables) -> None:
    rows = found.keyness(ALL, "140000", None, True).set_index("word")
    assert rows.loc["提案", ["count", "count_other", "articles_other"]].tolist() == [7, 1, 1]
    against = found.keyness(ALL, "140000", "110000", True).set_index("word")
    assert against.loc["提案", ["count", "count_other"]].tolist() == [7, 0]
    assert "捐赠" in against.index


def test_a_region_is_not_compared_with_itself(found: Tables) -> None:
    rows = found.keyness(ALL, "140000", "140000", True)
    assert rows["count_other"].sum() == 0


WORDS = ("提案", "经济", "发展", "水")
TEXTS = ("提案三件", "经济发展快", "发\n展经济", "水经济", "没有")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p1", "p2", "p3", "p4"]),
            st.lists(st.sampled_from(TEXTS), max_size=3),
            st.dictionaries(st.sampled_from(WORDS), st.integers(1, 300), max_size=4),
            st.sampled_from([None, "140100", "140200", "440100"]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([ALL, Selection(provinces=("140000",)), Selection(start="2023-01-01")]),
    st.sampled_from([None, "140000", "440100"]),
    st.sampled_from(WORDS),
    st.integers(1, 3),
)
@settings(max_examples=15, deadline=None)
def test_pages_of_articles_have_the_sentences_that_the_tables_have(
    articles: list[tuple[str, list[str], dict[str, int], str | None]],
    selection: Selection,
    region: str | None,
    word: str,
    size: int,
) -> None:
    page = factory.Page()
    days = {"p1": "2023-12-29", "p2": "2023-12-30", "p3": "2011-03-02", "p4": None}
    for document, day in days.items():
        page.document(document, "示例日报", day)
    kept = []
    for document, texts, counts, adcode in articles:
        article = page.article(document, f"关于{word}", *texts, adcode=adcode)
        for one, count in counts.items():
            page.word(article, one, count)
        inside = selection != Selection(provinces=("140000",)) or (adcode or "").startswith("14")
        dated = selection.start is None or (days[document] or "") >= selection.start
        about = region is None or (adcode or "").startswith(region.rstrip("0"))
        if word in counts and inside and dated and about:
            kept.append((article, counts[word]))
    with tempfile.TemporaryDirectory() as folder:
        tables = page.write(Path(folder))
        uses = tables.uses(selection, region, word)
        found = [
            tables.concordance(selection, region, word, size, at)
            for at in range(0, uses.articles, size)
        ]
        expected = {
            one.sentence_id
            for one in page.rows["sentences"]
            if one.article_id in {article for article, _ in kept}
            and word in one.raw.replace("\n", "")
        }
        shown = [one for rows in found for one in rows["sentence_id"]]
        top = tables.words(selection, region, True, 10).set_index("word")["count"]
    assert uses == Uses(len(kept), sum(count for _, count in kept))
    assert all(rows["article_id"].nunique() <= size for rows in found)
    assert (set(shown), len(shown)) == (expected, len(expected))
    assert top.get(word, 0) == uses.occurrences
