"""A word cloud is the same for the same words, shows Chinese on any machine, and hides nothing."""

from __future__ import annotations

import io
import time
import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pandas as pd
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib.path import parse_path
from PIL import Image, ImageChops

from dashboard import clouds, theme

SIZE = (300, 200)
SVG = "{http://www.w3.org/2000/svg}"


def weights(**counts: int) -> pd.DataFrame:
    return pd.DataFrame({"word": list(counts), "count": list(counts.values())})


WORDS = weights(提案=9, 协商=7, 调研=5, 监督=3, 种业=1)


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def ink(png: bytes, background: str) -> tuple[int, int, int, int] | None:
    """The box around what is drawn, or None where nothing is."""
    image = picture(png)
    return ImageChops.difference(image, Image.new("RGB", image.size, background)).getbbox()


def glyph(character: str) -> bytes:
    """The pixels of one character as the cloud draws it, without its colour."""
    png = clouds.cloud_png(weights(**{character: 1}), SIZE)
    image = picture(png).convert("L").point(lambda shade: 255 * (shade < 200))
    return image.crop(image.getbbox()).resize((48, 48)).tobytes()


def differing(one: bytes, other: bytes) -> float:
    return sum(abs(a - b) > 100 for a, b in zip(one, other, strict=True)) / len(one)


def test_chinese_characters_are_drawn_and_no_boxes() -> None:
    # U+E000 is for private use: no font has it, and what is drawn for it is the box.
    box = glyph("\ue000")
    drawn = {one: glyph(one) for one in "提案种业"}
    assert min(differing(one, box) for one in drawn.values()) > 0.15
    assert min(differing(a, b) for a, b in combinations(drawn.values(), 2)) > 0.15


def test_same_words_in_any_order_give_the_same_bytes() -> None:
    shuffled = WORDS.iloc[::-1]
    assert clouds.cloud_png(WORDS, SIZE) == clouds.cloud_png(shuffled, SIZE)
    assert clouds.cloud_svg(WORDS, SIZE) == clouds.cloud_svg(shuffled, SIZE)


def test_a_word_of_two_parts_of_speech_is_one_word() -> None:
    twice = pd.concat([weights(提案=4), weights(提案=5), weights(协商=7, 调研=5, 监督=3, 种业=1)])
    assert clouds.cloud_png(twice, SIZE) == clouds.cloud_png(WORDS, SIZE)


def test_a_more_frequent_word_is_larger() -> None:
    sizes = {one.text: one.size for one in clouds._cloud(WORDS, SIZE, dark=False)}
    assert sizes["提案"] > sizes["监督"] > sizes["种业"]


def test_words_stand_apart_and_within_the_picture() -> None:
    boxes = []
    for one in clouds._cloud(WORDS, SIZE, dark=False):
        left, top, right, bottom = clouds._font(int(one.size)).getbbox(one.text, anchor="ls")
        boxes.append((one.x + left, one.y + top, one.x + right, one.y + bottom))
    for box in boxes:
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= SIZE[0] and box[3] <= SIZE[1]
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_svg_needs_no_font() -> None:
    root = ElementTree.fromstring(clouds.cloud_svg(WORDS, SIZE))
    assert list(root.iter(f"{SVG}text")) == []
    shapes = list(root.iter(f"{SVG}path"))
    assert {shape.findtext(f"{SVG}title") for shape in shapes} == set(WORDS["word"])
    outlines = [shape.get("d") or "" for shape in shapes]
    assert min(map(len, outlines)) > 100
    assert len(set(outlines)) == len(outlines)


def test_svg_and_png_agree_on_where_words_stand() -> None:
    root = ElementTree.fromstring(clouds.cloud_svg(weights(提=1), SIZE))
    (shape,) = root.iter(f"{SVG}path")
    pen = BoundsPen(None)
    parse_path(shape.get("d"), pen)
    outline = [edge * clouds.SCALE for edge in pen.bounds]
    drawn = ink(clouds.cloud_png(weights(提=1), SIZE), theme.LIGHT.background)
    assert drawn == pytest.approx(outline, abs=3)


def test_text_in_an_svg_is_escaped() -> None:
    svg = clouds.cloud_svg(weights(**{"<b>": 1}), SIZE, title="A&B <script>")
    assert ElementTree.fromstring(svg).findtext(f"{SVG}title") == "A&B <script>"


def test_title_and_source_make_the_picture_higher() -> None:
    plain = picture(clouds.cloud_png(WORDS, SIZE))
    named = picture(clouds.cloud_png(WORDS, SIZE, title="常用词", source="来源：测试"))
    assert plain.size == (SIZE[0] * clouds.SCALE, SIZE[1] * clouds.SCALE)
    assert named.width == plain.width
    assert named.height > plain.height + 60


def test_a_long_source_is_wrapped_and_not_cut() -> None:
    short = picture(clouds.cloud_png(WORDS, SIZE, source="来源：测试"))
    long = picture(clouds.cloud_png(WORDS, SIZE, source="来源：测试" * 20))
    assert long.height > short.height


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_background_is_the_pages(dark: bool) -> None:
    colours = theme.palette(dark)
    corner = picture(clouds.cloud_png(WORDS, SIZE, dark)).getpixel((0, 0))
    assert "#{:02x}{:02x}{:02x}".format(*corner) == colours.background
    assert colours.background in clouds.cloud_svg(WORDS, SIZE, dark)


def test_without_words_there_is_a_bare_picture() -> None:
    assert ink(clouds.cloud_png(WORDS[:0], SIZE), theme.LIGHT.background) is None
    assert "<path" not in clouds.cloud_svg(WORDS[:0], SIZE)


def test_a_word_has_one_colour_in_every_cloud() -> None:
    few = {one.text: one.colour for one in clouds._cloud(WORDS[:2], SIZE, dark=False)}
    many = {one.text: one.colour for one in clouds._cloud(WORDS, SIZE, dark=False)}
    assert few.items() <= many.items()


def test_150_words_take_no_time_that_a_reader_notices() -> None:
    letters = "提案协商调研监督种业教育医疗企业"
    pairs = [a + b for a in letters for b in letters][:150]
    words = pd.DataFrame({"word": pairs, "count": [3000 // (n + 4) for n in range(len(pairs))]})
    clouds.cloud_png(words[:3], SIZE)
    start = time.perf_counter()
    clouds.cloud_png(words, (900, 560))
    # Measured 0.6 s; five times that leaves room for a busy machine.
    assert time.perf_counter() - start < 3
