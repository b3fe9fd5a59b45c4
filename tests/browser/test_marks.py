"""A click on a mark of a chart: what it chooses, and what it opens."""

from __future__ import annotations

import contextlib

import pytest

from tests.browser.test_app import Reader

pytestmark = pytest.mark.browser

BAR, DOT = ".barlayer .point path", ".scatterlayer .point"
# The days without activities are the first trace.
CELL = ".barlayer .trace:last-child .point path"
# What is clicked, and the parameters that the address has then (None: any value).
CHOICES: dict[str, tuple[str, str, set[str]]] = {
    "a month": ("/activities?per=month", BAR, {"from", "to", "per"}),
    "a type": ("/activities?view=type", BAR, {"type", "view"}),
    "a province": ("/activities?view=province", BAR, {"province", "view"}),
    "a city": ("/activities?view=city", BAR, {"city", "view"}),
    "a day": ("/activities?view=calendar", CELL, {"from", "to", "view"}),
    "a province's month": ("/activities?view=provinces", BAR, {"province", "from", "to", "view"}),
    "a cell": ("/activities?view=matrix", BAR, {"province", "type", "view"}),
    "a province of the overview": ("/", ".st-key-card_activities_province " + BAR, {"province"}),
}


def click(reader: Reader, marks: str) -> None:
    """Click the middle of the first mark that is large enough to be hit."""
    found = reader.page.locator(marks)
    found.first.wait_for()
    for number in range(found.count()):
        found.nth(number).scroll_into_view_if_needed()
        box = found.nth(number).bounding_box()
        if box and min(box["width"], box["height"]) > 3:
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            reader.page.mouse.move(x, y)
            # Plotly looks for the mark under the pointer at most every 60 ms; readers linger.
            reader.page.wait_for_timeout(500)
            reader.page.mouse.click(x, y)
            return
    pytest.fail(f"no mark {marks} can be hit")


@pytest.mark.parametrize("what", CHOICES)
def test_a_click_on_a_mark_filters(reader: Reader, what: str) -> None:
    from playwright.sync_api import TimeoutError

    path, marks, wanted = CHOICES[what]
    reader.open(path)
    before = len(reader.address())
    for _ in range(3):
        click(reader, marks)
        with contextlib.suppress(TimeoutError):
            reader.page.wait_for_function(
                "count => new URLSearchParams(location.search).size > count",
                arg=before,
                timeout=8000,
            )
            break
    reader.settled()
    assert set(reader.address()) == wanted


def test_a_click_on_a_dot_shows_its_sentence_alone(reader: Reader) -> None:
    reader.open("/figures?province=140000")
    assert reader.page.locator(".st-key-evidence_list").count() == 1
    click(reader, ".st-key-card_figures " + DOT)
    reader.page.get_by_text("您点的数字").first.wait_for()
    reader.settled()
    assert reader.page.locator(".st-key-evidence_list").count() == 0


def test_a_click_on_a_city_opens_its_profile(reader: Reader) -> None:
    reader.open("/map?form=points&province=140000")
    click(reader, ".st-key-card_map_points " + DOT)
    reader.page.wait_for_url("**/place?**place=140*")


def test_a_click_on_a_bar_of_words_opens_its_sentences(reader: Reader) -> None:
    reader.open("/words?province=140000")
    click(reader, BAR)
    reader.page.wait_for_url("**word=*")
