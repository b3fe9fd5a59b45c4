"""The font for browsers: made once, whole, with the characters that a Chinese page needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dashboard import fonts


@pytest.fixture(scope="module")
def web_font() -> Path:
    """The font of this checkout: making one takes ten seconds."""
    return fonts.ensure_web_font()


def test_it_has_the_characters_of_a_news_page(web_font: Path) -> None:
    known = set(TTFont(web_font).getBestCmap())
    wanted = "版面提案协商人民政协报一龟齄浉鄠，。、；：？！“”‘’《》（）【】—…·％￥℃①abcXYZ019éü"
    assert [one for one in wanted if ord(one) not in known] == []


def test_it_is_small_enough_to_send(web_font: Path) -> None:
    assert web_font.stat().st_size < 1_500_000
    assert web_font.suffix == ".woff2"


def test_it_is_made_only_once(web_font: Path) -> None:
    before = web_font.stat().st_mtime_ns
    assert fonts.ensure_web_font(web_font.parents[1]) == web_font
    assert web_font.stat().st_mtime_ns == before


def test_a_failure_leaves_no_half_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(characters: str) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr(fonts, "_subset", fail)
    with pytest.raises(OSError, match="disk full"):
        fonts.ensure_web_font(tmp_path)
    assert not (tmp_path / fonts.WEB_FONT).exists()
    assert list(tmp_path.rglob("*")) == []


def test_it_appears_whole_beside_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_subset", lambda characters: characters.encode())
    made = fonts.ensure_web_font(tmp_path)
    assert made.read_bytes() == fonts.web_characters().encode()
    assert list(made.parent.iterdir()) == [made]


def test_the_whole_font_is_in_the_package() -> None:
    assert fonts.font_file().stat().st_size > 5_000_000
