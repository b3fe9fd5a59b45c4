"""An article's text → what was done, and which figures tell of it."""

from __future__ import annotations

import re
from bisect import bisect_right

from etl import tables
from etl.extract.activities.areas import names_of
from etl.extract.activities.details import level_of, participants_of, place_of
from etl.extract.activities.names import name_of
from etl.extract.activities.organiser import organiser_of
from etl.extract.activities.parts import is_part, shows
from etl.extract.activities.programmes import find_programmes
from etl.extract.activities.same import merge
from etl.extract.activities.scan import Scan, Trigger, scan
from etl.extract.activities.status import Judge
from etl.extract.activities.told import find_cited, find_plain, find_statement
from etl.extract.activities.topics import add_topics
from etl.extract.activities.tours import go_on_tour
from etl.extract.activities.triggers import find_triggers
from etl.extract.activities.when import date_of
from etl.model import Reading
from etl.spans import START

__all__ = ["find_activities", "link_figures"]

# What somebody says at an event is part of it.
_PART = re.compile("讲话|致辞|致词|演讲|报告|发言|讲座|授课")
# 召开会议,研究制定规划: what a meeting dealt with.
_DEALT = re.compile("(?:并|会上|专题|集中)?(?:研究|讨论|听取|学习|传达|分析|总结|回顾)")
# 会议召开,某某主持会议.
_SAME_MEETING = (
    *("会议", "座谈会", "活动", "大会", "仪式", "全体会议"),
    *("开幕式", "开幕会", "闭幕式", "闭幕会"),
)
_GATHERINGS = ("meeting", "consultation", "training", "lecture", "launch", "award", "signing")
# So far back an event is looked for that somebody leads.
_NEAR = 3
_PARTS = ("lecture", "statement")
_HEAD = frozenset({"kicker", "headline", "subheadline", "byline", "jump", "credit", "section"})


def find_activities(reading: Reading) -> list[tables.Activity]:
    """One row per event, programme or piece of routine work, in text order.

    Headlines are read only where the article has no body: what they announce is told again.
    """
    scanned = scan(reading)
    judge = Judge(reading, scanned)
    bodies = [one for one in reading.sentences if one.role not in _HEAD]
    rows: list[tables.Activity] = []
    for sentence in bodies or reading.sentences:
        rows += _of_sentence(reading, scanned, judge, sentence, rows)
    return add_topics(reading, merge(rows))


def _of_sentence(
    reading: Reading,
    scanned: Scan,
    judge: Judge,
    sentence: tables.Sentence,
    before: list[tables.Activity],
) -> list[tables.Activity]:
    """The sentence's activities, without those that are only part of the event just told.

    After a meeting the same sentence goes on with what it dealt with, and the next one with
    who spoke there.
    """
    held: str | None = None
    rows: list[tables.Activity] = []
    statement = None
    if scanned.moments_in(sentence.start, sentence.end):
        statement = find_statement(reading, scanned, sentence)
        statement = statement or find_cited(reading, scanned, sentence)
    triggers = find_triggers(scanned, sentence.start, sentence.end)
    shown = next((one for one in triggers if shows(reading, one, sentence)), None)
    if shown and not statement:
        triggers = [one for one in triggers if one.start <= shown.start]
    if statement:
        triggers = [one for one in triggers if one.verb[1] <= statement.start] + [statement]
    for trigger in triggers:
        row = _row(reading, trigger, sentence, judge)
        if row is None:
            continue
        if held and trigger.sort != "hold" and (row.confidence < 0.8 or row.type == held):
            continue
        if held == "meeting" and _DEALT.match(reading.normal, trigger.start, trigger.verb[1]):
            continue
        told = held or _last_gathering(before)
        if told and trigger.sort in ("attend", "run") and row.name in _SAME_MEETING:
            continue
        if held and row.type == "statement" and _PART.search(row.name):
            continue
        if is_part(reading, sentence, trigger, rows):
            continue
        go_on_tour(reading, sentence, row, before, rows)
        part = row.type in _PARTS and not row.date and _PART.search(row.name)
        if part and _goes_on(reading, sentence, before[-1:]):
            continue
        if trigger.sort == "hold" and row.status == "event":
            held = row.type
        rows.append(row)
    if any(row.status == "event" for row in rows):
        return rows + _programmes(reading, judge, sentence, rows)
    rows += _programmes(reading, judge, sentence, rows)
    plain = find_plain(reading, scanned, sentence)
    row = _row(reading, plain, sentence, judge) if plain else None
    return [*rows, row] if row else rows


