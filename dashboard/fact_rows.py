"""A figure or an activity as one row of a list: what, where, its sentence, and the way to it.

Who may correct can do so at the row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import correct_row, theme
from dashboard.rows import (
    around,
    article_link,
    escaped,
    highlighted,
    is_known,
    place_anchor,
    told_of,
)
from dashboard.view import View

# Characters of a sentence before the number that a row shows; it begins there, not at its start.
BEFORE = 30
# Figures below this are said to be doubtful.
SURE = 0.5


def figure_row(view: View, row: Any, listing: str = "list", words: Sequence[str] = ()) -> None:
    """A figure: how much, of what, where, its sentence around it, and the link to it.

    `listing` tells the lists of a page apart that may show the same figure; `words` that were
    searched for are set off in the sentence instead of the figure.
    """
    said = _hit(row, words) if words else sentence_around(row.sentence, row.raw)
    counted = escaped(row.counted) if is_known(row.counted) else ""
    place = place_anchor(row) or escaped(view.t("place.none"))
    marks = "".join(f"<i>{escaped(one)}</i>" for one in remarks(view, row))
    with st.container(gap=None, key=f"fact_{listing}_{row.figure_id}"):
        st.html(
            f"<div class='bm-fact'><strong class='bm-fact-value'>{escaped(row.raw)}</strong>"
            f"<div class='bm-fact-what'><b>{counted}</b> {place} {marks}</div>"
            f"<p class='bm-fact-said'>{said}</p></div>"
        )
        article_link(view, row.article_id, view.t("rows.sentence"), figure=row.figure_id)
        correct_row.button(view, listing, row.figure_id)
    correct_row.form(view, listing, "figures", row.figure_id)


def remarks(view: View, row: Any) -> list[str]:
    """What a reader should know of a figure: that it is no result, not exact, or doubtful."""
    status = getattr(row, "status", "result")
    return [
        *([view.value_name("figure_status", status)] if status != "result" else []),
        *([view.t("figures.approximate")] if row.approximate else []),
        *([view.t("inferred.low")] if getattr(row, "confidence", 1) < SURE else []),
        *_reviewed(view, row),
    ]


def _reviewed(view: View, row: Any) -> list[str]:
    """That a person has seen to the row, where one has."""
    seen = getattr(row, "reviewed", False)
    return [view.t("rows.reviewed")] if is_known(seen) and seen else []


def sentence_around(sentence: object, raw: str) -> str:
    """The sentence as HTML with `raw` set off, begun so near to it that two lines show it."""
    said = _one_line(sentence)
    found = _one_line(raw)
    at = said.find(found)
    if at < 0:
        return escaped(said)
    start = max(0, at - BEFORE)
    before = ("…" if start else "") + said[start:at]
    return f"{escaped(before)}<mark>{escaped(found)}</mark>{escaped(said[at + len(found) :])}"


def _hit(row: Any, words: Sequence[str]) -> str:
    """The row's sentence around the words that were searched for, these set off."""
    return highlighted(around(_one_line(row.sentence), words), words)


def _one_line(text: object) -> str:
    """Text without the line breaks of its column; a gap between Latin words stays."""
    return re.sub(r"\s+", " ", str(text)).strip()


def activity_row(view: View, row: Any, words: Sequence[str] = ()) -> None:
    """An activity: when, which type, what, where and who held it, and the link to it.

    With `words` that were searched for its sentence stands below it, these set off.
    """
    said = f"<p class='bm-fact-said'>{_hit(row, words)}</p>" if words else ""
    date = theme.format_date(row.date, view.language) if is_known(row.date) else None
    when = escaped(date or view.t("date.none"))
    kind = escaped(view.value_name("type", row.type))
    group = theme.group_colour(theme.group_of(row.type), view.dark)
    told = [place_anchor(row), *map(escaped, told_of(row))]
    marks = "".join(f" <i>{escaped(one)}</i>" for one in _reviewed(view, row))
    with st.container(gap=None, key=f"fact_{row.activity_id}"):
        st.html(
            f"<div class='bm-fact bm-fact-activity'><span class='bm-fact-when'>{when}</span>"
            f"<span class='bm-fact-type'><i style='background:{group}'></i>{kind}</span>"
            f"<div class='bm-fact-what'><b>{escaped(row.name)}</b>{marks}</div>"
            f"<p class='bm-fact-said'>{' · '.join(one for one in told if one)}</p>{said}</div>"
        )
        article_link(view, row.article_id, view.t("rows.sentence"), activity=row.activity_id)
        correct_row.button(view, "activities", row.activity_id)
    correct_row.form(view, "activities", "activities", row.activity_id)
