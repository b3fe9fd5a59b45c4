"""Places named in an article, the division it is about, and what 省, 市, 县 stand for in it."""

from __future__ import annotations

from etl import tables
from etl.extract.places.context import context_of
from etl.extract.places.gazetteer import gazetteer
from etl.extract.places.implied import implied_division
from etl.extract.places.match import Hit, find_hits
from etl.extract.places.resolve import resolve
from etl.extract.places.settle import settle_article
from etl.model import Reading

__all__ = ["find_places", "implied_division", "settle_article"]


def find_places(reading: Reading) -> list[tables.Place]:
    """Every mention of a division in reading order; offsets count into the article's text.

    A chain (黑龙江省佳木斯市) is one row per name. A name that could be several divisions and
    that nothing settles has no code and is not `certain`.
    """
    hits = find_hits(reading.normal, gazetteer(reading.year))
    return [_row(reading, hit) for hit in resolve(reading.normal, hits)]


def _row(reading: Reading, hit: Hit) -> tables.Place:
    division = hit.division
    return tables.Place(
        article_id=reading.article_id,
        sentence_id=reading.sentence_at(hit.start).sentence_id if reading.sentences else "",
        start=hit.start,
        end=hit.end,
        raw=reading.text[hit.start : hit.end],
        adcode=division.adcode if division else None,
        name=division.name if division else None,
        level=division.level if division else None,
        context=context_of(reading.normal, hit.end),
        certain=hit.certain,
        basis=hit.basis,
        confidence=1.0 if hit.certain and hit.basis == "name" else 0.8 if division else 0.3,
    )
