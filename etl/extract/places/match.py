"""Where a text may name a division: occurrences of names that no other word explains."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from etl import reference
from etl.divisions import Division
from etl.extract.places.gazetteer import Gazetteer, Name
from etl.extract.segment import boundaries, cut, part_of_speech, segmenter


@dataclass(slots=True)
class Hit:
    """One occurrence of a name, and, once settled, the division that is meant."""

    start: int
    end: int
    name: Name
    division: Division | None = None
    basis: str = "name"
    certain: bool = True


# 长春市民, 南京市场, 湖北省会, 中原区域: the last character of the full name begins the next word.
_NEXT_WORD = {
    "市": re.compile("[民场值面井集价容花]|区(?!委|政|人|级|县|领导|直)|郊|域"),
    "省": re.compile("[会份域城]"),
    "县": re.compile("域"),
    "区": re.compile("[域间位块别划分]"),
    "州": re.compile("[际]"),
    "旗": re.compile("[帜舰袍下]"),
}
# Behind a short name: a road, a village, a piece of nature, a ship. 山区 and 岛上 are none.
_FEATURE = re.compile(
    "[东西南北中]?(?:路|街(?!道)|大街|大道|胡同|巷)|半岛|沙地|沙漠|雪山|群岛"
    "|镇|街道|乡(?![村亲土镇贤音愁])|(?:自然|行政)?村(?![民里镇级])"
    "|[河江湖湾峡溪寺塔庙观]|[山岛岭](?![区上村乡镇])|[舰号](?!召|称)|[0-9]{1,2}-[0-9]"
)
_CITY_FEATURE = re.compile("[东西南北中]?路(?![演径线透])|[舰]")
# Single characters that stand beside a name only where both write out a foreign one: 斯|凯里|特.
_FOREIGN = frozenset(
    "斯尔尼姆瓦茨诺萨伊妮娜莎格顿涅夫特拉阿赫罗克里苏莱哥科勒堪俄森甘荷奥维什伽丹洛基埃"
)
# Behind these a province's name holds even where the dictionary tears it: 辽宁、山|东三省.
_PAUSES = frozenset("、,。;:(和与及在")
_AT = frozenset("在赴于抵")
_DOTS = frozenset("·•")
# One-character parts of dictionary words that begin with a place: 开封人, 江西籍, 广西区.
_PARTS = frozenset("人籍区省市县话队城站港网台厂局厅")
_DIRECTIONS = frozenset("东南西北")
# 鸡场|镇坪: a short name that begins so behind the name of a town or village.
_TOWNS = frozenset("镇乡村")
_LENGTH_OF_TASK = 3
_NAMING = frozenset(("n", "nz", "x", "nr", "g"))
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄吴徐孙朱胡郭林何梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁董余苏叶吕魏蒋田杜丁沈姜范傅"
    "钟卢汪戴崔廖姚邱夏谭贾邹熊孟秦阎薛侯雷段郝邵毛顾赖贺尹钱施龚庞樊殷聂焦"
)


def find_hits(text: str, names: Gazetteer) -> list[Hit]:
    """The occurrences in order, none overlapping another: the longest from the left."""
    found = names.hits(text)
    if not found:
        return []
    cuts = boundaries(text)
    kept: list[Hit] = []
    for name, start, end in sorted(found, key=lambda one: (one[1], -one[2])):
        if kept and start < kept[-1].end:
            _share(kept, name, start, end, names)
        elif hit := _fitting(text, name, start, end, cuts, names):
            kept.append(hit)
    return [hit for hit in kept if hit.name.grade != "never"]


def _share(kept: list[Hit], name: Name, start: int, end: int, names: Gazetteer) -> None:
    """济南市中区 is 济南 and 市中区, for the one lies in the other: give 市 to the later name."""
    last = kept[-1]
    if not name.full or start != last.end - 1 or not last.name.full:
        return
    short = names.named(last.name.text[:-1])
    if short and any(
        _lies_in(inner, outer) for inner in name.divisions for outer in short.divisions
    ):
        kept[-1] = Hit(last.start, last.end - 1, short)
        kept.append(Hit(start, end, name))


def _lies_in(inner: Division, outer: Division) -> bool:
    return inner.parent == outer.adcode or (
        outer.level == "province" and inner.province == outer.name and inner.level != "province"
    )


def _fitting(
    text: str, name: Name, start: int, end: int, cuts: frozenset[int], names: Gazetteer
) -> Hit | None:
    """The hit as a reader would take it, perhaps shortened, or None where it is no name here."""
    if name.grade == "never":
        return Hit(start, end, name)
    if not name.full:
        return Hit(start, end, name) if _short_fits(text, name, start, end, cuts) else None
    following = _NEXT_WORD.get(name.text[-1])
    if following and following.match(text, end):
        short = names.named(name.text[:-1])
        fits = short and _short_fits(text, short, start, end - 1, cuts | {end - 1})
        return Hit(start, end - 1, short) if short and fits else None
    if len(name.text) == 3 and start not in cuts and not _after_place(text, start):
        return None
    if name.text[0] in "南北" and text[start - 1 : start] in ("东", "西"):
        return None
    return Hit(start, end, name)


def _after_place(text: str, start: int) -> bool:
    return text[start - 1 : start] in ("省", "市", "区", "州", "盟", "县")


def _short_fits(text: str, name: Name, start: int, end: int, cuts: frozenset[int]) -> bool:
    """Whether the words around leave room for a short name."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if start not in cuts or end not in cuts:
        torn = _is_province(name) and start in cuts and before in _PAUSES
        torn = torn or _torn_city(text, name, start, end, cuts)
        if not torn and not _within_word(text, name, start, end):
            return False
    if all(one.level == "county" for one in name.divisions) and _beside_other(text, start):
        return False
    if before in _DOTS or (after in _DOTS and text[end + 1 : end + 2] not in "中国"):
        return False
    large = any(one.level != "county" for one in name.divisions)
    feature = _CITY_FEATURE if large else _FEATURE
    if feature.match(text, end):
        return False
    if not _is_province(name) and _in_foreign_name(text, start, end, cuts):
        return False
    is_surname = before in _SURNAMES and start - 1 in cuts
    return not is_surname or _is_province(name)


