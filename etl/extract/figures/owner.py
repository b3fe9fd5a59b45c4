"""Whose a figure is: the place and the body that govern it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from etl import reference, tables
from etl.extract.figures.quantity import Quantity
from etl.extract.places import implied_division
from etl.model import Reading

# What stands before a place that only receives, is compared with or is gone to.
_TOWARDS = re.compile(
    r"(?:向|对|给|援助|支援|驰援|帮扶|送往|发往|运往|运抵|出口|飞往|前往|开往|比|高于|低于|高出|低出|多于|少于|优于|快于|慢于|领先|仅次于|不及|不如|超过|占|与|同|和|跟|针对|联手|携手|会同|对标|赶超|追赶|超越|落后于|较|(?<![作成定分称认名设升评])为)(?:了)?$"
)
# 以浙江为目标: what is looked up to owns nothing.
_MODEL = re.compile(r"[^,。;]{1,8}为(?:追赶|学习|奋斗)?(?:的)?(?:目标|标杆|榜样|样板|参照|对标)")
# Bodies of several levels at once (市、县两级党委) are those of the place before them.
_LEVELS = re.compile(r"[省市县区乡镇村、]{1,7}[两三四五]级")
_ASIDE = re.compile(r"\)[,。;、:]")
# 由晓庄学院牵头: who leads a piece of work is not where its figures belong.
_LED_BY = re.compile(r"[^,。;]{0,14}(?:牵头|主办|承办|发起|指导)")
# 指导沈阳、本溪等地: a list of those who are guided or reached says nothing of whose it is.
_GUIDES = re.compile(r"(?:指导|督导|督促|支持|支援|帮助|帮扶|协调|带动|辐射|覆盖|惠及)$")
_GOES = re.compile(r"^[先后累计]{0,2}(?:赴|到|走进|深入|前往|落户|进驻|在)")
_IMPLIED = re.compile(
    r"(?:(?:全|我|本|该)(?P<scope>省|自治区|市|州|县)(?![场长委内外级直值面])"
    r"|(?<![省市区县级各])(?P<body>省|自治区|市|州|县)(?:政协|委(?![员托])|政府|人大|纪委|总工会|妇联|工商联))"
)
_SOURCE = re.compile(r"(?:根据|按照|依据|经|受|遵照|参照|印发|贯彻)$")
_SCOPES = {"省": "province", "自治区": "province", "市": "city", "州": "city", "县": "county"}
# A nation is the subject at the head of a clause or behind its date, elsewhere an attribute
# (获评全国文明村镇12个); 中国(太原)…大会 and 中国移动 are names.
_HEAD = re.compile(r"(?:^|[,。;:!?(\n“” ]|[年月日末底度来前后间时]|(?<!根)据|目前|截至|当前|全年)$")
_POINTS_BACK = re.compile(
    r"当地|这里|这[座家片条处个](?:[\u4e00-\u9fff]{0,4})?[村镇县厂间区园店站场]|该[村镇县市区厂公企基园]"
)
# How many sentences back a place still governs.
_REACH = 4
_MINISTRY = re.compile(r"中共中央|国务院|全国|国家|最高人民|中国|[^省市县区]{2,8}部$")
_MEMBER = re.compile(r"委员|常委|代表|主席|副主席|[、,][^,。]{0,12}(?:委员|主席)")
# In a local story these open a name more often than they are the subject.
_ATTRIBUTES = frozenset({"中国", "国际", "世界", "全球", "国内"})
_ACTS = re.compile("已|共(?!产党)|将|是|成为|向|累计|政府|经济|外贸|海关|队")
_NAME_GOES_ON = re.compile(
    r"[(—\-·共工建农银石移联电科铁式梦国政足女男]|人[民大]|政协|文明|优秀|先进|冠军|首|第|最|规模最|唯一"
)


class Mention(NamedTuple):
    """A place that the text names or implies; adcode None for the whole nation and abroad."""

    start: int
    end: int
    adcode: str | None


class Owners:
    """The places and bodies of one article, ready to be asked for the owner of a figure."""

    def __init__(self, reading: Reading, figures: list[Quantity]) -> None:
        self.reading = reading
        self.starts = [one.start for one in figures]
        self.mentions = sorted(
            {*_named(reading), *_implied(reading), *_national(reading)},
            key=lambda one: (one.start, one.end),
        )
        self.bodies = sorted(
            (one for one in reading.bodies if one.kind == "organisation"),
            key=lambda one: one.start,
        )

    def place(self, one: Quantity, sentence: tables.Sentence) -> tuple[str | None, str | None]:
        """(adcode, basis): from the sentence, else its paragraph, else the article."""
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
        for other in self._earlier(sentence):
            subjects = [
                body for body in self._bodies(other.start, other.end) if _fits(body, adcode)
            ]
            if subjects:
                return subjects[0].name
        own = (body.name for body in self.bodies if adcode and body.adcode == adcode)
        return next(own, None)

    def _bodies(self, start: int, end: int) -> list[tables.Organisation]:
        """The bodies between two offsets that act, and are not only referred to."""
        low = bisect_left(self.bodies, start, key=lambda one: one.start)
        high = bisect_left(self.bodies, end, key=lambda one: one.start)
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
        low = bisect_left(self.mentions, start, key=lambda one: one.start)
        high = bisect_left(self.mentions, end, key=lambda one: one.start)
        return self.mentions[low:high]

    def _in_sentence(self, sentence: tables.Sentence, one: Quantity) -> Mention | None:
        stop = _before_list(self.reading.normal, one)
        before = [
            mention
            for mention in _innermost(self._within(sentence.start, stop))
            if mention.end <= stop and self._governs(mention, stop)
        ]
        if one.form == "rank":
            before = [mention for mention in before if mention.end < one.start - 3] or before[:-1]
        goes = _GOES.match(self.reading.normal[one.end : one.end + 6])
        if goes:
            near = self._within(one.end, one.end + goes.end() + 2)
            if near:
                return _innermost(self._within(near[0].start, sentence.end))[0]
        return self._of_list(before, one) if before else None

    def _of_list(self, before: list[Mention], one: Quantity) -> Mention | None:
        """The last place before the figure; of several named as a list none, or its own.

        甲、乙分别有3家、5家: the first figure is the first place's. Without 分别 the figure is
        what all of them have together and belongs to none. 甲、乙、丙等地 are examples.
        """
        text = self.reading.normal
        chain = _chain(text, before)
        if len(chain) < 2:
            return before[-1]
        if _GUIDES.search(text[max(0, chain[0].start - 4) : chain[0].start]):
            return before[-len(chain) - 1] if len(chain) < len(before) else None
        behind = text[chain[-1].end : one.start]
        if behind.startswith("等") and len(chain) < len(before):
            return before[-len(chain) - 1]
        if "分别" in behind:
            told = bisect_left(self.starts, one.start) - bisect_left(self.starts, chain[-1].end)
            return chain[told] if told < len(chain) else chain[-1]
        return Mention(chain[0].start, chain[-1].end, None)

    def _subject(self, sentence: tables.Sentence) -> Mention | None:
        """The first place of a sentence that is not only gone to, with its parts (甘肃省张掖市).

        Where it all happened inside of it is nearer: 云南大学等单位在云南楚雄…
        """
        found = _innermost(self._within(sentence.start, sentence.end))
        text = self.reading.normal
        acting = [
            one
            for one in found
            if not self._receives(one.start)
            and not (text[one.start - 1 : one.start] == "由" and _LED_BY.match(text, one.end))
        ]
        if not acting:
            return None
        first = acting[0]
        located = (one for one in acting[1:] if text[one.start - 1 : one.start] == "在")
        narrower = (one for one in located if first.adcode and _contains(first.adcode, one.adcode))
        return next(narrower, first)

    def _receives(self, start: int) -> bool:
        text = self.reading.normal
        if text[start - 1 : start] == "以":
            return bool(_MODEL.match(text, start))
        return bool(_TOWARDS.search(text[max(0, start - 4) : start]))

    def _governs(self, mention: Mention, stop: int) -> bool:
        """Whether a mention before `stop` may own a figure there.

        广东(2.56): what stands in brackets behind a place is the place's, also in a comparison;
        a place in brackets that are closed owns nothing behind them.
        """
        between = self.reading.normal[mention.end : stop]
        if between in ("(", "(约"):
            return True
        aside = _ASIDE.search(between) and "(" not in between.partition(")")[0]
        return not aside and not self._receives(mention.start)


def _named(reading: Reading) -> list[Mention]:
    return [
        Mention(one.start, one.end, one.adcode) for one in reading.places if one.context != "person"
    ] + [
        Mention(one.start, one.end, one.adcode)
        for one in reading.bodies
        if one.adcode and not _LEVELS.match(reading.normal, one.start)
    ]


def _implied(reading: Reading) -> Iterator[Mention]:
    """全省, 我市, 省政协, 市委: the article's own division, where no name says it."""
    named = [(one.start, one.end) for one in reading.places]
    for found in _IMPLIED.finditer(reading.normal):
        scope = "scope" if found["scope"] else "body"
        at = found.start(scope)
        if any(start <= at < end for start, end in named):
            continue
        adcode = implied_division(reading, _SCOPES[found[scope]], at)
        if adcode:
            yield Mention(found.start(), found.end(), adcode)


