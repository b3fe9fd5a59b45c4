"""The newspaper page in four columns, as PDF and as picture: read back, it says the same."""

from __future__ import annotations

import base64
import html
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pypdfium2 as pdfium
import pytest

from dashboard.fonts import font_file
from etl.__main__ import main
from tests.accuracy import PAGE, PAGE_GOLD

pytestmark = [pytest.mark.browser, pytest.mark.shared]

STYLE = """@font-face {{ font-family: N; src: url(data:font/otf;base64,{font}) }}
body {{ font: 10px/1.5 N; column-count: 4; column-gap: 22px; margin: 0 }}
p {{ margin: 0; text-indent: 2em; text-align: justify }}
h2 {{ font-size: 16px; margin: 10px 0 }}
@page {{ size: 420mm 594mm; margin: 20mm }}"""
DPI = 150


@pytest.fixture(scope="module")
def files(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page as page.pdf and as page.png."""
    folder = tmp_path_factory.mktemp("scans")
    page = browser.new_page()
    page.set_content(_laid_out())
    page.evaluate("document.fonts.ready")
    page.pdf(path=str(folder / "page.pdf"), prefer_css_page_size=True)
    page.close()
    file = pdfium.PdfDocument(folder / "page.pdf")
    file[0].render(scale=DPI / 72).to_pil().convert("L").save(folder / "page.png")
    file.close()
    return folder


def _laid_out() -> str:
    """The page as HTML: headlines large, everything else as paragraphs."""
    articles = json.loads(PAGE_GOLD.read_text(encoding="utf-8"))["articles"]
    heads = {one["headline"] for one in articles if one["headline"]}
    parts = []
    for line in filter(None, map(str.strip, PAGE.read_text(encoding="utf-8").splitlines())):
        is_head = any(one in line and len(line) < len(one) + 30 for one in heads)
        tag = "h2" if is_head else "p"
        parts.append(f"<{tag}>{html.escape(line)}</{tag}>")
    font = base64.b64encode(font_file().read_bytes()).decode()
    style = STYLE.format(font=font)
    return f"<meta charset=utf-8><style>{style}</style>{''.join(parts)}"


def _facts(path: Path, out: Path) -> dict[str, Counter[tuple[Any, ...]]]:
    """Figures that are results and places, as often as each stands on the page."""
    assert main(["build", str(path), "--issue-date", "2023-12-29", "--out", str(out)]) == 0
    figures = pq.read_table(out / "figures.parquet").to_pylist()
    places = pq.read_table(out / "places.parquet").to_pylist()
    keys = ("value", "value_high", "unit", "adcode")
    return {
        "figures": Counter(tuple(r[key] for key in keys) for r in figures if r["reportable"]),
        "places": Counter((row["raw"], row["adcode"]) for row in places),
    }


@pytest.mark.parametrize(("name", "bar"), [("page.pdf", 0.95), ("page.png", 0.90)])
def test_figures_and_places_are_those_of_the_text(
    name: str, bar: float, files: Path, tmp_path: Path
) -> None:
    text = _facts(PAGE, tmp_path / "text")
    read = _facts(files / name, tmp_path / "read")
    for kind in text:
        same = (text[kind] & read[kind]).total()
        f1 = 2 * same / (text[kind].total() + read[kind].total())
        assert f1 >= bar, (kind, text[kind] - read[kind], read[kind] - text[kind])
