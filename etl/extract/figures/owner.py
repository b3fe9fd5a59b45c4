"""Whose a figure is: the place and the body that govern it."""

from __future__ import annotations

import re
from bisect import bisect_left

from etl import tables
from etl.extract.figures import roles
from etl.extract.figures.acting import Acting
from etl.extract.figures.clauses import up_to_subject
from etl.extract.figures.mentions import MINISTRY
from etl.extract.figures.paragraphs import Paragraphs
from etl.extract.figures.quantity import Quantity
from etl.extract.figures.spans import Mention, chain, contains, innermost, together
from etl.model import Reading
from etl.spans import START

_COMPARES = frozenset("、和与及的")


class Owners:
    """The places and bodies of one article, ready to be asked for the owner of a figure."""

    def __init__(self, reading: Reading, figures: list[Quantity]) -> None:
        self.reading = reading
        self.starts = [one.start for one in figures]
        self.acting = Acting(reading)
        self.paragraphs = Paragraphs(self.acting)
        self.bodies = sorted(
            (one for one in reading.bodies if one.kind == "organisation"),
            key=START,
        )
        self.body_starts = [one.start for one in self.bodies]

    def place(self, one: Quantity, sentence: tables.Sentence) -> tuple[str | None, str | None]:
        """(adcode, basis): from the sentence, else its paragraph, else the article."""
        if one.kind == "count" and roles.PROVINCES.match(
            self.reading.normal, self._unit_start(one)
        ):
            return None, None
        found = self._in_sentence(sentence, one)
        if found:
            return found.adcode, "sentence" if found.adcode else None
        for other in self.paragraphs.earlier(sentence):
            subject = self.acting.subject(other)
            if subject:
                return subject.adcode, "paragraph" if subject.adcode else None
        told = (
            self._ahead(sentence, one)
            or self.paragraphs.pointed_at(sentence, one.start)
            or self.paragraphs.continued(sentence, one.start)
        )
        if told:
            return told.adcode, "paragraph"
        adcode = self.reading.place.adcode
        return adcode, "article" if adcode else None

    def _unit_start(self, one: Quantity) -> int:
        """Where 省份 stands if provinces are counted: 19个省份, 5省."""
        text = self.reading.normal
        return one.end if text[one.end - 1] == "个" else one.end - len(one.unit or "")

    def body(self, one: Quantity, sentence: tables.Sentence, adcode: str | None) -> str | None:
        """The full name of the body that achieved or holds it, one of the figure's own place.

        The nearest one before it in the sentence, else the paragraph's subject, else the first
        body of the article that belongs to the place.
        """
        stop = _before_list(self.reading.normal, one)
        near = [body for body in self._bodies(sentence.start, stop) if _fits(body, adcode)]
        if near:
            return near[-1].name
        for other in self.paragraphs.earlier(sentence) if adcode else ():
            subjects = [
                body for body in self._bodies(other.start, other.end) if _fits(body, adcode)
            ]
            if subjects:
                return subjects[0].name
        own = (body.name for body in self.bodies if adcode and body.adcode == adcode)
        return next(own, None)

    def _bodies(self, start: int, end: int) -> list[tables.Organisation]:
        """The bodies between two offsets that act, and are not only referred to."""
        low = bisect_left(self.body_starts, start)
        high = bisect_left(self.body_starts, end)
        return [
            one
            for one in self.bodies[low:high]
            if one.end <= end
            and not self.acting.receives(one.start)
            and not self._quoted(one.start)
        ]

    def _quoted(self, start: int) -> bool:
        return bool(roles.SOURCE.search(self.reading.normal[max(0, start - 4) : start]))

    def _in_sentence(self, sentence: tables.Sentence, one: Quantity) -> Mention | None:
        apart = one.form == "rank" or (one.unit or "").endswith("百分点")
        if not apart and self._nations(one):
            return Mention(one.start, one.start, None)
        if owned := self._behind(one):
            return owned
        stop = _before_list(self.reading.normal, one)
        before = [
            mention
            for mention in innermost(self.acting.within(sentence.start, one.start))
            if (mention.end <= stop or roles.ACTS.match(self.reading.normal, mention.end))
            and self._governs(mention, one.start)
        ]
        if one.form == "rank":
            before = [mention for mention in before if mention.end < one.start - 3] or before[:-1]
        goes = roles.GOES.match(self.reading.normal, one.end)
        if goes:
            near = self.acting.within(goes.end(), min(goes.end() + 2, sentence.end))
            if near:
                return innermost(self.acting.within(near[0].start, sentence.end))[0]
        if len(before) > 1 and self._part_abroad(before[-1], one):
            before = before[:-1]
        before = up_to_subject(self.reading.normal, sentence.start, before, one.start)
        if len(before) > 1 and self._is_line(sentence, before, one):
            return Mention(before[0].start, before[-1].end, together(before))
        return self._of_list(before, one) if before else None

    def _is_line(self, sentence: tables.Sentence, before: list[Mention], one: Quantity) -> bool:
        """Whether a length is that of a line which goes through all the places before it."""
        text = self.reading.normal
        if one.unit not in roles.LENGTHS or re.search("境内|段", text[before[-1].end : one.start]):
            return False
        return before[-1].end < one.start and bool(
            roles.GOES_THROUGH.search(text, sentence.start, before[-1].start)
        )

    def _nations(self, one: Quantity) -> bool:
        """Whether the nation stands right before the figure, and the figure is no share of it."""
        before = self.reading.normal[max(0, one.start - 14) : one.start]
        if not roles.NATION_BEFORE.search(before):
            return False
        return one.kind not in ("percent", "multiple") or not roles.SHARE_OF.search(before)

    def _behind(self, one: Quantity) -> Mention | None:
        """The place that the figure is an attribute of."""
        found = roles.OWNED_BEHIND.match(self.reading.normal, one.end)
        near = self.acting.within(found.end(), found.end() + 1) if found else []
        return (
            innermost(self.acting.within(found.end(), found.end() + 8))[0]
            if found and near
            else None
        )

    def _ahead(self, sentence: tables.Sentence, one: Quantity) -> Mention | None:
        """The place behind the figure where its sentence says only there where all of it is.

        200多辆车行驶在克拉玛依的街头, 聚集了560家企业的太仓; none outside of the article's place.
        """
        text, own = self.reading.normal, self.reading.place.adcode
        behind = innermost(self.acting.within(one.end, sentence.end))[:1]
        return next(
            (
                place
                for place in behind
                if place.adcode
                and contains(own, place.adcode)
                and roles.THERE.fullmatch(text, one.end, place.start)
            ),
            None,
        )

    def _part_abroad(self, mention: Mention, one: Quantity) -> bool:
        """我省结好340对,其中欧洲139对: the parts of what a division has are its own."""
        text = self.reading.normal
        clause = max(text.rfind(mark, 0, mention.start) for mark in "。;")
        return (
            mention.adcode is None
            and "其中" in text[clause + 1 : mention.start]
            and (mention.end == one.start)
        )

    def _of_list(self, before: list[Mention], one: Quantity) -> Mention | None:
        """The last place before the figure; of several named as a list none, or its own.

        甲、乙分别有3家、5家: the first figure is the first place's. Without 分别 the figure is
        what all of them have together and belongs to none. 甲、乙、丙等地 are examples.
        """
        text = self.reading.normal
        listed = chain(text, before)
        aside = text[before[-1].end : one.start] in ("(", "(约")  # 烟台与青岛(8200亿元)
        if len(listed) < 2 or aside:
            return before[-1]
        above = before[-len(listed) - 1] if len(listed) < len(before) else None
        if roles.GUIDES.search(text[max(0, listed[0].start - 4) : listed[0].start]):
            return above
        behind = text[listed[-1].end : one.start]
        if behind.startswith("等") and above:
            return above
        if "分别" in behind:
            dealt = text.index("分别", listed[-1].end)
            told = bisect_left(self.starts, one.start) - bisect_left(self.starts, dealt)
            return listed[min(told, len(listed) - 1)]
        return Mention(listed[0].start, listed[-1].end, together(listed))

    def _governs(self, mention: Mention, stop: int) -> bool:
        """Whether a mention before `stop` may own a figure there.

        广东(2.56): what stands in brackets behind a place is the place's, also in a comparison;
        a place in brackets that are closed owns nothing behind them.
        """
        text = self.reading.normal
        between = text[mention.end : stop]
        times = text[mention.end : mention.end + 1] in _COMPARES and roles.TIMES_OF.match(
            text, mention.end
        )
        if between in ("(", "(约", "的", ""):  # 给湖北39家医院: it is there, whoever gives
            share = roles.SHARES.search(text, mention.start - 2, mention.start)
            return not share and not times
        listed = "等" in between and self._is_example(mention, stop)
        closed = ")" in between and roles.ASIDE.search(between)
        aside = closed and "(" not in between.partition(")")[0]
        return not (aside or times or listed or self.acting.receives(mention.start))

    def _is_example(self, mention: Mention, stop: int) -> bool:
        """Whether a place is one of a list of examples that is closed before `stop`.

        吉林等15个省份, and places of several provinces: 苏州某基地、合肥某中心等15个项目.
        """
        text = self.reading.normal
        found = roles.EXAMPLES.match(text, mention.end, stop)
        if not found or mention.adcode is None:
            return False
        clause = max(text.rfind(mark, 0, mention.start) for mark in ",。;:\n") + 1
        listed = [one for one in innermost(self.acting.within(clause, found.end())) if one.adcode]
        several = len({(one.adcode or "")[:2] for one in listed}) > 1
        return several or (len(listed) == 1 and not found["more"])


def _fits(body: tables.Organisation, adcode: str | None) -> bool:
    """Whether a figure of the place `adcode` may be the body's: same place, or a national body."""
    return body.adcode == adcode or (body.adcode is None and bool(MINISTRY.match(body.name)))


def _before_list(text: str, one: Quantity) -> int:
    """Where the clause begins that lists examples (济南、青岛、烟台等5市), else the figure's start.

    What stands before 等 is an example of what is counted and owns nothing.
    """
    before = text[max(0, one.start - 4) : one.start]
    if "等" not in before or not before.rstrip().endswith("等"):
        return one.start
    return max(text.rfind(mark, 0, one.start) for mark in ",。;:!?\n") + 1
