"""The map: tiles and outlines, their classes of colour, and what an owner's file may hold."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import boundaries, pictures, seats
from dashboard.charts import frame, outlines, points, steps, tiles
from dashboard.queries import regions

CAPTION = frame.Caption("各省的文章", ["单位：篇。"], "来源：示例")
SQUARE = [[0, 0], [0, 4], [4, 4], [4, 0], [0, 0]]
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]


def rows(**values: float | None) -> pd.DataFrame:
    codes = [one.removeprefix("p") for one in values]
    names = [regions.name_of(one) for one in codes]
    data = {"adcode": codes, "name": names, "short": names, "value": list(values.values())}
    return pd.DataFrame(data).astype({"value": "Float64"})


def test_every_province_has_a_tile_of_its_own() -> None:
    assert set(tiles.PLACES) == {one.adcode for one in regions.provinces()}
    assert len(set(tiles.PLACES.values())) == 34


def test_what_nobody_reports_looks_different_from_0() -> None:
    figure = tiles.tiles(rows(p140000=3, p410000=0, p460000=None), CAPTION, "zh", False, ())
    bars = {one.name: one for one in figure.data if one.type == "bar"}
    assert list(bars) == ["3", "0", "没有报道"]
    assert bars["没有报道"].marker.pattern.shape == "/"
    assert bars["0"].marker.pattern.shape is None
    texts = [one for trace in figure.data if trace.type == "scatter" for one in trace.text]
    assert texts == ["山西省<br>3", "河南省<br>0", "海南省<br>–"]


def test_a_tile_carries_its_code_for_the_click_and_a_chosen_one_a_frame() -> None:
    figure = tiles.tiles(rows(p140000=3, p410000=5), CAPTION, "zh", False, ["140000"])
    outline, *bars = (one for one in figure.data if one.type == "bar")
    assert (outline.x, outline.showlegend) == ([3], False)
    assert [code for one in bars for code in one.customdata] == ["140000", "410000"]


def test_markup_in_a_name_stays_text() -> None:
    some = rows(p140000=3).assign(short="<b>", name="<b>")
    text = tiles.tiles(some, CAPTION, "zh", False, ()).data[-1].text[0]
    assert text.startswith("&lt;b&gt;<br>")


@given(st.lists(st.integers(0, 10**7), max_size=60))
def test_classes_rise_and_hold_every_value(values: list[int]) -> None:
    starts = steps.limits(values)
    assert len(starts) <= steps.MOST_STEPS
    assert starts == sorted(set(starts))
    assert all(starts[0] <= one for one in values if one > 0)
    ends = [*starts[1:], float("inf")]
    for start, after in zip(starts, ends[: len(starts)], strict=True):
        assert any(start <= one < after for one in values)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_numbers_are_readable_on_every_tile(dark: bool, language: str) -> None:
    _, classes = steps.steps([1, 2, 3, 4, 5], language, dark)
    for one in (*classes, steps.none(language, dark), steps.unreported(language, dark)):
        assert steps.contrast(one.colour, one.ink) >= 4.5, one


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_map_comes_as_a_picture(kind: Any) -> None:
    figure = tiles.tiles(rows(p140000=3, p460000=None), CAPTION, "zh", False, ["140000"])
    empty = tiles.tiles(rows(p140000=3), CAPTION, "zh", False, ())
    assert pictures.picture(figure, kind) != pictures.picture(empty, kind)


def feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def written(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "own.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), "utf-8")
    return path


@pytest.mark.parametrize("turned", [False, True])
def test_rings_are_wound_so_that_holes_stay_empty(tmp_path: Path, turned: bool) -> None:
    outer, hole = (ring[::-1] if turned else ring for ring in (SQUARE, HOLE))
    polygon = {"type": "Polygon", "coordinates": [outer, hole]}
    (area,) = boundaries.load(written(tmp_path, feature(polygon, adcode=140000)))
    signs = [boundaries._area(ring) < 0 for ring in area.rings]
    assert signs == [True, False]
    assert area.middle() == pytest.approx((2, 2))


@pytest.mark.parametrize(
    ("properties", "adcode"),
    [
        ({"adcode": 140000}, "140000"),
        ({"gb": "156140000"}, "140000"),
        ({"code": "140100"}, "140100"),
        ({"name": "内蒙古自治区"}, "150000"),
        ({"name": "北京"}, "110000"),
        ({"name": "境界线", "gb": ""}, None),
        ({"adcode": "999999"}, None),
    ],
)
def test_a_feature_is_known_by_its_code_or_name(
    properties: dict[str, Any], adcode: str | None
) -> None:
    assert boundaries.adcode_of({"properties": properties}) == adcode


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": [{"geometry": {}}]}', "\x00"])
def test_a_file_that_is_no_geojson_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.geojson"
    path.write_text(text, "utf-8")
    with pytest.raises(boundaries.BoundariesError, match=r"own\.geojson"):
        boundaries.load(path)
    with pytest.raises(boundaries.BoundariesError, match="gone"):
        boundaries.load(tmp_path / "gone")


def test_a_file_without_a_division_is_told(tmp_path: Path) -> None:
    polygon = {"type": "Polygon", "coordinates": [SQUARE]}
    with pytest.raises(boundaries.BoundariesError, match="code or name"):
        boundaries.load(written(tmp_path, feature(polygon, name="Atlantis")))


def test_outlines_draw_areas_lines_and_points_and_make_a_picture(tmp_path: Path) -> None:
    line = feature({"type": "LineString", "coordinates": [[0, 5], [4, 5]]}, name="境界线")
    polygon = feature({"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE]]}, adcode="140000")
    areas = boundaries.load(written(tmp_path, polygon, line))
    some = rows(p140000=3, p460000=None)
    figure = outlines.outlines(some, areas, CAPTION, "zh", False, ["140000"])
    fills = [one for one in figure.data if one.fill == "toself"]
    assert len(fills) == 1
    assert None in fills[0].x
    assert figure.data[-1].customdata == ["140000"]
    assert pictures.picture(figure, "png").startswith(b"\x89PNG")


PLACES = {"140100": (112.6, 37.9), "140200": (113.3, 40.1), "140300": (113.6, 37.9)}


def pointed(*chosen: str, sized: bool = True, **values: float | None) -> Any:
    return points.points(rows(**values), PLACES, CAPTION, "zh", False, chosen, sized=sized)


def test_every_city_of_today_lies_somewhere_in_china() -> None:
    places = seats.load()
    cities = [one for area in regions.provinces() for one in regions.cities_in(area.adcode)]
    missing = [one.name for one in cities if one.adcode not in places]
    # GeoNames does not know the youngest cities of Xinjiang.
    assert {one.adcode[:2] for one in cities if one.adcode not in places} == {"65"}, missing
    assert len(missing) < 10
    assert set(places) <= {one.adcode for one in cities}
    assert all(73 < x < 136 and 15 < y < 54 for x, y in places.values())
    assert len(set(places.values())) == len(places)


def test_a_points_area_is_as_its_number() -> None:
    figure = pointed(p140100=100, p140200=25, p140300=None)
    size = {code: size for one in figure.data for code, size in zip(
        one.customdata, one.marker.size, strict=True
    )}  # fmt: skip
    assert size["140100"] / size["140200"] == pytest.approx(2)
    assert size["140300"] < size["140200"]


def test_a_measure_is_told_by_colour_alone() -> None:
    figure = pointed(sized=False, p140100=100, p140200=25)
    assert len({size for one in figure.data for size in one.marker.size}) == 1
    assert len({one.marker.color for one in figure.data}) == 2


def test_a_city_without_a_report_is_a_ring_and_named_so() -> None:
    figure = pointed(p140100=3, p140200=0, p140300=None)
    symbols = {one.name: one.marker.symbol for one in figure.data}
    assert symbols == {"3": "circle", "0": "circle", "没有报道": "circle-open"}
    assert [one.name for one in frame.keys_of(figure)] == ["3", "0", "没有报道"]
    assert [text for one in figure.data for text in one.text] == ["太原市", "大同市", ""]


def test_of_two_names_in_one_place_the_one_with_more_is_written() -> None:
    places = {"140100": (112.6, 37.9), "140200": (112.62, 37.9), "140300": (116.0, 38.0)}
    some = rows(p140100=3, p140200=5, p140300=1)
    figure = points.points(some, places, CAPTION, "zh", False, (), sized=True)
    assert sorted(text for one in figure.data for text in one.text if text) == ["大同市", "阳泉市"]


def test_a_chosen_city_has_a_rim_and_the_points_make_a_picture() -> None:
    plain, rimmed = pointed(p140100=3, p140300=None), pointed("140100", p140100=3, p140300=None)
    assert rimmed.data[-1].showlegend is False
    assert rimmed.data[-1].x == [112.6]
    assert pictures.picture(plain, "png") != pictures.picture(rimmed, "png")


def test_no_city_at_all_makes_an_empty_map() -> None:
    assert len(points.points(rows(), {}, CAPTION, "zh", False, (), sized=True).data) == 0
