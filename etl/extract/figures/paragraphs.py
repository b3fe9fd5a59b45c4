"""Which place a paragraph is about where the sentence of a figure names none."""

from __future__ import annotations

from itertools import groupby

from etl import tables
from etl.extract.figures import roles
from etl.extract.figures.acting import Acting
from etl.extract.figures.spans import Mention, contains

# How many sentences back a place still governs.
_REACH = 4
# How many sentences of a paragraph are looked through for what it is about.
_LONG = 8
# How many paragraphs in a row may go on about a place without naming it.
_GOES_ON = 3


class Paragraphs:
    """The paragraphs of one article, ready to be asked which place they are about."""

    def __init__(self, acting: Acting) -> None:
        self.acting = acting
        self.reading = acting.reading
        body = [one for one in self.reading.sentences if one.role == "body"]
        self._body = {
            number: list(group)[:_LONG]
            for number, group in groupby(body, lambda one: one.paragraph)
        }
        self._topics: dict[int, tuple[Mention | None, bool]] = {}

    def earlier(self, sentence: tables.Sentence) -> list[tables.Sentence]:
        """The sentences of the same paragraph before `sentence`, nearest first, then the head
        of the section where the paragraph is its first.
        """
        sentences, at = self.reading.sentences, sentence.order - 1
        near = [
            one
            for one in reversed(sentences[max(0, at - _REACH) : at])
            if one.paragraph == sentence.paragraph
        ]
        first = at - len(near)
        if first > 0 and sentences[first - 1].role == "section":
            near.append(sentences[first - 1])
        return near

    def pointed_at(self, sentence: tables.Sentence, start: int) -> Mention | None:
        """The place of a paragraph before, where 当地 or 这座车间 before `start` points back."""
        text = self.reading.normal
        own = [one for one in self.earlier(sentence) if one.paragraph == sentence.paragraph]
        if not roles.POINTS_BACK.search(text, own[-1].start if own else sentence.start, start):
            return None
        before = self.reading.sentences[: sentence.order - 1 - len(own)]
        above = [one for one in before[-_REACH:] if one.role == "body"]
        found = (self.acting.subject(one) for one in reversed(above))
        return next((one for one in found if one and one.adcode), None)

    def continued(self, sentence: tables.Sentence, start: int) -> Mention | None:
        """The part of the article's place that the paragraphs before are about, at `start`."""
        place = self.reading.place.adcode
        if place is None or self._turns(sentence.paragraph, start):
            return None
        topic = self._topic(sentence.paragraph - 1, _GOES_ON)
        narrower = topic and topic.adcode != place and contains(place, topic.adcode)
        return topic if narrower and topic and topic.adcode else None

    def _topic(self, number: int, steps: int) -> Mention | None:
        """The place that a paragraph of the body is about, else the one before it.

        A place farther back goes on only where its paragraph names no other one beside it.
        """
        if number not in self._body or not steps:
            return None
        if number not in self._topics:
            self._topics[number] = self._named(self._body[number])
        topic, alone = self._topics[number]
        if topic:
            return topic if alone or steps == _GOES_ON else None
        if self._turns(number, self._body[number][-1].end):
            return None
        return self._topic(number - 1, steps - 1)

    def _named(self, paragraph: list[tables.Sentence]) -> tuple[Mention | None, bool]:
        """The place a paragraph is about, and whether it names no other one beside it.

        Of places that lie in one another the innermost, else the one that it begins with.
        """
        found = self.acting.within(paragraph[0].start, paragraph[-1].end)
        acting = [one for one in found if not self._only_seat(one)]
        narrowest = max(acting, key=lambda one: len((one.adcode or "").rstrip("0")), default=None)
        if narrowest and all(contains(one.adcode, narrowest.adcode) for one in found):
            return narrowest, True
        subjects = (self.acting.subject(one) for one in paragraph)
        return next((one for one in subjects if one), None), False

    def _only_seat(self, one: Mention) -> bool:
        """Whether something only goes to a place or is held there: 省政协会议在太原召开."""
        text = self.reading.normal
        seat = text[one.start - 1 : one.start] == "在" and roles.SITS.match(text, one.end)
        return bool(seat) or self.acting.receives(one.start)

    def _turns(self, number: int, end: int) -> bool:
        """Whether a paragraph turns to the nation or to statistics before `end`."""
        start = self._body[number][0].start if number in self._body else end
        return bool(roles.TURNS.search(self.reading.normal, start, end))
