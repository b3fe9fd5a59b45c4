"""What an activity is called in a list: a short phrase that can stand alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from etl import reference
from etl.extract.activities.scan import Scan, Trigger
from etl.model import Reading
from etl.spans import begin_in

LONGEST = 30
# A title may be longer than other names before it is cut.
_LONGEST_TITLED = 44
_SHORTEST = 4
# A name does not begin behind these: 第三届, 2024年.
_SPLIT = re.compile(r"[第\d]")
# So little behind a verb is no object that names the deed alone.
_SHORT_OBJECT = 3
_TITLED = re.compile(r"(《[^《》]+》)[^《》]*$")
_BY_ACTORS = (
    "statement",
    "meeting",
    "visit",
    "inspection",
    "survey",
    "lecture",
    "donation",
    "proposal",
)
_PAIRS = {"“": "”", "‘": "’", "《": "》", "(": ")", "（": "）", "〈": "〉", "【": "】"}
_PAIRED = re.compile(f"[{''.join([*_PAIRS, *_PAIRS.values()])}]")
_HEAD = re.compile(
    r"(?:[,;:、。!?，；：！？\s]|^(?:[他她]们?)?所在的(?=..)|^(?:日前|近日|近期|最近|它们?|他们|她们|他(?!国|人|乡)|她)(?=..))+"
)
_TAIL = re.compile(
    r"(?:[的在于并和及与、,;:。!?，；：！？\s]"
    r"|(?<=..)(?:称|说|显示|指出|表示|强调|之?后|时|之际))+$"
)
_TAIL_ENDS = frozenset("的在于并和及与、,;:。!?，；：！？称说示出调后时际")
_ABBREVIATED = re.compile(r"[（(](?:以下)?简称[^）)]*[）)]")
# 以某某为主题的论坛, 一场讲座.
_THEME = re.compile(r"(?:一[场次])?(?:以[^,。;]{2,30}?为(?:主题|题|主线|内容)的)?")
# Whom one brings together, and to where, before what they do there.
_BRINGING = ("组织", "安排", "邀请")
_BROUGHT = re.compile(r".+(?:开展|举办|举行|进行|参加)了?(?=[^,。;]{2})", re.S)
_GOING = re.compile("[到赴]|前往|走进|深入")
# Before these stands who takes part, not what is held.
_TAKES_PART = re.compile(r".*(?:出席|来华参加|参加|祝贺|赶上|主持|了解到|获悉)", re.S)
# 会见了 is 会见, 提交的《…》 is 提交《…》 in a list.
_DONE = re.compile("(?<=^..)[了过的](?=.)|(?<=^...)[了的](?=[《“0-9])")
_SAID = re.compile("^([一-鿿]{1,6})[，,：:](?=.)")
# 将, 把: what was dealt with stands before the verb.
_DEALT_WITH = re.compile("[将把](?!(?:于|在|会|对|进|继续|举|开|全))")
_TOWARDS = re.compile(r"(?:向|对|给|与|同|为|跟|被|由|以|和)[^,。;]{0,14}$")
_TITLE_BEHIND = re.compile("(?:总书记|主席|总理|总统|同志|先生|女士|一行|等人?)+(?!国)")
# 全国政协社会和法制委员会调研组近日赴…: the body's team, and the day.
_TEAM_BEHIND = re.compile(
    r"[^,。;:、“”\d到赴在]{0,16}?(?:组|团|队|小组|一行)(?=近日|日前|先后|分别|[到赴在]|深入|走进|\d|[上下]午)"
    r"(?:近日|日前|先后|分别)*"
)
_PLACED = re.compile("([一-鿿]{2,12}?)的(?=[^的]{4})")
_ON = re.compile("(?<=..)将?于$")
_DAYTIME = re.compile(
    r"(?:\([^)]*\))?(?:\d{1,2}[时点](?:\d{1,2}分)?|凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|晚|起|,)*"
)


def name_of(reading: Reading, scanned: Scan, trigger: Trigger) -> str:
    """The words for what was held or done: at most about 30 characters, quotes kept whole.

    Without a place at its head that says no more than the row's own: 湖北武汉的博览会.
    """
    name = _name(reading, scanned, trigger)
    found = _PLACED.match(name)
    return name[found.end() :] if found and _is_places(reading, found[1]) else name


def _is_places(reading: Reading, text: str) -> bool:
    """Whether `text` is a place of the article, or some in a row."""
    rest = text
    for raw in sorted({one.raw for one in reading.places}, key=len, reverse=True):
        rest = rest.replace(raw, "", 1)
    return not rest


def _name(reading: Reading, scanned: Scan, trigger: Trigger) -> str:
    start, end = trigger.name
    if trigger.sort == "said":
        return _clean(_SAID.sub(r"\1：", _shortened_right(reading, scanned, trigger, start)))
    if trigger.sort in ("hold", "run", "attend"):
        if start == trigger.start:
            start = _behind_subject(reading, start, end)
        elif reading.normal.startswith(_BRINGING, trigger.verb[0]):
            start = _behind_brought(scanned, start, end)
        if theme := _THEME.match(reading.normal, start, end):
            start = theme.end()
    elif end - trigger.verb[1] > _SHORT_OBJECT:
        dealt = _DEALT_WITH.search(reading.normal, trigger.start, trigger.verb[0])
        start = dealt.end() if dealt and end - dealt.end() <= LONGEST else start
        return _clean(_DONE.sub("", _shortened_right(reading, scanned, trigger, start)))
    else:
        if dealt := _DEALT_WITH.search(reading.normal, trigger.start, trigger.verb[0]):
            return _clean(reading.text[dealt.end() : end])
        title = _TITLED.search(reading.normal, trigger.start, trigger.verb[0])
        start = _behind_date(reading, trigger.start, trigger.verb[0])
        if trigger.type == "publication" and title:
            return _clean(title[1] + reading.text[trigger.verb[0] : end])
        if trigger.type in _BY_ACTORS:
            start = _behind_actors(reading, trigger, start)
    start = _shortened_left(scanned, _behind_joining(scanned, start, end), end)
    return _clean(_without_days(reading, start, end))


def _behind_subject(reading: Reading, start: int, end: int) -> int:
    """Where the name of what was held begins behind who took part and when."""
    start = _behind_date(reading, start, end)
    part = _TAKES_PART.match(reading.normal, start, end)
    return part.end() if part and part.end() < end - 1 else start


def _behind_brought(scanned: Scan, start: int, end: int) -> int:
    """Where the name begins behind those whom somebody brings together, and where they go.

    组织委员开展视察, 组织学员到某地现场教学.
    """
    brought = _BROUGHT.match(scanned.text, start, end)
    if brought:
        return brought.end()
    nouns = scanned.nouns_in(start, end)
    goes = bool(nouns) and _GOING.search(scanned.text, start, nouns[-1].start)
    return nouns[-1].start if goes and end - nouns[-1].start >= _SHORTEST else start


def _behind_date(reading: Reading, start: int, end: int) -> int:
    """Behind the last day named in text[start:end], unless a noun would be lost with it."""
    days = [
        one
        for one in begin_in(reading.dates, start, end)
        if one.precision == "day" or one.iso is None
    ]
    first = [one for one in days if one.start - start <= 1]
    if not first:
        return start
    found = _DAYTIME.match(reading.normal, first[-1].end, end)
    behind = found.end() if found else first[-1].end
    return behind if end - behind >= _SHORTEST else start


def _without_days(reading: Reading, start: int, end: int) -> str:
    """text[start:end] without the days named in it; the row has its date elsewhere."""
    parts, at = [], start
    for one in begin_in(reading.dates, start, end):
        if one.precision == "day" and at <= one.start and one.end < end:
            found = _DAYTIME.match(reading.normal, one.end, end)
            parts.append(_ON.sub("", reading.text[at : one.start]))
            at = found.end() if found else one.end
    return "".join([*parts, reading.text[at:end]])


def _behind_actors(reading: Reading, trigger: Trigger, start: int) -> int:
    """Behind those who act before the verb: the last person, else the first body of some deeds.

    Who is only dealt with (向某某) acts not, and nothing is left out that leaves too little.
    """
    verb = trigger.verb[0]
    people = [(reading.text.find(one.name, start, verb), one.name) for one in reading.people]
    ends = [
        at + len(name)
        for at, name in people
        if at >= 0 and not _TOWARDS.search(reading.text, start, at)
    ]
    if not ends and trigger.type in _BY_ACTORS:
        ends = [one.end for one in begin_in(reading.bodies, start, verb) if one.end <= verb][:1]
    behind = max(ends, default=start)
    for pattern in (_TITLE_BEHIND, _TEAM_BEHIND):
        if found := pattern.match(reading.normal, behind):
            behind = found.end()
    return behind if trigger.end - behind >= _SHORTEST else start


def _behind_joining(scanned: Scan, start: int, end: int) -> int:
    """Behind a word at the head of a name that only joins it to what stands before."""
    joining = reference.word_set("activity_words", "joining")
    while start < end and start in scanned.starts and scanned.word_behind(start) in joining:
        start += len(scanned.word_behind(start))
    return start


def _shortened_left(scanned: Scan, start: int, end: int) -> int:
    """A later start for a name that is too long: behind its first 的 that makes it short enough.

    Without one, the first word from which on it is short enough and no quote is broken.
    """
    if end - start <= LONGEST:
        return start
    text = scanned.text
    title = text.find("《", start, end)
    if title >= 0 and end - title <= _LONGEST_TITLED and _whole(text[title:end]):
        return title
    for mark in re.finditer("(?=(?<!共)[同与])|的|——|:", text[start:end]):
        at = start + mark.end()
        if _SHORTEST <= end - at <= LONGEST and _whole(text[at:end]):
            return _behind_joining(scanned, at, end)
    first = bisect_left(scanned.words.starts, end - LONGEST)
    for at in scanned.words.starts[first : bisect_left(scanned.words.starts, end)]:
        if end - at >= _SHORTEST and not _SPLIT.search(text, at - 1, at) and _whole(text[at:end]):
            return at
    return start


def _shortened_right(reading: Reading, scanned: Scan, trigger: Trigger, start: int) -> str:
    """text[start:] up to the object's end; a long one to its title's end, or the noun after 的."""
    text = reading.text[start : trigger.name[1]]
    if len(text) <= LONGEST or (len(text) <= _LONGEST_TITLED and text.endswith("》")):
        return text
    verb = reading.text[slice(*trigger.verb)]
    titled = text.rfind("》", 0, _LONGEST_TITLED)
    if titled > len(verb):
        return text[: titled + 1]
    noun = text[text.rfind("的") + 1 :]
    if trigger.sort != "said" and 2 <= len(noun) <= LONGEST - len(verb) and _whole(noun):
        return verb + noun
    stop = scanned.words.starts[bisect_right(scanned.words.starts, start + LONGEST) - 1] - start
    return text[: max(stop, len(verb))].rstrip("“‘《（(、，,；;：:的和与及在") + "…"


def _whole(text: str) -> bool:
    """Whether every quote and bracket of `text` has its other half."""
    return all(text.count(left) == text.count(right) for left, right in _PAIRS.items())


def _clean(text: str) -> str:
    """`text` in one line, no marks or particles at its ends, its quotes and brackets whole."""
    name = _ABBREVIATED.sub("", "".join(text.split()))
    name = _HEAD.sub("", name, count=1) if _HEAD.match(name) else name
    if name[-1:] in _TAIL_ENDS:
        name = _TAIL.sub("", name)
    for left, right in _PAIRS.items() if _PAIRED.search(name) else ():
        missing = name.count(left) - name.count(right)
        if missing == 1:
            name = name[1:] if name.startswith(left) else _completed(name, right)
        elif missing == -1:
            name = name.replace(right, "", 1)
    return name or "".join(text.split())


def _completed(name: str, right: str) -> str:
    return name.removesuffix("…") + "…" + right if name.endswith("…") else name + right
