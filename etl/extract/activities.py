"""An article's text → what was done."""

from __future__ import annotations

import re

from etl import tables
from etl.model import Reading

_MEETING = re.compile(r"(?:召开|举行|举办)[^,。;]{0,40}?(?:会议|大会|座谈会|论坛|仪式|培训班|活动)")


def find_activities(reading: Reading) -> list[tables.Activity]:
    """One row per event that the article reports."""
    return [_row(reading, match) for match in _MEETING.finditer(reading.normal)]


def _row(reading: Reading, match: re.Match[str]) -> tables.Activity:
    return tables.Activity(
        activity_id=f"{reading.article_id}-e{match.start():05d}",
        article_id=reading.article_id,
        sentence_id=reading.sentence_at(match.start()).sentence_id,
        start=match.start(),
        end=match.end(),
        raw=reading.text[match.start() : match.end()],
        type="meeting",
        name=reading.text[match.start() + 2 : match.end()],
        adcode=reading.place.adcode,
    )


def link_figures(reading: Reading) -> list[tables.Figure]:
    """The article's figures, each with the activity of its sentence."""
    by_sentence = {one.sentence_id: one.activity_id for one in reversed(reading.activities)}
    for figure in reading.figures:
        figure.activity_id = by_sentence.get(figure.sentence_id)
    return reading.figures
