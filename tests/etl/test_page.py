"""Page repair: rules as cases, invariants on any text, and pages broken with the truth known."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import tables
from etl.extraction import read
from etl.model import PageReading
from etl.page import ranges, read_document
from etl.page.articles import names_in_byline
from etl.page.assign import best_pairs
from etl.page.cuts import follows
from etl.page.headlines import one_headline
from etl.page.imprints import imprint_in, without_form
from etl.page.lines import read_lines
from etl.page.noise import noise_in
from etl.page.paragraphs import Paragraph
from etl.page.patterns import STOP_END, ends_sentence
from etl.page.roles import give_roles
from etl.score import score_articles
from etl.text import normalise
from tests.page_breaker import Breaks, break_page, whole_from
from tests.page_measure import Measures, measure

CASES = Path(__file__).parents[1] / "cases"
SHARED = Path(__file__).parents[3] / "shared"
RULES = yaml.safe_load((CASES / "page.yaml").read_text(encoding="utf-8"))
LINES = yaml.safe_load((CASES / "page_lines.yaml").read_text(encoding="utf-8"))
TITLES = yaml.safe_load((CASES / "page_titles.yaml").read_text(encoding="utf-8"))
IMPRINTS = yaml.safe_load((CASES / "page_imprints.yaml").read_text(encoding="utf-8"))
FURNITURE = yaml.safe_load((CASES / "page_furniture.yaml").read_text(encoding="utf-8"))
PAPERS = yaml.safe_load((CASES / "page_papers.yaml").read_text(encoding="utf-8"))
ROWS = yaml.safe_load((CASES / "page_articles.yaml").read_text(encoding="utf-8"))
WHOLES = [whole_from(row) for row in ROWS]


def page(text: str, **more: Any) -> tables.Document:
    return tables.Document("page", "page.txt", text=text, **more)


@pytest.mark.parametrize("case", RULES, ids=[one["rule"] for one in RULES])
def test_rule(case: dict[str, Any]) -> None:
    reading = read_document(page(case["text"]))
    assert len(reading.articles) == len(case["articles"]), [
        one.mapped.text for one in reading.articles
    ]
    for found, wanted in zip(reading.articles, case["articles"], strict=True):
        given_values = {
            "text": found.mapped.text,
            "roles": [one.role for one in found.blocks],
            "ranges": len(ranges(found, case["text"])),
        }
        for key, value in wanted.items():
            assert given_values.get(key, getattr(found, key, None)) == value, key
    assert set(case.get("repairs", [])) <= {one.kind for one in reading.repairs}


@pytest.mark.parametrize(
    ("between", "blank"),
    [("\n", False), ("\n\n", True), ("\r\n\r\n", True), ("\n\u3000\u3000", False)],
)
def test_a_blank_line_above_is_seen(between: str, blank: bool) -> None:
    assert [one.blank_above for one in read_lines(f"甲村{between}乙村")] == [False, blank]


@pytest.mark.parametrize("case", PAPERS, ids=[one["paper"] for one in PAPERS])
def test_pages_of_papers(case: dict[str, Any]) -> None:
    reading = read_document(page(case["text"]))
    check_whole(case["text"], reading)
    texts = [one.mapped.text for one in reading.articles]
    assert len(texts) == len(case["articles"]), texts
    for found, wanted in zip(reading.articles, case["articles"], strict=True):
        text = found.mapped.text
        sections = [text[one.start : one.end] for one in found.blocks if one.role == "section"]
        assert text.startswith(wanted.pop("starts", "")), text
        assert text.endswith(wanted.pop("ends", "")), text
        assert sections == wanted.pop("sections", sections)
        assert {key: getattr(found, key) for key in wanted} == wanted


@pytest.mark.parametrize("case", LINES, ids=[one["rule"] for one in LINES])
def test_line(case: dict[str, Any]) -> None:
    line = case["line"]
    assert give_roles([Paragraph([(0, len(line))], normalise(line))])[0].role == case["role"]
    if "names" in case:
        assert names_in_byline([line]) == case["names"]


@pytest.mark.parametrize("case", TITLES, ids=[one["rule"] for one in TITLES])
def test_two_title_lines(case: dict[str, Any]) -> None:
    assert one_headline(normalise(case["above"]), normalise(case["below"])) == case["one"]


@pytest.mark.parametrize("case", IMPRINTS, ids=[one["rule"] for one in IMPRINTS])
def test_imprints_of_a_record(case: dict[str, Any]) -> None:
    assert imprint_in(case["line"]) == case["role"]


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("[视频]三座老桥完成加固", "三座老桥完成加固"),
        ("视频丨三座老桥完成加固", "三座老桥完成加固"),
        ("三座老桥完成加固（组图）", "三座老桥完成加固"),
        ("【在田野上】三座老桥完成加固", "【在田野上】三座老桥完成加固"),
        ("视频会议开到村口", "视频会议开到村口"),
        ("[视频]", "[视频]"),
    ],
)
def test_the_form_of_a_report_is_no_part_of_its_headline(title: str, kept: str) -> None:
    assert without_form(title) == kept


def test_an_imprint_tells_no_facts_but_its_people() -> None:
    text = (
        "本台消息，3月2日，杭州市举办春茶开采节，三万名游客参加。（编辑：王小田）\n"
        "责任编辑：李一川 来源：南京晨报 2026年3月4日 09:12"
    )
    document = tables.Document(
        "d", "d.jsonl", "1", format="jsonl", issue_date="2026-03-04", text=text
    )
    rows = read(document)
    assert [one.raw for one in rows["dates"]] == ["3月2日"]
    assert [one.raw for one in rows["places"]] == ["杭州市"]
    assert [one.raw for one in rows["figures"]] == ["三万名"]
    assert {one.name for one in rows["people"]} == {"王小田", "李一川"}
    assert rows["articles"][0].byline == []
    assert not {"来源", "南京", "编辑", "本台消息"} & {one.word for one in rows["words"]}
    assert [one.role for one in rows["sentences"]] == ["body", "credit", "credit"]


@given(st.text("村。!?….”’』」)》]", max_size=6))
def test_the_end_of_a_sentence_is_found_from_behind(text: str) -> None:
    assert ends_sentence(text) == bool(STOP_END.search(text))


@pytest.mark.parametrize("case", FURNITURE, ids=[one["line"] for one in FURNITURE])
def test_page_furniture(case: dict[str, Any]) -> None:
    (line,) = read_lines(case["line"])
    what = noise_in(line)
    assert (case["what"] is None) == (what is None), what
    assert case["what"] is None or case["what"] in str(what)


@pytest.mark.parametrize(("left", "right"), ["政协", "群众", "的人", ",在"])
def test_pairs_of_print_speak_for_a_sentence(left: str, right: str) -> None:
    assert follows(left, right) > 0


@pytest.mark.parametrize(("left", "right"), ["的的", "了是", "在在", "民一"])
def test_pairs_that_print_does_not_know_speak_against_it(left: str, right: str) -> None:
    assert follows(left, right) <= 0


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)), st.floats(0.1, 5.0), max_size=12
    )
)
def test_no_other_pairs_score_more(scores: dict[tuple[int, int], float]) -> None:
    pairs = best_pairs(scores)
    rows, columns = [row for row, _ in pairs], [column for _, column in pairs]
    assert len(set(rows)) == len(rows)
    assert len(set(columns)) == len(columns)
    assert sum(scores[one] for one in pairs) == pytest.approx(best_sum(scores))


def best_sum(scores: dict[tuple[int, int], float]) -> float:
    """The greatest sum, by trying all."""
    best = 0.0
    for row, column in scores:
        rest = {one: score for one, score in scores.items() if one[0] > row and one[1] != column}
        best = max(best, scores[row, column] + best_sum(rest))
    return best


# Text that looks like a page: its marks, leads, breaks and fragments, in any order.
FRAGMENTS = [
    *"。，“”（）、：；\n\n\n　 1版摄日月年记者张三在的了",
    "\r\n",
    "本报讯（记者 张三）",
    "（上接1版）",
    "（下转3版）",
    "——某某侧记",
    "本报记者 张三 李四",
    "张三 摄",
    "（张三）",
    "县医院开出夜间门诊",
    "从9月1日起，县人民医院增设夜间门诊，每晚接诊到十点，周末不休息。",
    "渡轮靠上砂屿码头时，邮递员陶振海总是最后一个下",
    "新路灯会按照车流和人流自动调整亮度，后半夜降到三成，有人经过时再缓缓亮起，居民说好。",
    "青禾日报 2021年5月12日 星期三 第2版",
    "\u3000\u3000\u3000\u3000",
    "人 民 政 协 报",
    "遗失声明\n何某某遗失行驶证，声明作废。\n",
    "的老桥全部完成加固并恢复通\n",
    "\ufeff",
]
PAGES = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join) | st.text(max_size=200)


@settings(max_examples=300, deadline=None)
@given(PAGES)
def test_any_text_is_read_without_loss(text: str) -> None:
    reading = read_document(page(text))
    check_whole(text, reading)
    assert reading == read_document(page(text))


@settings(max_examples=100, deadline=None)
@given(PAGES, st.sampled_from(["jsonl", "md"]))
def test_any_record_is_one_article(text: str, kind: str) -> None:
    document = page(text, format=kind, record_id="7" if kind == "jsonl" else None, title="题目")
    reading = read_document(document)
    article = reading.articles[0]
    assert len(reading.articles) == 1
    assert article.headline == "题目"
    check_blocks(article.mapped.text, article.blocks)
    if kind == "jsonl":
        assert article.mapped.text == text
    for piece in article.mapped.pieces:
        clean = article.mapped.text[piece.start : piece.start + piece.length]
        assert clean == text[piece.source : piece.source + piece.length]


def test_the_front_matter_of_a_markdown_file_is_no_part_of_the_article() -> None:
    text = "---\ntitle: 题目\n---\n# 题目\n\n简讯(晨报记者 周宁)三人到场。\n"
    article = read_document(page(text, format="md", title="题目")).articles[0]
    assert article.mapped.text == "题目\n简讯(晨报记者 周宁)三人到场。"
    assert article.byline == ["周宁"]


def check_whole(text: str, reading: PageReading) -> None:
    """Pieces are the document's; each visible character is in one article or a dropped stretch."""
    times = [0] * len(text)
    for number, article in enumerate(reading.articles, 1):
        assert article.article_id == f"page-a{number:02d}"
        for piece in article.mapped.pieces:
            stop = piece.source + piece.length
            assert article.mapped.text[piece.start :][: piece.length] == text[piece.source : stop]
            for at in range(piece.source, stop):
                times[at] += 1
        check_blocks(article.mapped.text, article.blocks)
        assert all(0 <= start < end <= len(text) for start, end in ranges(article, text))
    for row in reading.repairs:
        assert row.kind in tables.KINDS_OF_REPAIR
        assert 0 <= row.start <= row.end <= len(text)
        if row.kind in ("repeat", "noise"):
            for at in range(row.start, row.end):
                times[at] += 1
    assert all(times[at] == 1 for at, one in enumerate(text) if not one.isspace())


