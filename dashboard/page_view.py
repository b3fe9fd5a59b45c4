"""The page of a scan or a PDF, set again from the table `boxes`: where a sentence stands on it.

No picture of the page is kept. Each line's words stand in their box, the article's own dark, and
the sentence that was asked for is marked, once near by and once on the whole page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.queries import ArticleDetail
from dashboard.reader import facts_called
from dashboard.rows import escaped, records
from dashboard.view import View

# What is shown near by is so many letters wide and so many of their heights high.
NEAR_WIDTH, NEAR_HEIGHT = 26.0, 12.0
# A letter of Latin is so wide, where one of Chinese is 1.
NARROW = 0.55
# A mark stands out from its letters by so many of their heights.
AROUND = 0.2

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page, in its unit from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, other: Area) -> bool:
        """Whether some of `other` lies in here."""
        across = other.left < self.left + self.width and self.left < other.left + other.width
        return across and other.top < self.top + self.height and self.top < other.top + other.height


def has_page(detail: ArticleDetail) -> bool:
    """Whether it is known where the words stand on the page."""
    return len(detail.boxes) > 0


def page_html(detail: ArticleDetail, view: View, chosen: str = "") -> str:
    """The page with the article's lines dark; with `chosen`, the id of a sentence or a fact, its
    sentence marked, near by first, and its place in words.
    """
    boxes = records(detail.boxes)
    page = Area(0, 0, float(boxes[0].page_width), float(boxes[0].page_height))
    sentence, fact = spans_of(detail, chosen)
    marks = areas_of(boxes, detail.page, sentence)
    facts = areas_of(boxes, detail.page, fact)
    if not marks:
        said = view.t("reader.page_alone", page=int(boxes[0].page))
        return _sheet(detail, boxes, page, [], said)
    said = place_in_words(view, marks, page, int(boxes[0].page))
    spots = [(one, "bm-spot") for one in marks] + [(one, "bm-spot bm-spot-fact") for one in facts]
    return (
        f"<p class='bm-details'>{escaped(said)}</p>"
        f"{_sheet(detail, boxes, near(marks, facts, page), spots, view.t('reader.page_near'))}"
        f"{_sheet(detail, boxes, page, spots, said)}"
    )


def spans_of(detail: ArticleDetail, chosen: str) -> tuple[Span | None, Span | None]:
    """The span of the sentence that is `chosen` or holds the fact that is, and the fact's own."""
    sentences = {
        one.sentence_id: (int(one.start), int(one.end)) for one in records(detail.sentences)
    }
    if chosen in sentences:
        return sentences[chosen], None
    for one in facts_called(detail, chosen) if chosen else ():
        span = int(one.start), int(one.end)
        return sentences.get(one.sentence_id, span), span
    return None, None


def place_in_words(view: View, areas: Sequence[Area], page: Area, number: int) -> str:
    """Where the middle of a sentence's first line stands, for who does not see the page."""
    first = areas[0]
    return view.t(
        "reader.page_at",
        page=number,
        down=f"{(first.top + first.height / 2) / page.height:.0%}",
        across=f"{(first.left + first.width / 2) / page.width:.0%}",
        count=len(areas),
    )


def areas_of(boxes: Iterable[Any], text: str, span: Span | None) -> list[Area]:
    """What of each line belongs to the span; nothing where there is none."""
    if span is None:
        return []
    return [part_of(one, text, *span) for one in boxes if one.start < span[1] and span[0] < one.end]


def area_of(box: Any) -> Area:
    """Where a line stands."""
    return Area(box.left, box.top, box.right - box.left, box.bottom - box.top)


def part_of(box: Any, text: str, start: int, end: int) -> Area:
    """The part of a line's box where the words from `start` to `end` of the text stand, about:
    as if each letter were as wide as letters of its kind are.
    """
    words = text[box.start : box.end]
    whole = ems(words) or 1.0
    width = box.right - box.left
    before = ems(words[: max(start - box.start, 0)]) / whole
    until = ems(words[: min(end, box.end) - box.start]) / whole
    return Area(box.left + before * width, box.top, (until - before) * width, box.bottom - box.top)


def ems(words: str) -> float:
    """How wide words are, in letters of Chinese."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WF" else NARROW for one in words)


def near(marks: Sequence[Area], facts: Sequence[Area], page: Area) -> Area:
    """What is shown around a sentence's marks, within the page: around its fact's line, if any."""
    fact_at = facts[0] if facts else marks[0]
    spot = next((one for one in marks if one.holds(fact_at)), marks[0])
    width = min(NEAR_WIDTH * spot.height, page.width)
    height = min(NEAR_HEIGHT * spot.height, page.height)
    left = min(max(spot.left + spot.width / 2 - width / 2, 0), page.width - width)
    top = min(max(spot.top + spot.height / 2 - height / 2, 0), page.height - height)
    return Area(left, top, width, height)


def is_own(detail: ArticleDetail, box: Any) -> bool:
    """Whether some of a line is the article's."""
    return any(box.start < one.end and one.start < box.end for one in detail.passages)


def _sheet(
    detail: ArticleDetail,
    boxes: Iterable[Any],
    shown: Area,
    marks: Iterable[tuple[Area, str]],
    label: str,
) -> str:
    """A part of the page with its lines and marks, as one picture to a screen reader."""
    spots = "".join(
        f"<i class='{kind}' style='{_style(grown(area), shown)}'></i>"
        for area, kind in marks
        if shown.holds(area)
    )
    lines = "".join(_line(one, detail, shown) for one in boxes)
    ratio = f"aspect-ratio:{shown.width:.5g}/{shown.height:.5g}"
    return (
        f"<div class='bm-sheet' lang='zh' role='img' aria-label='{escaped(label)}' "
        f"style='{ratio}'>{spots}{lines}</div>"
    )


def grown(area: Area) -> Area:
    """An area that stands out from its letters."""
    more = AROUND * area.height
    return Area(area.left, area.top - more, area.width, area.height + 2 * more)


def _line(box: Any, detail: ArticleDetail, shown: Area) -> str:
    """A line's words, as large as its box is wide; nothing where it lies outside of `shown`."""
    area = area_of(box)
    words = detail.page[box.start : box.end]
    if not shown.holds(area) or not words:
        return ""
    kind = "" if is_own(detail, box) else " class='bm-far'"
    size = 100 * area.width / ems(words) / shown.width
    return f"<b{kind} style='{_style(area, shown)};font-size:{size:.3g}cqw'>{escaped(words)}</b>"


def _style(area: Area, shown: Area) -> str:
    """Where an area stands in what is shown, in per cent."""
    across, down = 100 / shown.width, 100 / shown.height
    return (
        f"left:{(area.left - shown.left) * across:.4g}%;top:{(area.top - shown.top) * down:.4g}%;"
        f"width:{area.width * across:.4g}%;height:{area.height * down:.4g}%"
    )
