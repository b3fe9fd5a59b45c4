"""The page set again from its boxes: the sentence that was asked for is marked where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import language, page_view
from etl import build, engines, tables
from etl.sources import Defaults
from tests import laid_out

LETTERS = st.text("茶产业调研12a，.", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a PDF in four columns."""
    folder = tmp_path_factory.mktemp("scanned")
    days = [f"5月{n}日，太原市政协组织{n + 7}名委员走访企业12{n}家。" for n in range(1, 40)]
    lines = laid_out.set_page("河湾县政协调研茶产业", days)
    (folder / "page.pdf").write_bytes(laid_out.as_pdf(lines))
    said = Defaults(issue_date="2024-05-20")
    build.build([folder / "page.pdf"], folder / "tables", said, engines.local)
    return folder / "tables"


def shown(test: Any) -> str:
    assert not test.exception
    whole = "".join(str(one.value) for one in test.html)
    return re.sub(r"<style>.*?</style>", "", whole, flags=re.DOTALL)


@given(words=LETTERS, first=st.integers(0, 12), last=st.integers(0, 12))
def test_a_part_of_a_line_lies_in_its_box_and_its_parts_side_by_side(
    words: str, first: int, last: int
) -> None:
    box = tables.Box("d", 1, 3, 3 + len(words), 10, 20, 110, 30, 400, 600)
    text = "前文。" + words + "后文"
    cut = min(first, len(words))
    left = page_view.part_of(box, text, 0, 3 + cut)
    right = page_view.part_of(box, text, 3 + cut, 99)
    assert left.left == box.left and left.width + right.width == pytest.approx(100)
    assert right.left == pytest.approx(box.left + left.width)
    some = page_view.part_of(box, text, 3 + min(first, last), 3 + max(first, last))
    assert box.left <= some.left and some.left + some.width <= box.right + 1e-9


def test_a_figure_is_marked_on_the_page_and_said_in_words(
    scanned: Path, app: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = pq.read_table(scanned / "figures.parquet").to_pylist()
    figure = next(one for one in figures if one["raw"] == "1220家")
    text = pq.read_table(scanned / "documents.parquet").to_pylist()[0]["text"]
    box = next(
        one
        for one in pq.read_table(scanned / "boxes.parquet").to_pylist()
        if one["start"] <= figure["start"] < one["end"]
    )
    monkeypatch.setenv("BANMIAN_TABLES", str(scanned))
    plain = shown(app("articles", article=figure["article_id"]))
    assert "bm-sheet" in plain and "bm-spot" not in plain
    found = shown(app("articles", article=figure["article_id"], figure=figure["figure_id"]))
    near, whole = re.findall(r"<div class='bm-sheet'.*?</div>", found)
    (spot,) = re.findall(r"bm-spot-fact' style='left:([\d.]+)%", whole)
    # The figure stands in the right half of its line, so its mark does.
    assert box["left"] / 7.2 < float(spot) < box["right"] / 7.2
    assert "bm-spot-fact" in near and near.count("<b") < whole.count("<b")
    words = "".join(re.findall(r"<b[^>]*>([^<]*)</b>", whole))
    assert words == "".join(text.split())
    at = re.search(r"aria-label='([^']+)'", whole)
    lines = whole.count("class='bm-spot'")
    assert at and at[1].endswith(f"占 {lines} 行。") and at[1] in found.replace(whole, "")


def test_a_source_without_layout_has_no_page(app: Callable[..., Any]) -> None:
    found = shown(app("articles", article="p1-1"))
    assert "bm-sheet" not in found and language.text("zh", "reader.sheet") not in found
