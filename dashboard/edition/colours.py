"""One drawing for the light and the dark mode: colours become classes that the style sheet fills.

A chart is drawn in both modes; where the two differ by their colours only, each pair of colours
gets a class. No style stands in the page, so that the content policy can forbid it.
"""

from __future__ import annotations

import re
import zlib

from dashboard import theme
from dashboard.charts.steps import ink_on

_COLOUR = re.compile(r' (fill|stroke)="(#[0-9a-fA-F]{6})"')


_VARIABLES = ("background", "paper", "text", "muted", "grid", "accent", "rule", "not_reported")


def variables(palette: theme.Palette) -> dict[str, str]:
    """A mode's colours by the names of the style sheet's variables.

    `ink-2` is the colour of letters on `sequence-2`.
    """
    named = {one.replace("_", "-"): str(getattr(palette, one)) for one in _VARIABLES}
    named |= {f"group-{at}": one for at, one in enumerate(palette.groups)}
    named |= {f"sequence-{at}": one for at, one in enumerate(palette.sequence)}
    return named | {f"ink-{at}": ink_on(one) for at, one in enumerate(palette.sequence)}


class UnlikeModesError(ValueError):
    """A figure is not the same drawing in both modes."""


def merged(light: str, dark: str, pairs: set[tuple[str, str]]) -> str:
    """A drawing whose colours are classes; the pairs (light, dark) that it needs join `pairs`.

    Raises UnlikeModesError where the two differ by more than their colours.
    """
    here, there = _COLOUR.split(light), _COLOUR.split(dark)
    if here[0::3] != there[0::3] or here[1::3] != there[1::3]:
        raise UnlikeModesError(f"the modes differ in {light[:120]}")
    parts, names = here[0::3], here[1::3]
    told = []
    for name, one, other in zip(names, here[2::3], there[2::3], strict=True):
        pairs.add((one, other))
        told.append(f" {name}={class_of(one, other)}")
    woven = [parts[0]]
    for mark, part in zip(told, parts[1:], strict=True):
        woven += [mark, part]
    return _as_classes("".join(woven))


def class_of(light: str, dark: str) -> str:
    """The name of a pair of colours: the same in every page, whoever comes first."""
    return f"{zlib.crc32(f'{light}{dark}'.encode()):08x}"


_SLOT = re.compile(r" (fill|stroke)=([0-9a-f]{8})(?=[ />])")


def _as_classes(drawing: str) -> str:
    """` fill=0123abcd stroke=…` of a tag as one class attribute."""

    def one(tag: re.Match[str]) -> str:
        found = _SLOT.findall(tag[0])
        if not found:
            return tag[0]
        names = " ".join(f"{name[0]}{key}" for name, key in found)
        bare = _SLOT.sub("", tag[0])
        end = "/>" if bare.endswith("/>") else ">"
        return f'{bare.removesuffix(end)} class="{names}"{end}'

    return re.sub(r"<[a-z][^<>]*>", one, drawing)


def style(pairs: set[tuple[str, str]]) -> str:
    """The rules of all pairs: light, dark where the reader's device is, light again on paper."""
    ordered = sorted(pairs)
    light = "".join(_rule(one, other, one) for one, other in ordered)
    dark = "".join(_rule(one, other, other) for one, other in ordered if one != other)
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{{dark}}}\n"


def _rule(light: str, dark: str, shown: str) -> str:
    """What a mark (f, s), a legend (c) and a list (b) take of a pair."""
    name = class_of(light, dark)
    return (
        f".f{name}{{fill:{shown}}}.s{name}{{stroke:{shown}}}"
        f".c{name}{{color:{shown}}}.b{name}{{background:{shown}}}"
    )
