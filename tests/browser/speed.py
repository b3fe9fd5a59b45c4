"""How long a reader waits: `python -m tests.browser.speed [TABLES]`, part of `make bench`.

On the tables of a folder, else on the bundled articles. Absolute times say as much about the
machine as about the code, so its load is printed beside them.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from etl.__main__ import main as command_line
from tests.browser.test_app import DESK, window
from tests.conftest import ROOT, open_browser, serve

TIMES = 5
# The list draws only what fits it: the first provinces.
CHOSEN = ("北京市", "天津市", "河北省", "山西省", "内蒙古自治区")
PAGES = {"/": "overview", "/activities": "activities", "/figures": "figures", "/map": "map"}
# Seconds since the address was asked for; with the numbers, and with the first chart, too.
NUMBERS = "() => document.querySelector('.bm-headline-numbers strong, #bm-first strong')"
CHART = "() => document.querySelector('[data-testid=stPlotlyChart] .main-svg, #bm-first svg')"
NOW = "performance.now() / 1000"
# Seconds from the click on an option until the page says the choice, nothing is under way any more
# and the browser has drawn what came: as the reader sees it, without the driver's own delays.
STOPWATCH = """() => {
  const stands = name =>
    [...document.querySelectorAll('.bm-selection b')].some(one => one.textContent.includes(name))
    && !document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
  document.addEventListener('click', event => {
    const option = event.target.closest('[role=option]')
    if (!option) return
    const began = performance.now(), name = option.innerText.trim()
    const look = () => stands(name)
      ? requestAnimationFrame(() => setTimeout(() => { window.bmTook = performance.now() - began }))
      : requestAnimationFrame(look)
    window.bmTook = null
    look()
  }, true)
}"""
TOOK = "() => window.bmTook"
READY = """() => document.querySelector('.bm-selection') && !document.getElementById('bm-first')
  && document.querySelector('[data-testid=stPlotlyChart] .main-svg')
  && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
  && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""
# Milliseconds in which what a browser does behind a page comes to an end.
SETTLING = 700
BARE = str(Path(__file__).with_name("bare.py").relative_to(ROOT))


def opening(context: Any, server: str) -> tuple[float, float]:
    """Seconds until the overview shows its numbers, and until it shows a chart."""
    page = context.new_page()
    page.goto(server, wait_until="commit")
    page.wait_for_function(NUMBERS)
    numbers = page.evaluate(NOW)
    page.wait_for_function(CHART)
    chart = page.evaluate(NOW)
    page.close()
    return numbers, chart


def openings(browser: Any, server: str) -> dict[str, tuple[float, float]]:
    """Medians for a browser that has nothing of ours, and for one that was here before."""
    cold, warm = [], []
    for _ in range(TIMES):
        context = window(browser, DESK)
        cold.append(opening(context, server))
        warm.append(opening(context, server))
        context.close()
    return {"cold": _medians(cold), "warm": _medians(warm)}


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    first, second = zip(*pairs, strict=True)
    return statistics.median(first), statistics.median(second)


def filter_changes(browser: Any, *addresses: str) -> list[float]:
    """Median seconds from choosing a province until the page stands still, at each address."""
    found: list[list[float]] = [[] for _ in addresses]
    context = window(browser, DESK)
    for name in CHOSEN * 2:
        # In turns, for a machine has good and bad minutes.
        for address, some in zip(addresses, found, strict=True):
            page = context.new_page()
            page.goto(address)
            page.wait_for_function(READY)
            page.wait_for_timeout(SETTLING)
            some.append(seconds_of_choice(page, "省份", name))
            page.close()
    context.close()
    return [statistics.median(some) for some in found]


def seconds_of_choice(page: Any, label: str, option: str) -> float:
    """Seconds from the click on an option of a filter until the page stands.

    The driver only looks now and then meanwhile, for its looking costs the page time.
    """
    page.evaluate(STOPWATCH)
    page.get_by_label(label, exact=True).first.click()
    page.locator("[role=option]").filter(has_text=option).first.click()
    return float(page.wait_for_function(TOOK, polling=200).json_value()) / 1000


def report(tables: Path) -> None:
    """Print what was measured."""
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f}; medians, headless Chromium")
    with serve(tables) as server, open_browser() as browser:
        # The first reader of a server pays for what is made once.
        opening(window(browser, DESK), server)
        for name, (numbers, chart) in openings(browser, server).items():
            print(f"overview, {name:4} browser: numbers {numbers:.2f} s, chart {chart:.2f} s")
        with serve(tables, script=BARE) as bare:
            for path, name in PAGES.items():
                ours, least = filter_changes(browser, server + path, bare)
                print(
                    f"filter change, {name:10}: {ours:.2f} s, a bare page {least:.2f} s: "
                    f"{ours / least:.2f} times"
                )


def main() -> None:
    """Measure on the folder that is named, else on the bundled articles."""
    if len(sys.argv) > 1:
        report(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        command_line(["build", str(ROOT / "data" / "corpus"), "--out", name])
        report(Path(name))


if __name__ == "__main__":
    main()
