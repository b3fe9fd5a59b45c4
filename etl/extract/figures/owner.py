"""Whose a figure is: the place and the body that govern it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from etl import tables
from etl.extract.figures.scan import Quantity
from etl.extract.places import implied_division
from etl.model import Reading

# What stands before a place that only receives, is compared with or is gone to.
_TOWARDS = re.compile(
    r"(?:向|对|给|援助|支援|驰援|帮扶|送往|发往|运往|运抵|出口|飞往|前往|开往|比|高于|低于|超过|占|与|同|和|跟|针对)(?:了)?$"
)
_GOES = re.compile(r"^[先后累计]{0,2}(?:赴|到|走进|深入|前往|落户|进驻|在)")
_IMPLIED = re.compile(r"(?:全|我|本|该)(?P<scope>省|自治区|区|市|州|县)(?![场长委内外级直值面])")
_SCOPES = {"省": "province", "自治区": "province", "市": "city", "州": "city", "县": "county"}
_NATIONAL = re.compile(
    r"全国(?!政协|人大)|我国|国家[\u4e00-\u9fff]{1,6}[局部委](?![分])|中国(?![((共工农建银石移联电人民科铁])|全球|世界|国际|海外|中央"
)
_CLAUSE = re.compile(r"[,;:，；：。]")


class Mention(NamedTuple):
    """A place that the text names or implies; adcode None where it is the whole nation or abroad."""

    start: int
    end: int
    adcode: str | None


class Owners:
    """The places and bodies of one article, ready to be asked for the owner of a figure."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mentions = sorted({*_named(reading), *_implied(reading)})
        self.bodies = sorted(
            (one for one in reading.bodies if one.kind == "organisation"),
            key=lambda one: one.start,
        )

    def place(self, one: Quantity) -> tuple[str | None, str | None]:
        """(adcode, basis): from the sentence, else its paragraph, else the article."""
        sentence = self.reading.sentence_at(one.start)
        found = self._in_sentence(sentence, one)
        if found:
            return found.adcode, "sentence" if found.adcode else None
        for other in self._earlier(sentence):
            subject = self._subject(other)
            if subject:
                return subject.adcode, "paragraph" if subject.adcode else None
        adcode = self.reading.place.adcode
        return adcode, "article" if adcode else None

    def body(self, one: Quantity) -> str | None:
        """The full name of the body that achieved or holds it."""
        sentence = self.reading.sentence_at(one.start)
        for within in (sentence, *self._earlier(sentence)):
            stop = min(within.end, one.start)
            bodies = [
                body for body in self.bodies if within.start <= body.start and body.end <= stop
            ]
            bodies = [body for body in bodies if not self._receives(body.start)]
            if bodies:
                return bodies[-1].name if within is sentence else bodies[0].name
        return None

    def _earlier(self, sentence: tables.Sentence) -> list[tables.Sentence]:
        """The sentences of the same paragraph before `sentence`, nearest first."""
        before = self.reading.sentences[: sentence.order - 1]
        return [one for one in reversed(before) if one.paragraph == sentence.paragraph]

    def _within(self, start: int, end: int) -> list[Mention]:
        low = bisect_left(self.mentions, (start,))
        high = bisect_left(self.mentions, (end,))
        return self.mentions[low:high]

    def _in_sentence(self, sentence: tables.Sentence, one: Quantity) -> Mention | None:
        before = [
            mention
            for mention in self._within(sentence.start, one.start)
            if mention.end <= one.start and not self._receives(mention.start)
        ]
        if one.form == "rank":
            before = [mention for mention in before if mention.end < one.start - 3] or before[:-1]
        before = _without_list(self.reading.normal, before, one)
        goes = _GOES.match(self.reading.normal[one.end : one.end + 6])
        if goes:
            near = self._within(one.end, one.end + goes.end() + 2)
            if near:
                return _deepest(
                    self.reading.normal, near[0], self._within(near[0].start, sentence.end)
                )
        return before[-1] if before else None

    def _subject(self, sentence: tables.Sentence) -> Mention | None:
        """The first place of a sentence that is not only gone to, with its parts (甘肃省张掖市)."""
        found = [
            one
            for one in self._within(sentence.start, sentence.end)
            if not self._receives(one.start)
        ]
        return _deepest(self.reading.normal, found[0], found) if found else None

    def _receives(self, start: int) -> bool:
        return bool(_TOWARDS.search(self.reading.normal[max(0, start - 4) : start]))


def _named(reading: Reading) -> list[Mention]:
    return [
        Mention(one.start, one.end, one.adcode) for one in reading.places if one.context != "person"
    ] + [Mention(one.start, one.end, one.adcode) for one in reading.bodies if one.adcode]


def _implied(reading: Reading) -> list[Mention]:
    rows = []
    for found in _IMPLIED.finditer(reading.normal):
        scope = _SCOPES.get(found["scope"])
        if scope:
            adcode = implied_division(reading, scope, found.start())
            if adcode:
                rows.append(Mention(found.start(), found.end(), adcode))
    return rows


def _deepest(text: str, first: Mention, found: list[Mention]) -> Mention:
    """The last of the mentions that follow one another without a gap from `first` on."""
    last = first
    for one in found:
        if one.start == last.end:
            last = one
    return last


def _without_list(text: str, found: list[Mention], one: Quantity) -> list[Mention]:
    """济南、青岛、烟台等5市: what stands before 等 is an example of what is counted, no owner."""
    if not text[: one.start].rstrip().endswith("等"):
        return found
    clause = max(text.rfind(mark, 0, one.start) for mark in ",。;:!?\n")
    return [mention for mention in found if mention.end <= clause]
