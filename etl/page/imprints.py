"""Lines of a record that say who made it and where it stood, and tell nothing themselves."""

from __future__ import annotations

import re

from etl.late import Late
from etl.page.lines import read_lines
from etl.page.noise import CONTACTS, STAFF, furniture, noise_in
from etl.page.patterns import BYLINE, NAME, SOURCE_LINE
from etl.text import normalise

_LONGEST = 120
# What people did for it, with their names; what else is named, with anything but a sentence.
_WHO_DID = (
    r"编辑|责编|主编|编导|编审|美编|摄像|摄影|剪辑|监制|制片人?|出品人?|校对|审核|终审"
    r"|记者|通讯员|作者|主播|配音|撰稿|策划|统筹|编译|制图|设计"
)
_DID = rf"[\u3400-\u9fff]{{0,6}}(?:{_WHO_DID})"
_NAMES = rf"{NAME}(?:[ 、,/]+{NAME})*(?:[ 、,/]*和[ 、,/]*{NAME}){{0,3}}"
_NAMED = "来源|稿源|原标题|原题|关键词|标签"
_PART = rf"(?:{_DID} ?[:丨|/] ?{_NAMES}|(?:{_NAMED}) ?[:丨|] ?[^。!?()]{{1,48}}?)"
_LABELLED = Late(
    rf"[(【\[]*(?:{_PART}[ ,;]*){{1,8}}[)】\]]*$", needs=rf"(?:{_WHO_DID}|{_NAMED}) ?[:丨|/]"
)
# What tells when a text went up from the day below an announcement.
_SAYS_WHAT = re.compile(r"来源|稿源|时间|日期|:")
_IN_BRACKETS = re.compile(r"(?<=[。!?”])\s*[(【\[][^()【】\[\]。!?]{2,100}[)】\]]$")
_CLOSING = frozenset(")】]）］")
# What a web page sets around its texts.
_WEB = re.compile(
    r"(?:(?:打印|收藏|纠错|字号)(?![\u3400-\u9fff])|扫一扫|分享到|返回顶部|点击(?:查看|进入|下载)"
    r"|上一篇|下一篇|相关(?:阅读|新闻|链接):?$|(?:阅读|浏览)(?:量|次数))[^。\n]{0,30}$"
    r"|(?:©|版权(?:所有|声明)|未经(?:许可|授权|允许)).{0,60}$"
)
# What a title says of the form of a report, before it or behind it.
_FORM = r"(?:视频|微视频|短视频|组图|图集|高清图集|图文|音频)"
_LABEL_OF_FORM = re.compile(
    rf"^[\[【(]{_FORM}[\]】)]\s*|^{_FORM}\s?[丨|]\s*|\s*[\[【(]{_FORM}[\]】)]$"
)


def imprint_in(line: str) -> str | None:
    """The role of a line that is an imprint: `byline` for writers alone, else `credit`.

    None for a line that may tell something.
    """
    if len(line) > _LONGEST:
        return None
    plain = normalise(line)
    if BYLINE.match(plain.replace("丨", ":").replace("|", ":")):
        return "byline" if plain[0] in "(【[" or _LABELLED.match(plain) else None
    bare = plain.strip("()【】[] ")
    sourced = SOURCE_LINE.match(plain) and _SAYS_WHAT.search(plain)
    told = sourced or _WEB.match(bare) or _LABELLED.match(plain)
    return "credit" if told or _is_staff(bare) else None


def imprint_at_end(line: str) -> int:
    """Where an imprint in brackets at the end of a paragraph begins; its length where none does."""
    tail = _IN_BRACKETS.search(normalise(line)) if line[-1:] in _CLOSING else None
    return tail.start() if tail and imprint_in(tail.group().strip()) else len(line)


def without_form(title: str) -> str:
    """A title without what says only in which form it is reported: [视频], (组图)."""
    found = _LABEL_OF_FORM.search(normalise(title))
    kept = title[: found.start()] + title[found.end() :] if found else title
    return kept or title


def _is_staff(bare: str) -> bool:
    """Whether a line names the staff or its telephones, as a printed page's foot does."""
    if len(bare.split(None, 1)) < 2:
        return furniture(bare.strip()) in (CONTACTS, STAFF)
    return any(noise_in(one) in (CONTACTS, STAFF) for one in read_lines(bare))
