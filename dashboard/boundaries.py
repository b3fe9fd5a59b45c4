"""The polygons of a GeoJSON file that the owner of the dashboard has placed.

Borders are disputed and maps need approval in China, so none are shipped: BANMIAN_BOUNDARIES
names a file that the owner may publish. A feature is known by its code (`adcode`, `gb`, `code`,
`id`; 140000 or 156140000) or by its name; one that names no division is drawn as a line only.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import divisions

VARIABLE = "BANMIAN_BOUNDARIES"
CODES = ("adcode", "gb", "code", "id")
# GB/T 2260 behind the country's own number.
COUNTRY = "156"
# Degrees that a screen cannot tell apart; finer points only cost time.
FINEST = 0.03

Point = tuple[float, float]
Ring = tuple[Point, ...]


class BoundariesError(ValueError):
    """The file cannot be drawn; the message says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area's rings in degrees: outer ones clockwise, holes against it; `adcode` may be None.

    Outlines that enclose nothing, such as a border line, are `lines`.
    """

    adcode: str | None
    rings: tuple[Ring, ...] = ()
    lines: tuple[Ring, ...] = ()

    def middle(self) -> Point:
        """A point for a label: the centre of mass of the largest ring."""
        return _centre(max(self.rings, key=lambda ring: abs(_area(ring))))


def path() -> Path | None:
    """The file that the owner has named, or None."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def load(file: Path) -> tuple[Area, ...]:
    """The areas of a file, read once for each state of it.

    Raises BoundariesError where it cannot be read or holds no division that we know.
    """
    try:
        changed = file.stat().st_mtime_ns
    except OSError as error:
        raise BoundariesError(f"{file}: {error.strerror}") from error
    return _load(file, changed)


@functools.lru_cache(maxsize=2)
def _load(file: Path, changed: int) -> tuple[Area, ...]:
    try:
        features = json.loads(file.read_text("utf-8-sig"))["features"]
        areas = tuple(_read(one) for one in features if one.get("geometry"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BoundariesError(f"{file}: not a GeoJSON FeatureCollection ({error})") from error
    if not any(one.adcode for one in areas):
        raise BoundariesError(f"{file}: no feature has a division's code or name")
    return areas


def _read(feature: dict[str, Any]) -> Area:
    geometry = feature["geometry"]
    kind, points = geometry["type"], geometry["coordinates"]
    if kind in ("LineString", "MultiLineString"):
        lines = [points] if kind == "LineString" else points
        return Area(None, lines=tuple(_thinned(one) for one in lines))
    if kind not in ("Polygon", "MultiPolygon"):
        return Area(None)
    rings = tuple(_rings([points] if kind == "Polygon" else points))
    code = adcode_of(feature)
    return Area(code, rings=rings) if code else Area(None, lines=rings)


def adcode_of(feature: dict[str, Any]) -> str | None:
    """The division's code that a feature has or whose name it has, or None."""
    properties = {"id": feature.get("id")} | (feature.get("properties") or {})
    for name in CODES:
        code = str(properties.get(name) or "")
        code = code.removeprefix(COUNTRY)[:6] if len(code) == 9 else code
        if len(code) == 6 and divisions.load().get(code):
            return code
    named = divisions.load().named(str(properties.get("name") or ""))
    levels = {"province": 0, "city": 1}
    found = sorted((one for one in named if one.level in levels), key=lambda one: levels[one.level])
    return found[0].adcode if found else None


def _rings(polygons: list[list[list[list[float]]]]) -> Iterator[Ring]:
    """The rings of polygons, wound so that holes stay empty whichever way the file has them."""
    for polygon in polygons:
        for number, points in enumerate(polygon):
            ring = _thinned(points)
            if len(ring) < 3:
                continue
            is_clockwise = _area(ring) < 0
            yield ring if is_clockwise == (number == 0) else tuple(reversed(ring))


def _thinned(points: list[list[float]]) -> Ring:
    """The points that lie apart from the one before, the first and the last whatever happens."""
    found = [(float(points[0][0]), float(points[0][1]))]
    for one in points[1:-1]:
        x, y = float(one[0]), float(one[1])
        if abs(x - found[-1][0]) + abs(y - found[-1][1]) >= FINEST:
            found.append((x, y))
    last = (float(points[-1][0]), float(points[-1][1]))
    return (*found, last)


def _area(ring: Ring) -> float:
    """Twice the signed area: positive where the ring runs against the clock."""
    following = (*ring[1:], ring[0])
    return sum(
        x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, following, strict=True)
    )


def _centre(ring: Ring) -> Point:
    following = (*ring[1:], ring[0])
    weights = [
        (x * next_y - next_x * y, x + next_x, y + next_y)
        for (x, y), (next_x, next_y) in zip(ring, following, strict=True)
    ]
    whole = sum(weight for weight, _, _ in weights)
    if not whole:
        return ring[0]
    return (
        sum(weight * x for weight, x, _ in weights) / (3 * whole),
        sum(weight * y for weight, _, y in weights) / (3 * whole),
    )
