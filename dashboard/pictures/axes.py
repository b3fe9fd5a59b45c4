"""The panels of a picture: where each stands, its range, its labels and its lines."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes

from dashboard import theme
from dashboard.pictures.sheet import POINT, Sheet, broken, colour, font, plain

# Room beyond the outermost mark where a figure sets no range, as a share of what it spans.
ROOM = 0.05


def draw(sheet: Sheet) -> None:
    """Make a panel for each pair of axes that a trace or a shape uses."""
    pairs = {(one.xaxis or "x", one.yaxis or "y"): None for one in _cartesian(sheet)}
    pairs = pairs or {("x", "y"): None}
    for name in {axis for pair in pairs for axis in pair}:
        if names := _categories(sheet, name):
            sheet.scales[name] = names
    for across, up in pairs:
        sheet.plots[across, up] = _panel(sheet, across, up)


def _cartesian(sheet: Sheet) -> list[Any]:
    return [one for one in sheet.figure.data if "xaxis" in one]


def settings(sheet: Sheet, name: str) -> Any:
    """The layout of an axis: `x2` is layout.xaxis2."""
    return sheet.layout[f"{name[0]}axis{name[1:]}"]


def _values(sheet: Sheet, name: str) -> list[Any]:
    """Every value that the traces of an axis have on it."""
    found: list[Any] = []
    for trace in _cartesian(sheet):
        if (trace[f"{name[0]}axis"] or name[0]) == name and trace[name[0]] is not None:
            found += list(trace[name[0]])
    return found


def _categories(sheet: Sheet, name: str) -> dict[str, float]:
    """The order of an axis's names; empty for an axis of numbers."""
    wanted = settings(sheet, name)
    values = [one for one in _values(sheet, name) if one is not None]
    if wanted.type != "category" and not any(isinstance(one, str) for one in values):
        return {}
    order = [str(one) for one in (wanted.categoryarray or ())] + [str(one) for one in values]
    return {one: float(at) for at, one in enumerate(dict.fromkeys(order))}


def _panel(sheet: Sheet, across: str, up: str) -> Axes:
    left, bottom, width, height = sheet.area()
    x0, x1 = settings(sheet, across).domain or (0, 1)
    y0, y1 = settings(sheet, up).domain or (0, 1)
    box = (left + x0 * width, bottom + y0 * height, (x1 - x0) * width, (y1 - y0) * height)
    plot = sheet.page.add_axes(box, facecolor=sheet.template.plot_bgcolor)
    plot.set_axisbelow(True)
    for side in plot.spines.values():
        side.set_visible(False)
    plot.set_xlim(*_range(sheet, across))
    plot.set_ylim(*_range(sheet, up))
    for name in (across, up):
        _labels(sheet, plot, name)
    _tie(plot, settings(sheet, across), settings(sheet, up))
    return plot


def _tie(plot: Axes, across: Any, up: Any) -> None:
    """Make a step upwards as long as one sideways, where the figure ties its axes."""
    if up.scaleanchor:
        plot.set_aspect(up.scaleratio or 1, adjustable="box", anchor="W")
    elif across.scaleanchor:
        plot.set_aspect(1 / (across.scaleratio or 1), adjustable="box", anchor="W")


def _range(sheet: Sheet, name: str) -> tuple[float, float]:
    """From where to where an axis goes: as the figure says, else around its marks."""
    wanted = settings(sheet, name)
    given = list(wanted.range or ())
    if len(given) == 2 and None not in given:
        first, last = sheet.numbers(given, name) if name not in sheet.scales else given
        return float(first), float(last)
    values = [one for one in sheet.numbers(_values(sheet, name), name) if math.isfinite(one)]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if str(wanted.rangemode) == "tozero":
        low, high = min(low, 0.0), max(high, 0.0)
    room = 0.5 if name in sheet.scales else (high - low) * ROOM or 0.5
    low, high = low - room, high + room
    return (high, low) if str(wanted.autorange) == "reversed" else (low, high)


def _labels(sheet: Sheet, plot: Axes, name: str) -> None:
    """The ticks, the lines through them and the title of one axis of a panel."""
    wanted, usual = settings(sheet, name), sheet.template[f"{name[0]}axis"]
    lying = name[0] == "x"
    axis = plot.xaxis if lying else plot.yaxis
    axis.set_ticks(*_ticks(sheet, name))
    hidden = wanted.visible is False
    if hidden or wanted.showticklabels is False:
        axis.set_ticklabels([])
    if wanted.showgrid is not False and not hidden:
        line = colour(wanted.gridcolor or usual.gridcolor)
        axis.grid(color=line, linewidth=POINT * (wanted.gridwidth or 1))
    if wanted.side in ("top", "right"):
        axis.set_ticks_position(wanted.side)
    ink = colour(wanted.tickfont.color or sheet.template.font.color)
    axis.set_tick_params(length=0, pad=5 if lying else 6, labelcolor=ink)
    for label in axis.get_ticklabels():
        label.set_fontproperties(font(wanted.tickfont.size or theme.SIZE_NOTE))
        label.set_rotation(-(wanted.tickangle or 0))
    if wanted.title.text and not hidden:
        axis.set_label_text(broken(wanted.title.text), fontproperties=font(theme.SIZE_NOTE))
        axis.label.set_color(ink)
    if wanted.zeroline:
        _zero_line(plot, lying, colour(wanted.zerolinecolor or usual.zerolinecolor))


def _zero_line(plot: Axes, lying: bool, ink: Any) -> None:
    draw_line = plot.axvline if lying else plot.axhline
    draw_line(0, color=ink, linewidth=POINT, zorder=0.9)


def _ticks(sheet: Sheet, name: str) -> tuple[list[float], list[str] | None]:
    """Where an axis has labels and what they say; None leaves the words to the picture."""
    wanted = settings(sheet, name)
    if wanted.tickvals is not None:
        at = sheet.numbers(wanted.tickvals, name)
        said = [broken(one) for one in wanted.ticktext] if wanted.ticktext is not None else None
        return at, said
    if name in sheet.scales:
        names = sheet.scales[name]
        return list(names.values()), [broken(one) for one in names]
    low, high = sorted(_range(sheet, name))
    at = steps(low, high, wanted.dtick)
    return at, [written(one, str(wanted.tickformat or "")) for one in at]


def steps(low: float, high: float, step: Any) -> list[float]:
    """Round numbers from `low` to `high`, at most seven where no step is given."""
    if not isinstance(step, int | float) or step <= 0:
        power = 10.0 ** math.floor(math.log10((high - low) / 6 or 1))
        step = next(power * one for one in (1, 2, 5, 10) if power * one >= (high - low) / 6)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [step * one for one in range(first, last + 1)]


def written(number: float, form: str) -> str:
    """A number as an axis says it, in Plotly's form (".0%", or anything else for plain)."""
    if form.endswith("%"):
        return f"{number:{form}}"
    return plain(f"{number:,.6f}".rstrip("0").rstrip("."))
