"""Where a text may name a division: occurrences of names that no other word explains."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.divisions import Division
from etl.extract.places.gazetteer import Gazetteer, Name
from etl.extract.segment import boundaries


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
    "县": re.compile("[城域](?!关)"),
    "区": re.compile("[域间位块别划分]"),
    "州": re.compile("[际]"),
    "旗": re.compile("[帜舰袍下]"),
}
# Behind a short name: a road, a piece of nature, a ship. 山区, 江畔 and the like are none of them.
_FEATURE = re.compile(
    "[东西南北中]?(?:路|街(?!道)|大街|大道|胡同|巷)|[山河江湖岛岭峡溪寺塔庙观](?![区畔边岸谷坡底村乡镇])"
    "|[舰号](?!召|称)"
)
_CITY_FEATURE = re.compile("[东西南北中]?路(?![演径线透])|[舰]")
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
    for index, start, end in sorted(found, key=lambda one: (one[1], -one[2])):
        name = names.names[index]
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
    short = names.by_text.get(last.name.text[:-1])
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
        short = names.by_text.get(name.text[:-1])
        fits = short and _short_fits(text, short, start, end - 1, cuts | {end - 1})
        return Hit(start, end - 1, short) if short and fits else None
    if len(name.text) == 3 and start not in cuts and not _after_place(text, start):
        return None
    return Hit(start, end, name)


def _after_place(text: str, start: int) -> bool:
    return text[start - 1 : start] in ("省", "市", "区", "州", "盟", "县")


def _short_fits(text: str, name: Name, start: int, end: int, cuts: frozenset[int]) -> bool:
    """Whether the words around leave room for a short name."""
    if start not in cuts or end not in cuts:
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("·", "•") or (
        after in ("·", "•") and text[end + 1 : end + 2] not in ("中", "国")
    ):
        return False
    large = any(one.level != "county" for one in name.divisions)
    feature = _CITY_FEATURE if large else _FEATURE
    if feature.match(text, end):
        return False
    return large or before not in _SURNAMES or name.grade == "sure"
