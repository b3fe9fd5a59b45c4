"""An article as HTML: its own words in reading order, what was found in them marked in place.

All text of the article is escaped. A mark differs by its line and its tint, never by the tint
alone, and carries what was understood as its tooltip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from typing import Any

import pandas as pd

from dashboard.desk import FIELDS
from dashboard.queries import ArticleDetail
from dashboard.rows import escaped, is_known, place_of, records, scrolling
from dashboard.search_index import clean
from dashboard.targets import row_name
from dashboard.view import View
from etl.corrections import CORRECTABLE

KINDS = ("figure", "date", "place", "activity")
_TAGS = {"headline": "h2", "kicker": "p", "subheadline": "h3", "section": "h3"}
# Below this confidence a fact is marked as doubtful.
DOUBT = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to set off: document offsets, one of KINDS, its id, its tooltip, its sentence.

    `inferred` is true for what the text does not state itself, or hardly.
    """

    start: int
    end: int
    kind: str
    id: str
    title: str
    raw: str
    sentence_id: str
    inferred: bool = False


def marks_of(detail: ArticleDetail, view: View) -> list[Mark]:
    """Every mark of an article: reportable figures, dates, places and activities."""
    return [
        *(_figure(row, view) for row in records(detail.figures) if row.reportable),
        *(_date(row, view) for row in records(detail.dates)),
        *(_place(row, view) for row in records(detail.places)),
        *(_activity(row, view) for row in records(detail.activities)),
    ]


def _figure(row: Any, view: View) -> Mark:
    repeat = view.t("figures.repeat") if is_known(row.repeats) else None
    title = [row.counted, place_of(row), repeat, *_grounds(row, view, "place_basis")]
    elsewhere = row.place_basis in ("paragraph", "article") or row.confidence < DOUBT
    return _mark(row, "figure", title, row.figure_id, inferred=elsewhere)


def _date(row: Any, view: View) -> Mark:
    title = [row.iso or view.t("date.open"), *_grounds(row, view, "basis")]
    return _mark(row, "date", title, inferred=row.basis != "stated")


def _place(row: Any, view: View) -> Mark:
    name = row.name if is_known(row.name) else view.t("place.open")
    shown = name if row.certain else view.t("place.uncertain", name=name)
    inferred = not row.certain or row.basis in ("inferred", "context")
    return _mark(row, "place", [shown, *_grounds(row, view, "basis")], inferred=inferred)


def _activity(row: Any, view: View) -> Mark:
    kind = view.value_name("type", row.type)
    title = [row.name, kind, row.date, place_of(row), *_grounds(row, view)]
    return _mark(row, "activity", title, row.activity_id, inferred=row.confidence < DOUBT)


def _grounds(row: Any, view: View, group: str = "") -> list[str]:
    """What a fact rests on, and how sure it is, in words."""
    found = []
    if group and is_known(basis := getattr(row, group)):
        found.append(view.t("reader.basis", basis=view.value_name(group, basis)))
    if is_known(sure := getattr(row, "confidence", None)):
        found.append(view.t("reader.confidence", share=f"{sure:.0%}"))
    return found


def _mark(row: Any, kind: str, title: list[Any], id: str = "", *, inferred: bool) -> Mark:
    shown = " · ".join(str(one) for one in title if is_known(one))
    span = (int(row.start), int(row.end))
    return Mark(*span, kind, id, shown, row.raw, row.sentence_id, bool(inferred))


def legend(t: Callable[..., str]) -> str:
    """What each mark means, drawn as the marks are."""
    items = "".join(f"<span class='bm-m bm-{kind}'>{t(f'reader.{kind}')}</span>" for kind in KINDS)
    inferred = f"<span class='bm-m bm-inferred'>{t('reader.inferred')}</span>"
    made = f"<span><span class='bm-made'>2</span> {t('reader.made_sign')}</span>"
    return f"<div class='bm-legend'>{t('reader.legend')}{items}{inferred}{made}</div>"


def article_html(
    detail: ArticleDetail, view: View, chosen: str = "", *, anchors: bool = False
) -> str:
    """The article's text; the sentence that holds the fact of id `chosen` is set off.

    With `anchors` each figure, activity and sentence can be linked to by its id.

    Behind each sentence stands how much was made of it, as a link to that in `made_html`.
    """
    marks = marks_of(detail, view)
    made = Counter(one.sentence_id for one in marks)
    called = facts_called(detail, chosen) if chosen else ()
    spans = [(int(one.start), int(one.end)) for one in called]
    parts = []
    for (_, role), some in groupby(
        records(detail.sentences), key=lambda row: (int(row.paragraph), row.role)
    ):
        inner = "".join(
            _sentence(row, marks, spans, chosen, anchors) + _made_link(row, made, view)
            for row in some
        )
        tag = _TAGS.get(role, "p")
        parts.append(f"<{tag} class='bm-{escaped(role)}'>{inner}</{tag}>")
    return f"<article class='bm-article' lang='zh'>{''.join(parts)}</article>"