def _last_gathering(before: list[tables.Activity]) -> bool:
    """Whether one of the last activities is a gathering, which somebody may lead or attend."""
    return any(one.status == "event" and one.type in _GATHERINGS for one in before[-_NEAR:])


def _programmes(
    reading: Reading, judge: Judge, sentence: tables.Sentence, rows: list[tables.Activity]
) -> list[tables.Activity]:
    """The programmes that the sentence names beside what it reports."""
    found = (
        _row(reading, one, sentence, judge)
        for one in find_programmes(judge.scanned, sentence)
        if not any(row.start < one.end and one.start < row.end for row in rows)
    )
    return [one for one in found if one]


def _goes_on(reading: Reading, sentence: tables.Sentence, before: list[tables.Activity]) -> bool:
    """Whether the last activity is an event of the sentence right before in the paragraph."""
    earlier = _before(reading, sentence)
    return any(
        earlier and one.sentence_id == earlier.sentence_id and one.status == "event"
        for one in before
    )


def _row(
    reading: Reading, trigger: Trigger, sentence: tables.Sentence, judge: Judge
) -> tables.Activity | None:
    """The trigger as a row, or None where it only tells what should or might be."""
    judged = judge.status(trigger, sentence)
    if judged is None:
        return None
    status, confidence = judged
    date = date_of(reading, judge.scanned, trigger, sentence)
    organiser = organiser_of(reading, trigger, sentence)
    adcode = place_of(reading, trigger, sentence, organiser)
    province, city, county, _ = names_of(reading, adcode)
    return tables.Activity(
        activity_id=f"{reading.article_id}-e{trigger.start:05d}",
        article_id=reading.article_id,
        sentence_id=sentence.sentence_id,
        start=trigger.start,
        end=trigger.end,
        raw=reading.text[trigger.start : trigger.end],
        type=trigger.type,
        name=name_of(reading, judge.scanned, trigger),
        status=status,
        date=date.iso if date else None,
        date_precision=date.precision if date else None,
        adcode=adcode,
        province=province,
        city=city,
        county=county,
        level=level_of(reading, organiser, adcode),
        organiser=organiser.name if organiser else None,
        participants=participants_of(reading, trigger, sentence),
        confidence=confidence,
    )


def link_figures(reading: Reading) -> list[tables.Figure]:
    """The article's figures; each is given the event or work of its sentence that it tells of.

    That is the last one that begins before the figure, else the first of the sentence, else the
    event that the sentence right before it in the paragraph ends with.
    """
    by_sentence: dict[str, list[tables.Activity]] = {}
    for activity in sorted(reading.activities, key=START):
        by_sentence.setdefault(activity.sentence_id, []).append(activity)
    for figure in reading.figures:
        sentence = reading.sentence_at(figure.start)
        here = by_sentence.get(sentence.sentence_id)
        if here:
            at = bisect_right(here, figure.start, key=START) - 1
            figure.activity_id = here[max(at, 0)].activity_id
        elif before := _before(reading, sentence):
            there = [
                one for one in by_sentence.get(before.sentence_id, []) if one.status == "event"
            ]
            figure.activity_id = there[-1].activity_id if there else None
    return reading.figures


def _before(reading: Reading, sentence: tables.Sentence) -> tables.Sentence | None:
    """The sentence before in the same paragraph."""
    if sentence.order < 2:
        return None
    other = reading.sentences[sentence.order - 2]
    return other if other.paragraph == sentence.paragraph else None
