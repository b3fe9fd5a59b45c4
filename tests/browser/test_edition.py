"""The static edition in a real browser, from a plain file server, with the network closed.

Each kind of page is walked past once, in languages, widths and modes that take turns;
BANMIAN_WALK=full walks past all of them, on the bundled articles.
"""

from __future__ import annotations

import functools
import http.server
import itertools
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dashboard.edition.publish import publish
from dashboard.language import text
from etl.__main__ import main as command
from tests.browser import faults
from tests.browser.test_app import Reader, window
from tests.conftest import ROOT
from tests.dashboard.edition_files import DATONG, HOSTILE, SHANXI, TAIYUAN, small_edition

pytestmark = pytest.mark.browser

FULL = os.environ.get("BANMIAN_WALK") == "full"
WIDTHS, MODES, LANGUAGES = (1440, 390), ("light", "dark"), ("", "en/")
ARTICLE = "articles/p1-1/"
# Bytes of a first visit beside the letters, as they stand on the disk.
HEAVIEST = 1_000_000


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain file server that says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not FULL:
        return small_edition(tmp_path_factory)
    folder = tmp_path_factory.mktemp("bundled")
    assert command(["build", str(ROOT / "data" / "corpus"), "--out", str(folder / "in")]) == 0
    publish(folder / "in", folder / "site", workers=os.cpu_count() or 1)
    return folder / "site"


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    """The address of the site on a plain file server, in a folder of the host."""
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def windows(browser: Any) -> Iterator[dict[tuple[int, str], Any]]:
    """A browser for each width and mode, which can reach nothing but this machine."""
    made = {}
    for width, mode in itertools.product(WIDTHS, MODES):
        made[width, mode] = window(browser, {"width": width, "height": 900}, mode)
    yield made
    for one in made.values():
        one.close()


@dataclass(frozen=True, slots=True)
class Seen:
    """One page in one language, width and mode."""

    path: str
    language: str
    width: int
    mode: str

    def __str__(self) -> str:
        return f"{self.language}{self.path}-{self.width}-{self.mode}"


PATHS = (
    "",
    "activities/",
    f"activities/{SHANXI}/",
    f"activities/?province={SHANXI}&type=meeting&type=training&to=2023-12-31",
    "figures/",
    f"figures/?city={TAIYUAN}&city={DATONG}",
    "map/",
    f"map/{SHANXI}/",
    f"place/{DATONG}/",
    "place/",
    f"compare/?place={TAIYUAN}&place={DATONG}",
    "words/",
    f"{ARTICLE}#f1",
    "articles/",
    "search/?q=提案",
    "quality/",
    "data/",
)


