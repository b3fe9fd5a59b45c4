"""Any view, copied as a link into a fresh browser, is the same view; and so is a chart alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests import newsroom
from tests.browser.test_app import DESK, Reader, window

pytestmark = pytest.mark.browser

SEED = 20231229
HTML = "text/html; charset=utf-8"
# What each page may have in its address besides the filters; None leaves it out.
OWN: dict[str, dict[str, list[Any]]] = {
    "": {},
    "activities": {"per": [None, "quarter"]},
    "figures": {},
    "words": {
        "region": [None, [newsroom.SHANXI], [newsroom.SHANXI, newsroom.HENAN]],
        "show": [None, "apart", "time"],
        "boilerplate": [None, "1"],
        "word": [None, "提案"],
    },
    "articles": {"article": [None, "p1-1"]},
}
FILTERS: dict[str, list[Any]] = {
    "province": [None, newsroom.SHANXI, newsroom.HENAN],
    "city": [None, newsroom.TAIYUAN],
    "type": [None, "signing", ["visit", "signing"]],
    "from": [None, "2023-11-01"],
    "to": [None, "2023-12-31"],
    "lang": [None, "en"],
}


def states(count: int) -> Iterator[str]:
    """Random views: a page with some of its parameters and some filters."""
    chance = random.Random(SEED)
    for _ in range(count):
        page = chance.choice(list(OWN))
        chosen = {name: chance.choice(some) for name, some in (FILTERS | OWN[page]).items()}
        asked = {name: one for name, one in chosen.items() if one is not None}
        yield f"/{page}?{urlencode(asked, doseq=True)}"


def seen(reader: Reader) -> tuple[str, str, dict[str, list[str]]]:
    """What a reader has in front of them: words, the tab's title, the address without version."""
    reader.settled()
    address = {name: found for name, found in reader.address().items() if name != "v"}
    return reader.words(), reader.page.title(), address


def copied(reader: Reader) -> str:
    """The link that the share box gives."""
    button = reader.page.locator(".st-key-share button").first
    # Above the window's edge, but with little room below.
    button.evaluate("one => one.scrollIntoView({block: 'end'})")
    reader.page.locator("[data-testid=stMain]").evaluate("one => one.scrollBy(0, 60)")
    button.click()
    box = reader.page.get_by_test_id("stPopoverBody")
    code = box.get_by_test_id("stCode").first
    code.wait_for()
    assert box.bounding_box()["height"] > 250
    link = code.inner_text().strip()
    reader.page.keyboard.press("Escape")
    return link


@pytest.mark.parametrize("path", list(states(8)))
def test_a_copied_link_is_the_same_view_in_a_fresh_browser(
    browser: Any, server: str, path: str
) -> None:
    first, second = window(browser, DESK), window(browser, DESK)
    sender, receiver = Reader(first, server), Reader(second, server)
    sender.open(path)
    before = seen(sender)
    link = copied(sender)
    assert parse_qs(urlsplit(link).query)["v"]
    receiver.page.goto(link)
    assert seen(receiver) == before
    first.close()
    second.close()


def test_each_charts_own_link_opens_that_chart_alone(browser: Any, server: str) -> None:
    context = window(browser, DESK)
    reader = Reader(context, server)
    reader.open(f"/figures?province={newsroom.SHANXI}")
    title = reader.page.locator(".bm-chart-title").first.inner_text()
    reader.page.get_by_role("button", name="嵌入与引用").first.click()
    codes = reader.page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    codes.nth(1).wait_for()
    link, frame = codes.nth(0).inner_text().strip(), codes.nth(1).inner_text()
    assert link.replace("&", "&amp;") in frame
    # In a frame of another page, as a newsroom would use it.
    page = f"<!doctype html><body>{frame}</body>"
    reader.page.route("**/newsroom.html", lambda one: one.fulfill(body=page, content_type=HTML))
    reader.page.goto(f"{server}/newsroom.html")
    inner = reader.page.frame_locator("iframe")
    # The live one, not the picture that the server sends until it stands.
    live = inner.locator("[data-testid=stMain] .bm-chart-title")
    live.wait_for()
    assert live.inner_text() == title
    inner.get_by_test_id("stPlotlyChart").first.wait_for()
    assert inner.get_by_test_id("stPlotlyChart").count() == 1
    assert not inner.get_by_test_id("stSidebar").is_visible()
    assert not inner.locator(".st-key-masthead").is_visible()
    context.close()


def test_a_link_of_other_data_says_that_it_has_changed(browser: Any, server: str) -> None:
    context = window(browser, DESK)
    reader = Reader(context, server)
    reader.open("/figures?v=0123abcd")
    assert "数据后来有了更新" in reader.words()
    assert reader.address() == {"v": ["0123abcd"]}
    context.close()


def test_links_are_followed_without_loading_the_page_anew(reader: Reader) -> None:
    page = reader.page
    reader.open(f"/?province={newsroom.SHANXI}")
    page.evaluate("() => { window.here = true }")

    def came(heading: str, within: bool = True) -> None:
        page.locator("h1", has_text=heading).wait_for()
        reader.settled()
        assert reader.address()["province"] == [newsroom.SHANXI]
        assert page.locator(".bm-selection b").inner_text() == "山西省"
        assert page.evaluate("() => window.here === true") is within

    page.locator(".bm-nav", has_text="数字").click()
    came("各地数字")
    assert page.locator(".bm-nav[aria-current=page]").inner_text().endswith("数字")
    page.locator(".bm-open").last.click()
    page.locator(".bm-chosen").first.wait_for()
    came("文章")
    page.go_back()
    came("各地数字")
    page.go_back()
    came("总览")
    with page.context.expect_page() as another:
        page.locator(".bm-nav", has_text="地图").click(modifiers=["Control"])
    assert "/map?" in another.value.url
    another.value.close()
    came("总览")
    page.evaluate(
        "() => document.querySelectorAll('a.bm-in').forEach(a => a.classList.remove('bm-in'))"
    )
    page.locator(".bm-nav", has_text="数字").click()
    came("各地数字", within=False)
