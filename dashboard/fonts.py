"""The one font of the dashboard: Noto Sans SC, for the page, its pictures and its word clouds.

It comes with the package `pylopdf-fonts-zh-cn` (SIL Open Font License 1.1), so Chinese text is
drawn on a machine that has no Chinese font.
"""

from __future__ import annotations

import tempfile
from functools import cache
from importlib import resources
from pathlib import Path

from fontTools import subset

from etl import divisions

STATIC = Path(__file__).resolve().parents[1] / "static"
WEB_FONT = Path("fonts") / "NotoSansSC-subset.woff2"

# Latin with accents, general punctuation, arrows and signs of units, CJK punctuation, full-width.
_RANGES = (
    (0x20, 0x17F),
    (0x2010, 0x203B),
    (0x20AC, 0x20AC),
    (0x2100, 0x214F),
    (0x2190, 0x2193),
    (0x2460, 0x2473),
    (0x3000, 0x301F),
    (0xFF01, 0xFFE5),
)


@cache
def font_file() -> Path:
    """The whole font, an OpenType file of 8 MB.

    Raises FileNotFoundError where the package is not installed.
    """
    try:
        path = Path(str(resources.files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"))
    except ModuleNotFoundError as error:
        raise FileNotFoundError("no font: pip install pylopdf-fonts-zh-cn") from error
    return path


def web_characters() -> str:
    """Those of GB2312 and of all places' names, and the Latin and signs of a news page."""
    codes = {code for first, last in _RANGES for code in range(first, last + 1)}
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    chinese = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)
    places = "".join(one.name for one in divisions.load().rows)
    return "".join(sorted({*chinese, *places, *map(chr, codes)}))


def ensure_web_font(static: Path = STATIC) -> Path:
    """The font for browsers, `static/fonts/NotoSansSC-subset.woff2`, made where it is missing.

    Making it takes a few seconds, once. It appears whole or not at all, so that two processes
    may start at the same time.
    """
    target = static / WEB_FONT
    if not target.is_file():
        data = _subset(web_characters())
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            file.write(data)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(target)
    return target


def subset_of(text: str) -> bytes:
    """The font with only the characters of `text`, as WOFF2: for a file that stands alone."""
    return _subset("".join(sorted({*text, *map(chr, range(0x20, 0x7F))})))


def _subset(characters: str) -> bytes:
    """The font with only `characters`, as WOFF2."""
    options = subset.Options(
        flavor="woff2", hinting=False, desubroutinize=True, notdef_outline=True
    )
    font = subset.load_font(str(font_file()), options, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "font.woff2"
        subset.save_font(font, str(path), options)
        return path.read_bytes()
