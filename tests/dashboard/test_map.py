"""The map: tiles and outlines, their classes of colour, and what an owner's file may hold."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import boundaries, pictures
from dashboard.charts import frame, outlines, steps, tiles
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
    assert (outline.x, outline.showlegend) == ((3,), False)
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
    assert figure.data[-1].customdata == ("140000",)
    assert pictures.picture(figure, "png").startswith(b"\x89PNG")
