"""Each fact of a scan or a PDF leads to where its words were drawn on the page."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import build, corrections, engines, extraction, store, tables
from etl.check import check
from etl.sources import Defaults, find, pdf, read
from etl.sources.common import PlacedDocument
from etl.sources.layout import Glyph, lines_of, text_of_lines
from tests import laid_out
from tests.laid_out import Drawn

FACTS = ("figures", "places", "dates", "activities", "people")
HEADLINE = "河湾市政协调研茶产业"
PLACES = st.sampled_from(["太原市", "大同市", "广东省", "山西省长治市"])
PARAGRAPHS = st.lists(
    st.builds(
        "{}月{}日，{}政协组织{}名委员开展茶产业调研，走访企业{}家，投入资金{}.5亿元，同比增长{}%。".format,
        st.integers(1, 12),
        st.integers(1, 28),
        PLACES,
        st.integers(2, 980),
        st.integers(2, 99_999),
        st.integers(1, 900),
        st.integers(1, 60),
    ),
    min_size=1,
    max_size=24,
)
TWENTY = [
    f"5月{day}日，太原市政协组织{day + 7}名委员到村镇调研茶产业发展，走访企业12{day}家。"
    for day in range(1, 21)
]


def read_one(path: Path) -> PlacedDocument:
    (source,) = find([path])
    assert not isinstance(source, tuple)
    (document,) = read(source, Defaults(issue_date="2024-05-20"))
    assert isinstance(document, PlacedDocument)
    return document


def within(box: tables.Box, lines: list[Drawn], scale: float = 1.0) -> str:
    """The letters that were drawn with their middle in a box, as one reads them."""
    return "".join(
        letter
        for line in lines
        for letter, x, y in line.centres()
        if box.left <= x * scale <= box.right and box.top <= y * scale <= box.bottom
    )


def facts(document: PlacedDocument) -> Iterator[tuple[str, Any]]:
    rows = extraction.read(document)
    return ((table, row) for table in FACTS for row in rows[table])


def of(row: Any, document: PlacedDocument) -> list[tables.Box]:
    """The boxes of a row, as a reader of the tables finds them."""
    return [one for one in document.boxes if one.start < row.end and row.start < one.end]


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=8, deadline=None)
@given(paragraphs=PARAGRAPHS)
def test_a_fact_of_a_pdf_leads_to_where_its_words_were_drawn(
    paragraphs: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = laid_out.set_page(HEADLINE, paragraphs)
    path = tmp_path_factory.mktemp("pdf") / "page.pdf"
    path.write_bytes(laid_out.as_pdf(lines))
    document = read_one(path)
    assert [one.text for one in lines] == [within(one, lines) for one in document.boxes]
    assert all(within(one, lines) == document.text[one.start : one.end] for one in document.boxes)
    tables_met = set()
    for table, row in facts(document):
        covered = "".join(
            document.text[max(one.start, row.start) : min(one.end, row.end)]
            for one in of(row, document)
        )
        assert covered == squeezed(row.raw)
        tables_met.add(table)
    assert {"figures", "places", "dates", "activities"} <= tables_met


def test_a_fact_of_a_picture_leads_to_where_its_words_were_drawn(tmp_path: Path) -> None:
    lines = laid_out.set_page(HEADLINE, TWENTY)
    path = tmp_path / "page.png"
    laid_out.as_picture(lines).save(path)
    document = read_one(path)
    scale = laid_out.DPI / 72
    assert len(document.boxes) == len(lines)
    for box in document.boxes:
        drawn, read_there = within(box, lines, scale), document.text[box.start : box.end]
        likeness = difflib.SequenceMatcher(None, drawn, read_there.replace(",", "，")).ratio()
        assert likeness > 0.8, (drawn, read_there)
    found = list(facts(document))
    assert all(of(row, document) for _, row in found) and len(found) > 60
    figures = [row for table, row in found if table == "figures" and row.unit == "家"]
    assert len(figures) == len(TWENTY)
    for row in figures:
        assert row.raw in "".join(within(one, lines, scale) for one in of(row, document))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_or_cropped_stands_upright(turned: int, tmp_path: Path) -> None:
    file = pdfium.PdfDocument(laid_out.as_pdf(laid_out.set_page(HEADLINE, TWENTY)))
    page = file[0]
    page.set_cropbox(20, 30, laid_out.WIDTH, laid_out.HEIGHT)
    page.set_rotation(turned)
    glyphs = [one for one in pdf.glyphs(page) if one.text.strip()]
    width, height = page.get_size()
    picture = page.render(scale=1).to_pil().convert("L")
    file.close()
    assert all(0 <= one.left < one.right <= width for one in glyphs)
    for one in glyphs[:: len(glyphs) // 20]:
        top, bottom = one.ink or (one.top, one.bottom)
        cell = picture.crop((int(one.left), int(top), int(one.right) + 1, int(bottom) + 1))
        assert cell.getextrema()[0] < 200, f"nothing is printed where {one.text} is said to be"
    assert height == pytest.approx(
        laid_out.HEIGHT - 30 if turned % 180 == 0 else laid_out.WIDTH - 20
    )


def test_the_digits_of_a_number_stay_together_over_a_line_end() -> None:
    lines = [
        *(Glyph(one, 10 * n, 0, 10 * n + 10, 10) for n, one in enumerate("走访企业1")),
        *(Glyph(one, 10 * n, 12, 10 * n + 10, 22) for n, one in enumerate("20家用GD")),
        *(Glyph(one, 10 * n, 24, 10 * n + 10, 34) for n, one in enumerate("P算。")),
    ]
    assert text_of_lines(lines_of(lines)).text == "走访企业120家用GD P算。"


def test_boxes_last_through_builds_and_corrections(tmp_path: Path) -> None:
    folder, out, whole = tmp_path / "in", tmp_path / "out", tmp_path / "whole"
    folder.mkdir()
    (folder / "b.pdf").write_bytes(laid_out.as_pdf(laid_out.set_page(HEADLINE, TWENTY)))
    (folder / "c.txt").write_text("太原市政协收到提案12件。", encoding="utf-8")
    _build(folder, out)
    assert check(out) == []
    before = pq.read_table(out / "boxes.parquet").to_pylist()
    (folder / "a.txt").write_text("大同市政协收到提案9件。", encoding="utf-8")
    figure = next(
        row for row in pq.read_table(out / "figures.parquet").to_pylist() if row["unit"] == "家"
    )
    said = corrections.Correction(
        id="c1", table="figures", uri="b.pdf", start=figure["start"], end=figure["end"],
        raw=figure["raw"], action="reject", reason="", who="", when="2026-11-26",
        expect={"value": figure["value"]},
    )  # fmt: skip
    assert _build(folder, out, [said]).taken_over == 1
    _build(folder, whole, [said])
    assert pq.read_table(out / "boxes.parquet").to_pylist() == before
    names = store.names()
    assert [(out / one).read_bytes() for one in names] == [
        (whole / one).read_bytes() for one in names
    ]


def _build(
    folder: Path, out: Path, said: list[corrections.Correction] | None = None
) -> build.Outcome:
    corrected = {("b.pdf", None): said} if said else None
    return build.build([folder], out, Defaults(), engines.local, corrected=corrected)
