"""The page that an article stands on, set again from its boxes as one drawing.

Each sentence has its place in it as a group that is not seen until it is asked for: by a link to
`#on-` and the sentence's id, or by the script, which also follows links to facts and sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from dashboard import page_view
from dashboard.page_view import Area
from dashboard.queries import ArticleDetail
from dashboard.rows import records
from dashboard.view import View
from etl.corrections import CORRECTABLE

# Before a sentence's id: where it stands on the page.
ON = "on-"


def on_page(detail: ArticleDetail, view: View) -> str:
    """The page with the article's lines dark, and all that can be marked; nothing without boxes."""
    if not page_view.has_page(detail):
        return ""
    boxes = records(detail.boxes)
    page = Area(0, 0, float(boxes[0].page_width), float(boxes[0].page_height))
    spots = "".join(_spots(detail, view, boxes, page))
    lines = "".join(_line(one, detail) for one in boxes)
    label = escape(view.t("reader.page_alone", page=int(boxes[0].page)))
    near = escape(view.t("reader.page_near"))
    return (
        f'<section class="on-page" id="on-page"><h3>{escape(view.t("reader.sheet"))}</h3>'
        f'<p class="bm-details">{escape(view.t("reader.sheet_help"))}</p>'
        '<p class="bm-details on-page-said" aria-live="polite" hidden></p>'
        f'<svg class="bm-set on-page-near" role="img" aria-label="{near}" hidden>'
        '<use href="#on-page-drawn"/></svg>'
        f'<svg class="bm-set" viewBox="0 0 {page.width:g} {page.height:g}" role="img"'
        f' aria-label="{label}"><g id="on-page-drawn">{spots}{lines}</g></svg></section>'
    )


def way(detail: ArticleDetail, view: View, sentence_id: str) -> str:
    """The link from a sentence to its place on the page; nothing where it has none."""
    if not page_view.areas_of(records(detail.boxes), detail.page, _span(detail, sentence_id)):
        return ""
    return (
        f' <a class="bm-to" href="#{ON}{escape(sentence_id)}">{escape(view.t("reader.sheet"))}</a>'
    )


def _span(detail: ArticleDetail, sentence_id: str) -> page_view.Span | None:
    return page_view.spans_of(detail, sentence_id)[0]


def _spots(detail: ArticleDetail, view: View, boxes: Sequence[Any], page: Area) -> Iterator[str]:
    """A group for each sentence, and one for each figure and activity in it."""
    facts = _facts(detail)
    for one in records(detail.sentences):
        marks = page_view.areas_of(boxes, detail.page, (int(one.start), int(one.end)))
        if marks:
            said = page_view.place_in_words(view, marks, page, int(boxes[0].page))
            yield _sentence(one.sentence_id, marks, page_view.near(marks, [], page), said)
            for id, span in facts.get(one.sentence_id, ()):
                own = page_view.areas_of(boxes, detail.page, span)
                yield _fact(id, own, page_view.near(marks, own, page))


def _facts(detail: ArticleDetail) -> dict[str, list[tuple[str, page_view.Span]]]:
    """The figures and activities of each sentence, by its id, with their spans."""
    found = defaultdict(list)
    for table in ("figures", "activities"):
        for one in records(getattr(detail, table)):
            id = str(getattr(one, CORRECTABLE[table] or ""))
            found[one.sentence_id].append((id, (int(one.start), int(one.end))))
    return found


def _sentence(id: str, marks: Iterable[Area], near: Area, said: str) -> str:
    id = escape(id)
    return (
        f'<g class="spot" id="{ON}{id}" data-of="{id}" data-near="{_box(near)}"'
        f' data-said="{escape(said)}">{"".join(map(_rect, marks))}</g>'
    )


def _fact(id: str, marks: Iterable[Area], near: Area) -> str:
    drawn = "".join(map(_rect, marks))
    return f'<g class="spot spot-fact" data-of="{escape(id)}" data-near="{_box(near)}">{drawn}</g>'


def _rect(area: Area) -> str:
    x, y, width, height = _box(page_view.grown(area)).split()
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}"/>'


def _box(area: Area) -> str:
    """An area as `viewBox` has it."""
    return f"{area.left:.5g} {area.top:.5g} {area.width:.5g} {area.height:.5g}"


def _line(box: Any, detail: ArticleDetail) -> str:
    """A line's words, as wide as its box; nothing where it has none."""
    area, words = page_view.area_of(box), detail.page[box.start : box.end]
    if not words or area.width <= 0:
        return ""
    kind = "" if page_view.is_own(detail, box) else ' class="far"'
    return (
        f'<text{kind} x="{area.left:.5g}" y="{area.top + area.height / 2:.5g}"'
        f' font-size="{area.width / page_view.ems(words):.4g}" textLength="{area.width:.5g}"'
        f' lengthAdjust="spacingAndGlyphs">{escape(words)}</text>'
    )
