"""The static edition: whole, without a way out, the same bytes from the same tables."""

from __future__ import annotations

import csv
import dataclasses
import gzip
import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboard.charts import frame, plain
from dashboard.edition import colours, drawing, glyphs, lists, on_page, search, shell
from dashboard.edition.publish import publish
from dashboard.edition.site import EditionError, Here, Page, open_site
from dashboard.edition.tasks import _folder
from etl.__main__ import main
from tests.dashboard.edition_files import DATONG, HOSTILE, SHANXI, seen, small_edition, target_of

BASE = "https://news.example/banmian"
# What a reader's browser fetches before the first chart stands, beside the letters.
FIRST = ("index.html", "assets/edition.css", "assets/edition.js")
MOST = 300_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition without an address of its own."""
    return small_edition(tmp_path_factory)


@pytest.fixture(scope="module")
def tables(site: Path) -> Path:
    return site.parent / "tables"


@pytest.fixture(scope="module")
def addressed(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, written by two processes, with the address under which it will be reached."""
    out = tmp_path_factory.mktemp("addressed") / "site"
    publish(tables, out, BASE, workers=2)
    return out


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("index.html"))


def test_every_link_leads_to_a_file_of_the_site_and_to_a_place_in_it(site: Path) -> None:
    held = {one: seen(one) for one in pages(site)}
    lost = []
    for page, found in held.items():
        for link in found.links:
            target, fragment = target_of(site, page, link)
            if not target.is_file() or (fragment and fragment not in held[target].ids):
                lost.append(f"{page.relative_to(site)}: {link}")
    assert not lost
    assert sum(len(one.links) for one in held.values()) > 500


def test_nothing_is_asked_of_another_host(site: Path) -> None:
    named = [link for one in pages(site) for link in seen(one).links]
    assert not [one for one in named if urlsplit(one).scheme or urlsplit(one).netloc]
    style = (site / "assets" / "edition.css").read_text("utf-8")
    assert not re.findall(r"https?://|@import|url\((?!\"font\.woff2\")", style)
    scripts = [one.read_text("utf-8") for one in (site / "assets").glob("*.js")]
    assert scripts
    assert not [one for one in scripts if "http" in one]


def test_a_page_runs_only_the_sites_own_scripts_and_has_no_style_of_its_own(site: Path) -> None:
    for page in pages(site):
        found = seen(page)
        scripts = [given for tag, given in found.tags if tag == "script"]
        assert all(set(one) == {"src", "defer"} for one in scripts), page
        assert not [tag for tag, _ in found.tags if tag in ("style", "iframe", "object", "base")]
        given = [name for _, attributes in found.tags for name in attributes]
        assert not [name for name in given if name.startswith("on") or name == "style"], page
        policy = [one for _, one in found.tags if one.get("http-equiv")]
        assert [one["content"] for one in policy] == [shell.POLICY]


def test_markup_of_an_article_stays_text(site: Path) -> None:
    told = 0
    for page in pages(site):
        found = seen(page)
        assert not [one for tag, one in found.tags if tag == "img" and one.get("src") == "x"]
        told += HOSTILE in "".join(found.words)
    assert told > 10


def test_equal_tables_give_equal_bytes_with_any_number_of_processes(
    site: Path, addressed: Path
) -> None:
    names = {one.relative_to(site) for one in site.rglob("*") if one.is_file()}
    others = {one.relative_to(addressed) for one in addressed.rglob("*") if one.is_file()}
    assert others - names == {Path("sitemap.xml"), Path("robots.txt")}
    # The address stands in the pages and in the files' citations, and nowhere else.
    same = (".json", ".woff2", ".parquet", ".js", ".css", ".png", ".csv")
    differing = [
        one
        for one in names
        if one.suffix in same and (site / one).read_bytes() != (addressed / one).read_bytes()
    ]
    assert not differing
    plain = (site / "map" / "index.html").read_text("utf-8")
    whole = (addressed / "map" / "index.html").read_text("utf-8")
    known = [line for line in whole.splitlines() if BASE not in line]
    assert [one for one in plain.splitlines() if 'og:image"' not in one] == known


def test_both_languages_have_the_same_pages(site: Path) -> None:
    chinese = {one.relative_to(site) for one in pages(site) if "en" not in one.parts}
    english = {one.relative_to(site / "en") for one in pages(site / "en")}
    here = {one.relative_to(site) for one in pages(site)} - {Path("en") / one for one in english}
    assert english == here
    assert len(chinese) == len(english)


