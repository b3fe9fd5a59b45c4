"""The page's policy in a real browser: nothing that a page needs is held back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_app import DESK, window

pytestmark = pytest.mark.browser

PATHS = ("/", "/words?province=140000", "/map?form=points", "/articles?article=p1-1")


def test_no_page_runs_or_loads_what_the_policy_forbids(browser: Any, server: str) -> None:
    context = window(browser, DESK)
    page = context.new_page()
    refused: list[str] = []
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', one =>"
        " console.error('policy: ' + one.violatedDirective + ' ' + one.blockedURI))"
    )
    page.on("console", lambda one: refused.append(one.text) if "policy" in one.text else None)
    for path in PATHS:
        page.goto(server + path)
        page.locator(".st-key-share").wait_for()
        page.wait_for_timeout(500)
    assert refused == []
    # The same ears hear a script that nobody knows.
    page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('script'),"
        " {textContent: 'window.strange = 1'}))"
    )
    page.wait_for_timeout(200)
    assert any("script-src" in one for one in refused)
    assert page.evaluate("() => window.strange") is None
    context.close()


def test_a_chart_as_data_comes_from_the_server_that_shows_it(browser: Any, server: str) -> None:
    context = window(browser, DESK)
    answer = context.request.get(f"{server}/chart.csv?page=figures&chart=figures&province=140000")
    assert answer.ok
    assert "太原市" in answer.text()
    assert context.request.get(f"{server}/ready").json()["ready"] is True
    context.close()


def test_no_page_around_ours_may_steer_it(browser: Any, server: str) -> None:
    context = window(browser, DESK)
    # Empty: the browser then opens no ear for such messages at all.
    assert context.request.get(f"{server}/_stcore/host-config").json()["allowedOrigins"] == []
    context.close()


def test_numbers_and_a_chart_are_there_before_the_scripts(browser: Any, server: str) -> None:
    context = window(browser, DESK)
    # Whoever has no scripts at all, or waits for them, reads this.
    context.route("**/*.js", lambda one: one.abort())
    page = context.new_page()
    page.goto(server)
    first = page.locator("#bm-first")
    first.wait_for()
    assert first.locator("strong").first.inner_text() == "4"
    assert first.locator("svg:visible").count() == 1
    context.unroute("**/*.js")
    page.goto(server)
    page.locator("[data-testid=stPlotlyChart] .main-svg").first.wait_for()
    first.wait_for(state="detached")
    assert page.locator(".bm-headline-numbers strong").first.inner_text() == "4"
    context.close()