@cache
def _nations() -> AhoCorasick:
    names = (*reference.words("nations", "abroad"), *reference.words("nations", "nationwide"))
    return AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest)


def _national(reading: Reading) -> Iterator[Mention]:
    """The nation as a whole, its ministries, the world, other countries: no division."""
    text = reading.normal
    for body in reading.bodies:
        before = text[max(0, body.start - 3) : body.start]
        acts = _HEAD.search(before) and not _MEMBER.match(text, body.end)
        if body.adcode is None and acts and _MINISTRY.match(body.name):
            yield Mention(body.start, body.end, None)
    for _, start, end in _nations().find_matches_as_indexes(text):
        if reading.place.adcode and text[start:end] in _ATTRIBUTES and not _ACTS.match(text, end):
            continue
        head = _HEAD.search(text[max(0, start - 3) : start])
        if head and not _NAME_GOES_ON.match(text, end):
            yield Mention(start, end, None)


def _innermost(found: list[Mention]) -> list[Mention]:
    """One mention for each run of places without a gap (甘肃省张掖市), the last of the run."""
    groups: list[Mention] = []
    for one in found:
        if groups and one.start <= groups[-1].end:
            narrower = _contains(groups[-1].adcode, one.adcode)
            place = one.adcode if narrower else groups[-1].adcode
            groups[-1] = Mention(groups[-1].start, max(one.end, groups[-1].end), place)
        else:
            groups.append(one)
    return groups


def _chain(text: str, found: list[Mention]) -> list[Mention]:
    """The places at the end of `found` that are listed with 、 or 和, one beside the other."""
    chain = [found[-1]]
    for one in reversed(found[:-1]):
        joined = text[one.end : chain[0].start] in ("、", "和", "与", "及", "以及")
        related = _contains(one.adcode, chain[0].adcode) or _contains(chain[0].adcode, one.adcode)
        if not joined or related:
            break
        chain.insert(0, one)
    return chain


def _contains(whole: str | None, part: str | None) -> bool:
    return whole is None or (part is not None and part.startswith(whole.rstrip("0") or whole))


def _fits(body: tables.Organisation, adcode: str | None) -> bool:
    """Whether a figure of the place `adcode` may be the body's: same place, or a national body."""
    return body.adcode == adcode or (body.adcode is None and bool(_MINISTRY.match(body.name)))


def _before_list(text: str, one: Quantity) -> int:
    """Where the clause begins that lists examples (济南、青岛、烟台等5市), else the figure's start.

    What stands before 等 is an example of what is counted and owns nothing.
    """
    if not text[: one.start].rstrip().endswith("等"):
        return one.start
    return max(text.rfind(mark, 0, one.start) for mark in ",。;:!?\n") + 1