def _beside_other(text: str, start: int) -> bool:
    """Whether what stands before makes another name of it: 北|三河, 鸡场|镇坪|地, 主席|尼玛."""
    before = text[start - 1 : start]
    if before in _DIRECTIONS:
        tokens, starts = cut(text)
        return tokens[bisect_right(starts, start) - 2] == before
    tokens, starts = cut(text)
    token = tokens[bisect_right(starts, start) - 2] if start else ""
    if token.endswith(reference.words("titles", "officials")):
        return True
    towns = text[start] in _TOWNS and "一" <= before <= "鿿" and len(token) < 3
    return towns and part_of_speech(token) in _NAMING


def _torn_city(text: str, name: Name, start: int, end: int, cuts: frozenset[int]) -> bool:
    """Whether the dictionary tears a city's name behind 在 or 赴: 在大|连同, not 在大理石."""
    if start not in cuts or name.grade in ("weak", "word") or text[start - 1 : start] not in _AT:
        return False
    inside = any(at in cuts for at in range(start + 1, end))
    return inside and any(one.level == "city" for one in name.divisions)


def _in_foreign_name(text: str, start: int, end: int, cuts: frozenset[int]) -> bool:
    """Whether the name is part of one written out by sound: 佛罗里|达州, 斯|凯里|特."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[end - 1] == "州" and end - start == 2 and before in _FOREIGN:
        tokens, starts = cut(text)
        return part_of_speech(tokens[bisect_right(starts, start) - 2]) != "ns"
    goes_on = after in _FOREIGN and end + 1 in cuts and before not in _AT
    return (before in _FOREIGN and start - 1 in cuts) or goes_on


def _is_province(name: Name) -> bool:
    return any(one.level == "province" for one in name.divisions)


def _within_word(text: str, name: Name, start: int, end: int) -> bool:
    """Whether the dictionary's word around a name is made of it and other words: 北京|地区."""
    if name.grade in ("weak", "word"):
        return False
    if begins_body(text, start, end, name.divisions):
        return True
    tokens, starts = cut(text)
    index = bisect_right(starts, start) - 1
    left, right = starts[index], starts[index] + len(tokens[index])
    if end > right:
        return False
    parts = [part for part in (text[left:start], text[end:right]) if part]
    return all(part in _PARTS or (len(part) > 1 and segmenter().has_word(part)) for part in parts)


def begins_body(text: str, start: int, end: int, divisions: tuple[Division, ...]) -> bool:
    """Whether a name begins a body that the dictionary has as one word: 合肥|工业|大学.

    A county's does so only where the body says what it does, for 南开大学 is called by its name.
    """
    tokens, starts = cut(text)
    index = bisect_right(starts, start) - 1
    if starts[index] != start or starts[index + 1] <= end:
        return False
    rest = text[end : starts[index + 1]]
    large = any(one.level != "county" for one in divisions)
    return (large or len(rest) >= _LENGTH_OF_TASK) and _is_body(tokens[index], rest)


@lru_cache(maxsize=1 << 12)
def _is_body(word: str, rest: str) -> bool:
    """Whether a word is a body, and what it has behind a place is words too."""
    words = segmenter().cut(rest, False)
    known = all(len(one) > 1 and segmenter().has_word(one) for one in words)
    return known and part_of_speech(word) == "nt"