def _sentence(
    row: Any, marks: list[Mark], spans: list[tuple[int, int]], chosen: str, anchors: bool
) -> str:
    start, end = int(row.start), int(row.end)
    held = [one for one in marks if one.start < end and one.end > start]
    inner = "".join(_segments(row.raw, start, held, chosen, anchors))
    if anchors:
        return f"<span class='bm-sentence' id='{escaped(row.sentence_id)}'>{inner}</span>"
    if row.sentence_id == chosen or any(start <= first < end for first, _ in spans):
        return f"<span class='bm-chosen' id='chosen'>{inner}</span>"
    return inner


def _segments(raw: str, start: int, marks: list[Mark], chosen: str, anchors: bool) -> Iterator[str]:
    """The sentence cut where a mark begins or ends; each piece with the marks that cover it.

    With `anchors` an empty place with a fact's id stands before the piece that it begins with.
    """
    end = start + len(raw)
    cuts = {start, end}
    for one in marks:
        cuts |= {max(one.start, start), min(one.end, end)}
    for first, last in pairwise(sorted(cuts)):
        text = escaped(clean(raw[first - start : last - start]))
        covering = [one for one in marks if one.start <= first and one.end >= last]
        for one in covering if anchors else ():
            if one.id and one.start == first:
                yield f"<span class='bm-at' id='{escaped(one.id)}'></span>"
        yield _marked(text, covering, chosen) if covering else text


def _marked(text: str, covering: list[Mark], chosen: str) -> str:
    covering = sorted(covering, key=lambda one: one.end - one.start)
    kinds = " ".join(dict.fromkeys(f"bm-{one.kind}" for one in covering))
    is_chosen = any(chosen and one.id == chosen for one in covering)
    title = escaped("；".join(dict.fromkeys(one.title for one in covering)))
    strong = " bm-this" if is_chosen else ""
    strong += " bm-inferred" if any(one.inferred for one in covering) else ""
    return f"<span class='bm-m {kinds}{strong}' title='{title}'>{text}</span>"


def _made_link(row: Any, made: Counter[str], view: View) -> str:
    count = made[row.sentence_id]
    if not count:
        return ""
    label = escaped(view.t("reader.made_of", count=count))
    number = int(row.order)
    return (
        f"<a class='bm-made' id='at-{number}' href='#made-{number}' target='_self' "
        f"title='{label}' aria-label='{label}'>{count}</a>"
    )


def made_html(
    detail: ArticleDetail, view: View, way: Callable[[str], str] = lambda sentence_id: ""
) -> str:
    """Sentence by sentence what was made of it: the words, what they were read as, how surely.

    `way` gives one more link of a sentence, as HTML.
    """
    marks: dict[str, list[Mark]] = {}
    for one in sorted(marks_of(detail, view), key=lambda one: (one.start, one.end)):
        marks.setdefault(one.sentence_id, []).append(one)
    held = [one for one in records(detail.sentences) if one.sentence_id in marks]
    return "".join(_made(row, marks[row.sentence_id], view, way(row.sentence_id)) for row in held)


def _made(row: Any, marks: list[Mark], view: View, way: str) -> str:
    number = int(row.order)
    items = "".join(
        f"<li><span class='bm-type'>{escaped(view.t(f'reader.{one.kind}'))}</span> "
        f"<b>{escaped(clean(one.raw))}</b> {escaped(one.title)}</li>"
        for one in marks
    )
    back = escaped(view.t("reader.back_to_sentence"))
    return (
        f"<section class='bm-of' id='made-{number}'><p lang='zh'>{escaped(clean(row.raw))} "
        f"<a href='#at-{number}' target='_self' class='bm-to'>{back}</a>{way}</p>"
        f"<ul>{items}</ul></section>"
    )


def sentence_of(detail: ArticleDetail, chosen: str) -> tuple[str, str] | None:
    """The sentence of id `chosen`, or that which states the fact of that id or name (see
    `targets.row_name`), and its own words.
    """
    asked = detail.sentences[detail.sentences["sentence_id"] == chosen]
    if len(asked):
        return clean(asked["raw"].iloc[0]), ""
    for fact in facts_called(detail, chosen):
        held = detail.sentences[detail.sentences["sentence_id"] == fact.sentence_id]
        return (clean(held["raw"].iloc[0]) if len(held) else fact.raw), fact.raw
    return None


def facts_called(detail: ArticleDetail, chosen: str) -> Iterator[Any]:
    """The facts of this id or name."""
    for table in FIELDS:
        own = CORRECTABLE[table]
        for fact in records(getattr(detail, table)):
            name = row_name(table, int(fact.start), int(fact.end))
            if chosen in (name, getattr(fact, own) if own else name):
                yield fact


def table_html(frame: pd.DataFrame, titles: list[str], ends: Sequence[str] = ()) -> str:
    """A small table of facts as HTML, every cell escaped; what is unknown is a dash.

    `ends` are the last cells of the rows, HTML already.
    """
    head = "".join(f"<th>{escaped(one)}</th>" for one in titles) + "<td></td>" * bool(ends)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{escaped(one) if is_known(one) else '–'}</td>" for one in row)
        + (f"<td>{end}</td></tr>" if end else "</tr>")
        for row, end in zip_longest(frame.itertuples(index=False), ends)
    )
    table = f"<table class='bm-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return scrolling(table, " · ".join(titles))
