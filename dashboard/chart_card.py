"""What stands around a chart on the screen: its title and notes above, its source below.

As HTML and not in the picture, so that they wrap to the reader's window and a screen reader
finds a heading. `dashboard.charts.frame.for_screen` takes them out of a figure.
"""

from __future__ import annotations

from dashboard.charts.frame import Card, Key
from dashboard.line_breaks import breakable
from dashboard.rows import escaped


def head_html(card: Card) -> str:
    """Title, what is counted, how much is covered, and the legend."""
    first, *others = [*card.notes, ""]
    parts = [f"<h3 class='bm-chart-title'>{breakable(card.title)}</h3>"]
    if first:
        parts.append(f"<p class='bm-chart-sub'>{escaped(first)}</p>")
    said = one_text([escaped(one) for one in others if one])
    if said:
        parts.append(f"<p class='bm-chart-note'>{said}</p>")
    return f"<header class='bm-chart-head'>{''.join(parts)}{_legend(card.keys)}</header>"


def one_text(sentences: list[str]) -> str:
    """Sentences one after another, with a space where the mark at the end brings none."""
    return "".join(one if one.endswith("。") else f"{one} " for one in sentences).rstrip()


def _legend(keys: list[Key]) -> str:
    if not keys:
        return ""
    items = "".join(
        f"<span><i class='bm-key bm-key-{one.mark}' style='color:{one.colour}'></i>"
        f"{escaped(one.name)}</span>"
        for one in keys
    )
    return f"<div class='bm-keys'>{items}</div>"


def foot_html(card: Card) -> str:
    """Who reports nothing, and the source line."""
    silent = f"<p class='bm-source bm-silent'>{escaped(card.silent)}</p>" if card.silent else ""
    return f"{silent}<p class='bm-source'>{escaped(card.source)}</p>"
