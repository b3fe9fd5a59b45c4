"""The places that an article names or implies, its whole nation and others among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from etl import reference
from etl.extract.places import implied_division
from etl.model import Reading

# Bodies of several levels at once (市、县两级党委) are those of the place before them.
_LEVELS = re.compile(r"[省市县区乡镇村、]{1,7}[两三四五]级")
_IMPLIED = re.compile(
    r"(?:(?:全|我|本|该)(?P<scope>省|自治区|市|州|县)(?![场长委内外级直值面])"
    r"|(?<![省市区县级各])(?P<body>省|自治区|市|州|县)(?:政协|委(?![员托])|政府|人大|纪委|总工会|妇联|工商联))"
)
_SCOPES = {"省": "province", "自治区": "province", "市": "city", "州": "city", "县": "county"}
# A nation is the subject at the head of a clause or behind its date, elsewhere an attribute
# (获评全国文明村镇12个); 中国(太原)…大会 and 中国移动 are names.
# A film, a book or a law that has a place in its name.
_TITLE = re.compile("《[^《》\n]{2,30}》")
_HEAD = re.compile(r"(?:^|[,。;:!?(\n“” ]|[年月日末底度来前后间时]|(?<!根)据|目前|截至|当前|全年)$")
MINISTRY = re.compile(r"中共中央|国务院|全国|国家|最高人民|中国|[^省市县区]{2,8}部$")
# What only a whole nation has, where no province stands before it.
_OF_THE_NATION = re.compile(
    "广义货币|社会融资规模|国内生产总值|外汇储备|(?:超长期)?特别国债|非?制造业(?:采购经理|商务活动)指数|人民币贷款"
)
_MEMBER = re.compile(r"委员|常委|代表|主席|副主席|[、,][^,。]{0,12}(?:委员|主席)")
# In a local story these open a name more often than they are the subject.
_ATTRIBUTES = frozenset({"中国", "国际", "世界", "全球", "国内"})
_ACTS = re.compile(
    r"已|共(?!产党)|将|是|成为|向|累计|政府|经济|外贸|海关|队|[^,。;\d]{0,12}(?:规模|产量|总量|产能|需求量|销售额?|市场|贸易|比重)"
)
_NAME_GOES_ON = re.compile(
    r"[(—\-·共工建农银石移联电科铁式梦国政足女男]|人[民大]|政协|文明|优秀|先进|冠军|首|第|最|规模最|唯一"
)


class Mention(NamedTuple):
    """A place that the text names or implies; adcode None for the whole nation and abroad."""

    start: int
    end: int
    adcode: str | None


def mentions(reading: Reading) -> list[Mention]:
    """Every mention of a division, a nation or one of its ministries, in reading order."""
    found = {*_named(reading), *_implied(reading), *_national(reading)}
    return sorted(found, key=lambda one: (one.start, one.end))


def _named(reading: Reading) -> list[Mention]:
    titles = [found.span() for found in _TITLE.finditer(reading.normal)]
    return [
        Mention(one.start, one.end, one.adcode)
        for one in reading.places
        if one.context != "person" and not any(a < one.start < b for a, b in titles)
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
        if body.adcode is None and acts and MINISTRY.match(body.name):
            yield Mention(body.start, body.end, None)
    for found in _OF_THE_NATION.finditer(text):
        if _HEAD.search(text[max(0, found.start() - 3) : found.start()]):
            yield Mention(found.start(), found.start(), None)
    for _, start, end in _nations().find_matches_as_indexes(text):
        if reading.place.adcode and text[start:end] in _ATTRIBUTES and not _ACTS.match(text, end):
            continue
        head = _HEAD.search(text[max(0, start - 3) : start])
        if head and not _NAME_GOES_ON.match(text, end):
            yield Mention(start, end, None)


def innermost(found: list[Mention]) -> list[Mention]:
    """One mention for each run of places without a gap (甘肃省张掖市), the last of the run."""
    groups: list[Mention] = []
    for one in found:
        if groups and one.start <= groups[-1].end:
            narrower = contains(groups[-1].adcode, one.adcode)
            place = one.adcode if narrower else groups[-1].adcode
            groups[-1] = Mention(groups[-1].start, max(one.end, groups[-1].end), place)
        else:
            groups.append(one)
    return groups


def chain(text: str, found: list[Mention]) -> list[Mention]:
    """The places at the end of `found` that are listed with 、 or 和, one beside the other."""
    chain = [found[-1]]
    for one in reversed(found[:-1]):
        joined = text[one.end : chain[0].start] in ("、", "和", "与", "及", "以及")
        related = contains(one.adcode, chain[0].adcode) or contains(chain[0].adcode, one.adcode)
        if not joined or related:
            break
        chain.insert(0, one)
    return chain


def contains(whole: str | None, part: str | None) -> bool:
    """Whether the division `part` lies in `whole`; everything lies in the nation (None)."""
    return whole is None or (part is not None and part.startswith(whole.rstrip("0") or whole))


def together(found: list[Mention]) -> str | None:
    """The smallest division that holds all of several ones: 南京、苏州 → 江苏, else None."""
    codes = {one.adcode for one in found}
    if None in codes:
        return None
    for digits in (4, 2):
        heads = {code[:digits] for code in codes if code}
        if len(heads) == 1:
            return heads.pop().ljust(6, "0")
    return None
