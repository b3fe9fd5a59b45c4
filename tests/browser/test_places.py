"""Map, profiles, search and evidence in a real browser: clicks, keys, links, phones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import newsroom
from tests.browser.test_app import DESK, PHONE, Reader, window

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(browser: Any, server: str) -> Iterator[Reader]:
    context = window(browser, DESK)
    yield Reader(context, server)
    context.close()


@pytest.fixture
def phone(browser: Any, server: str) -> Iterator[Reader]:
    context = window(browser, PHONE)
    yield Reader(context, server)
    context.close()


def click_tile(reader: Reader, name: str) -> None:
    """Click the tile that has a name on it."""
    tile = reader.page.locator("[data-testid=stPlotlyChart] text").filter(has_text=name).first
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    assert box
    reader.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_tile_chooses_its_province_and_shows_its_cities(reader: Reader) -> None:
    reader.open("/map?by=articles")
    click_tile(reader, "山西")
    reader.page.wait_for_url("**province=140000**")
    reader.page.get_by_role("heading", name="山西省各地", exact=True).wait_for()
    assert reader.address() == {"province": [newsroom.SHANXI], "by": ["articles"]}
    assert "没有报道（9）" in reader.words()
    reader.page.get_by_role("link", name="太原市", exact=True).last.click()
    reader.page.wait_for_url("**/place?**place=140100**")
    reader.page.get_by_role("heading", name="太原市", exact=True).wait_for()
    assert reader.address() == {"place": [newsroom.TAIYUAN]}


def test_a_city_tile_opens_its_profile(reader: Reader) -> None:
    reader.open("/map?province=140000")
    reader.page.get_by_role("heading", name="山西省各地", exact=True).wait_for()
    click_tile(reader, "太原")
    reader.page.wait_for_url("**/place?**place=140100**")


@pytest.mark.parametrize(
    "path",
    [
        "/map?by=figures&province=140000",
        "/map?by=measure&form=outlines",
        "/place?type=visit&place=140200",
        "/search?q=%E6%8F%90%E6%A1%88&in=figures",
        "/articles?article=p1-1&pane=source",
    ],
)
def test_a_link_is_a_view(reader: Reader, browser: Any, path: str) -> None:
    reader.open(path)
    before, words = reader.address(), reader.words()
    fresh = window(browser, DESK)
    other = Reader(fresh, reader.server)
    other.page.goto(reader.page.url)
    other.settled()
    assert other.address() == before
    assert other.words() == words
    fresh.close()


def test_a_search_is_typed_and_stands_in_the_address(reader: Reader) -> None:
    reader.open("/search")
    box = reader.page.get_by_role("textbox", name="找什么")
    box.fill("提案 太原")
    box.press("Enter")
    reader.page.locator("mark", has_text="提案").first.wait_for()
    reader.page.wait_for_url("**/search?q=**")
    assert reader.address() == {"q": ["提案 太原"]}


def test_a_sentence_leads_to_what_was_made_of_it_and_back(reader: Reader) -> None:
    reader.open("/articles?article=p1-1")
    reader.page.locator("article a.bm-made").first.click()
    reader.page.wait_for_url("**#made-*")
    section = reader.page.locator("section.bm-of:target")
    assert "112.6亿元" in section.inner_text()
    assert "投资" in section.inner_text()
    section.get_by_role("link").click()
    reader.page.wait_for_url("**#at-*")


def test_page_and_article_stand_side_by_side_and_on_a_phone_in_turn(
    reader: Reader, phone: Reader
) -> None:
    for one, both in ((reader, True), (phone, False)):
        one.open("/articles?article=p1-1")
        assert one.page.locator("article.bm-article").is_visible()
        assert one.page.locator(".bm-page").is_visible() == both
    phone.page.get_by_text("版面原样", exact=True).first.click()
    phone.page.wait_for_url("**pane=source**")
    phone.page.locator(".bm-page").wait_for()
    assert not phone.page.locator("article.bm-article").is_visible()


def test_the_first_key_skips_to_the_content(reader: Reader) -> None:
    reader.open("/map")
    reader.page.wait_for_function("() => document.documentElement.lang === 'zh-CN'")
    reader.page.keyboard.press("Tab")
    assert reader.page.locator(":focus").inner_text() == "跳到内容"


@pytest.mark.parametrize(("path", "lang"), [("/map", "zh-CN"), ("/map?lang=en", "en")])
def test_the_page_says_its_language(reader: Reader, path: str, lang: str) -> None:
    reader.open(path)
    reader.page.wait_for_function(f"() => document.documentElement.lang === '{lang}'")


def test_a_phone_shows_every_way_in_one_row(phone: Reader) -> None:
    phone.open("/place?place=140100")
    ways = phone.page.locator(".bm-ways .bm-nav:visible")
    tops = {ways.nth(number).bounding_box()["y"] for number in range(ways.count())}
    assert ways.count() >= 7
    assert len(tops) == 1


def test_a_phone_shows_these_pages_without_scrolling_sideways(phone: Reader) -> None:
    for path in (
        "/map?province=140000",
        "/place?place=140100",
        "/search?q=提案",
        "/articles?article=p1-1&pane=source",
    ):
        phone.open(path)
        main = phone.page.locator("[data-testid=stMain]")
        wide, seen = main.evaluate("one => [one.scrollWidth, one.clientWidth]")
        assert wide <= seen <= PHONE["width"], path


def test_nothing_is_fetched_from_another_host(reader: Reader) -> None:
    for path in ("/map?province=140000", "/place?place=140100", "/search?q=提案"):
        reader.open(path)
    assert all(
        one.startswith((reader.server, "data:", "blob:", reader.server.replace("http", "ws")))
        for one in reader.requests
    )
