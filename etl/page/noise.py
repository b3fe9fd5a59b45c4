"""Running heads and page furniture: lines that belong to no article.

A line is furniture if it consists of nothing but what stands there: the paper's name, date, page,
section, editors, telephone, web address. At least one of those parts must be one that no headline
consists of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.page.lines import Line

_LONGEST = 110
_HAN = "[\u3400-\u9fff]"
_PERSON = rf"(?:{_HAN}{{2,4}}|{_HAN} {_HAN})(?![\u3400-\u9fff])"
_PEOPLE = rf"{_PERSON}(?:[ 、,/]+{_PERSON}){{0,5}}"

# 责任编辑:王小田 / 责编 王小田 李一川 / 编辑/王小田
_STAFF = (
    r"(?:本版|本期|今日|值班|执行|首席|见习|实习|责任|文字|图片|视频|美术|网络)*"
    r"(?:责任编辑|责任编委|责编|编辑|主编|副主编|编委|编审|美编|图编|版式设计|版面设计|版式"
    r"|制图|校对|检校|校检|组版|排版|审读|终审|[一二三]审|视觉)"
)
# Words that are the staff's only with a colon behind them.
_MAYBE_STAFF = r"(?:总?策划|统筹|设计|审核|监制|组稿|总编辑?|值班主任|主任)"
# Behind a colon a body may stand for the people: 责编:某报编辑部.
_BODY = rf"{_HAN}{{2,10}}(?:编辑部|中心|部|组|社)"
_STAFF_PART = (
    rf"(?:{_STAFF}(?:[ :/]+|(?<=[编式对]))\s*{_PEOPLE}|{_STAFF}\s*[:/]\s*{_BODY}"
    rf"|{_MAYBE_STAFF}\s*[:/]\s*{_PEOPLE})"
)
_CONTACT = (
    r"(?:[\u3400-\u9fff]{0,6}(?:电话|热线|传真|邮箱|信箱|邮编|网址|官网|微信|微博|公众号|视频号|客户端|地址|QQ|投稿)"
    r"|E-?mail|Tel|总编室|编辑部|办公室|发行部|广告部|印刷|零售价?|定价|订阅)"
)
_CONTACT_PART = rf"{_CONTACT}[ :/]+[^ ;|]*[\w)](?:[ 、]+(?=[\d(])[\d()\-]+)*"
_DATE = (
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}([-/.])\d{1,2}\1\d{1,2}"
    r"|[二〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_DAY = r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?"
_LUNAR = (
    r"(?:农历|夏历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年\S{2,6}"
    r"|农历\S{2,12}|(?:农历)?[正一二三四五六七八九十冬腊闰]{1,2}月[初十廿三][一二三四五六七八九十]"
)
_PAGE = r"(?:第\s*)?[A-Z]?\d{1,3}\s*版|第?[一二三四五六七八九十]{1,3}版|版[次面]?[ :]*[A-Z]?\d{1,3}"
_PAPER = (
    rf"{_HAN}{{2,8}}(?:日报|晚报|早报|都市报|时报|周报|晨报|商报|导报|报)社?(?:出版|主办|主管)?"
)
_ISSUE = (
    r"今日\s*\d+\s*版|\(?总?第?\s*\d+\s*[期号]\)?|国内统一(?:连续出版物|刊)号[ :]*\S*(?: \d\S*)?"
    r"|CN\s*\d\d-\d{4}(?:/\S*)?|(?:邮发)?代号[ :]*\S*|\(代号\S*\)"
)
_WEB = r"https?://\S+|www\.\S+|\S+@\S+\.\w+"
_SECTION = (
    rf"(?:今日|国内|国际|综合|本地|时政|社会|民生|经济|文化|体育|教育|法治|健康|科技|理论|县域|县区|地方"
    rf"|政协|人大|党建|党政|基层|周末|重要|最|三农|{_HAN}{{2,3}})?(?:要闻|综合|新闻|时政|专版|专刊|副刊"
    rf"|专题|广告|公告|要论|时评|视点|焦点|聚焦|观察|关注|纵横|天地|园地|人物|社会|民生|经济|文化|体育|国际|理论)"
)
_LATIN = r"[A-Z][A-Za-z]{3,}(?: [A-Z][A-Za-z]+)*"

# What a line has that names staff, a contact, a day, a page, an issue or an address of the web.
# Each way begins with a character, so that `re` passes over what begins none at once.
_CALLED = "策划|统筹|设计|组稿|主任"
_REACHED_BY = (
    "电话|热线|传真|邮箱|信箱|网址|官网|微信|微博|公众号|视频号|客户端|地址|QQ|投稿|mail|Tel|办公室|发行部|广告部|印刷"
    "|零售价|零售|定价|订阅"
)
_MAY_TELL = re.compile(
    r"编|版|审|校[对检]|检校|制图|监制|视觉|农历|国内统一|CN\s*\d|代号|https?:|www\.|@|"
    + "|".join(rf"{one}\s*[:/]" for one in _CALLED.split("|"))
    + "|"
    + "|".join(f"{one}[ :/]" for one in _REACHED_BY.split("|"))
    + r"|年(?<=[\d\s二〇○零一三四五六七八九子丑寅卯辰巳午未申酉戌亥]年)"
    r"|-(?<=\d{4}-)\d|/(?<=\d{4}/)\d|\.(?<=\d{4}\.)\d"
    r"|星期[一二三四五六日天]|周[一二三四五六日天]|礼拜[一二三四五六日天]"
    r"|月[初十廿三][一二三四五六七八九十]|期(?<=[\d\s]期)|号(?<=[\d\s]号)"
)
_MARKS = r"[ |丨·,/:;—\-■●□▲◆()]*"
_BETWEEN = re.compile(_MARKS)


class _Parts(NamedTuple):
    """The parts of such lines; `every` of them, and what tells that a line is furniture."""

    every: tuple[re.Pattern[str], ...]
    # What all lines of furniture open with, and most others don't.
    opening: re.Pattern[str]
    telling: re.Pattern[str]
    contacts: re.Pattern[str]
    staff: re.Pattern[str]


@cache
def _parts() -> _Parts:
    """The patterns, which take a while to compile."""
    core = [_STAFF_PART, _CONTACT_PART, _DATE, _DAY, _LUNAR, _PAGE, _ISSUE, _WEB]
    core = [one.replace(r"\1", "[-/.]").replace("([-/.])", "[-/.]") for one in core]
    every = [*core, _PAPER, _SECTION, _LATIN, r"[A-Z]?\d{1,3}"]
    return _Parts(
        tuple(map(re.compile, every)),
        re.compile(_MARKS + "(?:" + "|".join(f"(?:{one})" for one in every) + ")"),
        re.compile("|".join(f"(?:{one})" for one in core)),
        re.compile(_CONTACT_PART),
        re.compile(_STAFF_PART),
    )


CONTACTS = "line of telephones or addresses"
STAFF = "line of the page's staff"
# Parts that stand alone on a line: a page's number, a section, its name in Latin.
_ALONE = re.compile(
    r"^(?:[A-Z]?\d{1,2}|[A-Z ]{8,}"
    r"|[—–\-·~] ?\d{1,3} ?[—–\-·~]|第 ?\d{1,3} ?页(?:[ ,/]*共 ?\d{1,3} ?页)?"
    r"|(?:今日|国内|国际|综合|本地|时政|社会|重要)?(?:要闻|新闻|专版|副刊)"
    rf"|{_SECTION}[ |·]*[A-Z]?\d{{1,2}}"
    rf"|[A-Z]?\d{{1,2}}[ |·]*{_SECTION}|{_SECTION} [A-Z]{{4,}})$"
)


def noise_in(line: Line) -> str | None:
    """What furniture `line` is, in plain words, or None where it may belong to an article."""
    return furniture(line.text)


def furniture(text: str) -> str | None:
    """What furniture a line with this normalised text is, or None."""
    if len(text) > _LONGEST:
        return None
    if not any(map(str.isalnum, text)):
        return "marks without words"
    if _ALONE.match(text):
        return "page number or name of the section"
    if not _MAY_TELL.search(text):
        return None
    parts = _parts()
    if parts.opening.match(text) and _only_parts(text) and parts.telling.search(text):
        if parts.contacts.search(text):
            return CONTACTS
        return STAFF if parts.staff.search(text) else "running head"
    return None


def _only_parts(text: str) -> bool:
    """Whether a line consists of such parts, with nothing but marks around and between them.

    Each place is looked at once: one pattern for the whole line would try a row of papers' names
    in more ways than there is time for.
    """
    places = set(range(_BETWEEN.match(text).end() + 1))  # type: ignore[union-attr]
    for at in range(len(text)):
        if at not in places:
            continue
        for end in _ends(text, at):
            marks = _BETWEEN.match(text, end)
            places.update(range(end, marks.end() + 1 if marks else end))
    return len(text) in places


def _ends(text: str, at: int) -> Iterator[int]:
    """Where a part that begins at a place may end, each as often as there are ways."""
    every = _parts().every
    for part in every:
        if not part.match(text, at):
            continue
        for end in range(at + 1, len(text) + 1):
            # A name's end is seen by what follows it, which a match up to `end` doesn't see.
            cut = part is every[0] and re.match(_HAN, text[end : end + 1])
            if not cut and part.fullmatch(text, at, end):
                yield end
