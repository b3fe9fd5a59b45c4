"""A reporter's own pages: dropped, read, looked at, seen by nobody else, kept, and left again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard import language
from tests.browser.test_app import DESK, PHONE, Reader, window
from tests.conftest import serve

pytestmark = pytest.mark.browser

PAGE = """河湾日报 2024年5月20日 第2版

河湾市政协调研茶产业

5月18日，河湾市政协组织30名委员调研茶产业，走访企业12家，山西省太原市派人参加。
"""


def zh(key: str) -> str:
    return language.text("zh", key)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("collection")


@pytest.fixture(scope="module")
def adding(tables_folder: Path, collection: Path) -> Iterator[str]:
    """The app of an owner who lets visitors add files and keep them."""
    with serve(tables_folder, BANMIAN_UPLOADS="1", BANMIAN_KEEP=str(collection)) as address:
        yield address


def dropped(reader: Reader) -> Any:
    """The page after two files were dropped and read."""
    page = reader.page
    reader.open("/add")
    page.locator("[data-testid=stFileUploader] input").set_input_files(
        [
            {"name": "page.txt", "mimeType": "text/plain", "buffer": PAGE.encode()},
            {"name": "fake.png", "mimeType": "image/png", "buffer": b"MZ no picture"},
        ]
    )
    page.get_by_text("fake.png").wait_for()
    page.get_by_role("button", name=zh("add.read")).click()
    page.locator(".st-key-found_choices").wait_for(timeout=120_000)
    reader.settled()
    return page


def is_too_wide(page: Any) -> bool:
    found: bool = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " return main.scrollWidth > main.clientWidth; }"
    )
    return found


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_own_pages_are_seen_by_their_visitor_alone(browser: Any, adding: str, size: Any) -> None:
    context, stranger = window(browser, size), window(browser, size)
    reader, other = Reader(context, adding), Reader(stranger, adding)
    page = dropped(reader)
    words = page.locator("[data-testid=stMain]").inner_text()
    assert "河湾市政协调研茶产业" in words and "2024-05-20" in words
    assert "这是程序，不是报纸" in words
    assert not is_too_wide(page)
    page.get_by_role("button", name=zh("found.show")).click()
    page.locator(".st-key-own").wait_for()
    # A link of the page opens a new session, which knows the visitor by the cookie.
    page.goto(f"{adding}/articles")
    page.locator(".st-key-own").wait_for()
    reader.settled()
    assert "河湾市政协调研茶产业" in page.locator("[data-testid=stMain]").inner_text()
    assert reader.address()["own"] == ["1"]
    page.locator(".st-key-share button").first.click()
    # What the box holds is drawn when it is opened.
    page.get_by_test_id("stPopoverBody").get_by_text(zh("visit.links")).wait_for()
    page.keyboard.press("Escape")
    (secret,) = [one["value"] for one in context.cookies() if one["name"].startswith("banmian_")]
    assert secret not in page.url
    other.page.goto(page.url)
    other.settled()
    assert other.page.locator(".st-key-own").count() == 0
    said = other.page.locator("[data-testid=stMain]").inner_text()
    assert zh("visit.elsewhere") in said and "河湾" not in said
    page.get_by_role("button", name=zh("visit.back")).click()
    page.locator(".st-key-own").wait_for(state="detached")
    reader.settled()
    assert "河湾" not in page.locator("[data-testid=stMain]").inner_text()
    assert "own" not in reader.address()
    context.close()
    stranger.close()


def test_what_is_kept_is_in_the_collection(browser: Any, adding: str, collection: Path) -> None:
    context = window(browser, DESK)
    page = dropped(Reader(context, adding))
    page.get_by_role("button", name=zh("found.keep")).click()
    page.get_by_test_id("stAlert").get_by_text(collection.name).wait_for()
    names = sorted(one.name.split("-", 1)[1] for one in collection.iterdir())
    assert len(names) == 2 and names[0].endswith("-page.txt")
    context.close()
