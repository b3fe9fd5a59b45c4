"""Words and phrases around a number: which are nouns, and what of a phrase is its name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache

from etl import divisions, reference
from etl.extract.figures.quantity import Quantity
from etl.extract.memory import remembered
from etl.extract.segment import Cut, part_of_speech

# Nouns of one character; any other one is a part of a word.
_LONGEST_COMPOUND = 4
_ALONE = frozenset(
    "省市县区州旗镇乡村组校国岛桥路河湖厂店馆园树车船碳磷氮鸡鸭鹅猪牛羊人马鱼狗兔虎豹鸟蛋花草茶酒药书信伞鞋"
)
# One character that makes a noun of the word before it: 覆盖率, 老年人口.
SUFFIXES = frozenset("口者率额量数费价值员品点站库桩棚塔舱")
_QUOTES = frozenset("“”‘’「」『』\"'·")
_LEADING = re.compile(
    r"^(?:\d*(?:月份|年底|年末|月末|上半年|季度|年度|(?:年|月|日)(?!均))|以及|其中|其|该|现有|这些|那些|全部|所有|来自|不同"
    r"|各[类式种级地]?|本(?![土科地级部质能领事息报])|相关|有关|其他|类似|上述|[的了着、]|过(?![江境渡敏剩])|等(?!级)|和(?![平谐田])|与(?!会)|及(?!时)|约(?!束)|共(?![享建青产])"
    r"|多(?![功式媒维元边样])|余(?![额热粮款量杭姚震温])|级"
    r"|种(?![质子植业养类群苗粮田畜鸡猪牛羊薯公母源]))+"
)
_LEADS = frozenset(
    "现0123456789月年上季日的了着过等和与及、以各其该本这那全所约共多余级来不种相有类"
)
# What a phrase ends in without saying anything of what is counted; 老年人口中, 养老机构数量.
_TRAILING = re.compile(
    r"(?:[的了着等和与及、]|(?<=..)(?<![高初集空途手])中|(?<=..[域区省市县国校])内|(?<=..)翻|(?<=..)的?(?:数量|总数|个数|数目)|每(?:小时|天|年|月|秒|分钟|人|亩|户|吨)?)+$"
)
_TRAILS = frozenset("内翻的了着等和与及、中量数目每时天年月秒钟人亩户吨")
_ACTORS = re.compile(
    r"(?:公司|集团|企业|政府|部门?|单位|[委局厅会院校所队军警团组办府国省市县区镇村]|银行|中心|法院|[警军我双各]方|财政"
    r"|[者人员师长手民家工生]|专家|群众|学校|农户|总统|总理|主席|书记|同志)$"
)
_HOLDERS = re.compile("(?:政协|人大|政府|法院|检察院|[省市县区州]委|领导)$")
_PERSONS = re.compile(
    r"(?:[人者员师生工民众兵军户手客童孩友宾朋]|妇女|青年|同事|同志|家属|亲属|邻居|英雄|模范|劳模|冠军|干部|代表|病例|人口|人才|力量|旅客|专家|学者|院士|委员|嘉宾|民兵|大军|司机)$"
)
_NOMINAL = frozenset(("k", "h", "an", "j", "l", "eng", "b", "a", "zg", "i", "s", "tg", "vn"))


@cache
def links() -> frozenset[str]:
    """What may stand between a noun and its number without being part of it."""
    return reference.word_set("figures", "links")


@cache
def _changes() -> frozenset[str]:
    """Words of growth and decline but those that are nouns themselves: 攀升, not 涨幅."""
    words = {*reference.words("figures", "increase"), *reference.words("figures", "decrease")}
    return frozenset(one for one in words if len(one) == 2 and one[1] not in "幅速量")


@cache
def verbal_nouns() -> frozenset[str]:
    """Words the dictionary calls verbs that are nouns beside a number."""
    return reference.word_set("figures", "verbal_nouns")


@cache
def attributes() -> frozenset[str]:
    """Verbs that stand before a noun as its attribute."""
    return reference.word_set("figures", "attributes")


def is_noun(token: str) -> bool:
    """Whether a word is a noun that the dictionary takes for something else."""
    return token in reference.word_set("figures", "nouns")


def stands_alone(token: str) -> bool:
    """Whether a word of one character is a noun: 县, 村, 桥."""
    return token in _ALONE


def is_opener(token: str) -> bool:
    """Whether a word may open a noun phrase without being its noun: 13个主要港口."""
    return token in reference.word_set("figures", "openers")


@cache
def _compounds() -> dict[str, tuple[str, ...]]:
    """First character → the compound nouns that begin with it."""
    index: dict[str, list[str]] = defaultdict(list)
    for word in reference.words("figures", "compounds"):
        index[word[0]].append(word)
    return {first: tuple(words) for first, words in index.items()}


def compound_end(text: str, start: int) -> int:
    """Where a compound noun ends that the dictionary has only in parts; 0 where none begins."""
    for word in _compounds().get(text[start], ()):
        if text.startswith(word, start):
            return start + len(word)
    return 0


def compound_start(text: str, at: int) -> int:
    """Where a compound noun begins that goes on over `at`; `at` itself where none does."""
    for start in range(max(0, at - _LONGEST_COMPOUND), at):
        if compound_end(text, start) > at:
            return start
    return at


@remembered
def is_link(token: str) -> bool:
    """Whether a word may stand between a noun and its number without being part of the noun."""
    if token in links() or token in _changes() or token.isspace():
        return True
    if token[:2] in ("同比", "环比"):  # the dictionary has 同比增加 as a name
        return True
    return part_of_speech(token) in ("d", "t") and class_of(token) == "other"


def is_person(phrase: str) -> bool:
    """Whether a phrase names people: 返乡农民工, not 音乐."""
    return bool(_PERSONS.search(phrase))


def holds(phrase: str) -> bool:
    """Whether a phrase is a place or a body of one, which does a thing and is never counted so.

    东台市分别建成21个, 被省政协采用127篇; but 县级政协12个 stands right before its number.
    """
    return bool(_HOLDERS.search(phrase)) or is_division(phrase)


def is_actor(phrase: str, unit: str | None) -> bool:
    """Whether a subject is who does something, and so not what a number of `unit` counts."""
    if unit in ("家", "个", "户", "所"):
        return False
    if unit in ("人", "名", "位", "人次"):
        return not is_person(phrase)
    return bool(_ACTORS.search(phrase))


def behind_scope(cut: Cut, first: int, last: int) -> int:
    """Where the phrase goes on behind its place (江苏省常住人口, 全国粮食产量)."""
    index = bisect_left(cut.starts, first)
    while index < len(cut.tokens) and cut.starts[index] < last:
        token = cut.tokens[index]
        scope = token in reference.word_set("figures", "scopes")
        deed = token in reference.word_set("figures", "deeds")
        if not scope and not deed and not is_place(token) and token not in ("的", "、"):
            break
        if deed and _measures(cut, index + 1, last):
            break
        index += 1
    return min(cut.starts[index], last)


def _measures(cut: Cut, index: int, last: int) -> bool:
    """Whether what is left of a phrase only measures: 种植面积 keeps its verb."""
    rest = cut.tokens[index : bisect_left(cut.starts, last)]
    heads = reference.word_set("figures", "heads")
    return len(rest) == 1 and (rest[0] in heads or rest[0][-1] in SUFFIXES)


def is_place(token: str) -> bool:
    """Whether a token is a place by the dictionary, or a division that it does not know (南通)."""
    if len(token) < 2 or is_noun(token):
        return False
    tag = part_of_speech(token)
    if tag == "ns":
        return True
    return tag[0] == "n" and token in _cities()


def is_city(phrase: str) -> bool:
    """Whether a phrase is no more than the name of a province or prefecture."""
    return phrase in _cities()


def is_division(phrase: str) -> bool:
    """Whether a phrase is the full name of a province, prefecture or county."""
    return phrase in _divisions()


def is_scope(token: str) -> bool:
    """Whether a token only says where: 全国, 江苏."""
    return token in reference.word_set("figures", "scopes") or is_place(token)


@cache
def _cities() -> frozenset[str]:
    """The names of provinces and prefectures, of which the dictionary misses some."""
    known = divisions.load()
    rows = [row for row in known.rows if row.level in ("province", "city")]
    return frozenset(name for row in rows for name in known.names(row))


@cache
def _divisions() -> frozenset[str]:
    return _cities() | {row.name for row in divisions.load().rows if row.level == "county"}


def noun_adjoins(cut: Cut, one: Quantity) -> bool:
    """Whether the word right before the figure is a noun (总投资112.6亿元)."""
    index = bisect_right(cut.starts, max(one.start - 1, 0)) - 1
    return index >= 0 and one.start > 0 and class_of(cut.tokens[index]) == "noun"


@remembered
def class_of(token: str) -> str:
    """noun, verb, join (的, 和, quotes) or other: what a token is to a noun phrase."""
    if token[0] in _QUOTES or token in ("的", "和", "与", "及", "以及", "、", "&"):
        return "join"
    if token in SUFFIXES or is_noun(token):
        return "noun"
    if token in reference.word_set("figures", "enders"):
        return "other"
    tag = part_of_speech(token)
    if tag in _NOMINAL or tag[0] == "n":
        return "noun"
    if tag[0] == "v":
        return "verb"
    return "other"


def _without_end(phrase: str) -> str:
    """Without what says nothing at the end; 注册数量 keeps it, for 注册 alone is a verb."""
    short = _TRAILING.sub("", phrase)
    counts = phrase.endswith("数量") and len(short) == len(phrase) - 2
    return phrase if counts and part_of_speech(short)[0] == "v" and len(short) < 3 else short


def tidy(phrase: str) -> str:
    """Without what joins it to its sentence: leading 的 and 了, unpaired quotes, trailing 等."""
    phrase = phrase.strip()
    if phrase[:1] in _LEADS:
        phrase = _LEADING.sub("", phrase)
    if phrase[-1:] in _TRAILS:
        phrase = _without_end(phrase)
    for left, right in ("“”", "‘’", "「」", "『』"):
        if phrase.count(left) != phrase.count(right):
            phrase = phrase.replace(left, "").replace(right, "")
        if phrase.startswith(left) and phrase.endswith(right) and phrase.count(left) == 1:
            phrase = phrase[1:-1]
    phrase = phrase.strip()
    return phrase if len(phrase) > 1 or phrase in _ALONE else ""
