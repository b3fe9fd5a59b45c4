"""An article as HTML: its own words in reading order, what was found in them marked in place.

All text of the article is escaped. A mark differs by its line and its tint, never by the tint
alone, and carries what was understood as its tooltip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import pandas as pd

from dashboard.queries import ArticleDetail
from dashboard.rows import escaped, is_known, place_of, records

Words = Callable[..., str]

KINDS = ("figure", "date", "place", "activity")
_TAGS = {"headline": "h2", "kicker": "p", "subheadline": "h3", "section": "h3"}
_NEWLINE = re.compile(r"(?<=[A-Za-z0-9])\s*\n\s*(?=[A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to set off: document offsets, one of KINDS, its id and its tooltip."""

    start: int
    end: int
    kind: str
    id: str
    title: str


def marks_of(detail: ArticleDetail, t: Words) -> list[Mark]:
    """Every mark of an article: reportable figures, dates, places and activities."""
    return [
        *(_figure(row, t) for row in records(detail.figures) if row.reportable),
        *(_mark(row, "date", row.iso or t("date.open")) for row in records(detail.dates)),
        *(_mark(row, "place", _place(row, t)) for row in records(detail.places)),
        *(_mark(row, "activity", row.name, row.activity_id) for row in records(detail.activities)),
    ]


def _figure(row: Any, t: Words) -> Mark:
    parts = [row.counted, place_of(row), t("figures.repeat") if is_known(row.repeats) else None]
    title = " · ".join(str(one) for one in parts if is_known(one))
    return _mark(row, "figure", title or row.raw, row.figure_id)


def _place(row: Any, t: Words) -> str:
    name = row.name if is_known(row.name) else t("place.open")
    return name if row.certain else t("place.uncertain", name=name)


def _mark(row: Any, kind: str, title: str, id: str = "") -> Mark:
    return Mark(int(row.start), int(row.end), kind, id, str(title))


def legend(t: Words) -> str:
    """What each mark means, drawn as the marks are."""
    items = "".join(f"<span class='bm-m bm-{kind}'>{t(f'reader.{kind}')}</span>" for kind in KINDS)
    return f"<div class='bm-legend'>{t('reader.legend')}{items}</div>"


def article_html(detail: ArticleDetail, t: Words, chosen: str = "") -> str:
    """The article's text; the sentence that holds the fact of id `chosen` is set off."""
    marks = marks_of(detail, t)
    spans = [(one.start, one.end) for one in marks if chosen and one.id == chosen]
    parts = []
    for (_, role), some in groupby(
        records(detail.sentences), key=lambda row: (int(row.paragraph), row.role)
    ):
        inner = "".join(_sentence(row, marks, spans, chosen) for row in some)
        tag = _TAGS.get(role, "p")
        parts.append(f"<{tag} class='bm-{escaped(role)}'>{inner}</{tag}>")
    return f"<article class='bm-article' lang='zh'>{''.join(parts)}</article>"


def _sentence(row: Any, marks: list[Mark], spans: list[tuple[int, int]], chosen: str) -> str:
    start, end = int(row.start), int(row.end)
    held = [one for one in marks if one.start < end and one.end > start]
    inner = "".join(_segments(row.raw, start, held, chosen))
    if row.sentence_id == chosen or any(start <= first < end for first, _ in spans):
        return f"<span class='bm-chosen' id='chosen'>{inner}</span>"
    return inner


def _segments(raw: str, start: int, marks: list[Mark], chosen: str) -> Iterator[str]:
    """The sentence cut where a mark begins or ends; each piece with the marks that cover it."""
    end = start + len(raw)
    cuts = {start, end}
    for one in marks:
        cuts |= {max(one.start, start), min(one.end, end)}
    for first, last in pairwise(sorted(cuts)):
        text = escaped(_unbroken(raw[first - start : last - start]))
        covering = [one for one in marks if one.start <= first and one.end >= last]
        yield _marked(text, covering, chosen) if covering else text


def _unbroken(text: str) -> str:
    """The text without the line breaks of its column."""
    return _NEWLINE.sub(" ", text).replace("\n", "")


def _marked(text: str, covering: list[Mark], chosen: str) -> str:
    covering = sorted(covering, key=lambda one: one.end - one.start)
    kinds = " ".join(dict.fromkeys(f"bm-{one.kind}" for one in covering))
    is_chosen = any(chosen and one.id == chosen for one in covering)
    title = escaped("；".join(dict.fromkeys(one.title for one in covering)))
    strong = " bm-this" if is_chosen else ""
    return f"<span class='bm-m {kinds}{strong}' title='{title}'>{text}</span>"


def sentence_of(detail: ArticleDetail, chosen: str) -> tuple[str, str] | None:
    """The sentence of id `chosen`, or that which states the fact of that id, and its own words."""
    asked = detail.sentences[detail.sentences["sentence_id"] == chosen]
    if len(asked):
        return _unbroken(asked["raw"].iloc[0]), ""
    for frame, name in ((detail.figures, "figure_id"), (detail.activities, "activity_id")):
        for fact in records(frame[frame[name] == chosen]):
            sentences = detail.sentences
            held = sentences[sentences["sentence_id"] == fact.sentence_id]
            return (_unbroken(held["raw"].iloc[0]) if len(held) else fact.raw), fact.raw
    return None


def table_html(frame: pd.DataFrame, titles: list[str]) -> str:
    """A small table of facts as HTML, every cell escaped; what is unknown is a dash."""
    head = "".join(f"<th>{escaped(one)}</th>" for one in titles)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{escaped(one) if is_known(one) else '–'}</td>" for one in row)
        + "</tr>"
        for row in frame.itertuples(index=False)
    )
    return (
        f"<div class='bm-scroll'><table class='bm-table'><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
