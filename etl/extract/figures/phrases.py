"""Words and phrases around a number: which are nouns, and what of a phrase is its name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from etl import reference
from etl.extract.figures.quantity import Quantity
from etl.extract.segment import Cut, part_of_speech

# Nouns of one character; any other one is a part of a word.
_ALONE = frozenset("省市县区州旗镇乡村组校国岛桥路河湖厂店馆园树车船碳")
# One character that makes a noun of the word before it: 覆盖率, 老年人口.
SUFFIXES = frozenset("口者率额量数费价值员品")
_QUOTES = frozenset("“”‘’「」『』\"'·")
_LEADING = re.compile(
    r"^(?:\d*(?:月份|年底|年末|月末|上半年|季度|年度|(?:年|月|日)(?!均))|以及|各|其中|其|该|本|这些|那些"
    r"|全部|所有|来自|不同|[的了着过等和与及、约共多余级种])+"
)
_LEADS = frozenset("0123456789月年上季日的了着过等和与及、以各其该本这那全所约共多余级来不种")
_TRAILING = tuple("的了着等和与及、")
_NOMINAL = frozenset(("k", "h", "an", "j", "l", "eng", "b", "a", "zg", "i", "s", "tg", "vn"))


@cache
def links() -> frozenset[str]:
    """What may stand between a noun and its number without being part of it."""
    return reference.word_set("figures", "links")


@cache
def verbal_nouns() -> frozenset[str]:
    """Words the dictionary calls verbs that are nouns beside a number."""
    return reference.word_set("figures", "verbal_nouns")


@cache
def attributes() -> frozenset[str]:
    """Verbs that stand before a noun as its attribute."""
    return reference.word_set("figures", "attributes")


def qualifies(token: str) -> bool:
    """Whether a word that elsewhere ends a phrase qualifies its noun at the head: 13个主要港口."""
    return token in reference.word_set("figures", "enders") and part_of_speech(token)[0] in "abn"


def behind_scope(cut: Cut, first: int, last: int) -> int:
    """Where the phrase goes on behind its place (江苏省常住人口, 全国粮食产量)."""
    index = bisect_left(cut.starts, first)
    while index < len(cut.tokens) and cut.starts[index] < last:
        token = cut.tokens[index]
        scope = token in reference.word_set("figures", "scopes")
        deed = token in reference.word_set("figures", "deeds")
        if not scope and not deed and part_of_speech(token) != "ns" and token != "的":
            break
        index += 1
    return min(cut.starts[index], last)


def noun_adjoins(cut: Cut, one: Quantity) -> bool:
    """Whether the word right before the figure is a noun (总投资112.6亿元)."""
    index = bisect_right(cut.starts, max(one.start - 1, 0)) - 1
    return index >= 0 and one.start > 0 and class_of(cut.tokens[index]) == "noun"


def class_of(token: str) -> str:
    """noun, verb, join (的, 和, quotes) or other: what a token is to a noun phrase."""
    if token[0] in _QUOTES or token in ("的", "和", "与", "及", "以及", "、"):
        return "join"
    if token in SUFFIXES:
        return "noun"
    if token in reference.word_set("figures", "enders"):
        return "other"
    tag = part_of_speech(token)
    if tag in _NOMINAL or tag[0] == "n":
        return "noun"
    if tag[0] == "v":
        return "verb"
    return "other"


def tidy(phrase: str) -> str:
    """Without what joins it to its sentence: leading 的 and 了, unpaired quotes, trailing 等."""
    phrase = phrase.strip()
    if phrase[:1] in _LEADS:
        phrase = _LEADING.sub("", phrase)
    while phrase.endswith(_TRAILING):
        phrase = phrase[:-1]
    for left, right in ("“”", "‘’", "「」", "『』"):
        if phrase.count(left) != phrase.count(right):
            phrase = phrase.replace(left, "").replace(right, "")
        if phrase.startswith(left) and phrase.endswith(right) and phrase.count(left) == 1:
            phrase = phrase[1:-1]
    phrase = phrase.strip()
    return phrase if len(phrase) > 1 or phrase in _ALONE else ""
