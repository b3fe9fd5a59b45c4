"""The noun phrase that ends right before a figure: 总投资112.6亿元, 产量居全省第一."""

from __future__ import annotations

import re
from bisect import bisect_right

from etl import reference
from etl.extract.figures.behind import BREAK, LONGEST, NO_NOUN, OPENS
from etl.extract.figures.phrases import (
    SUFFIXES,
    attributes,
    behind_scope,
    class_of,
    compound_start,
    is_actor,
    is_link,
    is_noun,
    noun_adjoins,
    tidy,
    verbal_nouns,
)
from etl.extract.figures.quantity import Quantity
from etl.extract.segment import Cut, part_of_speech

# 产量居全省第一: the noun stands before the verb of rank.
_RANKED = re.compile(
    r"(?:全[国省市县区球州]|世界|国内|亚洲|(?:分别)?(?:位?居(?![民住家室委留])|[位排名并]列|列|排名?|跃[居升]|稳居|荣?获|跻身|进入|处于)[^,。]{0,14})$"
)
# 排名如下:小学第9、初中第6: the noun right before a rank that has no verb of its own.
_ITEM = re.compile(r"(?<=[、,:;])[^、,。;:!?\n]{2,10}$")
# 比重比2020年下降3.7%: the noun stands before what it is compared with.
_COMPARED = re.compile(
    r"(?:(?:与|和|同)[^,。;]{1,14}相比[^,。;]{0,8}|(?:[高低快慢好优]于|(?<![占环同对])比(?![例重率赛如较特])|(?<![比])较(?!为|快|好|大)|占(?!比))[^,。;:!?\n比较占]{1,18}"
    r"|(?:恢复[至到]|接近|超过|达到?|相当于|不到|不足|仅?[为是])[^,。;:!?\n]{1,14}的)$"
)
# 占比由2019年的23%上升至41%: the noun stands before 由.
_FROM = re.compile(r"[从由自][^,。;:!?\n]{0,18}$")
# 连续20年稳居, 均居, 在全国第一: how a rank is held, and among whom.
_STILL = re.compile(
    r"(?:在|已|均|都|也|仍|分别|再次|首次|继续|始终|多年|双双|连续(?:[\d一二三四五六七八九十]+个?[年月届次季度]*)?)+$"
)
# 过去十年内专利申请量居第一: the time before what is ranked.
_FRAME = re.compile(r"(?:过去|最近|近)?[\d一二两三四五六七八九十]+年[内来间](?:的)?")
_CLAUSE_BEFORE = re.compile(r"[^,。;:!?\n]+$")
# 数量在2020年已经达到: a date between a noun and its number.
_DATE_PART = re.compile(
    r"(?:\d{1,4}|[一二两三四五六七八九十多]+) ?[年月日]|前?[一二三四]季度|[上下]半年"
    r"|[年月日](?![均产总增])[底末初]?"
)
_MEASURES = re.compile("(?:[性率度量值额数比价速长]|比例|比重|面积|水平|增长|规模|能力|份额)$")
# (PPI), (含港口): said aside between a noun and its number.
_ASIDE = 14


def phrase_before(cut: Cut, text: str, one: Quantity, floor: int) -> str:
    """The noun phrase that ends right before the figure, linking words left out.

    `floor` is the end of the number before it in the sentence.
    """
    walk = _Walk(cut, text, one.start, _compared_start(text, one), floor, one.kind)
    return walk.phrase()


def phrase_before_verb(cut: Cut, text: str, one: Quantity, floor: int) -> str:
    """The subject of the verb right before the figure: 班列今年已开行900列.

    Who does it is not what is counted (公司生产3000台).
    """
    verb, start = verb_before(cut, one, floor)
    subject = _Walk(cut, text, start, start, floor, one.kind).phrase() if verb else ""
    return "" if is_actor(subject, one.unit) else subject


def ranked(cut: Cut, text: str, one: Quantity) -> str:
    """The subject of a clause of rank, from the clause's head to its verb."""
    item = _ITEM.search(text[max(0, one.start - 12) : one.start])
    if item and not _RANKED.search(item[0]) and noun_adjoins(cut, one):
        return tidy(text[behind_scope(cut, one.start - len(item[0]), one.start) : one.start])
    clause = _CLAUSE_BEFORE.search(text[max(0, one.start - 40) : one.start])
    verb = _RANKED.search(clause[0]) if clause else None
    if not clause or not verb or verb.start() > LONGEST:
        return ""
    head = one.start - len(clause[0])
    last = head + len(_STILL.sub("", clause[0][: verb.start()]))
    frame = _FRAME.match(text, head, last)
    head = frame.end() if frame else head
    return tidy(text[behind_scope(cut, head, last) : last])


def _compared_start(text: str, one: Quantity) -> int:
    """Where the words before the figure begin to compare (比上年), rank (居) or tell its past."""
    pattern = None
    if one.previous is not None:
        pattern = _FROM
    elif one.form == "rank":
        pattern = _RANKED
    elif one.direction or one.kind in ("percent", "multiple"):
        pattern = _COMPARED
    found = pattern.search(text[max(0, one.start - 24) : one.start]) if pattern else None
    at = one.start - len(found[0]) if found else one.start
    return at - 1 if one.previous is not None and text[at - 1 : at] == "," else at


