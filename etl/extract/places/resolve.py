"""Which division each occurrence means, and whether it means one at all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from etl.divisions import Division
from etl.extract.places.match import Hit, begins_body
from etl.extract.segment import reads_as_word

_LEVELS = {"province": 0, "city": 1, "county": 2}
# What stands before and behind a place rather than anything else.
_BEFORE = re.compile(r"(?:在|赴|到|来到|走进|位于|前往|来自|抵达|奔赴|驻|至|从|于)$")
_BEHIND = re.compile(
    "等地|境内|一带|县委|市委|区委|县政府|市政府|县政协|市政协|区政协|当地|两地|三地|全县|全市|老区|籍"
    "|农民|村民|居民|企业|(?:[一-鿿]{1,3})(?:镇|乡|村|街道|社区)"
)
# What a place does at the head of a clause.
_SUBJECT = re.compile("[也还已将正把从率先]|目前|现有|立足|依托|坚持|通过|有着?|的[一-鿿]{2}")
_ROW = re.compile(r"(?:[^、,。;!?\n]{0,8}、|和|与|及|以及|同|到|至|-|—{1,2}|~)")
_AND = frozenset(("、", "和", "与", "及", "以及"))
# They have districts that the tables leave out: 香港大埔 is not the county in Guangdong.
_UNDIVIDED = frozenset(("710000", "810000", "820000"))
_PARAGRAPH = 400
# Behind these an ordinary word is one: 江苏滨海湿地, 天津和平路.
_GENERIC = re.compile(
    "湿地|平原|地带|风光|景观|大道|公路|[路街](?![道办])|广场|公园|机场|大桥|剧院|饭店"
)


@dataclass(slots=True)
class Evidence:
    """What the article says for sure: how often each division or its parents are named.

    `full` has the codes of divisions named in full, `settled` the names read behind their parent.
    """

    provinces: Counter[str] = field(default_factory=Counter)
    cities: Counter[str] = field(default_factory=Counter)
    full: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)

    def add(self, division: Division) -> None:
        """Count a mention that is certain."""
        self.provinces[division.province] += 1
        if division.city:
            self.cities[division.city] += 1

    def weight(self, division: Division) -> tuple[int, int]:
        """How well `division` agrees with the article: its city's mentions, its province's."""
        return self.cities[division.city or ""], self.provinces[division.province]


def resolve(text: str, hits: list[Hit]) -> list[Hit]:
    """The hits that are mentions, in order, each with its division where it can be settled."""
    if not hits:
        return []
    evidence = _certain(hits)
    kept: list[Hit] = []
    for index, hit in enumerate(hits):
        previous = kept[-1] if kept else None
        following = hits[index + 1] if index + 1 < len(hits) else None
        if _settle(text, hit, previous, following, kept, evidence):
            kept.append(hit)
            if hit.division and hit.basis == "parent":
                evidence.add(hit.division)
                evidence.settled.add(hit.name.text)
    return kept


def _certain(hits: list[Hit]) -> Evidence:
    """Evidence from the names that can mean but one division."""
    evidence = Evidence()
    for hit in hits:
        if hit.name.full:
            evidence.full |= {one.adcode for one in hit.name.divisions}
        top = _highest(hit.name.divisions)
        if len(top) == 1 and (hit.name.grade == "sure" or _is_plain_city(hit, top[0])):
            evidence.add(top[0])
    return evidence


def _is_plain_city(hit: Hit, division: Division) -> bool:
    return hit.name.grade == "plain" and division.level != "county"


def _highest(divisions: tuple[Division, ...]) -> list[Division]:
    """Of divisions of one name those of the highest level: 恩施 is the prefecture.

    A city comes before the prefecture of the same name that lay around it until about 2000.
    """
    best = min(_LEVELS[one.level] for one in divisions)
    found = [one for one in divisions if _LEVELS[one.level] == best]
    if len(found) > 1 and best == 1 and len({one.province for one in found}) == 1:
        return [one for one in found if one.name.endswith("市")] or found
    return found


def _settle(
    text: str,
    hit: Hit,
    previous: Hit | None,
    following: Hit | None,
    kept: list[Hit],
    evidence: Evidence,
) -> bool:
    """Give the hit its division; False where it is no mention."""
    if hit.name.grade == "word" and not hit.name.full and _GENERIC.match(text, hit.end):
        return False
    if chained := _chained(text, hit, previous):
        hit.division, hit.basis = chained, "parent"
        return True
    if previous and _contradicts(text, hit, previous):
        return False
    if not _plausible(text, hit, previous, following, evidence):
        return False
    candidates = _highest(hit.name.divisions)
    if len(candidates) == 1:
        hit.division = candidates[0]
        return True
    near = _nearest(hit, candidates, kept)
    if near is None:
        near = _most_frequent(candidates, evidence)
    if near is None and not hit.name.full:
        return _take_independent(hit, candidates)
    hit.division, hit.basis, hit.certain = near, "context", near is not None
    return True


def _take_independent(hit: Hit, candidates: list[Division]) -> bool:
    """Without its city a short name means a county rather than a city's district: 海城, 台江."""
    counties = [one for one in candidates if not one.name.endswith("区")]
    if len(counties) != 1:
        return False
    hit.division, hit.basis, hit.certain = counties[0], "inferred", False
    return True


