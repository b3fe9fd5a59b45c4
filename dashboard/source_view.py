"""The page as it stood, with an article's pieces numbered and its repairs shown in their place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from dashboard.queries import ArticleDetail
from dashboard.rows import escaped, records
from dashboard.view import View


def has_source(detail: ArticleDetail) -> bool:
    """Whether the page tells more than the article: it has others, or something was repaired."""
    return not detail.alone or len(detail.repairs) > 0 or len(detail.passages) > 1


def source_html(detail: ArticleDetail, view: View) -> str:
    """The document's whole text, every blank and line break as it stands.

    What is not the article's is pale. A piece begins with its place in the reading order, a
    repair ends with what was found and how surely; what was done stands in its tooltip.
    """
    label = escaped(view.t("reader.source"))
    inner = "".join(_segments(detail, view))
    attributes = f"class='bm-page' lang='zh' tabindex='0' role='region' aria-label='{label}'"
    return f"<div {attributes}>{inner}</div>"


def _segments(detail: ArticleDetail, view: View) -> Iterator[str]:
    """The text cut where a piece or a repair begins or ends."""
    repairs = records(detail.repairs)
    pieces = [(one.start, one.end) for one in detail.passages]
    cuts = {0, len(detail.page)}
    cuts |= {at for piece in pieces for at in piece}
    cuts |= {int(at) for one in repairs for at in (one.start, one.end)}
    for start, end in pairwise(sorted(cuts)):
        for number, piece in enumerate(pieces, 1):
            if piece[0] == start and len(pieces) > 1:
                name = escaped(view.t("reader.piece", number=number))
                yield f"<span class='bm-piece' title='{name}'>{number}</span>"
        own = any(first <= start and end <= last for first, last in pieces)
        over = [one for one in repairs if one.start <= start and end <= one.end]
        yield _segment(detail.page[start:end], own, over)
        yield from (_badge(one, view) for one in repairs if int(one.end) == end)


def _segment(text: str, own: bool, repairs: list[Any]) -> str:
    kinds = "".join(f" bm-r-{escaped(one.kind)}" for one in repairs)
    title = escaped("；".join(one.action for one in repairs))
    tip = f" title='{title}'" if repairs else ""
    return f"<span class='{'bm-own' if own else 'bm-other'}{kinds}'{tip}>{escaped(text)}</span>"


def _badge(repair: Any, view: View) -> str:
    kind = view.value_name("kind_of_repairs", repair.kind)
    label = view.t("reader.repair", kind=kind, share=f"{repair.confidence:.0%}")
    return f"<span class='bm-badge' title='{escaped(repair.action)}'>{escaped(label)}</span>"