def views() -> Iterator[Seen]:
    """Every view, or each page once; languages, widths and modes take turns."""
    if FULL:
        for one in itertools.product(PATHS, LANGUAGES, WIDTHS, MODES):
            yield Seen(*one)
        return
    for turn, path in enumerate(PATHS):
        yield Seen(path, LANGUAGES[turn % 2], WIDTHS[turn // 2 % 2], MODES[(turn + 1) // 2 % 2])


def opened(windows: dict[tuple[int, str], Any], seen: Seen, host: str) -> Reader:
    reader = Reader(windows[seen.width, seen.mode], host)
    reader.page.goto(f"{host}/{seen.language}{seen.path}", wait_until="networkidle")
    reader.page.evaluate("document.fonts.ready.then(() => null)")
    return reader


@pytest.mark.parametrize("seen", list(views()), ids=str)
def test_a_page_has_no_fault(
    seen: Seen, windows: dict[tuple[int, str], Any], host: str, site: Path
) -> None:
    if FULL and seen.path.startswith(ARTICLE):
        first = sorted(one.name for one in (site / "articles").iterdir() if "-" in one.name)[0]
        seen = Seen(f"articles/{first}/", seen.language, seen.width, seen.mode)
    broken: list[str] = []
    windows[seen.width, seen.mode].on("weberror", lambda one: broken.append(str(one.error)))
    reader = opened(windows, seen, host)
    found = [f"{name}: {one}" for name, probe in faults.PROBES.items() for one in probe(reader)]
    reader.page.close()
    assert not found + broken, "\n".join(found + broken)


def test_an_address_of_the_dashboard_leads_to_its_page_here(
    windows: dict[tuple[int, str], Any], host: str
) -> None:
    page = windows[1440, "light"].new_page()
    for asked, wanted in (
        (f"/activities?province={SHANXI}", f"/activities/{SHANXI}/"),
        (f"/?province={SHANXI}&lang=en", f"/en/?province={SHANXI}"),
        (f"/activities/{SHANXI}/?type=training", f"/activities/?type=training&province={SHANXI}"),
        (
            "/chart?page=map&chart=map_tiles&from=2023-01-01",
            "/map/?from=2023-01-01#chart-map_tiles",
        ),
        (f"/place?place={DATONG}", f"/place/{DATONG}/"),
        (f"/map?by=figures&province={SHANXI}", f"/map/figures/{SHANXI}/"),
        ("/en/articles?lang=zh", "/articles/"),
        (
            f"/chart?page=map&chart=map_cities&province={SHANXI}&lang=en",
            f"/en/map/{SHANXI}/#chart-map_cities",
        ),
    ):
        page.goto(host + asked)
        page.wait_for_url(host + wanted)
    page.goto(f"{host}/place?place=999999")
    page.locator("#notice-unreported").wait_for()
    page.goto(f"{host}/figures?type=meeting&province=..%2F..%2Fx")
    page.locator("#narrowed > *").first.wait_for()
    assert page.url.startswith(f"{host}/figures/?type=meeting")
    page.goto(f"{host}/words?type=meeting")
    page.locator("#notice-unfiltered").wait_for()
    page.close()


@pytest.mark.skipif(FULL, reason="counts facts of the small newspaper")
def test_filters_narrow_a_page_where_it_stands(
    windows: dict[tuple[int, str], Any], host: str
) -> None:
    from playwright.sync_api import expect

    page = windows[390, "dark"].new_page()
    page.goto(f"{host}/activities/")
    page.locator("summary").first.click()
    page.locator("form.narrow select[name=type]").select_option("training")
    page.wait_for_url(f"{host}/activities/?type=training")
    rows = page.locator("#narrowed .fact")
    expect(rows).to_have_count(1)
    expect(page.locator("#content *")).to_have_count(0)
    assert page.locator("#chart-activities_type .plot a").get_attribute("aria-label") == "培训 1"
    page.locator("form.narrow select[name=city]").select_option(TAIYUAN)
    expect(page.locator("#narrowed .note")).to_have_text(text("zh", "edition.nothing"))
    page.go_back()
    expect(rows).to_have_count(1)
    with page.expect_download() as coming:
        page.locator("#chart-activities_city .take button").first.click()
    content = Path(coming.value.path()).read_text("utf-8-sig")
    assert content.splitlines()[1:] == ["大同市,培训,1"]
    with page.expect_download() as coming:
        page.locator("#chart-activities_city .take button", has_text="SVG").click()
    drawn = Path(coming.value.path()).read_text("utf-8")
    assert "大同市" in drawn
    assert "data:font/woff2" in drawn
    assert "var(" not in drawn
    rows.get_by_role("link", name=text("zh", "rows.sentence")).click()
    page.wait_for_url(f"{host}/articles/p2-1/#*")
    page.close()


@pytest.mark.skipif(FULL, reason="looks at articles of the small newspaper")
def test_a_link_to_a_number_marks_it_in_its_sentence(
    windows: dict[tuple[int, str], Any], host: str
) -> None:
    page = windows[390, "light"].new_page()
    page.goto(f"{host}/articles?article=p1-1&figure=f1")
    page.wait_for_url(f"{host}/{ARTICLE}#f1")
    marked = page.locator(".bm-at:target + .bm-m")
    assert marked.inner_text() == "320件"
    assert marked.evaluate("one => getComputedStyle(one).fontWeight") == "700"
    assert page.locator(".bm-article script").count() == 0
    assert HOSTILE in page.locator(".bm-article").inner_text()
    sheet = page.locator(".on-page")
    drawn = sheet.locator("#on-page-drawn .spot:visible")
    assert drawn.evaluate_all("all => all.map(one => one.dataset.of)") == ["p1-1-s1", "f1"]
    assert sheet.locator(".on-page-near").is_visible()
    assert sheet.locator(".on-page-said").inner_text() == drawn.first.get_attribute("data-said")
    page.locator(".bm-of a[href='#on-p1-1-s2']").click()
    assert drawn.evaluate_all("all => all.map(one => one.dataset.of)") == ["p1-1-s2"]
    page.close()


@pytest.mark.skipif(FULL, reason="looks for words of the small newspaper")
def test_a_search_finds_words_wherever_they_stand(
    windows: dict[tuple[int, str], Any], host: str
) -> None:
    from playwright.sync_api import expect

    page = windows[1440, "dark"].new_page()
    page.goto(f"{host}/search/")
    for query, count in (("提案320", 1), ("案", 1), ("大同 培训", 1), ("太原 培训", 0), ("<b>", 0)):
        page.get_by_role("searchbox").fill(query)
        page.keyboard.press("Enter")
        expect(page.locator("#hits li"), query).to_have_count(count, timeout=15_000)
    for asked, count in (("type=training", 0), (f"city={TAIYUAN}&to=2023-12-31", 1)):
        page.goto(f"{host}/search?q=提案&{asked}")
        expect(page.locator("#told")).not_to_have_text("")
        expect(page.locator("#hits li"), asked).to_have_count(count, timeout=15_000)
    expect(page.locator("details.filter b")).to_have_text("太原市 · 至 2023-12-31")
    page.goto(f"{host}/search/?q=提案")
    page.locator("#hits mark").first.wait_for()
    page.locator("#hits a").first.click()
    page.wait_for_url("**/articles/p1-1/#*")
    page.close()


@pytest.mark.skipif(FULL, reason="compares places of the small newspaper")
def test_places_stand_side_by_side_and_their_numbers_lead_to_sentences(
    windows: dict[tuple[int, str], Any], host: str
) -> None:
    page = windows[1440, "light"].new_page()
    page.goto(f"{host}/compare?place={TAIYUAN}")
    page.get_by_role("combobox").nth(1).select_option(DATONG)
    page.wait_for_url(f"{host}/compare/?place={TAIYUAN}&place={DATONG}")
    shared = page.locator("#beside table").nth(1)
    assert shared.locator("tbody").inner_text().split() == [
        "提案",
        *_said("320件"),
        *_said("约210件"),
    ]
    shared.get_by_role("link", name="320件").click()
    page.wait_for_url(f"{host}/{ARTICLE}#f1")
    page.close()


def _said(value: str) -> list[str]:
    return [value, "2023年12月29日"]


def test_a_chart_comes_as_a_picture_that_the_browser_draws(
    windows: dict[tuple[int, str], Any], host: str
) -> None:
    page = windows[1440, "light"].new_page()
    page.goto(f"{host}/map/")
    with page.expect_download() as coming:
        page.locator("[data-png]").first.click()
    assert coming.value.suggested_filename == "map_tiles.png"
    content = Path(coming.value.path()).read_bytes()
    assert content[:4] == b"\x89PNG"
    assert int.from_bytes(content[16:20], "big") == 1920
    page.close()


def test_a_page_can_be_read_without_scripts(browser: Any, host: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/activities/")
    page.locator("summary").first.click()
    page.get_by_role("link", name="山西省").first.click()
    page.wait_for_url(f"**/activities/{SHANXI}/")
    assert page.locator(".plot").first.is_visible()
    page.goto(f"{host}/{ARTICLE}#on-p1-1-s1")
    drawn = page.locator(".on-page .spot:visible")
    drawn.first.wait_for()
    assert drawn.evaluate_all("all => all.map(one => one.dataset.of)") == ["p1-1-s1"]
    context.close()


def test_a_first_visit_is_light(windows: dict[tuple[int, str], Any], host: str, site: Path) -> None:
    reader = opened(windows, Seen("", "", 390, "light"), host)
    named = [one.removeprefix(host).partition("?")[0] for one in reader.requests]
    files = [site / one.lstrip("/") / ("index.html" if one.endswith("/") else "") for one in named]
    size = sum(one.stat().st_size for one in files if one.suffix != ".woff2")
    reader.page.close()
    assert size < HEAVIEST
    assert len(files) < 8