def verb_before(cut: Cut, one: Quantity, floor: int) -> tuple[str, int]:
    """The verb right before the figure and where it starts; ("", 0) where there is none."""
    index = bisect_right(cut.starts, max(one.start - 1, 0)) - 1
    while index >= 0 and cut.starts[index] >= floor:
        token, start = cut.tokens[index], cut.starts[index]
        index -= 1
        if is_link(token) and token[0] not in BREAK:
            continue
        verb = len(token) <= 3 and part_of_speech(token)[0] == "v" and not is_noun(token)
        return (token, start) if verb and start + len(token) <= one.start else ("", 0)
    return "", 0


def _without_clause(phrase: str) -> str:
    """委员手里的建议案 → 建议案; what only measures (人口的自然增长率) keeps what it is of."""
    _, joined, head = phrase.rpartition("的")
    return head if joined and len(head) > 2 and not _MEASURES.search(head) else phrase


class _Walk:
    """One walk back over the tokens from `at`, the end of what may hold the phrase."""

    def __init__(self, cut: Cut, text: str, figure: int, at: int, floor: int, kind: str) -> None:
        self.cut, self.text, self.figure, self.at, self.floor = cut, text, figure, at, floor
        self.shares = kind in ("percent", "multiple")  # 企业总数的99%
        self.first: int | None = None
        self.last: int | None = None
        self.linking = True
        self.letter = False  # the phrase so far begins with a word of one character: 率, 力
        self.index = bisect_right(cut.starts, max(at - 1, 0)) - 1

    def phrase(self) -> str:
        """The tidied phrase, "" where no noun stands there."""
        while self.index >= 0 and self.at - self.cut.starts[self.index] <= LONGEST:
            token, start = self.cut.tokens[self.index], self.cut.starts[self.index]
            self.index -= 1
            if start < self.at and not self._goes_on(token, start):
                break
        if self.first is None or self.last is None:
            return ""
        first = compound_start(self.text, self.first)
        phrase = self.text[behind_scope(self.cut, first, self.last) : self.last]
        return tidy(_without_clause(phrase))

    def _goes_on(self, token: str, start: int) -> bool:
        if start < self.floor:
            return False
        if self._quoted(token, start) or self._aside(token, start):
            return True
        if token in ("(", "（") and self.first is None and start + 1 == self.figure:
            return True  # 写字楼(36.4%)
        if token[0] in BREAK and not (token == "、" and self.first is not None):
            return False
        if self.linking and self.shares and token == "的":
            return True
        if self.linking and (is_link(token) or _DATE_PART.match(self.text, start)):
            return True
        self.linking = False
        return self._word(token, start)

    def _quoted(self, token: str, start: int) -> bool:
        opening = OPENS.get(token[-1])
        begin = self.text.rfind(opening, max(0, start - 20), start) if opening else -1
        if begin < 0:
            return False
        self.first, self.last = begin, self.last or start + len(token)
        self.linking = False
        self.index = bisect_right(self.cut.starts, begin) - 2
        return True

    def _aside(self, token: str, start: int) -> bool:
        """指数(PPI)上涨0.1%: what stands in brackets between the noun and its number."""
        if self.first is not None or token not in (")", "）"):
            return False
        begin = max(self.text.rfind(mark, max(0, start - _ASIDE), start) for mark in "(（")
        if begin <= self.floor:
            return False
        self.index = bisect_right(self.cut.starts, begin) - 2
        return True

    def _letter(self, token: str, kind: str) -> bool:
        """并案, 共病: one character that makes a word with the one behind it."""
        return len(token) == 1 and kind != "join" and not is_link(token) and token not in BREAK

    def _owned(self) -> bool:
        """共有育种基地48处: a verb behind 有 belongs to the noun that follows."""
        return self.index >= 0 and self.cut.tokens[self.index].endswith("有")

    def _word(self, token: str, start: int) -> bool:
        kind, end = class_of(token), min(start + len(token), self.at)
        lone = token in attributes() or token in verbal_nouns()
        if self.first is None:
            part = token not in NO_NOUN and part_of_speech(token) == "q"
            taken = kind == "noun" or part or lone  # 充电桩: the dictionary knows but parts
        else:
            short = self.text[self.first] in SUFFIXES or self.letter
            head = self.text[self.first : self.last] in reference.word_set("figures", "heads")
            suffixed = kind == "verb" and (short or head or self._owned())
            negated = token in ("不", "未") and kind != "join"
            suffixed = suffixed or negated or (self.letter and self._letter(token, kind))
            disposable = token == "可" and self.text.startswith("支配", self.first)
            taken = kind in ("noun", "join") or lone or suffixed or disposable
        if taken:
            self.first, self.last = start, self.last or end
            self.letter = end == start + 1
        return taken
