"""A text → the words in it by which events are recognised, and the stretches that hold them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from etl import reference
from etl.extract.activities.moments import Moment, find_moments, inside
from etl.extract.segment import Cut, boundaries, cut
from etl.model import Reading

_CLAUSE_END = re.compile("[,;:，；：。!?！？]")
_NAMES = re.compile(r"[《“‘](?:(?<=《)[^《》]*》?|(?<![《])[^“”‘’。，,;；!?]{1,28}[”’])")
_DATELINE = re.compile(
    r"[^,。:;()《“]{1,8}[讯电]\s*(?:\((?:记者|通讯员)[^()]{1,60}\))?\s*(?<=[\s)])"
)
_BRACKETS = re.compile(r"\([^()\n]{1,40}\)")
# The dictionary has 在京召开 as one word, and takes 并列 from 并列出.
_BEFORE_VERB = (
    *("在京", "在沪", "在津", "在渝", "并", "圆满", "成功", "胜利", "隆重"),
    *("全线", "全面", "正式", "顺利", "首次", "同步", "公开", "集中", "相继", "陆续"),
)
# 启动仪式, 开班式, 启动会暨…: what is held is called after what is done there.
_CEREMONY = re.compile(
    "..式|(?:启动|开幕|闭幕|开班|开营|开学|开展|开赛|开馆|揭幕|揭牌|签约|奠基|开工|竣工|启用|结业|收官|落幕)"
    "(?:仪式|典礼|大会|会(?!同|议|上))"
)
_SPEECH = re.compile(r"“[^“”]{12,}(?:”|$)")

_AT_MEETINGS = ("会上", "会后", "会前", "会中")

# A clause that only measures.
STATISTICS = re.compile(
    "平均|日均|月均|年均|(?:接待|发送|运送|惠及|服务|吸引|累计|[达超]过?|突破)[^,。;]{0,20}人次|利率|增加值|新高|[同环]比|占比|超过|不足|人群|率[达为约]|收入|完成投资|产值|病例|感染者|[产销]量"
    "|人数[为达近超约已]|(?:运输|吞吐|周转|客运|货运|客流|发送)量|百分点|比去年|比上年|比上一年|同期|完成额|实现了?[^,。;]{0,12}增长|指数为|高出|稳定在"
)


# A clause that only says where the reporter has it from.
SOURCED = re.compile("记者[^,]*(?:了解到|获悉|得知|采访中发现)[,:]?$")


class Hit(NamedTuple):
    """A word of the lists in the text: verbs with their sort, nouns with their type."""

    start: int
    end: int
    sort: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """What may be an event: verb at `verb`, text[start:end] from the clause's head to the object.

    `sort` is hold, run, attend, deed or soft; `name` the span of what was held or done.
    """

    type: str
    sort: str
    start: int
    end: int
    verb: tuple[int, int]
    name: tuple[int, int]


@dataclass(frozen=True)
class Scan:
    """One article's verbs, nouns and names, each list in text order.

    All but the moments is looked for when it is first asked for: most sentences have no verb of
    the lists, and nothing else is asked of them.
    """

    reading: Reading
    text: str
    names: list[tuple[int, int]]
    moments: list[Moment]
    words: Cut
    _outside_in: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where words begin and end."""
        return boundaries(self.reading.text)

    @cached_property
    def verbs(self) -> list[Hit]:
        """The verbs outside titles, short quotations and the names of bodies."""
        found = _find(self.text, _verbs())
        if not found:
            return found
        bodies = [
            (one.start + 1, one.end) for one in self.reading.bodies if one.kind == "organisation"
        ]
        return [
            one
            for one in found
            if (one.start in self.starts or _begins_late(self.text, one.start))
            and not inside(self.names, one.start)
            and not inside(bodies, one.start)
            and not _CEREMONY.match(self.text, one.start)
            and not self.text.startswith("线上线下", one.start - 1)
        ]

    @cached_property
    def nouns(self) -> list[Hit]:
        """The nouns that end with a word, and 推进会 before 上, though the dictionary has 会上."""
        return [
            one
            for one in _find(self.text, _nouns())
            if one.end in self.starts or self.text.startswith(_AT_MEETINGS, one.end - 1)
        ]

    @cached_property
    def speeches(self) -> list[tuple[int, int]]:
        """Longer quotations of more than one clause."""
        found = _SPEECH.finditer(self.text)
        return [one.span() for one in found if re.search("[,。;，]", one[0])]

    @cached_property
    def outside(self) -> list[str]:
        """The words, those in titles and short quotations replaced by ""."""
        return _outside(self.words, self.names)

    @cached_property
    def stops(self) -> list[int]:
        """Where the clauses end."""
        brackets = [match.span() for match in _BRACKETS.finditer(self.text)]
        return _stops(self.text, self.names + brackets)

    def word_behind(self, offset: int) -> str:
        """The rest of the dictionary word that holds `offset`: all of one that begins there."""
        index = bisect_right(self.words.starts, offset) - 1
        if index >= len(self.words.tokens):
            return ""
        return self.words.tokens[index][offset - self.words.starts[index] :]

    def clauses(self, start: int, end: int) -> list[tuple[int, int]]:
        """The clauses of text[start:end] behind a dateline (本报讯).

        A comma in a title, brackets or a short quotation ends none.
        """
        if dateline := _DATELINE.match(self.text, start, end):
            start = dateline.end()
        low = bisect_right(self.stops, start)
        return list(pairwise([start, *self.stops[low : bisect_left(self.stops, end, low)], end]))

    def words_in(self, start: int, end: int) -> list[str]:
        """The words that begin in text[start:end] outside titles and short quotations."""
        known = self._outside_in.get((start, end))
        if known is None:
            low = bisect_left(self.words.starts, start)
            high = bisect_left(self.words.starts, end, low)
            known = [one for one in self.outside[low:high] if one]
            self._outside_in[start, end] = known
        return known

    def verbs_in(self, start: int, end: int) -> list[Hit]:
        """Verbs that lie in text[start:end]."""
        return _between(self.verbs, start, end)

    def moments_in(self, start: int, end: int) -> list[Moment]:
        """Moments that begin in text[start:end]."""
        if not self.moments:
            return self.moments
        return self.moments[bisect_left(self.moments, (start,)) : bisect_left(self.moments, (end,))]

    def nouns_in(self, start: int, end: int) -> list[Hit]:
        """Nouns that lie in text[start:end]."""
        return _between(self.nouns, start, end)


