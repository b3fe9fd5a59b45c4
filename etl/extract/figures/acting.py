"""Which of the places that a sentence names act, and which only receive or are gone to."""

from __future__ import annotations

from bisect import bisect_left

from etl import tables
from etl.extract.figures import roles
from etl.extract.figures.mentions import mentions
from etl.extract.figures.spans import Mention, contains, innermost, leading
from etl.model import Reading


class Acting:
    """The places of one article in reading order, ready to be asked which ones act."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mentions = mentions(reading)
        self.starts = [one.start for one in self.mentions]
        # What was asked before: offset → whether it only receives, sentence → its subject.
        self._receiving: dict[int, bool] = {}
        self._subjects: dict[str, Mention | None] = {}

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin between two offsets."""
        low = bisect_left(self.starts, start)
        high = bisect_left(self.starts, end)
        return self.mentions[low:high]

    def subject(self, sentence: tables.Sentence) -> Mention | None:
        """What a sentence is about: the first of its places that acts."""
        if sentence.sentence_id not in self._subjects:
            self._subjects[sentence.sentence_id] = self._first_place(sentence)
        return self._subjects[sentence.sentence_id]

    def _first_place(self, sentence: tables.Sentence) -> Mention | None:
        """The first place of a sentence that is not only gone to, with its parts (甘肃省张掖市).

        Where it all happened inside of it is nearer: 云南大学等单位在云南楚雄…
        """
        found = innermost(self.within(sentence.start, sentence.end))
        text = self.reading.normal
        first_clause = roles.CLAUSE.match(text, sentence.start)
        told = first_clause.end() if first_clause else sentence.end
        acting = [
            one
            for one in found
            if not self.receives(one.start)
            and (one.adcode or one.start < told or roles.NATION_ACTS.match(text, one.start))
            and not (text[one.start - 1 : one.start] == "由" and roles.LED_BY.match(text, one.end))
        ]
        if not acting:
            return None
        first = leading(text, acting)
        located = (
            one
            for one in acting[1:]
            if text[one.start - 1 : one.start] == "在"
            and not (
                roles.SITS.match(text, one.end)
                and roles.SESSION.search(text, first.start, one.start)
            )
        )
        narrower = (one for one in located if first.adcode and contains(first.adcode, one.adcode))
        return next(narrower, first)

    def receives(self, start: int) -> bool:
        """Whether the place or body at `start` is only given to, gone to or compared with."""
        if start not in self._receiving:
            self._receiving[start] = self._is_towards(start)
        return self._receiving[start]

    def _is_towards(self, start: int) -> bool:
        text = self.reading.normal
        if text[start - 1 : start] == "以":
            return bool(roles.MODEL.match(text, start))
        if text[start - 1 : start] == "从" and roles.LEAVES.match(text, start):
            return True
        if roles.FOREMOST.match(text, start) and self._is_wide(start):
            return True
        if text[start - 1 : start] in ("给", "为") and roles.BROUGHT.match(text, start):
            return False
        if text[start - 1 : start] in roles.JOINS:  # 比广东、浙江高出: the next of a list, too
            index = bisect_left(self.starts, start) - 1
            former = self.mentions[index] if index >= 0 else None
            if former and former.end == start - 1:
                return self.receives(former.start)
        return bool(roles.TOWARDS.search(text[max(0, start - 4) : start]))

    def _is_wide(self, start: int) -> bool:
        """Whether the article names a part of the place at `start` before it."""
        at = bisect_left(self.starts, start)
        here = self.mentions[at].adcode if at < len(self.mentions) else None
        parts = (one.adcode for one in self.mentions[:at])
        return here is not None and any(one != here and contains(here, one) for one in parts)
