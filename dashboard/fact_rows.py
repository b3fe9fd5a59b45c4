"""A figure, an activity or an article as one row of a list, with the way to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dashboard import links, theme
from dashboard.lists import Fact, Row
from dashboard.rows import (
    around,
    details,
    entry,
    escaped,
    highlighted,
    is_known,
    issue_of,
    place_anchor,
    told_of,
)
from dashboard.view import View

# Characters of a sentence before the number that a row shows; it begins there, not at its start.
BEFORE = 30
# Figures below this are said to be doubtful.
SURE = 0.5


def figure_row(view: View, row: Any, listing: str = "list", words: Sequence[str] = ()) -> Row:
    """A figure: how much, of what, where, its sentence around it, and the link to it.

    `listing` tells the lists of a page apart that may show the same figure; `words` that were
    searched for are set off in the sentence instead of the figure.
    """
    said = _hit(row, words) if words else sentence_around(row.sentence, row.raw)
    counted = escaped(row.counted) if is_known(row.counted) else ""
    place = place_anchor(row) or escaped(view.t("place.none"))
    marks = "".join(f"<i>{escaped(one)}</i>" for one in remarks(view, row))
    fact = (
        f"<div class='bm-fact'><strong class='bm-fact-value'>{escaped(row.raw)}</strong>"
        f"<div class='bm-fact-what'><b>{counted}</b> {place} {marks}</div>"
        f"<p class='bm-fact-said'>{said}</p></div>"
    )
    way = links.to_sentence(view, row.article_id, figure=row.figure_id)
    return Row(beside(fact, way), Fact(listing, "figures", row.figure_id))


def beside(words: str, way: str) -> str:
    """A row's words and, beside them, its link; both HTML."""
    return f"<div class='bm-row'>{words}{way}</div>"


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


def activity_row(view: View, row: Any, words: Sequence[str] = ()) -> Row:
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
    fact = (
        f"<div class='bm-fact bm-fact-activity'><span class='bm-fact-when'>{when}</span>"
        f"<span class='bm-fact-type'><i style='background:{group}'></i>{kind}</span>"
        f"<div class='bm-fact-what'><b>{escaped(row.name)}</b>{marks}</div>"
        f"<p class='bm-fact-said'>{' · '.join(one for one in told if one)}</p>{said}</div>"
    )
    way = links.to_sentence(view, row.article_id, activity=row.activity_id)
    return Row(beside(fact, way), Fact("activities", "activities", row.activity_id))


def article_row(view: View, row: Any) -> Row:
    """An article: its headline as the link, where and when it stood, what was found in it."""
    opening = view.t("articles.untitled", opening=" ".join(str(row.opening or "").split()))
    headline = row.headline if is_known(row.headline) else opening
    issue = issue_of(view, row.issue_date)
    page = view.t("reader.page", page=int(row.page)) if is_known(row.page) else None
    counts = view.t("articles.counts", figures=row.figures, activities=row.activities)
    kind = view.value_name("kind_of_article", row.kind)
    told = [row.publication, issue, page, kind, counts]
    form = links.to_form(view, row.article_id, mend="structure")
    return Row(entry(row.article_id, headline, details(told, place_anchor(row), form)))