def check_blocks(text: str, blocks: list[Any]) -> None:
    assert all(one.role in tables.ROLES_OF_TEXT for one in blocks)
    assert all(one.start < one.end for one in blocks)
    assert all(left.end <= right.start for left, right in pairwise(blocks))


# What at least must come out right, per way of breaking: exact articles, order of pieces.
GUTTER = Breaks(wrap=16, columns=1.0, gutter=True, between="\n")
MEASURED = {
    "whole": (Breaks(), 1.0, 1.0),
    "single line breaks": (Breaks(between="\n"), 1.0, 1.0),
    "half-width marks": (Breaks(half_width=True), 1.0, 1.0),
    "cut columns": (Breaks(cut=0.4), 0.85, 0.97),
    "running heads": (Breaks(cut=0.3, running_head=0.5), 0.90, 0.97),
    "repeats": (Breaks(cut=0.2, repeat=0.5), 0.85, 0.92),
    "moved pieces": (Breaks(cut=0.4, move=0.3), 0.60, 0.90),
    "wrapped lines": (Breaks(wrap=18, between="\n"), 1.0, 1.0),
    "wrapped and cut": (Breaks(wrap=20, cut=0.3, between="\n"), 0.90, 0.97),
    "wrapped and indented": (Breaks(wrap=20, between="\n", indent="\u3000\u3000"), 1.0, 1.0),
    "notices": (Breaks(advert=0.5), 1.0, 1.0),
    "stray marks": (Breaks(stray=0.2), 1.0, 1.0),
    "spaced headlines": (Breaks(spaced=0.7), 1.0, 1.0),
    "two columns, line by line": (Breaks(wrap=16, columns=1.0, between="\n"), 0.5, 0.9),
    "two columns on one line": (GUTTER, 0.7, 0.9),
}


