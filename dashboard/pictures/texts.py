"""What a picture says in words: title and notes, the figure's remarks, source and foot."""

from __future__ import annotations

import re
from typing import Any

from matplotlib.patheffects import withStroke

from dashboard import theme
from dashboard.charts.frame import LINE_NOTE
from dashboard.pictures.sheet import DPI, POINT, Sheet, broken, colour, font, plain

_ACROSS = {"left": "left", "center": "center", "right": "right"}
_UP = {"top": "top", "middle": "center", "bottom": "bottom"}


def draw(sheet: Sheet) -> None:
    """The title with its notes from the top, remarks where they point, the notes at the foot."""
    _title(sheet)
    for one in sheet.layout.annotations:
        _remark(sheet, one)
    ink = theme_muted(sheet)
    top = sheet.height - sheet.foot
    for number, line in enumerate(sheet.notes):
        _place(sheet, plain(line), (theme.GAP, top + LINE_NOTE * number), theme.SIZE_NOTE, ink)


def theme_muted(sheet: Sheet) -> str:
    """The colour of what stands beside the matter: that of the source line."""
    sources = [one for one in sheet.layout.annotations if one.name == "source"]
    return str(sources[0].font.color if sources else sheet.template.font.color)


def _title(sheet: Sheet) -> None:
    title = sheet.layout.title
    top = float(title.pad.t or theme.GAP)
    for line in (title.text or "").split("<br>"):
        is_title = line.startswith("<b>")
        size = (title.font.size or theme.SIZE_TITLE) if is_title else theme.SIZE_NOTE
        found = re.search(r"color:(#\w+)", line)
        ink = found[1] if found else sheet.template.font.color
        _place(sheet, plain(line), (title.pad.l or theme.GAP, top), size, ink, bold=is_title)
        top += size * 1.45


def _place(
    sheet: Sheet,
    text: str,
    at: tuple[float, float],
    size: float,
    ink: str,
    *,
    bold: bool = False,
) -> None:
    """Text whose top left corner is `at`, in pixels from the picture's top left corner."""
    # The font has one weight: a thin line around its letters makes it bold.
    effects = [withStroke(linewidth=0.7, foreground=ink)] if bold else None
    sheet.page.text(
        at[0] / sheet.width,
        1 - at[1] / sheet.height,
        text,
        ha="left",
        va="top",
        fontproperties=font(size),
        color=ink,
        path_effects=effects,
    )


def _remark(sheet: Sheet, one: Any) -> None:
    """An annotation: its text, and its arrow where it has one."""
    if one.visible is False:
        return
    spot = _spot(sheet, one.x, one.y, one.xref, one.yref)
    if spot is None:
        return
    arrow = one.showarrow is not False and (one.ax is not None or one.ay is not None)
    shift = (one.xshift or 0.0), (one.yshift or 0.0)
    x, y = spot[0] + shift[0] / sheet.width, spot[1] + shift[1] / sheet.height
    tail = _tail(sheet, one, (x, y)) if arrow else (x, y)
    if arrow:
        _arrow(sheet, one, (x, y), tail)
    if not one.text or not str(one.text).strip():
        return
    box = {"facecolor": colour(one.bgcolor), "edgecolor": "none", "pad": 2} if one.bgcolor else None
    sheet.page.text(
        *tail,
        broken(one.text),
        ha=_ACROSS.get(str(one.xanchor)) or _by_place(one.x, one.xref),
        va=_UP.get(str(one.yanchor)) or _by_height(one.y, one.yref),
        rotation=-(one.textangle or 0),
        fontproperties=font(one.font.size or sheet.template.font.size),
        color=colour(one.font.color or sheet.template.font.color),
        bbox=box,
    )


def _by_place(x: Any, reference: Any) -> str:
    """Plotly's own choice: towards the nearer side of the paper, centred on a point."""
    if str(reference) != "paper":
        return "center"
    return "left" if x < 1 / 3 else "right" if x > 2 / 3 else "center"


def _by_height(y: Any, reference: Any) -> str:
    if str(reference) != "paper":
        return "center"
    return "bottom" if y < 1 / 3 else "top" if y > 2 / 3 else "center"


def _spot(sheet: Sheet, x: Any, y: Any, xref: Any, yref: Any) -> tuple[float, float] | None:
    """Where something stands, as shares of the page; None on an axis that is not there."""
    across, up = _share(sheet, x, xref or "x", 0), _share(sheet, y, yref or "y", 1)
    return None if across is None or up is None else (across, up)


def _share(sheet: Sheet, value: Any, reference: str, side: int) -> float | None:
    start, length = sheet.area()[side], sheet.area()[side + 2]
    if reference in ("paper", "container"):
        return float(start + float(value) * length)
    name, _, domain = reference.partition(" ")
    plot = next((one for pair, one in sheet.plots.items() if pair[side] == name), None)
    if plot is None:
        return None
    (number,) = [float(value)] if domain else sheet.numbers([value], name)
    point = (number, number)
    to_pixels = plot.transAxes if domain else plot.transData
    pixel = to_pixels.transform(point)[side]
    return float(pixel / (sheet.page.get_size_inches()[side] * DPI))


def _tail(sheet: Sheet, one: Any, head: tuple[float, float]) -> tuple[float, float]:
    """Where an arrow begins and its text stands: in pixels from its head, or on the axes."""
    x, y = head
    if str(one.axref or "pixel") != "pixel" or str(one.ayref or "pixel") != "pixel":
        found = _spot(sheet, one.ax, one.ay, one.axref, one.ayref)
        return found or head
    return x + (one.ax or 0) / sheet.width, y - (one.ay or 0) / sheet.height


def _arrow(sheet: Sheet, one: Any, head: tuple[float, float], tail: tuple[float, float]) -> None:
    from matplotlib.patches import FancyArrowPatch

    style = "-|>" if one.arrowhead is None or one.arrowhead > 0 else "-"
    sheet.page.add_artist(
        FancyArrowPatch(
            tail,
            head,
            transform=sheet.page.transFigure,
            arrowstyle=style,
            mutation_scale=8 * (one.arrowsize or 1),
            linewidth=(one.arrowwidth or 1) * POINT,
            color=colour(one.arrowcolor or sheet.template.font.color),
            shrinkA=0,
            shrinkB=0,
        )
    )