def scan(reading: Reading) -> Scan:
    """The article's scan, names and moments looked for."""
    names = [match.span() for match in _NAMES.finditer(reading.normal)]
    return Scan(reading, reading.normal, names, find_moments(reading, names), cut(reading.text))


def _stops(text: str, held: list[tuple[int, int]]) -> list[int]:
    """Where the clauses of `text` end; the marks in `held` end none."""
    kept = {mark.end() for span in held for mark in _CLAUSE_END.finditer(text, *span)}
    return [mark.end() for mark in _CLAUSE_END.finditer(text) if mark.end() not in kept]


def _outside(words: Cut, names: list[tuple[int, int]]) -> list[str]:
    """The words, those that begin in one of `names` replaced by ""."""
    outside = list(words.tokens)
    for start, end in names:
        low, high = bisect_left(words.starts, start), bisect_left(words.starts, end)
        outside[low:high] = [""] * (high - low)
    return outside


def _begins_late(text: str, at: int) -> bool:
    """Whether what stands before the verb only seems to be one word with it: 农业农村部下达."""
    if text.startswith(("应邀参加", "受邀参加"), at - 2):
        return True
    return text.endswith(_BEFORE_VERB, 0, at) or text.startswith(("部下达", "部下拨"), at - 1)


def _between(hits: list[Hit], start: int, end: int) -> list[Hit]:
    low = bisect_left(hits, (start,))
    high = bisect_left(hits, (end,), low)
    return [one for one in hits[low:high] if one.end <= end]


class Deed(NamedTuple):
    """A rule of the list: what the object must match (None: nothing), `deed` or `soft`."""

    type: str
    wanted: re.Pattern[str] | None
    sort: str


_Finder = tuple[AhoCorasick, list[str]]


def _find(text: str, finder: _Finder) -> list[Hit]:
    automaton, sorts = finder
    return [
        Hit(start, end, sorts[pattern])
        for pattern, start, end in automaton.find_matches_as_indexes(text)
    ]


def _finder(sorts: dict[str, str]) -> _Finder:
    return AhoCorasick(list(sorts), matchkind=MatchKind.LeftmostLongest), list(sorts.values())


@cache
def _verbs() -> _Finder:
    """Verbs; the sort of a deed is `deed` and the numbers of its rules."""
    words = reference.load("activity_words")
    sorts: dict[str, str] = {}
    for number, deed in enumerate(words["deeds"]):
        for verb in deed["verbs"].split():
            sorts[verb] = f"{sorts.get(verb, 'deed')} {number}"
    for sort in ("attend", "run", "open", "hold"):
        for verb in words[sort].split():
            sorts[verb] = f"{sort},{sorts[verb]}" if verb in sorts else sort
    return _finder(sorts)


@cache
def _nouns() -> _Finder:
    nouns: dict[str, str] = reference.load("activity_words")["nouns"]
    return _finder({noun: kind for kind, line in nouns.items() for noun in line.split()})


@cache
def deeds() -> list[Deed]:
    """The deeds in the file's order."""
    return [
        Deed(
            deed["type"],
            None if deed.get("bare") else re.compile(deed["object"]),
            "soft" if deed.get("soft") else "deed",
        )
        for deed in reference.load("activity_words")["deeds"]
    ]
