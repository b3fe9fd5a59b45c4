"""How the project looks: colours, type, spacing, number formats. Declared once, here.

The screen, the pictures that charts hand out, and the word clouds all take theirs from this
module. `.streamlit/config.toml` repeats `Palette.background`, `text` and `accent`, for it can
import nothing; a test compares them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard import language as words

FONT = "Noto Sans SC"
FONTS = f"{FONT}, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
# The type scale of pictures, in pixels; style.css has the same steps in rem.
SIZE_TITLE, SIZE_TEXT, SIZE_NOTE = 18, 14, 12
GAP = 12
# What a phone of 390 pixels leaves for a chart beside the page's own margins.
PHONE_WIDTH = 356


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode.

    `groups` follows GROUPS; `sequence` runs from little to much; `divergence` from one side over
    nothing to the other. `paper` lies under cards and filters, `rule` is the red line of a
    newspaper's head and never carries a meaning.
    """

    background: str
    paper: str
    text: str
    muted: str
    grid: str
    accent: str
    rule: str
    not_reported: str
    groups: tuple[str, ...]
    sequence: tuple[str, ...]
    divergence: tuple[str, ...]


# Found by a search for the largest distance that any two of them keep, for readers with all
# cones and for those without the red or the green ones, at a contrast of 3 to 1 with the page.
# tests/dashboard/test_theme.py measures both.
LIGHT = Palette(
    background="#fffefb",
    paper="#f6f3ec",
    text="#1d1b18",
    muted="#5f5a52",
    grid="#e6e1d7",
    accent="#185d91",
    rule="#b3261e",
    not_reported="#857f76",
    groups=("#185d91", "#c85a30", "#33a27b", "#920057", "#c68500", "#75797f"),
    sequence=("#cfe0ee", "#9fc3df", "#6a9fca", "#3576ab", "#124a75"),
    divergence=("#8a3a14", "#c77445", "#e8c3a6", "#ece8df", "#a9c9e2", "#4a8cbe", "#124a75"),
)
DARK = Palette(
    background="#15171b",
    paper="#1d2026",
    text="#ebe7df",
    muted="#a8a399",
    grid="#31353c",
    accent="#59a1eb",
    rule="#e4574c",
    not_reported="#8a8f97",
    groups=("#59a1eb", "#dc7533", "#50c390", "#cc4068", "#edd461", "#868d96"),
    sequence=("#203a54", "#2a5a85", "#3478b0", "#69ace3", "#b9dcf8"),
    divergence=("#f2b48a", "#cf7a48", "#7d4a2d", "#383c43", "#2a5a85", "#4a91cf", "#b0d6f6"),
)

# Seventeen colours cannot be told apart: types that are much the same work share one.
GROUPS: dict[str, tuple[str, ...]] = {
    "talks": ("meeting", "consultation", "lecture", "statement"),
    "fieldwork": ("inspection", "survey", "visit"),
    "oversight": ("supervision", "proposal"),
    "help": ("donation", "service", "training"),
    "results": ("award", "launch", "signing", "publication"),
    "work": ("work",),
}

