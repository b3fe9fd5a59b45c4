"""Whose a figure is: the place and the body that govern it."""

from __future__ import annotations

import re
from bisect import bisect_left

from etl import tables
from etl.extract.figures.mentions import (
    MINISTRY,
    Mention,
    chain,
    contains,
    innermost,
    mentions,
    together,
)
from etl.extract.figures.quantity import Quantity
from etl.model import Reading

# What stands before a place that only receives, is compared with or is gone to.
_TOWARDS = re.compile(
    r"(?:向|对|给|援助|支援|驰援|帮扶|送往|发往|运往|运抵|出口|飞往|前往|开往|比|高于|低于|高出|低出|多于|少于|优于|快于|慢于|领先|仅次于|不及|不如|超过|占|与|同|和|跟|针对|联手|携手|会同|对标|赶超|追赶|超越|落后于|较|(?<![作成定分称认名设升评])为)(?:了)?$"
)
# 以浙江为目标: what is looked up to owns nothing.
_MODEL = re.compile(r"[^,。;]{1,8}为(?:追赶|学习|奋斗)?(?:的)?(?:目标|标杆|榜样|样板|参照|对标)")
# A nation that is named later than in the first clause is no subject of what follows.
_CLAUSE = re.compile(
    r"(?:(?:[从在据自对]|根据|按照|随着|截[至止]|今年|去年|目前|此外|另外|同时|[一二三四]季度|[上下]半年|\d)[^,;:]*[,;:])*[^,;:]*"
)
_ASIDE = re.compile(r"\)[,。;、:]")
# 由晓庄学院牵头: who leads a piece of work is not where its figures belong.
_LED_BY = re.compile(r"[^,。;]{0,14}(?:牵头|主办|承办|发起|指导)")
# 指导沈阳、本溪等地: a list of those who are guided or reached says nothing of whose it is.
_GUIDES = re.compile(r"(?:指导|督导|督促|支持|支援|帮助|帮扶|协调|带动|辐射|覆盖|惠及)$")
_GOES = re.compile(
    r"[先后累计]{0,2}(?:赴|到|走进|深入|前往|落户|进驻|在)|[\u4e00-\u9fff]{2,10}(?:落户|进驻|入驻|落地)(?:在|于)?"
)
# 全国15个城市, 高于全国17.7%: the nation right before the number.
_NATION_BEFORE = re.compile("(?:全国|我国|全球|全世界|世界)的?$")
_SOURCE = re.compile(r"(?:根据|按照|依据|经|受|遵照|参照|印发|贯彻)$")
_POINTS_BACK = re.compile(
    r"当地|这里|这[座家片条处个](?:[\u4e00-\u9fff]{0,4})?[村镇县厂间区园店站场]|该[村镇县市区厂公企基园]"
)
# How many provinces take part is no figure of the place that tells it.
_PROVINCES = re.compile(r"(?:省份|省区市?|省市|省(?![级会直内外委政际道]))")
_JOINS = ("、", "和", "与", "及")
# How many sentences back a place still governs.
_REACH = 4


