"""Clouds can be compared: one scale, one place and one colour for a word; and hide nothing."""

from __future__ import annotations

import io
import time
import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pandas as pd
import pytest
from PIL import Image

from dashboard import clouds, pictures, theme
from dashboard.charts import words as charts

LETTERS = "提案协商调研监督种业教育医疗企业"


def weights(**shares: float) -> pd.DataFrame:
    return pd.DataFrame({"word": list(shares), "share": list(shares.values())})


def many(count: int, step: int = 1) -> pd.DataFrame:
    pairs = [a + b for a in LETTERS for b in LETTERS][: count * step : step]
    return pd.DataFrame({"word": pairs, "share": [300 / (n + 4) for n in range(len(pairs))]})


NORTH = weights(提案=90, 协商=40, 调研=25, 种业=1)
SOUTH = weights(提案=30, 协商=60, 茶叶=25)


def box(one: clouds.Drawn) -> tuple[float, float, float, float]:
    across, up = clouds.width_of(one.word, one.size) / 2, one.size / 2
    return one.x - across, one.y - up, one.x + across, one.y + up


def test_a_word_has_one_place_and_one_colour_in_all_clouds() -> None:
    found = clouds.layout([NORTH, SOUTH])
    north, south = ({one.word: one for one in clouds.drawn(found, rows)} for rows in (NORTH, SOUTH))
    assert set(north) & set(south) == {"提案", "协商"}
    for word in ("提案", "协商"):
        assert (north[word].x, north[word].y) == (south[word].x, south[word].y)
    assert set(south) == {"提案", "协商", "茶叶"}


def test_equal_shares_have_equal_letters_and_areas_follow_shares() -> None:
    found = clouds.layout([NORTH, SOUTH])
    north, south = (
        {one.word: one.size for one in clouds.drawn(found, rows)} for rows in (NORTH, SOUTH)
    )
    assert north["调研"] == south["茶叶"]
    assert (north["提案"] / south["提案"]) ** 2 == pytest.approx(3)
    assert (south["协商"] / north["协商"]) ** 2 == pytest.approx(1.5)


def test_the_smallest_can_still_be_read() -> None:
    found = clouds.drawn(clouds.layout([NORTH]), NORTH)
    assert min(one.size for one in found) == clouds.LEAST_SIZE


@pytest.mark.parametrize("shape", clouds.SHAPES)
def test_all_words_stand_apart_and_within_the_picture(shape: str) -> None:
    regions = [many(120), many(70, 2)]
    found = clouds.layout(regions, shape)
    assert {one.word for one in found.slots} == {*regions[0]["word"], *regions[1]["word"]}
    boxes = [box(one) for one in clouds.drawn(found, regions[0])]
    for left, top, right, bottom in boxes:
        assert left >= 0 and top >= 0 and right <= clouds.WIDTH and bottom <= clouds.HEIGHT
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_an_ellipse_leaves_the_corners_free() -> None:
    for one in clouds.layout([many(100)], "ellipse").slots:
        across, up = one.x / clouds.WIDTH * 2 - 1, one.y / clouds.HEIGHT * 2 - 1
        assert across**2 + up**2 <= 1


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = many(40)
    assert clouds.layout([rows]) == clouds.layout([rows.iloc[::-1]])


def test_a_word_of_two_parts_of_speech_is_one_word() -> None:
    twice = pd.concat([weights(提案=50), weights(提案=40, 协商=40, 调研=25, 种业=1)])
    assert clouds.layout([twice]) == clouds.layout([NORTH])


def test_without_words_there_is_nothing() -> None:
    found = clouds.layout([NORTH[:0]])
    assert clouds.drawn(found, NORTH[:0]) == []
    assert "<text" not in clouds.svg([], False, {}, "")


def test_text_in_a_cloud_is_escaped_and_found_again() -> None:
    rows = weights(**{'<b>"&': 5})
    words = clouds.drawn(clouds.layout([rows]), rows)
    root = ElementTree.fromstring(clouds.svg(words, False, {'<b>"&': "<i>"}, "<alt>"))
    (text,) = root.iter("{http://www.w3.org/2000/svg}text")
    assert text.get("data-word") == '<b>"&'
    assert text.findtext("{http://www.w3.org/2000/svg}title") == "<i>"
    assert root.get("aria-label") == "<alt>"


def draw(words: list[clouds.Drawn], dark: bool = False) -> Image.Image:
    figure = charts.cloud(words, "词云", ["单位：每万词"], "来源：测试", dark)
    data = pictures.picture(figure, "png", scale=2)
    return Image.open(io.BytesIO(data)).convert("RGB")


def glyph(character: str) -> bytes:
    """The pixels of one character as a picture draws it, without its colour."""
    word = clouds.Drawn(character, clouds.WIDTH / 2, clouds.HEIGHT / 2, 120, 1)
    image = draw([word]).convert("L").point(lambda shade: 255 * (shade < 200))
    middle = image.width // 2
    cut = image.crop((middle - 160, image.height // 2 - 160, middle + 160, image.height // 2 + 160))
    return cut.crop(cut.getbbox()).resize((48, 48)).tobytes()


def differing(one: bytes, other: bytes) -> float:
    return sum(abs(a - b) > 100 for a, b in zip(one, other, strict=True)) / len(one)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_chinese_characters_are_drawn_and_no_boxes() -> None:
    # U+E000 is for private use: no font has it, and what is drawn for it is the box.
    missing = glyph("\ue000")
    shapes = {one: glyph(one) for one in "提案种业"}
    assert min(differing(one, missing) for one in shapes.values()) > 0.15
    assert min(differing(a, b) for a, b in combinations(shapes.values(), 2)) > 0.15


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_each_word_stands_in_the_picture_in_its_colour(dark: bool) -> None:
    words = clouds.drawn(clouds.layout([NORTH]), NORTH)
    image = draw(words, dark)
    top = (image.height - clouds.HEIGHT * 2) // 2
    for one in words:
        left, upper, right, lower = (round(edge * 2) for edge in box(one))
        shift = charts.cloud(words, "词云", ["单位：每万词"], "", dark).layout.margin
        where = (left + shift.l * 2, upper + shift.t * 2, right + shift.l * 2, lower + shift.t * 2)
        colours = {colour for _, colour in image.crop(where).getcolors(1 << 20)}
        assert tuple(bytes.fromhex(clouds.colour_of(one.word, dark)[1:])) in colours
    assert top > 0
    assert image.getpixel((0, 0)) == tuple(bytes.fromhex(theme.palette(dark).background[1:]))


def test_150_words_take_no_time_that_a_reader_notices() -> None:
    clouds.layout([many(3)])
    start = time.process_time()
    clouds.layout([many(120)])
    # Measured 0.2 s; many times that leaves room for a busy machine.
    assert time.process_time() - start < 2