@pytest.mark.parametrize("name", MEASURED)
def test_broken_pages_are_put_together_again(name: str) -> None:
    breaks, exact, order = MEASURED[name]
    total = Measures()
    for seed in range(12):
        broken = break_page(WHOLES, breaks, seed)
        total.add(measure(broken, read_document(page(broken.text))))
    assert total.exact >= exact * total.articles, str(total)
    assert total.seams_right >= order * total.seams, str(total)


@pytest.mark.parametrize("breaks", [Breaks(cut=0.4, move=0.3), GUTTER], ids=["moved", "columns"])
def test_the_work_grows_with_the_text_and_not_with_its_square(breaks: Breaks) -> None:
    pages = [break_page(WHOLES, breaks, seed).text for seed in range(64)]
    short, long = (clock_page("\n\n".join(pages[:count])) for count in (16, 64))
    assert long < 4 * short * 2.5


def clock_page(text: str) -> float:
    """CPU seconds that a page takes."""
    start = time.process_time()
    read_document(page(text))
    return time.process_time() - start


def test_headlines_and_bylines_of_a_page() -> None:
    broken = break_page(WHOLES, Breaks(), 0)
    found = read_document(page(broken.text)).articles
    assert [one.headline for one in found] == [row["headline"] for row in ROWS]
    assert [one.subheadline for one in found][8] == ROWS[8]["subheadline"]
    assert [one.byline for one in found] == [row.get("byline", []) for row in ROWS]


@pytest.mark.shared
def test_the_real_page() -> None:
    source, gold = SHARED / "seeds" / "page.txt", SHARED / "gold" / "page.json"
    if not source.exists():
        pytest.skip("the shared material is not beside the project")
    text = source.read_bytes().decode("utf-8")
    reading = read_document(page(text))
    check_whole(text, reading)
    wanted = json.loads(gold.read_text(encoding="utf-8"))["articles"]
    found = [{"ranges": ranges(one, text)} for one in reading.articles]
    assert score_articles(found, wanted).right == len(wanted) == len(found)
    for one, row in zip(reading.articles, wanted, strict=True):
        assert (one.headline, one.subheadline) in ((row["headline"], row["subheadline"]),)
        assert one.continued_from == row["continued_from"]
