"""Where each city lies: the seat of its government in degrees, from data/reference."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

POINTS = Path(__file__).parents[1] / "data" / "reference" / "city_points.csv"


@cache
def load() -> dict[str, tuple[float, float]]:
    """adcode → degrees east and north (WGS 84), of every city that GeoNames knows."""
    with POINTS.open(encoding="utf-8", newline="") as file:
        return {
            row["adcode"]: (float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
        }
