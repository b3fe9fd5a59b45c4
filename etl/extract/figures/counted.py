"""The noun phrase that a figure counts: behind it (60位专家学者) or before it (项目25个)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from etl import reference
from etl.extract.figures.scan import Quantity
from etl.extract.segment import Cut, part_of_speech

_LONGEST = 24
_BREAK = frozenset(",。;:!?、()\n，；：！？（）…—《》<>[]【】")
# 比重比2020年下降3.7%: the noun stands before what it is compared with.
_COMPARED = re.compile(r"(?:[比较][^,。;:!?\n比较]{1,18})$")
_OPENS = {"”": "“", "’": "‘", "》": "《", "」": "「"}
_CLOSES = {left: right for right, left in _OPENS.items()}
_TIMES = frozenset(["次", "人次", "场次", "项次", "件次"])
_BOUND = re.compile(r"(?:及?以[上下内外]|左右|上下|的)")
_CLAUSE = re.compile(r"[^,。;:!?\n]{0,24}")
_QUOTES = frozenset("“”‘’「」『』\"'·")
_LEADING = re.compile(
    r"^(?:的|了|着|过|等|和|与|及|、|以及|各|其中|其|该|本|这些|那些|全部|所有|约|共|多|余|级|来自|不同|种)+"
)
_TRAILING = tuple("的了着等和与及、上中里内在达共已将为有是")
_NOMINAL = frozenset(("an", "j", "l", "eng", "b", "a", "zg", "i", "s", "tg", "vn"))


@cache
def _links() -> frozenset[str]:
    """What may stand between a noun and its number without being part of it."""
    return reference.word_set("figures", "links")


@cache
def _verbal_nouns() -> frozenset[str]:
    """Words the dictionary calls verbs that are nouns beside a number."""
    return reference.word_set("figures", "verbal_nouns")


@cache
def _attributes() -> frozenset[str]:
    """Verbs that stand before a noun as its attribute."""
    return reference.word_set("figures", "attributes")


def counted_at(cut: Cut, text: str, one: Quantity, former: str | None) -> str | None:
    """What `one` counts; `former` is what the figure before it in the sentence counts.

    A count takes the noun behind it first, an amount or a share the noun before it. 同比下降2.3%
    without a noun of its own goes on about the former figure's.
    """
    behind, before = _behind(cut, text, one), _before(cut, text, one)
    if one.unit in _TIMES and (deed := _deed(cut, text, one)):
        return deed
    if one.kind == "count" and one.unit not in _TIMES:
        return behind or before or None
    if one.kind == "percent" and behind and text.startswith("的", one.end) and not one.direction:
        return behind
    if one.kind in ("money", "measure", "count") and behind and not _noun_adjoins(cut, one):
        return behind
    return before or (former if one.direction or one.kind == "percent" else None) or behind or None


def _behind(cut: Cut, text: str, one: Quantity) -> str:
    """The noun phrase that begins right behind the figure, else the one behind its 的.

    4幅挂在墙上的照片: where a verb comes first, the noun is behind 的.
    """
    begin = _bound_end(text, one.end)
    index = bisect_left(cut.starts, begin)
    phrase, stop = _phrase(cut, text, index)
    if phrase:
        return _tidy(text[cut.starts[index] : stop])
    clause = _CLAUSE.match(text, begin)
    at = text.rfind("的", begin, clause.end()) if clause else -1
    if at <= begin:
        return ""
    index = bisect_left(cut.starts, at + 1)
    phrase, stop = _phrase(cut, text, index)
    return _tidy(text[cut.starts[index] : stop]) if phrase else ""


def _phrase(cut: Cut, text: str, index: int) -> tuple[bool, int]:
    """Whether a noun phrase begins at token `index`, and where it ends."""
    first = cut.starts[index]
    nominal, stop = False, first
    quote_end = 0
    for token, start in zip(cut.tokens[index:], cut.starts[index:], strict=False):
        end, kind = start + len(token), _class(token)
        if start < quote_end:
            nominal, stop = True, max(stop, end)
            continue
        if token[0] in _CLOSES:
            quote_end = text.find(_CLOSES[token[0]], start, start + 20) + 1
            continue
        if start - first > _LONGEST or token[0] in _BREAK or token[0].isdigit():
            break
        if token == "的" and start > first:
            break
        if kind == "noun" or token in _verbal_nouns():
            nominal, stop = True, end
        elif kind == "verb" and not nominal:
            follows = text[end : end + 1]
            if follows in ("", "的") or follows in _BREAK or token not in _attributes():
                return _lone_verb(text, first, start, end)
        elif token in _attributes():
            continue
        elif kind != "join":
            break
    return nominal, stop


def _lone_verb(text: str, first: int, start: int, end: int) -> tuple[bool, int]:
    """A verb alone is what is counted when nothing follows it: 8人死亡, 3次检查."""
    alone = start == first and end - start > 1 and (end >= len(text) or text[end] in _BREAK)
    return alone, end


def _deed(cut: Cut, text: str, one: Quantity) -> str:
    """What was done so many times, where a verb follows: 两次赴外地调研."""
    index = bisect_left(cut.starts, one.end)
    if index >= len(cut.tokens) or _class(cut.tokens[index]) != "verb":
        return ""
    clause = _CLAUSE.match(text, one.end)
    return _tidy(clause[0]) if clause else ""


def _bound_end(text: str, at: int) -> int:
    found = _BOUND.match(text, at)
    return found.end() if found else at


def _before(cut: Cut, text: str, one: Quantity) -> str:
    """The noun phrase that ends right before the figure, linking words left out."""
    at = one.start
    compared = _COMPARED.search(text[max(0, at - 24) : at]) if one.direction else None
    at -= len(compared[0]) if compared else 0
    index = bisect_right(cut.starts, max(at - 1, 0)) - 1
    first = last = None
    linking = True
    while index >= 0 and at - cut.starts[index] <= _LONGEST:
        token, start = cut.tokens[index], cut.starts[index]
        index -= 1
        if start >= at:
            continue
        opening = _OPENS.get(token[-1])
        if opening and (begin := text.rfind(opening, max(0, start - 20), start)) >= 0:
            first, last, linking = begin, last or start + len(token), False
            index = bisect_right(cut.starts, begin) - 2
            continue
        if token[0] in _BREAK and not (token == "、" and first is not None):
            break
        if linking and token in _links():
            continue
        linking = False
        kind = _class(token)
        attribute = first is not None and (kind == "join" or token in _attributes())
        if kind == "noun" or attribute or token in _verbal_nouns():
            first, last = start, last or start + len(token)
        else:
            break
    if first is None or last is None:
        return ""
    return _tidy(text[first:last])


def _noun_adjoins(cut: Cut, one: Quantity) -> bool:
    """Whether the word right before the figure is a noun (总投资112.6亿元)."""
    index = bisect_right(cut.starts, max(one.start - 1, 0)) - 1
    return index >= 0 and one.start > 0 and _class(cut.tokens[index]) == "noun"


def _class(token: str) -> str:
    if token[0] in _QUOTES or token in ("的", "和", "与", "及", "以及", "、"):
        return "join"
    tag = part_of_speech(token)
    if tag in _NOMINAL or tag[0] == "n":
        return "noun"
    if tag[0] == "v":
        return "verb"
    return "other"


def _ends_clause(text: str, at: int) -> bool:
    return at >= len(text) or text[at] in _BREAK


def _tidy(phrase: str) -> str:
    """Without what joins it to its sentence: leading 的 and 了, unpaired quotes, trailing 等."""
    phrase = _LEADING.sub("", phrase.strip())
    while phrase.endswith(_TRAILING):
        phrase = phrase[:-1]
    for left, right in ("“”", "‘’", "「」", "『』"):
        if phrase.count(left) != phrase.count(right):
            phrase = phrase.replace(left, "").replace(right, "")
        if phrase.startswith(left) and phrase.endswith(right) and phrase.count(left) == 1:
            phrase = phrase[1:-1]
    return phrase.strip() if len(phrase.strip()) > 1 or phrase.isalpha() else ""