def test_a_number_leads_to_the_sentence_that_states_it(site: Path) -> None:
    page = site / "figures" / "index.html"
    links = [one for one in seen(page).links if one.endswith("#f1")]
    assert links
    target, _ = target_of(site, page, links[0])
    text = target.read_text("utf-8")
    sentence = re.search(r"<span class='bm-sentence' id='p1-1-s1'>(.*?)</p>", text, re.S)
    assert sentence
    assert "id='f1'" in sentence[1]


def test_an_article_shows_its_page_with_a_place_for_each_sentence_and_fact(
    site: Path, tables: Path
) -> None:
    known = open_site(tables, None)
    detail = known.tables.article("p1-1")
    assert detail
    found = seen(site / "articles" / "p1-1" / "index.html")
    groups = [given for tag, given in found.tags if tag == "g" and "data-of" in given]
    sentences = [f"p1-1-s{number}" for number in range(len(detail.sentences))]
    assert [one["data-of"] for one in groups if one.get("id")] == sentences
    assert {one["data-of"] for one in groups} == {*sentences, "f1", "f2", "a1"}
    for one in groups:
        left, top, width, height = map(float, str(one["data-near"]).split())
        assert 0 <= left <= left + width <= 480 and 0 <= top <= top + height <= 240
    drawn = on_page.on_page(detail, known.view("zh"))
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert html.unescape("".join(words)) == "".join(detail.page.split("\n"))
    assert 'class="far"' not in drawn
    first = dataclasses.replace(detail, passages=detail.passages[:0])
    assert on_page.on_page(first, known.view("zh")).count('class="far"') == len(words)
    plain = (site / "articles" / "p2-1" / "index.html").read_text("utf-8")
    assert "on-page" not in plain and "bm-panes" not in plain


def test_what_is_not_reported_is_no_zero(site: Path) -> None:
    (file,) = (site / "figures" / SHANXI).glob("*.csv")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    value = rows[0].index("数值（基本单位）")
    assert sorted({one[value] for one in rows[1:]}) == ["", "210.0", "320.0"]
    tiles = "".join(seen(site / "map" / SHANXI / "index.html").words)
    assert "没有报道" in tiles


def test_the_first_chart_is_there_within_the_weight_that_a_slow_line_bears(site: Path) -> None:
    assert sum(len(gzip.compress((site / one).read_bytes())) for one in FIRST) < MOST
    assert 'class="plot"' in (site / "index.html").read_text("utf-8")


def test_previews_and_the_list_of_pages_name_whole_addresses(addressed: Path) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", (addressed / "sitemap.xml").read_text("utf-8"))
    assert len(listed) == len(pages(addressed))
    assert f"{BASE}/en/place/{DATONG}/" in listed
    for page in pages(addressed):
        given = {
            str(one.get("property")): str(one["content"])
            for tag, one in seen(page).tags
            if tag == "meta" and one.get("property")
        }
        assert given["og:url"] in listed
        assert given["og:title"]
        assert given["og:description"]
        image = addressed / given["og:image"].removeprefix(f"{BASE}/")
        assert image.read_bytes()[:4] == b"\x89PNG", page


def test_a_place_is_compared_by_what_it_reports(site: Path) -> None:
    said = {
        language: json.loads((site / language / "compare" / f"{DATONG}.json").read_text("utf-8"))
        for language in ("", "en")
    }
    assert said[""]["name"] == "大同市"
    assert said[""]["counts"] == [2, 1, 1]
    assert [one[1:4] for one in said[""]["measures"]] == [["提案", "约210件", "2023年12月29日"]]
    assert said["en"]["measures"][0][3:] == ["29 Dec 2023", "p1-1", "f2"]


