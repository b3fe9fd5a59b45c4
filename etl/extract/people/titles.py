"""A name in an article → the person's title, body, role and division."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from etl import reference, tables
from etl.extract.segment import cut
from etl.model import Reading
from etl.spans import START

_STOPS = frozenset("，。；：！？“”‘’（）《》【】,;:!?()\n—…")
_LONGEST = 60
_JOINTS = frozenset("和与")
# What a gap ends and begins with.
_GAPS = frozenset(" 　、，,/和与\n")
_GAP = re.compile(r"[ 　、，,/]{0,2}|和|与")
_GAP_BEFORE = re.compile(r"(?:[ 　、，,/]{0,2}|和|与)$")
_BEHIND = re.compile(r"[ (（]{0,2}(?:文/图|摄影报道|摄影|摄|图|供图)(?![影制])")


# What stands behind a member's name rather than an object.
_OBJECT = re.compile(
    "(?!说|发[了言表]|表示|认为|介绍|告诉|建议|提出|指出|发言|在|的|和|与|就|还|也|来自|团)[一-鿿]{2}"
)


# Titles that several people in a row may bear.
_SHARED = re.compile(
    "副[^、]{1,8}$|(?:委员|常委|代表|专家|学者|教授|研究员|院士|航天员|选手|队员|运动员|演员|成员|同学|志愿者|医生|民警)$"
)

# 本报宁波5月25日电记者: the dateline is no part of the title.
_DATELINE = re.compile(r"[^，。；]*日?[电讯] ?(?=记者)")

# 来到村民: what is done to the person is no part of the title.
_DEED = re.compile(".*(?:来到|就是|播出(?!部)|受到|讲述|参考自|赶到)")


class Names(NamedTuple):
    """Every name in an article: the start of each by its end, and the end by its start.

    Names in a row share the word before the first (记者 甲 乙).
    """

    starts: dict[int, int]
    ends: dict[int, int]


def describe(reading: Reading, start: int, end: int, names: Names) -> tables.Person:
    """The row of the person named in text[start:end]."""
    begin, stop = _titled(reading, start, end, names)
    dateline = _DATELINE.match(reading.text, begin, stop)
    begin = dateline.end() if dateline else begin
    deed = _DEED.match(reading.text, begin, stop)
    begin = deed.end() if deed else begin
    title = reading.text[begin:stop].strip(" 、　和与及") or _title_behind(reading, end)
    role = _role(reading, start, end, title, names)
    body = _body(reading, begin, stop)
    return tables.Person(
        article_id=reading.article_id,
        sentence_id=reading.sentence_at(start).sentence_id,
        start=start,
        end=end,
        raw=reading.text[start:end],
        name="".join(reading.text[start:end].split()),
        title=title,
        organisation=body.name if body else None,
        role=role,
        adcode=None
        if role in ("reporter", "photographer")
        else _adcode(reading, begin, stop, body),
    )


def _titled(reading: Reading, start: int, end: int, names: Names) -> tuple[int, int]:
    """Where the title stands: before the name, or before the first of its row if many may bear it.

    副主席甲、乙、丙 are three of them, 主席甲、乙 are not.
    """
    begin = _title_start(reading, start, names.starts)
    first, _ = _row(reading, start, end, names)
    if begin < start or first == start or _title_behind(reading, end):
        return begin, start
    begin = _title_start(reading, first, names.starts)
    last = reading.text[begin:first].rstrip()
    return (begin, first) if _SHARED.search(last) else (start, start)


@cache
def _endings() -> frozenset[str]:
    return reference.word_set("titles", "endings") | reference.word_set("titles", "reporters")


def _is_title(phrase: str) -> bool:
    return any(phrase[at:] in _endings() for at in range(max(0, len(phrase) - 7), len(phrase)))


def _title_start(reading: Reading, start: int, names: dict[int, int]) -> int:
    """Where the titles before the name begin; `start` itself where none stands there.

    Goes left word by word. 、 parts two titles of one person only if a title stands before it
    too. A verb or particle that no title holds ends it, and so does another name.
    """
    words = cut(reading.text)
    index = bisect_left(words.starts, start)
    stop = max(reading.sentence_at(start).start, start - _LONGEST)
    begin = found = start
    if reading.text[start - 1 : start] in (" ", "　"):
        index, begin = index - 1, start - 1
    piece_end = begin
    while index > 0 and words.starts[index - 1] >= stop:
        token, at = words.tokens[index - 1], words.starts[index - 1]
        if token == "、":
            if not _is_title(reading.text[begin:piece_end]) or not _title_before(reading, at):
                break
            found, piece_end, begin = begin, at, at
        elif _parts(reading, token, at) or at + len(token) in names:
            break
        elif token[-1] in _JOINTS and at + len(token) - 1 in names:  # 书记某某和 cut as 某/某和
            begin = at + len(token)
            break
        else:
            begin = at
        index -= 1
    return begin if _is_title(reading.text[begin:piece_end]) else found


def _parts(reading: Reading, token: str, at: int) -> bool:
    """Whether a word parts a title from what stands before: a mark, or one that no title holds.

    Inside a body's name it does not: 人民 of 昭觉县人民医院.
    """
    if token in _STOPS or token.isspace():
        return True
    if token not in _breaks():
        return False
    index = bisect_left(reading.bodies, at, key=START) - 1
    return index < 0 or reading.bodies[index].end <= at


def _title_before(reading: Reading, at: int) -> bool:
    return _is_title(reading.text[max(0, at - 7) : at])


@cache
def _breaks() -> frozenset[str]:
    words = reference.word_set("bodies", "breaks") - {
        "记者",
        "通讯员",
        "作者",
        "原",
        "前",
        "老",
        "名",
        "和",
    }
    return frozenset(word for word in words if word not in _endings())


def _title_behind(reading: Reading, end: int) -> str | None:
    """A title that follows the name (习近平总书记); 同志 and 先生 are none."""
    words = cut(reading.text)
    index = bisect_left(words.starts, end)
    token = words.tokens[index] if index < len(words.tokens) else ""
    if words.starts[index] != end or token not in _following():
        return None
    # 代表 with an object is what someone does: 代表市政协作报告.
    acts = token == "代表" and _OBJECT.match(reading.text, words.starts[index + 1])
    return None if acts else token


@cache
def _following() -> frozenset[str]:
    return reference.word_set("titles", "following") - reference.word_set("titles", "courtesy")


def _role(reading: Reading, start: int, end: int, title: str | None, names: Names) -> str:
    row_start, row_end = _row(reading, start, end, names)
    lead = reading.normal[max(0, row_start - 8) : row_start].rstrip(" :(/")
    behind = _BEHIND.match(reading.normal, row_end)
    heads_another = behind and not {behind.end(), behind.end() + 1}.isdisjoint(names.ends)
    if (behind and not heads_another) or _ends(lead, "photographers"):
        return "photographer"
    if _ends(lead, "reporters") or _is_signature(reading, row_start, row_end):
        return "reporter"
    for role, key in (("member", "members"), ("expert", "experts"), ("official", "officials")):
        if title and any(_ends(part, key) for part in title.split("、")):
            return role
    return "other"


def _row(reading: Reading, start: int, end: int, names: Names) -> tuple[int, int]:
    """First and last offset of the names in a row that the name stands in."""
    text = reading.text
    for _ in range(20):
        if start not in names.starts and text[start - 1 : start] not in _GAPS:
            break
        gap = _GAP_BEFORE.search(text, max(0, start - 3), start)
        before = names.starts.get(gap.start()) if gap else None
        if before is None:
            break
        start = before
    for _ in range(20):
        if end not in names.ends and text[end : end + 1] not in _GAPS:
            break
        gap = _GAP.match(text, end)
        behind = names.ends.get(gap.end()) if gap else None
        if behind is None:
            break
        end = behind
    return start, end


def _ends(phrase: str, key: str) -> bool:
    return phrase.endswith(reference.words("titles", key))


def _is_signature(reading: Reading, start: int, end: int) -> bool:
    """Whether the names stand alone in brackets at the end of their paragraph."""
    if reading.normal[start - 1 : start] != "(" or reading.normal[end : end + 1] != ")":
        return False
    return not reading.normal[end + 1 : end + 3].strip()


def _body(reading: Reading, start: int, end: int) -> tables.Organisation | None:
    """The last body named in the title."""
    index = bisect_left(reading.bodies, end, key=START) - 1
    body = reading.bodies[index] if index >= 0 else None
    inside = body and body.start >= start and body.kind == "organisation"
    return body if inside else None


def _adcode(reading: Reading, start: int, end: int, body: tables.Organisation | None) -> str | None:
    """The division of the title's body, else of the last place that the title names."""
    if body and body.adcode:
        return body.adcode
    index = bisect_left(reading.places, end, key=START) - 1
    place = reading.places[index] if index >= 0 else None
    return place.adcode if place and place.start >= start else None
