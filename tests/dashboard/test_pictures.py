"""Charts as pictures that need no browser and no font of the machine."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from dashboard import pictures
from dashboard.charts import activities, cities, plain, ranking, words
from dashboard.queries import open_tables
from dashboard.selection import Selection
from etl import store
from tests import newsroom

ALL = Selection()
SOURCE = "来源：版面 $1 <b>"


@pytest.fixture(scope="module")
def charts(tables_folder: Path) -> dict[str, Callable[[bool], plain.Figure]]:
    tables = open_tables(store.resolve(tables_folder))
    month = tables.activity_counts(ALL, "month")
    nothing = tables.activity_counts(Selection(start="1990-01-01", end="1990-01-02"), "month")
    types = tables.activity_counts(ALL, "type")
    measure = tables.measures(ALL)["measure_id"][0]
    figures = tables.city_figures(Selection(provinces=(newsroom.SHANXI,)), measure)
    found = tables.words(ALL, None, True, 20)
    return {
        "time": lambda dark: activities.activities_over_time(month, "zh", SOURCE, dark),
        "nothing": lambda dark: activities.activities_over_time(nothing, "zh", SOURCE, dark),
        "types": lambda dark: ranking.activities_by(types, "type", "zh", SOURCE, dark),
        "cities": lambda dark: cities.city_dots(figures, "zh", SOURCE, dark),
        "words": lambda dark: words.word_bars(found, "zh", SOURCE, dark),
    }


NAMES = ("time", "nothing", "types", "cities", "words")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_each_chart_is_drawn_at_its_size_with_its_colours(
    charts: dict[str, Callable[[bool], plain.Figure]], name: str, dark: bool
) -> None:
    figure = charts[name](dark)
    with Image.open(io.BytesIO(pictures.picture(figure, "png"))) as image:
        assert image.size == (1920, figure.layout.height * 2)
        colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24)}
    assert _rgb(figure.layout.template.layout.paper_bgcolor) in colours
    assert _rgb(figure.layout.template.layout.font.color) in colours
    if name in ("cities", "words"):
        assert _rgb(figure.data[0].marker.color) in colours


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


@pytest.mark.parametrize("kind", ["png", "svg"])
@pytest.mark.parametrize("name", NAMES)
def test_equal_figures_give_equal_pictures(
    charts: dict[str, Callable[[bool], plain.Figure]], name: str, kind: pictures.Kind
) -> None:
    draw = charts[name]
    assert pictures.picture(draw(False), kind) == pictures.picture(draw(False), kind)


def test_chinese_is_letters_and_not_boxes(
    charts: dict[str, Callable[[bool], plain.Figure]],
) -> None:
    """Boxes would all look alike."""
    shapes = set()
    for name in ("太", "原", "政"):
        figure = charts["cities"](False)
        figure.update_layout(title={"text": f"<b>{name}</b>"})
        with Image.open(io.BytesIO(pictures.picture(figure, "png"))) as image:
            shapes.add(image.crop((0, 0, 120, 120)).tobytes())
    assert len(shapes) == 3


def test_svg_holds_its_letters_and_refers_to_nothing_outside(
    charts: dict[str, Callable[[bool], plain.Figure]],
) -> None:
    drawn = pictures.picture(charts["cities"](False), "svg").decode()
    assert "<text" not in drawn
    links = set(re.findall(r'href="([^"]+)"', drawn))
    assert all(link.startswith("#") for link in links)
    assert "太原市" in drawn