def test_the_index_holds_every_pair_of_every_sentence(site: Path) -> None:
    folder = site / "search" / "index"
    about = json.loads((folder / "index.json").read_text("utf-8"))
    sentences = [
        text
        for number in range(-(-about["sentences"] // about["chunk"]))
        for _, text in json.loads((folder / f"s{number}.json").read_text("utf-8"))
    ]
    assert len(sentences) == about["sentences"]
    for number, text in enumerate(sentences):
        for pair in (text.lower()[at : at + 2] for at in range(len(text) - 1)):
            shard = folder / f"p{ord(pair[0]) % about['shards']}.json"
            gaps = json.loads(shard.read_text("utf-8"))[pair].split()
            assert number in [
                sum(int(one, 36) for one in gaps[: at + 1]) for at in range(len(gaps))
            ]


@pytest.mark.parametrize("numbers", [[], [0], [3, 5, 40], [35, 36, 1295, 46656]])
def test_gaps_are_in_base_36(numbers: list[int]) -> None:
    total, read = 0, []
    for one in search._gaps(numbers).split():
        total += int(one, 36)
        read.append(total)
    assert read == numbers


def test_a_folder_that_is_no_edition_is_left_alone(tables: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(EditionError, match="no edition"):
        publish(tables, tmp_path)
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("given", ["../../elsewhere", "/etc", "..", ".git", "a b", "", "a\n"])
def test_an_id_leads_to_no_folder_outside_the_site(given: str, tmp_path: Path) -> None:
    page = Page(Here("zh", f"articles/{given}/"), "articles", "", "")
    with pytest.raises(EditionError, match="no address"):
        _folder(tmp_path, page)


def test_a_process_that_is_ended_is_told_of_and_leaves_nothing(
    tables: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Killed(ThreadPoolExecutor):
        def __init__(self, *_: object) -> None:
            super().__init__(1)

        def map(self, *_: object, **__: object) -> Any:
            raise BrokenProcessPool

    monkeypatch.setattr("dashboard.edition.tasks.ProcessPoolExecutor", Killed)
    arguments = ["--tables", str(tables), "--out", str(tmp_path / "site"), "--workers", "2"]
    assert main(["publish", *arguments]) == 1
    assert "ended from outside" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "last", "named"),
    [
        (1, 3, [1, 2, 3]),
        (1, 500, [1, 2, 3, 4, 500]),
        (250, 500, [1, 247, 248, 249, 250, 251, 252, 253, 500]),
        (500, 500, [1, 497, 498, 499, 500]),
    ],
)
def test_a_pager_names_a_few_pages(number: int, last: int, named: list[int]) -> None:
    assert lists.shown_pages(number, last) == named


def test_a_pager_says_where_it_leaves_pages_out() -> None:
    drawn = lists.pager(Here("zh", "figures/p9/"), "figures/", 9, 100 * lists.ROWS)
    assert drawn.count("<span>…</span>") == 2
    assert 'href="../../figures/#list"' in drawn
    assert 'href="../../figures/p9/#list" aria-current="page">9</a>' in drawn


def test_without_tables_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert main(["publish", "--tables", str(tmp_path / "none"), "--out", str(out)]) == 1
    assert not out.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["news.example", "javascript:alert(1)", "https://a.b/?c=d"])
def test_an_address_that_is_none_is_a_wrong_call(given: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["publish", "--tables", "x", "--out", str(tmp_path / "site"), "--base-url", given])


def test_the_two_modes_are_one_drawing() -> None:
    pairs: set[tuple[str, str]] = set()
    light, dark = '<g fill="#ffffff" rx="1"/>', '<g fill="#000000" rx="1"/>'
    drawn = colours.merged(light, dark, pairs)
    name = colours.class_of("#ffffff", "#000000")
    assert drawn == f'<g rx="1" class="f{name}"/>'
    assert pairs == {("#ffffff", "#000000")}
    with pytest.raises(colours.UnlikeModesError):
        colours.merged(light, dark.replace("1", "2"), pairs)


def test_a_kind_of_mark_that_cannot_be_drawn_is_an_error() -> None:
    figure = plain.Figure(plain.Node(type="pie", values=[1, 2]))
    frame.framed(figure, frame.Caption("", [""], ""), 100, dark=False)
    frame.for_screen(figure)
    with pytest.raises(drawing.UnknownMarkError, match="pie"):
        drawing.svg(figure, "pie", 300, "", False, lambda _: None)


def test_words_of_an_article_in_a_drawing_stay_text() -> None:
    figure = plain.Figure(
        plain.bar(x=[1], y=[2], hovertext=["&lt;b&gt;<b>粗</b>"], customdata=['a"b'])
    )
    frame.framed(figure, frame.Caption("", [""], ""), 100, dark=False)
    frame.for_screen(figure)
    drawn = drawing.svg(figure, "bar", 300, '"', False, lambda data: f"?q={data}")
    assert "<title>&lt;b&gt;粗</title>" in drawn
    assert 'href="?q=a&quot;b"' in drawn


def test_letters_become_outlines_that_are_defined_once() -> None:
    drawn = glyphs.outlined('<text x="5" y="9" font-size="10" fill="#000000">版版面</text>')
    assert drawn.count('id="u7248"') == 1
    assert drawn.count('href="#u7248"') == 2
    assert "<text" not in drawn
    assert glyphs.width("版面", 10) == pytest.approx(20, abs=0.1)
