"""The noun phrase that begins right behind a figure: 60位果树专家, 4幅挂在墙上的画像."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from etl.extract.figures.phrases import (
    attributes,
    class_of,
    compound_end,
    is_noun,
    is_opener,
    is_person,
    is_scope,
    stands_alone,
    tidy,
    verbal_nouns,
)
from etl.extract.figures.quantity import Quantity
from etl.extract.segment import Cut, part_of_speech

LONGEST = 24
BREAK = frozenset(",。;:!?、()\n，；：！？（）…—《》<>[]【】")
OPENS = {"”": "“", "’": "‘", "》": "《", "」": "「"}
_CLOSES = {left: right for right, left in OPENS.items()}
# A classifier that follows a number alone is no noun of a phrase; 充电桩 and 学段 end in one.
NO_NOUN = frozenset("次个年天日月元人")
_MEASURED = re.compile(
    r"(?:规划|建筑|占地|种植|播种)?[总年]?(?:面积|投资额?|资金|产值|人口|长度?|里程|总量|规模|产量|金额)$"
)
# A verb that ends like this has an object and belongs to no noun (36个达到标准).
_PREDICATE = frozenset("到为成于及出入有是过了着得在达")
# 4家在产疫苗企业, 30个与民生相关的问题, 12名住晋省政协委员: which ones, before the noun begins.
_WHICH = re.compile(
    "(?:在[建产营研售用岗]|各族?(?!类|种|式|级|地)|[住驻在][\u4e00-\u9fff]{1,3}?(?=(?:全国|[省市区县州])[、政])|来自[^,。;:]{1,24}?的(?=[^,。;、])|[与和同跟][^,。;:、]{1,12}(?:相关|有关|相匹配|配套)的)"
)
# 成果“培育”“遴选”: several quoted words in a row name something else.
_ROW_OF_QUOTES = re.compile("“[^“”]{1,12}”、?“")
# 333户支付了房款: what they did is no clause before their noun.
_ACTS = re.compile("[^,。;:、的是]{1,6}了(?!解)")
# 6架歼-10表演机: a model's name.
_MODEL = re.compile(r"[\u4e00-\u9fffA-Z]{1,4}-\d{1,4}[A-Z]?(?=[\u4e00-\u9fff])")
# What follows a verb only, however the dictionary takes it: 发展到, 编制了.
_RESULTS = frozenset(("了", "到", "着", "过", "至", "成", "出", "成为"))
_PERSONAL = frozenset("员者师生工手")
_BOUND = re.compile(r"(?:及?以[上下内外]|左右|上下|的|[都均]?[是为](?![了何什期主首])|属于)")
# 71人中包括9名学生: what follows is another number's.
_AMONG = re.compile("[当其]?中(?:包括|有|含|,)")
_CLAUSE = re.compile(r"[^,。;:!?、\n]{0,24}")
# What class the counted things are of: 9个万亿级产业集群, 3家5A级景区.
_GRADE = re.compile(
    r"[\dA一二三四五六七八九十百千万亿]{1,5}(?:吨|千瓦|兆瓦|千伏|亩|元|平方米)?[级型](?!机|号)"
)
# Behind these a new subject begins: 9个省份能耗强度不降反升.
_CLOSED = ("省份", "省区市", "地级市", "县市区", "区县", "国家和地区", "贫困户")
_CLOSING = frozenset(one[-1] for one in _CLOSED)
# What those do who are counted: 520户贫困户脱贫, 10位代表座谈.
_DEEDS = frozenset(("脱贫", "摘帽", "脱贫摘帽", "脱贫致富", "座谈", "结亲", "参展", "复工", "复产"))
# 省、市政协委员: bodies of two levels that share the rest of their name.
_LEVELS = re.compile("[国省市县区州旗]、[省市县区州旗]")
# 30名政协委员视察: what they do; 12名调研 has no noun before it.
_PEOPLE_DO = re.compile("(?<=[员表者家师生])(?:视察|调研|考察|参观|参会|协商|培训|发言)$")
PEOPLE = frozenset("人名位")
_NUMERALS = frozenset("0123456789A一二三四五六七八九十百千万亿")
# A clause that the dictionary cannot read but that is too short to be more than a noun.
_REST = re.compile(
    r"(?![的了在是以有被及和与已就也都均将不可比来左为到着过之])[\u4e00-\u9fff]{2,6}(?<![的了着过])(?=[,。;:、!?\n)]|$)"
)


def phrase_behind(cut: Cut, text: str, one: Quantity) -> str:
    """The noun phrase that begins right behind the figure, else the one behind its 的.

    4幅挂在墙上的照片: where a verb comes first, the noun is behind 的.
    """
    if _AMONG.match(text, one.end):
        return ""
    begin = _bound_end(text, one.end)
    found, loose = _phrase(cut, text, begin, one.kind == "count")
    people = one.unit in PEOPLE
    if found and people and not is_person(text[slice(*found)]):
        loose = True
    if (found is None or loose) and not _ACTS.match(text, begin):
        clause = _CLAUSE.match(text, found[1] if found else begin)
        at = text.rfind("的", clause.start(), clause.end()) if clause else -1
        later = _phrase(cut, text, at + 1)[0] if at > 0 else None
        if later and (not people or is_person(text[slice(*later)])):
            found = later
    phrase = tidy(_without_next(text, *found)) if found else ""
    return _PEOPLE_DO.sub("", phrase) if people else phrase


def rest_behind(text: str, one: Quantity) -> str:
    """The rest of a short clause behind the figure, whatever the dictionary makes of it."""
    found = _REST.match(text, _bound_end(text, one.end))
    return found[0] if found else ""


def acts_behind(cut: Cut, one: Quantity) -> bool:
    """Whether a verb follows that says what the money is for: 投入3亿元改善校舍."""
    index = bisect_left(cut.starts, one.end)
    if index >= len(cut.tokens) or cut.starts[index] != one.end:
        return False
    token = cut.tokens[index]
    verb = class_of(token) == "verb" and token not in attributes() and token not in verbal_nouns()
    return verb and len(token) > 1


def deed_behind(cut: Cut, text: str, one: Quantity) -> str:
    """What was done so many times, where a verb follows: 两次赴外地调研."""
    index = bisect_left(cut.starts, one.end)
    if index >= len(cut.tokens) or class_of(cut.tokens[index]) != "verb":
        return ""
    clause = _CLAUSE.match(text, one.end)
    return tidy(clause[0]) if clause else ""


def _bound_end(text: str, at: int) -> int:
    found = _BOUND.match(text, at)
    at = found.end() if found else at
    which = _WHICH.match(text, at)
    return which.end() if which else at


def _without_next(text: str, start: int, stop: int) -> str:
    """55处公园总面积6.7万公顷: the measured noun before another number belongs to that one."""
    phrase = text[start:stop]
    if text[stop : stop + 1].isdigit():
        return _MEASURED.sub("", phrase) or phrase
    return phrase


def _phrase(
    cut: Cut, text: str, first: int, loose: bool = True
) -> tuple[tuple[int, int] | None, bool]:
    """The noun phrase that begins at `first` or behind its 的, None where there is none.

    The second says that it may be but a clause before a 的 that comes later; with `loose` such
    a clause is passed over.
    """
    walk = _Walk(cut, text, first, loose)
    index = bisect_right(cut.starts, first) - 1
    while index < len(cut.tokens) and walk.goes_on(cut.tokens[index], cut.starts[index]):
        index += 1
    return (walk.first, walk.stop) if walk.stop > walk.first else None, walk.loose


class _Walk:
    """One walk over the tokens behind a figure; `stop` is where the phrase ends so far."""

    def __init__(self, cut: Cut, text: str, first: int, passes: bool) -> None:
        self.cut, self.text, self.passes = cut, text, passes
        self.first = self.stop = first
        self.named = False
        self.joined = False  # the word before is 和 or the like
        self.loose = False  # the phrase so far may be a clause before its 的
        self.through = 0  # up to here everything is part of the phrase: a quoted name, a grade

    def goes_on(self, token: str, start: int) -> bool:
        """Take `token` into the phrase or skip it; False where the phrase is over."""
        end = start + len(token)
        if start < self.first:  # the unit and this word's head were one token
            return self._name(end)
        if start < self.through:
            return self._name(min(end, self.through))
        if token[0] in _CLOSES:
            if self.named and _ROW_OF_QUOTES.match(self.text, start):
                return False
            self.through = self.text.find(_CLOSES[token[0]], start, start + 20) + 1
            return True
        model = not self.named and _MODEL.match(self.text, start)
        if model:
            self.through = model.end()
            return self._name(end)
        grade = token[0] in _NUMERALS and not self.named and _GRADE.match(self.text, start)
        if grade:
            self.through = grade.end()
            return True
        if end_of_compound := compound_end(self.text, start):
            self.through = end_of_compound
            return self._name(end)
        if token == "、" and _LEVELS.fullmatch(self.text, start - 1, end + 1):
            return True
        if start - self.first > LONGEST or token[0] in BREAK or token[0].isdigit():
            return False
        if not self.named and (token.isspace() or is_opener(token) or is_scope(token)):
            return True
        return self._word(token, start, end)

    def _name(self, end: int) -> bool:
        self.stop, self.named = max(self.stop, end), True
        return True

    def _word(self, token: str, start: int, end: int) -> bool:
        if self.named and (token in _DEEDS or self.text.endswith(_CLOSED, self.first, start)):
            return False
        kind = class_of(token)
        self.joined, joined = kind == "join", self.joined
        if kind == "join":
            return token != "的" or not self.named or self._behind_clause(end)
        tag = part_of_speech(token)
        # 学段, 充电桩, 乡村游: words that the dictionary has only in parts.
        partial = len(token) == 1 and token not in NO_NOUN and (tag == "q" or token == "游")
        if self.named and partial:
            return self._name(end)
        if self.named and tag[0] == "v" and self._following(end) in _RESULTS:
            return False  # 538个城市编制了规划
        if kind == "noun" and tag[0] in "ab" and not is_noun(token):
            self.loose = self.loose or tag[0] == "a"
            return True
        if self.named and token in attributes() and self._ends(end):
            return False
        if token in verbal_nouns():
            return False if self.named and self.stop - self.first < 2 else self._name(end)
        if kind == "noun":
            self.loose = self.loose or (tag[0] in "vz" and not stands_alone(token))
            return self._name(end)
        if joined and self.named and kind == "verb" and self._attributive(token, start):
            return True  # 科学与应用项目
        person = self.text[end : end + 1] in _PERSONAL and end + 1 in self.cut.starts
        if self.named and kind == "verb" and person:
            return self._name(end)  # 医疗器械审评员
        return kind == "verb" and self._verb(token, start, end)

    def _following(self, at: int) -> str:
        """The word that begins at `at`, "" where none does."""
        index = bisect_left(self.cut.starts, at)
        return self.cut.tokens[index] if index < len(self.cut.tokens) else ""

    def _ends(self, end: int) -> bool:
        """Whether no noun follows: 20个项目签约, but 农村就业岗位."""
        following = self._following(end)
        return not following or class_of(following) != "noun"

    def _behind_clause(self, end: int) -> bool:
        """3家市级领先的学校: a clause stands before 的, and the noun behind it."""
        if not (self.loose and self.passes):
            return False
        self.first = self.stop = end
        self.named = self.loose = False
        return True

    def _verb(self, token: str, start: int, end: int) -> bool:
        """A verb alone is what is counted (8人死亡); one before a noun is its attribute."""
        if self.stop > self.first:
            return token in attributes()
        if self._attributive(token, start):
            self.loose = token not in attributes()
            return True
        if end - start > 1 and (end >= len(self.text) or self.text[end] in BREAK):
            self.stop = end
        return False

    def _attributive(self, token: str, start: int) -> bool:
        """Whether a verb that opens the phrase belongs to the noun behind it (15支驻村工作队)."""
        at = bisect_left(self.cut.starts, start)
        following = self.cut.tokens[at + 1 : at + 2]
        if not following:
            return False
        if token in attributes():
            return class_of(following[0]) != "other"
        plain = len(token) == 2 and token[1] not in _PREDICATE
        noun = class_of(following[0]) == "noun" or following[0] in verbal_nouns()
        return plain and noun
