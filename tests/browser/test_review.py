"""Reviewing by keys and mending in the article, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dashboard import language
from etl import build, engines
from etl.sources import Defaults
from tests import laid_out
from tests.browser import faults
from tests.browser.test_app import DESK, PHONE, Reader, window
from tests.conftest import serve

pytestmark = pytest.mark.browser


def zh(key: str) -> str:
    return language.text("zh", key)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corrections") / "corrections.jsonl"


@pytest.fixture(scope="module")
def owner(tables_folder: Path, path: Path) -> Iterator[str]:
    """The app of an owner who corrects."""
    with serve(tables_folder, BANMIAN_CORRECTIONS=str(path), BANMIAN_EDITORS="*") as address:
        yield address


@pytest.fixture
def file(path: Path) -> Path:
    """The owner's corrections file, empty again."""
    path.unlink(missing_ok=True)
    return path


def entries(file: Path) -> list[dict[str, Any]]:
    return [json.loads(one) for one in file.read_text("utf-8").splitlines()]


def raw(page: Any) -> str:
    return str(page.locator(".bm-review").inner_text())


def press(reader: Reader, key: str) -> None:
    """Press a key and wait for another row."""
    before = raw(reader.page)
    reader.page.keyboard.press(key)
    reader.page.wait_for_function(
        "before => { const one = document.querySelector('.bm-review');"
        " return one && one.innerText !== before; }",
        arg=before,
    )
    reader.settled()


def barriers(reader: Reader) -> list[str]:
    """What axe finds once nothing fades any more: what is drawn anew is pale at first."""
    reader.settled()
    fades = "one => one.playState === 'running' && isFinite(one.effect.getComputedTiming().endTime)"
    reader.page.wait_for_function(f"() => !document.getAnimations().some({fades})")
    return faults.barriers(reader)


def test_a_key_answers_and_typing_in_a_field_does_not(browser: Any, owner: str, file: Path) -> None:
    context = window(browser, DESK)
    reader = Reader(context, owner)
    page = reader.page
    reader.open("/review")
    press(reader, "a")
    press(reader, "x")
    press(reader, "s")
    assert [one["action"] for one in entries(file)] == ["accept", "reject"]
    page.keyboard.press("f")
    reason = page.get_by_role("textbox", name=zh("correct.reason"), exact=True)
    reason.fill("")
    reason.press_sequentially("axs")
    assert reason.input_value() == "axs" and len(entries(file)) == 2
    page.get_by_role("textbox", name=zh("correct.field.adcode"), exact=True).fill("长治市")
    page.get_by_role("button", name=zh("correct.save")).click()
    page.get_by_text(zh("correct.saved")).wait_for()
    last = entries(file)[2]
    assert last["change"]["adcode"] == "140400" and last["reason"] == "axs"
    reader.settled()
    page.keyboard.press("z")
    page.get_by_text(zh("correct.undone")).wait_for()
    assert entries(file)[3]["undoes"] == last["id"]
    foreign = [one for one in reader.requests if not one.startswith((owner, "data:", "blob:"))]
    assert foreign == []
    context.close()


def test_a_row_is_mended_in_the_article_on_a_phone(browser: Any, owner: str, file: Path) -> None:
    context = window(browser, PHONE)
    reader = Reader(context, owner)
    page = reader.page
    reader.open("/articles")
    page.get_by_role("link", name="太原签下一批项目").click()
    # A link to the page that it stands on: the article must stay, whatever is pressed there.
    page.wait_for_url("**article=p1-1")
    reader.settled()
    page.get_by_role("textbox", name=zh("correct.field.counted"), exact=True).fill("金额")
    page.get_by_role("button", name=zh("correct.save")).click()
    page.get_by_text(zh("correct.saved")).wait_for()
    assert entries(file)[0]["change"] == {"counted": "金额"}
    page.get_by_text(zh("correct.state.pending")).locator("visible=true").first.wait_for()
    wide = "() => { const main = document.querySelector('[data-testid=stMain]');"
    assert not page.evaluate(wide + " return main.scrollWidth > main.clientWidth; }")
    context.close()


def test_a_row_is_corrected_in_the_list_and_the_chart_has_it_after_the_build(
    browser: Any, tmp_path: Path
) -> None:
    tables, sources = tmp_path / "tables", tmp_path / "in"
    sources.mkdir()
    for number, city in enumerate(("太原市", "大同市", "长治市"), 1):
        story = f"{city}政协收到提案{number}20件。\n\n本报讯 {city}政协今年收到提案{number}20件。\n"
        (sources / f"{number}.txt").write_text(story, encoding="utf-8")
    lines = laid_out.set_page("河湾县政协调研茶产业", ["5月2日，太原市政协走访企业12家。"])
    (sources / "page.pdf").write_bytes(laid_out.as_pdf(lines))
    build.build([sources], tables, Defaults(issue_date="2024-05-20"), engines.local)
    owner = {
        "BANMIAN_CORRECTIONS": str(tmp_path / "corrections.jsonl"),
        "BANMIAN_EDITORS": "*",
        "BANMIAN_SOURCES": str(sources),
        "BANMIAN_ISSUE_DATE": "2024-05-20",
    }
    with serve(tables, **owner) as address:
        context = window(browser, DESK)
        reader = Reader(context, address)
        page = reader.page
        reader.open("/figures")
        row = page.locator("[class*=st-key-fact_list_]", has_text="220件").first
        row.get_by_role("button", name=zh("correct.mend")).click()
        assert not barriers(reader)
        page.get_by_role("textbox", name=zh("correct.field.value"), exact=True).fill("777")
        page.get_by_role("textbox", name=zh("correct.reason"), exact=True).fill("报社更正")
        page.get_by_role("button", name=zh("correct.save")).click()
        page.get_by_text(zh("correct.saved")).wait_for()
        reader.open("/review")
        page.get_by_role("button", name=zh("review.build")).click()
        page.get_by_text(re.compile(zh("review.built").split("{")[0])).wait_for(timeout=60_000)
        reader.open("/figures")
        drawn = json.dumps(
            page.evaluate(
                "() => [...document.querySelectorAll('.js-plotly-plot')]"
                ".flatMap(one => one._fullData.map(trace => Array.from(trace.x || [])))"
            )
        )
        assert "777" in drawn and "220" not in drawn
        figures = pq.read_table(tables / "figures.parquet").to_pylist()
        one = next(row for row in figures if row["raw"] == "12家")
        reader.open(f"/articles?article={one['article_id']}&figure={one['figure_id']}")
        page.locator(".bm-sheet .bm-spot-fact").first.wait_for()
        assert not barriers(reader)
        context.close()
    (entry,) = entries(tmp_path / "corrections.jsonl")
    assert (entry["change"], entry["reason"]) == ({"value": 777.0}, "报社更正")
