"""A name that only says of what kind an event was (会议, 排查) → one that says about what."""

from __future__ import annotations

import re
from functools import cache

from etl import reference, tables
from etl.model import Reading

_LONGEST = 24
# So little before a kind does not say which: 全面排查, 紧急会议.
_MANNER = re.compile(
    "(?:全面|紧急|深入|多种|多场|该|正式|专项|联合|集中|继续|这次|此次|本次|相关|有关|了|一[个场次])*"
)
_ABOUT = re.compile(
    r"(?:就|对|围绕|针对)([一-鿿“”《》、]{2,16}?)(?:先后|分别|继续|深入|全面|联合|组织)*"
    r"(?:进行|开展|展开|举行|召开|启动|实施|举办|作|做)?(?:了)?$"
)
_PURPOSE = re.compile(
    r",?((?:研究|部署|讨论|审议|听取|传达|纪念|庆祝|欢迎|表彰|总结|悼念|介绍|抗议|通报|发布|推进)"
    r"[一-鿿“”《》、0-9]{2,16}?)(?=[,。;、]|的?情况|$)"
)
# 听取有关方面脱贫攻坚情况汇报: what was heard about.
_HEARD = re.compile("听取了?(?:有关(?:方面|部门|情况)?|各方面?|相关|当地|大家)?(?:对|关于|就)?")
_SAYS_NOTHING = frozenset(("意见建议", "意见", "建议", "汇报", "领导", "政府部门", "工作", "发言"))
_SUBJECT = re.compile(
    r"^(?:[^,。;:]*[,:])*([一-鿿“”《》·]{2,14}?)"
    r"(?:在[^,]*|将于?|于[^,]*|定期|经常|每[年月周]|继续|分别|先后|陆续|再次|首次|正式|组织|共同)*"
    r"(?:开展|举行|召开|举办|进行|展开|组织|实施|发起|参加|出席|主持)(?:了)?$"
)
_DAY = re.compile(
    r"\([^()]*\)|(?:\d{4}年)?\d{1,2}月\d{1,2}日|(?<!\d)\d{1,2}日|今天|昨天|当天|当日|日前|近日|当地时间"
    r"|[上下]午|晚上?(?=[举召])"
)
_PRONOUN = re.compile("[它他她们这那其该此各]|记者|消息|通过|依托|^(?:以|将|为|在)")


def add_topics(reading: Reading, rows: list[tables.Activity]) -> list[tables.Activity]:
    """The rows; a bare kind as name is completed by its topic, its purpose or who held it."""
    for row in rows:
        kind = row.name[_manner(row.name) :]
        if kind in _kinds():
            row.name = _with_topic(reading, row) or row.name
    return rows


def _manner(name: str) -> int:
    found = _MANNER.match(name)
    return found.end() if found else 0


@cache
def _kinds() -> frozenset[str]:
    nouns: dict[str, str] = reference.load("activity_words")["nouns"]
    return frozenset(word for line in nouns.values() for word in line.split() if len(word) < 4)


def _with_topic(reading: Reading, row: tables.Activity) -> str | None:
    """The name with what stands before or behind it in its sentence; None where nothing does."""
    at = reading.text.rfind(row.name, row.start, row.end)
    if at < 0:
        return None
    head = _DAY.sub("", reading.normal[row.start : at])
    behind = reading.normal[row.end : reading.sentence_at(row.start).end]
    about, purpose = _ABOUT.search(head), _PURPOSE.match(behind)
    subject = _SUBJECT.match(head)
    held = subject[1] if subject and not _PRONOUN.search(subject[1]) else row.organiser
    if held and any(one.name in held for one in reading.people):
        held = None  # who leads a meeting does not say which it is
    meant = _HEARD.sub("", purpose[1]) if purpose else None
    for topic in (about and about[1], meant, held):
        if (
            topic
            and topic not in _SAYS_NOTHING
            and topic not in row.name
            and len(topic) + len(row.name) <= _LONGEST
        ):
            return topic + row.name.removeprefix("该").removeprefix("了")
    return None
