"""Colours that can be told apart, and numbers and dates as they are read."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from dashboard import theme
from dashboard.service import first
from dashboard.theme import contrast, luminance

ROOT = Path(__file__).parents[2]
CASES = yaml.safe_load((ROOT / "tests" / "cases" / "theme.yaml").read_text("utf-8"))
MODES = pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])

# Machado, Oliveira and Fernandes (2009), severity 1: how linear RGB looks to a reader.
SIGHT = {
    "all cones": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}
# Ottosson's OKLab, in which 0.02 is about the least difference seen side by side.
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
APART = 0.07


def seen(colour: str, sight: str) -> Any:
    """The colour in OKLab as a reader with that sight sees it."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return TO_LAB @ np.cbrt(TO_CONES @ np.clip(SIGHT[sight] @ linear, 0, 1))


def distance(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(seen(one, sight) - seen(other, sight)))


@pytest.mark.parametrize("sight", SIGHT)
@MODES
def test_groups_can_be_told_apart(colours: theme.Palette, sight: str) -> None:
    nearest = min(distance(*pair, sight) for pair in combinations(colours.groups, 2))
    assert nearest >= APART


@pytest.mark.parametrize("sight", SIGHT)
@MODES
def test_shades_run_one_way_and_are_steps(colours: theme.Palette, sight: str) -> None:
    light = [float(seen(one, sight)[0]) for one in colours.sequence]
    assert light == sorted(light, reverse=colours is theme.LIGHT)
    assert min(distance(*pair, sight) for pair in pairwise(colours.sequence)) >= APART


@pytest.mark.parametrize("sight", SIGHT)
@MODES
def test_both_sides_of_a_divergence_differ(colours: theme.Palette, sight: str) -> None:
    assert len(colours.divergence) == 7
    middle = colours.divergence[3]
    for near, far in (((2, 4), (1, 5)), ((1, 5), (0, 6))):
        for one, other in zip(near, far, strict=True):
            inner = distance(colours.divergence[one], middle, sight)
            assert distance(colours.divergence[other], middle, sight) > inner
    for one in range(3):
        opposite = distance(colours.divergence[one], colours.divergence[6 - one], sight)
        assert opposite >= APART


@MODES
def test_text_on_a_shade_can_be_read(colours: theme.Palette) -> None:
    for colour in (*colours.sequence, *colours.divergence):
        assert contrast(theme.ink_on(colour), colour) >= 4.5


def test_luminance_is_that_of_the_web() -> None:
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@MODES
def test_colours_stand_out_from_the_page(colours: theme.Palette) -> None:
    for colour in (colours.text, colours.muted):
        assert contrast(colour, colours.background) >= 4.5
        assert contrast(colour, colours.paper) >= 4.5
    for colour in (*colours.groups, colours.accent, colours.not_reported):
        assert contrast(colour, colours.background) >= 3


def test_the_screen_has_the_same_colours() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    for mode, colours in (("light", theme.LIGHT), ("dark", theme.DARK)):
        shown = config["theme"][mode]
        assert shown["backgroundColor"] == colours.background
        assert shown["textColor"] == colours.text
        assert shown["primaryColor"] == shown["linkColor"] == colours.accent
        assert shown["secondaryBackgroundColor"] == colours.paper
        assert shown["sidebar"]["backgroundColor"] == colours.paper
        assert shown["sidebar"]["secondaryBackgroundColor"] == colours.background
    assert theme.FONT in config["theme"]["font"]


@pytest.mark.parametrize("case", CASES["values"], ids=lambda case: case["shown"])
def test_value_as_it_is_read(case: dict[str, Any]) -> None:
    shown = theme.format_value(
        case["value"],
        case.get("unit"),
        case.get("language", "zh"),
        case.get("approximate", False),
        case.get("high"),
    )
    assert shown == case["shown"]


@pytest.mark.parametrize("case", CASES["dates"], ids=lambda case: case["iso"] + case["language"])
def test_date_as_it_is_read(case: dict[str, str]) -> None:
    assert theme.format_date(case["iso"], case["language"]) == case["shown"]


def test_no_style_makes_the_browser_look_through_the_page() -> None:
    """`:has()` is looked for in the whole page at every change of it."""
    styles = (ROOT / "dashboard" / "style.css").read_text("utf-8"), first._STYLE
    assert not any(re.search(r":has\([^)]", one) for one in styles)
