"""The real app in a real browser: what a reader does, and what travels over the wire."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests import newsroom

pytestmark = pytest.mark.browser

WAIT = 20_000
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


class Reader:
    """A reader with a browser window of their own, and every request that it made."""

    def __init__(self, context: Any, server: str) -> None:
        self.server = server
        self.page = context.new_page()
        self.requests: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))

    def open(self, path: str) -> None:
        """Go to an address and wait until the page stands."""
        self.page.goto(self.server + path)
        self.settled()

    def settled(self) -> None:
        """Wait until the run is over: its last element is there and nothing is under way."""
        # By its place, not its role: behind an open list nothing has a role.
        self.page.locator(".st-key-share").first.wait_for()
        self.page.locator(".bm-selection").first.wait_for()
        self.page.wait_for_function(
            # A function: to work out a text, the page's policy would have to allow eval.
            "() => !document.getElementById('bm-first')"
            " && !document.querySelector('[data-testid=stStatusWidget]')"
            " && !document.querySelector('[data-stale=true]')"
            " && !document.querySelector('[data-testid=stSkeleton]')"
        )

    def choose(self, label: str, option: str) -> float:
        """Pick an option of a filter; the seconds until the page is drawn anew."""
        self.page.get_by_label(label, exact=True).first.click()
        found = self.page.locator("[role=option]").filter(has_text=option).first
        found.wait_for()
        began = time.perf_counter()
        found.click()
        self.page.locator(".bm-selection b", has_text=option).wait_for()
        self.settled()
        self.page.keyboard.press("Escape")
        return time.perf_counter() - began

    def address(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def words(self) -> str:
        return str(self.page.locator("[data-testid=stMain]").inner_text())


def window(browser: Any, size: dict[str, int], mode: str = "light") -> Any:
    """A browser that remembers nothing of the others."""
    context = browser.new_context(viewport=size, color_scheme=mode, accept_downloads=True)
    context.set_default_timeout(WAIT)
    return context


@pytest.fixture
def phone(browser: Any, server: str) -> Iterator[Reader]:
    context = window(browser, PHONE)
    yield Reader(context, server)
    context.close()


def test_a_deep_link_on_a_fresh_server_opens_in_its_frame(reader: Reader) -> None:
    """The first test of this file: nobody has opened the start page before."""
    reader.open(f"/figures?province={newsroom.SHANXI}")
    assert "各地数字" in reader.words()
    assert "太原市" in reader.words()
    assert "112.6亿元" in reader.words()
    assert "郑州市" not in reader.words()


def test_a_filter_stands_in_the_address_and_holds(reader: Reader, browser: Any) -> None:
    reader.open("/")
    seconds = reader.choose("省份", "山西省")
    print(f"redrawn after a filter: {seconds:.2f} s")
    reader.page.wait_for_url("**province=140000**")
    assert reader.address() == {"province": ["140000"]}
    for name, path in (("数字", "/figures"), ("活动", "/activities"), ("总览", "/")):
        reader.page.get_by_role("link", name=name, exact=True).first.click()
        reader.page.wait_for_url(f"**{path}?**")
        reader.page.get_by_role("heading", level=1, name=name).wait_for()
        reader.settled()
        assert reader.address() == {"province": ["140000"]}
    reader.page.reload()
    reader.settled()
    assert "正在看： 山西省" in reader.words()

    fresh = window(browser, DESK)
    other = Reader(fresh, reader.server)
    other.page.goto(reader.page.url)
    other.settled()
    assert "正在看： 山西省" in other.words()
    assert other.address() == {"province": ["140000"]}
    fresh.close()


def test_several_filters_and_the_way_back(reader: Reader) -> None:
    reader.open("/activities?province=140000&province=410000&type=visit&from=2023-12-01&lang=en")
    assert "visit" in reader.words()
    before = reader.address()
    assert before["province"] == ["140000", "410000"]
    reader.page.get_by_text("by quarter", exact=True).click()
    reader.page.wait_for_url("**per=quarter**")
    reader.settled()
    assert reader.address() == {**before, "per": ["quarter"]}
    reader.page.go_back()
    reader.page.wait_for_url(lambda url: "per=" not in url)
    reader.settled()
    assert reader.address() == before


def test_a_number_leads_to_its_sentence_and_back(reader: Reader) -> None:
    reader.open("/figures?province=140000")
    reader.page.get_by_role("link", name="看原句").first.click()
    reader.page.get_by_text("您要找的原句").wait_for()
    assert reader.page.locator("article .bm-this").inner_text() == "320件"
    assert {"article", "figure", "province"} == set(reader.address())
    reader.page.go_back()
    reader.page.get_by_role("heading", name="各地数字").wait_for()
    assert reader.address() == {"province": ["140000"]}


def take(reader: Reader, kind: str) -> tuple[str, bytes]:
    """What the first menu of a page hands on under a label: its name and its bytes."""
    reader.page.get_by_role("button", name="下载").first.click()
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name=kind).first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("kind", "ending", "head"),
    [
        ("PNG 图片（屏幕）", "png", b"\x89PNG"),
        ("PNG 图片（印刷）", "png", b"\x89PNG"),
        ("SVG", "svg", b"<?xml"),
        ("PDF", "pdf", b"%PDF"),
        ("ZIP", "zip", b"PK"),
    ],
)
def test_a_chart_comes_as_a_picture_with_our_own_letters(
    reader: Reader, kind: str, ending: str, head: bytes
) -> None:
    reader.open("/figures?province=140000")
    name, raw = take(reader, kind)
    assert name.endswith(f"山西省.{ending}")
    assert raw.startswith(head)
    assert len(raw) > 10_000


def test_the_table_behind_a_chart_comes_as_csv(reader: Reader) -> None:
    reader.open("/figures?province=140000")
    name, raw = take(reader, "CSV")
    assert name.endswith(".csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    values = {row["城市"]: row["数值（基本单位）"] for row in rows}
    assert len(rows) == 11
    assert float(values["太原市"]) == 320
    assert values["运城市"] == ""


def test_the_table_behind_a_chart_opens_on_demand(reader: Reader) -> None:
    reader.open("/activities?lang=en")
    assert reader.page.get_by_test_id("stDataFrame").count() == 0
    reader.page.get_by_text("Data behind the chart").first.click()
    reader.page.get_by_test_id("stDataFrame").first.wait_for()


def test_words_show_a_cloud_for_each_region(reader: Reader) -> None:
    reader.open("/words?region=140000&region=410000")
    clouds = reader.page.locator(".cloud svg")
    clouds.nth(1).wait_for()
    for number in range(2):
        assert (clouds.nth(number).bounding_box() or {})["width"] > 300
        assert "常见" in str(clouds.nth(number).get_attribute("aria-label"))


def test_a_click_on_a_word_opens_its_sentences(reader: Reader) -> None:
    reader.open("/words?region=140000")
    reader.page.locator(".cloud [data-word=投资]").first.click()
    reader.page.wait_for_url("**word=**")
    reader.page.get_by_text("的用法").last.wait_for()
    reader.settled()
    assert reader.address() == {"region": ["140000"], "word": ["投资"]}
    assert reader.page.locator(".bm-kwic b").first.inner_text() == "投资"
    reader.page.get_by_role("link", name="看原句").first.click()
    reader.page.get_by_text("您要找的原句").wait_for()
    assert "投资" in reader.page.locator(".bm-chosen").inner_text()


def test_the_language_is_switched_and_kept(reader: Reader) -> None:
    reader.open("/")
    reader.page.get_by_text("English", exact=True).click()
    reader.page.wait_for_url("**lang=en**")
    reader.page.get_by_role("heading", name="Overview").wait_for()
    reader.settled()
    reader.page.get_by_role("link", name="Words", exact=True).first.click()
    reader.page.get_by_role("heading", name="Words by place").wait_for()
    assert reader.address() == {"lang": ["en"]}


def test_nothing_is_fetched_from_another_host(reader: Reader) -> None:
    for path in ("/", "/activities", "/figures", "/words", "/articles?article=p1-1&figure=f1"):
        reader.open(path)
    hosts = {urlsplit(one).hostname for one in reader.requests if not one.startswith("data:")}
    assert hosts <= {"localhost", None}
    assert any("NotoSansSC" in one for one in reader.requests)


def test_a_phone_shows_every_page_without_scrolling_sideways(phone: Reader) -> None:
    for path in ("/", "/activities", "/figures", "/words", "/articles", "/articles?article=p1-1"):
        phone.open(path)
        main = phone.page.locator("[data-testid=stMain]")
        wide, seen = main.evaluate("one => [one.scrollWidth, one.clientWidth]")
        assert wide <= seen <= PHONE["width"], path


def test_a_phone_finds_the_filters_behind_the_arrow(phone: Reader) -> None:
    phone.open("/figures")
    assert "点左上角的 » 筛选" in phone.words()
    phone.page.get_by_test_id("stExpandSidebarButton").click()
    phone.choose("省份", "山西省")
    phone.page.wait_for_url("**province=140000**")
