"""The places that an article names or implies, its whole nation and others among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from etl import divisions, reference
from etl.extract.figures.localities import joined, localities
from etl.extract.figures.spans import Mention
from etl.extract.openings import find_all
from etl.extract.places import implied_division
from etl.model import Reading

# Bodies of several levels at once (市、县两级党委) are those of the place before them.
_LEVELS = re.compile(r"[省市县区乡镇村、]{1,7}[两三四五]级")
_IMPLIED_OPENINGS = re.compile("[全我本该省自市州县区旗](?=[省自市州县区旗治政委人纪总妇工])")
_IMPLIED = re.compile(
    r"(?:(?:全|我|本|该)(?P<scope>省|自治区|市|州|县)(?![场长委内级直值面])(?!(?<!我省)外)"
    r"|(?:全|我|本)(?P<district>[区旗])(?![域块间段位划长内号])"
    r"|(?<![省市区县级各])(?P<body>省|自治区|市|州|县)(?:政协|委(?![员托])|政府|人大|纪委|总工会|妇联|工商联))"
)
_SCOPES = {"省": "province", "自治区": "province", "市": "city", "州": "city", "县": "county"}
# A nation is the subject at the head of a clause or behind its date, elsewhere an attribute
# (获评全国文明村镇12个); 中国(太原)…大会 and 中国移动 are names.
# A film, a book or a law that has a place in its name.
_TITLE = re.compile("《[^《》\n]{2,30}》")
_HEAD = re.compile(
    r"(?:^|[,。;:!?(\n“” ]|[年月日末底度来前后间时]|(?<!根)据|目前|截至|当前|全年"
    r"|虽然|尽管|由于|因为|但是?|因此|所以|如今|使得?|表明|显示)$"
)
MINISTRY = re.compile(r"中共中央|中央纪委|国务院|全国|国家|最高人民|中国|[^省市县区]{2,8}部$")
# What only a whole nation has, where no province stands before it, and who speaks for it to others.
# Each way begins with a character of its own: so `re` passes over what begins none at once.
_OF_THE_NATION = re.compile(
    "广义货币|社会融资规模|国内生产总值|外汇储备|超长期特别国债|特别国债|人民币贷款"
    "|非制造业(?:采购经理|商务活动)指数|制造业(?:采购经理|商务活动)指数"
    "|中方|习近平主席|国家主席|国务院总理"
)
_MEMBER = re.compile(r"委员|常委|代表|主席|副主席|[、,][^,。]{0,12}(?:委员|主席)")
# In a local story these open a name more often than they are the subject.
_ATTRIBUTES = frozenset({"中国", "国际", "世界", "全球", "国内"})
_ACTS = re.compile(
    r"已|同(?!志)|与|和(?!平)|主办|共(?!产党)|将|是|成为|向|累计|政府|经济|外贸|海关|队|[^,。;\d]{0,12}(?:规模|产量|总量|产能|需求量|销售额?|市场|贸易|比重)"
)
_NAME_GOES_ON = re.compile(
    r"[(—\-·共工建农银石移联电科铁式梦国政足女男]|人[民大]|政协|文明|优秀|先进|冠军|首|第|最|规模最|唯一"
)

# “全国文明城市”, “中国天眼”: a name in quotes; “我国要实现…” is speech.
_QUOTED_NAME = re.compile("[^“”,。;:!?]{2,20}”")
# 在全国贫困地区建成1000所: what somebody does all over the nation.
_ALL_OVER = re.compile(
    r"在全国(?=,|各地|范围内?(?!率先|首|领先|推广)|多地|[\d多]+个?(?:省|市|县|城市)|[\u4e00-\u9fff]{0,4}(?:地区|县))"
)
# 从全国来看: what follows is the nation's.
_SEEN_FROM = re.compile("[^,。;]{0,12}看,")
# Several provinces that act together (黄淮海8省已…), and the regions that are such.
_SEVERAL = re.compile(
    r"31个?省(?:份|区市|\()|(?:[两三四五六七八九]|\d{1,2})个?省(?:区市?|市|份)?(?=[已共将累均合正都])"
)
# 湖北省以外的省份: what lies outside of a division is none of its own.
_OUTSIDE = re.compile("(?:地区)?[以之]外")
# Regions of several provinces, where they are the subject; 各地 are no single one.
_REGION = re.compile(
    r"(?:长三角|珠三角|京津冀|粤港澳大湾区|成渝地区|长江经济带|黄河流域"
    r"|东北地区|西北地区|西南地区|东部地区|中部地区|西部地区)"
    r"(?:地区|区域|三省一市|各地)?(?=[作共已将有的拥累达贡])"
)
_EVERYWHERE = re.compile(r"各地(?![区方级])")
# 哈塔伊省: a province that China does not have is another country's.
_FOREIGN_PROVINCE = re.compile(
    r"(?<=[在从于至])([\u4e00-\u9fff]{2,7}?)省(?![级会内外委直际道下去略])"
)
_NO_NAME = re.compile("[全我各本该外跨两邻数多个三四五六七八九十部任分节大等的]")


def mentions(reading: Reading) -> list[Mention]:
    """Every mention of a division, a nation or one of its ministries, in reading order."""
    own = _in_order([*_named(reading), *_implied(reading)])
    local = localities(reading.normal, own)
    return joined(reading.normal, _in_order([*own, *local, *_national(reading)]))


def _in_order(found: list[Mention]) -> list[Mention]:
    """Each mention once, by span; two readings of one span stay in the order in which they came."""
    return sorted(dict.fromkeys(found), key=lambda one: (one.start, one.end))


def _titles(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _TITLE.finditer(text)] if "《" in text else []


def _named(reading: Reading) -> list[Mention]:
    titles = _titles(reading.normal)
    text = reading.normal
    return [
        Mention(one.start, one.end, None if _OUTSIDE.match(text, one.end) else one.adcode)
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
    text = reading.normal
    for found in find_all(_IMPLIED_OPENINGS, _IMPLIED, text, 0, len(text)):
        scope = found.lastgroup or "body"
        at = found.start(scope)
        if any(start <= at < end for start, end in named):
            continue
        adcode = (
            _district(reading, found[scope], at)
            if scope == "district"
            else implied_division(reading, _SCOPES[found[scope]], at)
        )
        if adcode:
            yield Mention(found.start(), found.end(), adcode)


def _district(reading: Reading, kind: str, at: int) -> str | None:
    """What 全区 (of a district or an autonomous region) or 全旗 at an offset stands for.

    The nearest one that its paragraph names before it, else the article's own.
    """
    paragraph = reading.sentence_at(at).paragraph
    near = (
        one.adcode
        for one in reversed(reading.places)
        if one.end <= at and reading.sentence_at(one.start).paragraph == paragraph
    )
    for code in filter(None, (*near, reading.place.adcode)):
        province, _, county = divisions.load().path(code, reading.year)
        if county and county.endswith(kind):
            return code
        if kind == "区" and province and province.endswith("自治区"):
            return f"{code[:2]}0000"
    return None


@cache
def _nations() -> AhoCorasick:
    names = (*reference.words("nations", "abroad"), *reference.words("nations", "nationwide"))
    return AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest)


def _national(reading: Reading) -> Iterator[Mention]:
    """The nation as a whole, its ministries, the world, other countries: no division."""
    text = reading.normal
    for body in reading.bodies:
        if body.adcode is not None or not MINISTRY.match(body.name):
            continue
        before = text[max(0, body.start - 3) : body.start]
        opens = _HEAD.search(before) or before.endswith("届")
        if opens and not _MEMBER.match(text, body.end):
            yield Mention(body.start, body.end, None)
    for found in _OF_THE_NATION.finditer(text):
        if _HEAD.search(text[max(0, found.start() - 3) : found.start()]):
            yield Mention(found.start(), found.start(), None)
    for found in _ALL_OVER.finditer(text) if "在全国" in text else ():
        yield Mention(*found.span(), None)
    yield from _provinces(text)
    yield from _regions(reading)
    for _, start, end in _nations().find_matches_as_indexes(text):
        if reading.place.adcode and text[start:end] in _ATTRIBUTES and not _ACTS.match(text, end):
            continue
        head = _HEAD.search(text[max(0, start - 3) : start])
        if text[start - 1 : start] == "“" and _QUOTED_NAME.match(text, start):
            continue
        if text[start - 1 : start] == "从":
            head = _SEEN_FROM.match(text, end)
        if head and not _NAME_GOES_ON.match(text, end):
            yield Mention(start, end, None)


def _regions(reading: Reading) -> Iterator[Mention]:
    """Regions of several provinces, and 各地 in an article about no division."""
    text = reading.normal
    for pattern in (_REGION,) if reading.place.adcode else (_REGION, _EVERYWHERE):
        for found in pattern.finditer(text):
            if _HEAD.search(text[max(0, found.start() - 3) : found.start()]):
                yield Mention(*found.span(), None)


def _provinces(text: str) -> Iterator[Mention]:
    """Several provinces at once, and provinces of other countries."""
    if "省" not in text:
        return
    for found in _SEVERAL.finditer(text):
        yield Mention(*found.span(), None)
    for found in _FOREIGN_PROVINCE.finditer(text):
        if not _NO_NAME.search(found[1]) and found[1] not in _own_provinces():
            yield Mention(*found.span(), None)


@cache
def _own_provinces() -> frozenset[str]:
    known = divisions.load()
    rows = [row for row in known.rows if row.level == "province"]
    return frozenset(name.removesuffix("省") for row in rows for name in known.names(row))
