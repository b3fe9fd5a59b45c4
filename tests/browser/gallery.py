"""A picture of every page, for docs/gallery.md: `python -m tests.browser.gallery` writes them.

They show the app on the bundled articles, light on a desk, and some pages dark on a phone.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from etl.__main__ import main as command_line
from tests.browser import views
from tests.conftest import ROOT, open_browser, serve

FOLDER = ROOT / "docs" / "gallery"
DESK, PHONE = views.WIDTHS
# A picture shows the head of a page: what is below is found by scrolling.
DESK_HEIGHT, PHONE_HEIGHT = 1100, 844
COLOURS = 256
# Pages that look different enough on a phone to be shown so, too.
ON_PHONE = ("overview", "figures", "map", "article")


def shots() -> Iterator[tuple[str, views.Seen]]:
    """The name of every picture and the view in it."""
    for page in views.pages():
        yield page, views.Seen(page, "zh", DESK, "light", "everything")
    for page in ON_PHONE:
        yield f"{page}-phone", views.Seen(page, "zh", PHONE, "dark", "everything")
    yield "overview-en", views.Seen("overview", "en", DESK, "light", "everything")


def write(server: str, article: str, browser: Any, folder: Path = FOLDER) -> None:
    """Every picture, as `folder`/<name>.png."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, seen in shots():
        size = {"width": seen.width, "height": PHONE_HEIGHT if seen.width == PHONE else DESK_HEIGHT}
        context = browser.new_context(viewport=size, color_scheme=seen.mode)
        page = context.new_page()
        page.goto(server + seen.path(article), timeout=60_000)
        views.stands(page)
        (folder / f"{name}.png").write_bytes(small(page.screenshot(animations="disabled")))
        context.close()


def small(png: bytes) -> bytes:
    """The same picture with as many colours as a byte can tell apart: a third of its size."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    # By the span of the colours, not by how often each is seen: a legend is small.
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Build the tables, open the app on them, and write every picture."""
    with tempfile.TemporaryDirectory() as name:
        tables = Path(name)
        command_line(["build", str(ROOT / "data" / "corpus"), "--out", str(tables)])
        with serve(tables, **views.owner(tables)) as server, open_browser() as browser:
            write(server, views.article_of(tables), browser)


if __name__ == "__main__":
    main()
