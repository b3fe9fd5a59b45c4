"""Numbers in a few classes of colour: from little to much, none, and nothing reported."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.language import text

MOST_STEPS = 5
# Of pure black and white one always has a contrast of 4.5 and more.
BLACK, WHITE = "#000000", "#ffffff"


@dataclass(frozen=True, slots=True)
class Step:
    """A class of numbers, its name in a legend, its colours; `hatch` where none is known."""

    name: str
    colour: str
    ink: str
    hatch: str | None = None

    @property
    def pattern(self) -> dict[str, object]:
        """Plotly's pattern of the hatching; empty where there is none."""
        look: dict[str, object] = {"shape": "/", "fgcolor": self.hatch, "size": 7, "solidity": 0.2}
        return look if self.hatch else {}


def limits(values: Sequence[float]) -> list[float]:
    """Where each class of the positive values begins, at most MOST_STEPS, the first at the least.

    The classes hold about equally many values; their limits are round numbers where a round one
    parts the values alike.
    """
    known = sorted({one for one in values if one > 0})
    if len(known) <= MOST_STEPS:
        return list(known)
    every = sorted(one for one in values if one > 0)
    cuts = [every[len(every) * number // MOST_STEPS] for number in range(1, MOST_STEPS)]
    found = [known[0]]
    for cut in cuts:
        below = max((one for one in known if one < cut), default=0.0)
        if (start := _rounded(below, cut)) > found[-1]:
            found.append(start)
    return found


def _rounded(below: float, cut: float) -> float:
    """The roundest number above `below` and up to `cut`."""
    for digit in range(math.ceil(math.log10(cut)) if cut > 1 else 0, -1, -1):
        for size in (5 * 10**digit, 2 * 10**digit, 10**digit):
            if (start := cut // size * size) > below:
                return float(start)
    return cut


def steps(values: Sequence[float], language: str, dark: bool) -> tuple[list[float], list[Step]]:
    """The limits of `values` and their classes, from little to much."""
    starts = limits(values)
    colours = theme.palette(dark).sequence
    # Few classes take the ends of the sequence, so that they differ as much as they can.
    chosen = [
        colours[round(number * (len(colours) - 1) / max(len(starts) - 1, 1))]
        for number in range(len(starts))
    ]
    most = max(values, default=0)
    found = []
    for number, (start, colour) in enumerate(zip(starts, chosen, strict=True)):
        last = number == len(starts) - 1
        end = most if last else max(one for one in values if one < starts[number + 1])
        ends = [theme.format_number(one, language) for one in (start, max(start, end))]
        name = "–".join(dict.fromkeys(ends))
        found.append(Step(name, colour, ink_on(colour)))
    return starts, found


def none(language: str, dark: bool) -> Step:
    """The class of 0: articles there are, but nothing of this in them."""
    colours = theme.palette(dark)
    return Step(text(language, "map.zero"), colours.grid, ink_on(colours.grid))


def unreported(language: str, dark: bool) -> Step:
    """The class of what nobody reported, which is not 0."""
    colours = theme.palette(dark)
    name = text(language, "map.unreported")
    return Step(name, colours.background, colours.muted, hatch=colours.grid)


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on `colour` (#rrggbb)."""
    return max(BLACK, WHITE, key=lambda ink: contrast(colour, ink))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