class Owners:
    """The places and bodies of one article, ready to be asked for the owner of a figure."""

    def __init__(self, reading: Reading, figures: list[Quantity]) -> None:
        self.reading = reading
        self.starts = [one.start for one in figures]
        self.mentions = mentions(reading)
        self.mention_starts = [one.start for one in self.mentions]
        self.bodies = sorted(
            (one for one in reading.bodies if one.kind == "organisation"),
            key=lambda one: one.start,
        )
        self.body_starts = [one.start for one in self.bodies]

    def place(self, one: Quantity, sentence: tables.Sentence) -> tuple[str | None, str | None]:
        """(adcode, basis): from the sentence, else its paragraph, else the article."""
        if one.kind == "count" and _PROVINCES.match(self.reading.normal, self._unit_start(one)):
            return None, None
        found = self._in_sentence(sentence, one)
        if found:
            return found.adcode, "sentence" if found.adcode else None
        for other in self._earlier(sentence):
            subject = self._subject(other)
            if subject:
                return subject.adcode, "paragraph" if subject.adcode else None
        pointed = self._pointed_at(sentence, one)
        if pointed:
            return pointed.adcode, "paragraph"
        adcode = self.reading.place.adcode
        return adcode, "article" if adcode else None

    def _unit_start(self, one: Quantity) -> int:
        """Where 省份 stands if provinces are counted: 19个省份, 5省."""
        text = self.reading.normal
        return one.end if text[one.end - 1] == "个" else one.end - len(one.unit or "")

    def _pointed_at(self, sentence: tables.Sentence, one: Quantity) -> Mention | None:
        """The place of the paragraph before, where 当地 or 这座车间 points back to it."""
        if not _POINTS_BACK.search(self.reading.normal, sentence.start, one.start):
            return None
        before = self.reading.sentences[: sentence.order - 1]
        above = [one for one in before[-_REACH:] if one.paragraph == sentence.paragraph - 1]
        found = (self._subject(one) for one in reversed(above) if one.role == "body")
        return next((one for one in found if one and one.adcode), None)

    def body(self, one: Quantity, sentence: tables.Sentence, adcode: str | None) -> str | None:
        """The full name of the body that achieved or holds it, one of the figure's own place.

        The nearest one before it in the sentence, else the paragraph's subject, else the first
        body of the article that belongs to the place.
        """
        stop = _before_list(self.reading.normal, one)
        near = [body for body in self._bodies(sentence.start, stop) if _fits(body, adcode)]
        if near:
            return near[-1].name
        for other in self._earlier(sentence) if adcode else ():
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
            if one.end <= end and not self._receives(one.start) and not self._quoted(one.start)
        ]

    def _quoted(self, start: int) -> bool:
        return bool(_SOURCE.search(self.reading.normal[max(0, start - 4) : start]))

    def _earlier(self, sentence: tables.Sentence) -> list[tables.Sentence]:
        """The sentences of the same paragraph before `sentence`, nearest first, then the head
        of the section where the paragraph is its first.
        """
        before = self.reading.sentences[: sentence.order - 1]
        near = [one for one in reversed(before[-_REACH:]) if one.paragraph == sentence.paragraph]
        head = before[-len(near) - 1 : len(before) - len(near)]
        above = [one for one in head if one.role == "section"]
        return near + above

    def _within(self, start: int, end: int) -> list[Mention]:
        low = bisect_left(self.mention_starts, start)
        high = bisect_left(self.mention_starts, end)
        return self.mentions[low:high]

    def _in_sentence(self, sentence: tables.Sentence, one: Quantity) -> Mention | None:
        apart = one.form == "rank" or (one.unit or "").endswith("百分点")
        if not apart and _NATION_BEFORE.search(
            self.reading.normal[max(0, one.start - 4) : one.start]
        ):
            return Mention(one.start, one.start, None)
        stop = _before_list(self.reading.normal, one)
        before = [
            mention
            for mention in innermost(self._within(sentence.start, stop))
            if mention.end <= stop and self._governs(mention, stop)
        ]
        if one.form == "rank":
            before = [mention for mention in before if mention.end < one.start - 3] or before[:-1]
        goes = _GOES.match(self.reading.normal, one.end)
        if goes:
            near = self._within(goes.end(), goes.end() + 2)
            if near:
                return innermost(self._within(near[0].start, sentence.end))[0]
        if len(before) > 1 and self._part_abroad(before[-1], one):
            before = before[:-1]
        return self._of_list(before, one) if before else None

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
        if len(listed) < 2:
            return before[-1]
        above = before[-len(listed) - 1] if len(listed) < len(before) else None
        if _GUIDES.search(text[max(0, listed[0].start - 4) : listed[0].start]):
            return above
        behind = text[listed[-1].end : one.start]
        if behind.startswith("等") and above:
            return above
        if "分别" in behind:
            dealt = text.index("分别", listed[-1].end)
            told = bisect_left(self.starts, one.start) - bisect_left(self.starts, dealt)
            return listed[min(told, len(listed) - 1)]
        return Mention(listed[0].start, listed[-1].end, together(listed))

    def _subject(self, sentence: tables.Sentence) -> Mention | None:
        """The first place of a sentence that is not only gone to, with its parts (甘肃省张掖市).

        Where it all happened inside of it is nearer: 云南大学等单位在云南楚雄…
        """
        found = innermost(self._within(sentence.start, sentence.end))
        text = self.reading.normal
        first_clause = _CLAUSE.match(text, sentence.start)
        told = first_clause.end() if first_clause else sentence.end
        acting = [
            one
            for one in found
            if not self._receives(one.start)
            and (one.adcode or one.start < told)
            and not (text[one.start - 1 : one.start] == "由" and _LED_BY.match(text, one.end))
        ]
        if not acting:
            return None
        first = _leading(text, acting)
        located = (one for one in acting[1:] if text[one.start - 1 : one.start] == "在")
        narrower = (one for one in located if first.adcode and contains(first.adcode, one.adcode))
        return next(narrower, first)

    def _receives(self, start: int) -> bool:
        text = self.reading.normal
        if text[start - 1 : start] == "以":
            return bool(_MODEL.match(text, start))
        if text[start - 1 : start] in _JOINS:  # 比广东、浙江高出: the next of a list, too
            index = bisect_left(self.mention_starts, start) - 1
            former = self.mentions[index] if index >= 0 else None
            if former and former.end == start - 1:
                return self._receives(former.start)
        return bool(_TOWARDS.search(text[max(0, start - 4) : start]))

    def _governs(self, mention: Mention, stop: int) -> bool:
        """Whether a mention before `stop` may own a figure there.

        广东(2.56): what stands in brackets behind a place is the place's, also in a comparison;
        a place in brackets that are closed owns nothing behind them.
        """
        between = self.reading.normal[mention.end : stop]
        if between in ("(", "(约") or not between:
            return True  # 给湖北39家医院: what is counted is there, whoever gives
        aside = _ASIDE.search(between) and "(" not in between.partition(")")[0]
        return not aside and not self._receives(mention.start)


def _fits(body: tables.Organisation, adcode: str | None) -> bool:
    """Whether a figure of the place `adcode` may be the body's: same place, or a national body."""
    return body.adcode == adcode or (body.adcode is None and bool(MINISTRY.match(body.name)))


def _before_list(text: str, one: Quantity) -> int:
    """Where the clause begins that lists examples (济南、青岛、烟台等5市), else the figure's start.

    What stands before 等 is an example of what is counted and owns nothing.
    """
    if not text[: one.start].rstrip().endswith("等"):
        return one.start
    return max(text.rfind(mark, 0, one.start) for mark in ",。;:!?\n") + 1


def _leading(text: str, acting: list[Mention]) -> Mention:
    """The first place of a sentence, or what holds all of them where it begins with a list."""
    stop = 1
    while stop < len(acting) and len(chain(text, acting[: stop + 1])) > stop:
        stop += 1
    first, last = acting[0], acting[stop - 1]
    return first if stop == 1 else Mention(first.start, last.end, together(acting[:stop]))