# What a number is divided by, and the word that says so.
_SCALES = {
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
    "en": ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def palette(dark: bool) -> Palette:
    """The colours of the dark or the light mode."""
    return DARK if dark else LIGHT


def group_of(activity_type: str) -> str:
    """The group whose colour an activity type takes; `work` for a type not known here."""
    return next((name for name, types in GROUPS.items() if activity_type in types), "work")


def group_colour(group: str, dark: bool) -> str:
    """The colour of a group of activity types."""
    return palette(dark).groups[list(GROUPS).index(group)]


def luminance(colour: str) -> float:
    """How light a colour (#rrggbb) is, from 0 to 1, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """The colour in which text is read best on `colour`: the darkest or the lightest we have."""
    return max((LIGHT.text, LIGHT.background), key=lambda ink: contrast(ink, colour))


@cache
def template(dark: bool) -> dict[str, Any]:
    """The Plotly template of every chart: an own one, with a background of its own.

    Without a template of its own a figure turns black beside Streamlit; without a background a
    picture of the dark mode is unreadable on paper.
    """
    colours = palette(dark)
    axis = {
        "automargin": True,
        "ticklabeloverflow": "allow",
        "gridcolor": colours.grid,
        # A colour alone would have Plotly draw the line.
        "showline": False,
        "linecolor": colours.grid,
        "zerolinecolor": colours.grid,
        "tickfont": {"size": SIZE_NOTE},
        "title": {"standoff": GAP, "font": {"size": SIZE_NOTE}},
        "fixedrange": True,
    }
    layout = {
        "font": {"family": FONTS, "size": SIZE_TEXT, "color": colours.text},
        "paper_bgcolor": colours.background,
        "plot_bgcolor": colours.background,
        "colorway": list(colours.groups),
        "xaxis": axis,
        "yaxis": axis,
        "legend": {"orientation": "h", "font": {"size": SIZE_NOTE}},
        "hoverlabel": {
            "font": {"family": FONTS, "size": SIZE_NOTE, "color": colours.text},
            "bgcolor": colours.background,
            "bordercolor": colours.muted,
            "align": "left",
        },
        "bargap": 0.18,
        "barcornerradius": 2,
        "dragmode": False,
        "clickmode": "event",
    }
    return {"layout": layout}


def format_value(
    value: float | None,
    unit: str | None,
    language: str,
    approximate: bool = False,
    value_high: float | None = None,
) -> str:
    """A figure as it is read: 112.6亿元, 1.1万件, 60–80件, 约28%; nothing reported is said so.

    No digit is rounded away before the fourth behind the point. Both ends of a range are scaled
    alike, so that the unit stands once.
    """
    if value is None or math.isnan(value):
        return words.text(language, "charts.not_reported")
    ends = [value] if value_high is None or math.isnan(value_high) else [value, value_high]
    scale, word = _scale(max(map(abs, ends)), language)
    if min(map(abs, ends)) < scale / 1000:
        numbers = "–".join(_scaled(one, language) for one in ends)
    else:
        numbers = "–".join(_plain(one / scale, language) for one in ends) + word
    shown = numbers + _unit(unit, language)
    return words.text(language, "charts.about", value=shown) if approximate else shown


def format_number(value: float, language: str) -> str:
    """A number without unit: 1.1万, 320; 1.2 million, 11,000."""
    return _scaled(value, language)


def _scaled(value: float, language: str) -> str:
    scale, word = _scale(abs(value), language)
    return _plain(value / scale, language) + word


def _scale(size: float, language: str) -> tuple[float, str]:
    return next((one for one in _SCALES[language] if size >= one[0]), (1.0, ""))


def _plain(number: float, language: str) -> str:
    digits = f"{number:,.4f}" if language == "en" else f"{number:.4f}"
    return digits.rstrip("0").rstrip(".")


def _unit(unit: str | None, language: str) -> str:
    """The unit behind a number: as written, in English by its name where it has one."""
    if not unit:
        return ""
    key = f"unit.{unit}"
    known = words.text(language, key) if words.has(language, key) else unit
    return known if language == "zh" or known == "%" else f" {known}"


def unit_name(unit: str | None, language: str) -> str:
    """A unit on its own, as an axis or a title says it; nothing where none is written."""
    return _unit(unit, language).strip()


def format_date(iso: str, language: str) -> str:
    """An ISO date of any precision as it is read: 2023年12月28日, 28 Dec 2023, 2023年第4季度.

    Takes 2023-12-28, 2023-12, 2023-Q4, 2023-W52, 2023 and a/b; other text comes back as it is.
    """
    if "/" in iso:
        return " – ".join(format_date(part, language) for part in iso.split("/"))
    year, *rest = iso.split("-")
    if rest and not rest[0].isdigit():
        key = {"Q": "charts.quarter_of", "W": "charts.week_of"}.get(rest[0][:1])
        number = rest[0][1:].lstrip("0")
        return words.text(language, key, year=year, number=number) if key else iso
    if not all(part.isdigit() for part in (year, *rest)) or len(rest) > 2:
        return iso
    return _day(year, [int(part) for part in rest], language)


def _day(year: str, rest: list[int], language: str) -> str:
    """A year, and what there is of month and day."""
    if language == "en":
        month = [_MONTHS[rest[0] - 1]] if rest and 1 <= rest[0] <= 12 else []
        return " ".join([*map(str, rest[1:]), *month, year])
    return (
        year
        + "".join(f"{mark}{number}" for mark, number in zip(("年", "月"), rest, strict=False))
        + ("年", "月", "日")[len(rest)]
    )