def _contradicts(text: str, hit: Hit, previous: Hit) -> bool:
    """Whether a short name stands right behind a place that it does not lie in: 四川(的)城厢."""
    if hit.name.full or previous.division is None:
        return False
    if text[previous.end : hit.start] not in ("", "的") or previous.division in hit.name.divisions:
        return False
    if previous.division.adcode in _UNDIVIDED:
        return all(one.level != "province" for one in hit.name.divisions)
    return all(one.level == "county" for one in hit.name.divisions)


def _chained(text: str, hit: Hit, previous: Hit | None) -> Division | None:
    """The candidate that lies in the place named right before it: 黑龙江省|佳木斯市."""
    if previous is None or previous.division is None or hit.start - previous.end > 1:
        return None
    gap = text[previous.end : hit.start]
    if gap and gap not in "的·()省市":
        return None
    inside = [one for one in hit.name.divisions if _inside(one, previous.division)]
    return _highest(tuple(inside))[0] if inside else None


def _inside(inner: Division, outer: Division) -> bool:
    if outer.level == "province":
        return inner.province == outer.name and inner.level != "province"
    return outer.level == "city" and inner.level == "county" and inner.parent == outer.adcode


def _plausible(
    text: str, hit: Hit, previous: Hit | None, following: Hit | None, evidence: Evidence
) -> bool:
    """Whether a reader takes the word for a place without its parent before it."""
    grade = hit.name.grade
    if grade == "sure" or (hit.name.full and grade != "word"):
        return True
    if grade == "word":
        return _beside_kin(text, hit, previous, following) or _named_before(text, hit, evidence)
    row = _in_row(text, hit, previous, following)
    if row or (_agrees(hit, evidence) and reads_as_word(text, hit.start, hit.end)):
        return True
    if any(one.level != "county" for one in hit.name.divisions):
        before = _BEFORE.search(text, max(0, hit.start - 2), hit.start)
        return grade == "plain" or bool(before or _BEHIND.match(text, hit.end))
    if grade == "plain":
        whole = begins_body(text, hit.start, hit.end, hit.name.divisions)
        return whole or reads_as_word(text, hit.start, hit.end)
    return bool(_BEHIND.match(text, hit.end))


def _named_before(text: str, hit: Hit, evidence: Evidence) -> bool:
    """Whether a word that a place had for its name above (贵州万山) is that place again."""
    if hit.name.text not in evidence.settled or not reads_as_word(text, hit.start, hit.end):
        return False
    acts = _BEFORE.search(text, max(0, hit.start - 2), hit.start) or _SUBJECT.match(text, hit.end)
    return bool(acts or _BEHIND.match(text, hit.end))


def _agrees(hit: Hit, evidence: Evidence) -> bool:
    """Whether the article names the division in full, or its province or city."""
    return any(
        one.adcode in evidence.full or evidence.provinces[one.province]
        for one in hit.name.divisions
    )


def _in_row(text: str, hit: Hit, previous: Hit | None, following: Hit | None) -> bool:
    """Whether the name stands in a row of places: 济南“商量”、青岛“倾听”、岱岳“为民”."""
    if previous and 0 < hit.start - previous.end <= 10:
        behind = _ROW.fullmatch(text, previous.end, hit.start)
        if behind:
            return True
    if following is None or following.name.grade == "word":
        return False
    return bool(_ROW.fullmatch(text, hit.end, following.start))


def _beside_kin(text: str, hit: Hit, previous: Hit | None, following: Hit | None) -> bool:
    """Whether nothing but 、 or 和 parts the name from a county of the same province."""
    gaps = ((previous, hit), (hit, following))
    for left, right in gaps:
        if left is None or right is None or text[left.end : right.start] not in _AND:
            continue
        other = right if left is hit else left
        if other.name.grade == "word" and other.division is None:
            continue
        kin = {one.province for one in other.name.divisions if one.level == "county"}
        if any(one.province in kin for one in hit.name.divisions):
            return True
    return False


def _nearest(hit: Hit, candidates: list[Division], kept: list[Hit]) -> Division | None:
    """The candidate that shares its city, else its province, with the nearest mention before."""
    for former in reversed(kept):
        if hit.start - former.end > _PARAGRAPH:
            return None
        if former.division is None:
            continue
        same = [one for one in candidates if one.adcode == former.division.adcode]
        same = same or [one for one in candidates if _related(one, former.division)]
        if len(same) == 1:
            return same[0]
    return None


def _related(one: Division, other: Division) -> bool:
    if other.level == "province" or one.city is None or other.city is None:
        return one.province == other.province
    return one.city == other.city


def _most_frequent(candidates: list[Division], evidence: Evidence) -> Division | None:
    """The candidate that the article's other places speak for, if one stands out."""
    ranked = sorted(candidates, key=evidence.weight, reverse=True)
    best = evidence.weight(ranked[0])
    if best == (0, 0) or best == evidence.weight(ranked[1]):
        return None
    return ranked[0]
