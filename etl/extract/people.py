"""An article's text → the people it names."""

from __future__ import annotations

import re

from etl import tables
from etl.model import Reading

_REPORTERS = re.compile(r"记者[ :]?((?:[一-鿿]{2,3}[ 、])*[一-鿿]{2,3})(?=[) \n]|$)")


def find_people(reading: Reading) -> list[tables.Person]:
    """One row per person named in the article, at the first mention."""
    rows: dict[str, tables.Person] = {}
    for match in _REPORTERS.finditer(reading.normal):
        for name in re.finditer(r"[一-鿿]{2,3}", match[1]):
            start = match.start(1) + name.start()
            rows.setdefault(name[0], _row(reading, start, name[0]))
    return list(rows.values())


def _row(reading: Reading, start: int, name: str) -> tables.Person:
    return tables.Person(
        article_id=reading.article_id,
        sentence_id=reading.sentence_at(start).sentence_id,
        start=start,
        end=start + len(name),
        raw=name,
        name=name,
        role="reporter",
    )
