"""The named traces below the axis, where the figure has them."""

from __future__ import annotations

from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from dashboard import theme
from dashboard.charts.frame import LEGEND_MARK
from dashboard.pictures import looks, marks
from dashboard.pictures.sheet import Sheet, font, plain


def draw(sheet: Sheet) -> None:
    """The legend, in as many columns as the width has room for, read line by line."""
    if not sheet.layout.showlegend:
        return
    first_of_group: dict[str, Any] = {}
    for one in sheet.figure.data:
        if one.name and one.showlegend is not False and one.type in marks.DRAWN:
            first_of_group.setdefault(str(one.name), one)
    named = list(first_of_group.values())
    left, bottom, across, up = sheet.area()
    entry = (sheet.layout.legend.entrywidth or 100) + LEGEND_MARK
    columns = max(1, min(len(named), int(across * sheet.width // entry)))
    ordered = [one for first in range(columns) for one in named[first::columns]]
    sheet.page.legend(
        [_handle(one, sheet) for one in ordered],
        [plain(one.name) for one in ordered],
        loc="upper left",
        bbox_to_anchor=(left, bottom + (sheet.layout.legend.y or 0) * up),
        ncols=columns,
        frameon=False,
        borderaxespad=0,
        borderpad=0,
        handlelength=1.2,
        prop=font(theme.SIZE_NOTE),
        labelcolor=sheet.template.font.color,
    )


def _handle(trace: Any, sheet: Sheet) -> Patch | Line2D:
    if trace.type.startswith("scatter") and trace.fill != "toself":
        return Line2D([], [], **looks.line_look(trace, sheet) | looks.mark_look(trace, sheet, 0))
    return Patch(**looks.fill_look(trace, sheet, 0))
