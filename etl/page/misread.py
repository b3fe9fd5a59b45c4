"""Characters that recognition took for others like them: what they are read as, and how surely.

A text keeps its length, so an offset into what is read is one into what stands there: l2月 is
read as 12月, 3忆元 as 3亿元, 3·5万 as 3.5万. Only what can't well be meant is read otherwise: no
letter of a word, no 5·12, no 3方. All patterns read normalised text (`etl.text`).
"""

from __future__ import annotations

import re

from etl.model import Misread

_HAN = "\u4e00-\u9fff"
_DIGIT_OF = str.maketrans("OoIl|〇", "001110")
_UNIT_OF = str.maketrans("忆兀介屯入", "亿元个吨人")
# Where one of them may begin; most texts have none. A set goes first, for that is found fastest.
_BEGIN = re.compile(
    rf"[Oo〇Il|.·•。忆兀介屯入方曰己末夫](?:(?<=[Oo〇Il|])(?<![A-Za-z].)"
    rf"|(?<=[{_HAN}”’)》%]\.)(?=[{_HAN}“”‘’《(\s]|$)|(?<=\d[·•。])(?=\d)"
    r"|(?<=[\d万千百亿忆十多余美欧方][忆兀介屯])|(?<=[\d万亿多余方]入)|(?<=[\d多余]方)"
    r"|(?<=[曰己末])|(?<=[今昨当]夫))"
)
# A run of digits, letters for some of them, with nothing beside it that makes it a word or a name.
_NUMERAL = re.compile(
    r"(?<![A-Za-z\d./·_])(?<!\d,)(?<![A-Za-z]-)[\dOoIl|〇]+(?:[.,][\dOoIl|〇]+)*(?![A-Za-z\d_/-])"
)
_BEFORE = re.compile(r"[\dOoIl|〇]+(?:[.,][\dOoIl|〇]+)*[.,]?$")
_DIGIT = re.compile(r"\d")
# What stands behind numbers. A lone l or I, or two, are read as digits before the surest only.
_BEHIND = re.compile(rf" ?[{_HAN}%,、。;:)~—至到”]|\.?$|\s")
_SURELY_BEHIND = re.compile(r" ?(?:[年月日时%名户亩吨元米岁]|多?[万亿千百余]|个[^人])")
# A measure that has parts, so that a mark between digits before it is a point.
_OF_PARTS = re.compile(
    r"\d{1,4} ?(?:[万亿]|%|个百分点|倍|元|公[里斤顷]|千[米克瓦]|平方|立方|米|亩|吨|级|度|℃|小时|岁)"
)
_DAY_AHEAD = re.compile(r"\d{1,4} ?(?:年|月|日|号|时|点)")
_COUNTED = re.compile(r"\d(?:[万千百亿忆十]|方(?=.))*[多余]?[美欧]?$|\d[多余]?方$")
_TEN_THOUSAND = re.compile(
    r"[元兀人入吨亩个介名户株册件平立美公千斤只头余多块盘份台套亿场次岁棵辆间字幅尾袋箱]"
)
_ENTERS = re.compile(
    r"[选围驻库户学职读账境市场会口股党伍编轨住冬夏秋春关列门手土水海京川藏疆院园校伏团队]"
)
_LONG_NUMBER = re.compile(r"\d{3}$|[万千.多余]")
_NUMBER_BEFORE = re.compile(r"(?:^|[^第\d])\d[\d.]*[多余]?$")
_DAY_WORDS = re.compile(
    r"(?:[今昨近次当节生即每平假连整往翌同某后本\d]|明(?!曰))曰|曰[前起均内夜晚]"
)
_ALREADY = re.compile(
    r"(?<![自知异律克利忘舍为立修])己(?=[经达建完被成累有形实连全基超近在将开先])"
)
_NOT_YET = re.compile(r"末(?=[来能经曾必成见知满])(?<![年月周期季世岁纪粉始][末])(?<!\d末)")
_LIST_NUMBER = re.compile(r"(?:^|[\s。:;!?”,(])[一二三四五六七八九十]{1,3}$")
# Of so many characters on both sides most are such as foreign names are spelt with.
_SPELLS = frozenset(
    "阿埃艾安奥巴贝比彼伯布查达戴丹德迪蒂杜多恩尔法菲费弗福夫盖戈格古哈海汉赫胡华霍基吉加杰金卡凯"
    "坎科克肯库拉莱兰劳勒雷里利理丽莉林琳鲁卢伦罗洛马玛迈曼梅蒙米密姆莫默穆纳娜南内尼妮努诺帕佩皮普"
    "奇乔切琼萨塞赛桑沙舍什史施斯苏索塔泰坦汤特汀图托瓦威维韦温沃乌西希夏肖谢辛休雅亚扬叶伊依尤约泽扎詹朱兹佐"
)


def misread(text: str) -> list[Misread]:
    """What of a normalised text is read otherwise, in order, each stretch once."""
    found: list[Misread] = []
    end = 0
    for opening in _BEGIN.finditer(text):
        at = opening.start()
        if at < end:
            continue
        one = _READ[text[at]](text, at)
        if one:
            found.append(one)
            end = one.start + len(one.meant)
    return found


def as_meant(text: str, found: list[Misread]) -> str:
    """`text` with each stretch as it is read."""
    for one in found:
        text = text[: one.start] + one.meant + text[one.start + len(one.meant) :]
    return text


def _number(text: str, at: int) -> Misread | None:
    """2O23, l2月: letters in a numeral; a word as O2O is none."""
    before = _BEFORE.search(text, max(0, at - 20), at)
    run = _NUMERAL.match(text, before.start() if before else at)
    if not run:
        return None
    raw = run[0]
    if not _DIGIT.search(raw):
        sure = len(raw) <= 3 and "〇" not in raw and "|" not in raw
        if not sure or raw[0] in "Oo" or not _SURELY_BEHIND.match(text, run.end()):
            return None
        return Misread(run.start(), raw.translate(_DIGIT_OF), 0.7)
    if re.fullmatch(r"O\d+O|[Oo]\d|〇\d*", raw) or not _BEHIND.match(text, run.end()):
        return None
    return Misread(run.start(), raw.translate(_DIGIT_OF), 0.9)


def _full_stop(text: str, at: int) -> Misread | None:
    """A full stop between words; in 约翰.史密斯 and in titles the mark parts names."""
    if text.rfind("《", 0, at) > text.rfind("》", 0, at):
        return None
    if _LIST_NUMBER.search(text, max(0, at - 4), at):
        return None
    around = text[max(0, at - 2) : at] + text[at + 1 : at + 3]
    if len(around) == 4 and sum(one in _SPELLS for one in around) >= 3:
        return None
    return Misread(at, "。", 0.8)


def _point(text: str, at: int) -> Misread | None:
    """A decimal point; none between the numbers of a day (5·12), none before a sentence's day."""
    before = re.search(r"(?<![\d.·•])\d+$", text[max(0, at - 12) : at])
    if not before or not _OF_PARTS.match(text, at + 1) or _DAY_AHEAD.match(text, at + 1):
        return None
    return Misread(at, ".", 0.8)


def _unit(text: str, at: int) -> Misread | None:
    """The unit that a character looks like: 忆, 兀, 介, 屯 and 入 behind a number count nothing."""
    one = text[at]
    if not _COUNTED.search(text, max(0, at - 6), at):
        return None
    if one == "介" and text[at + 1 : at + 2] in tuple("绍入质于导"):
        return None
    if one == "入" and _ENTERS.match(text, at + 1):
        return None
    if one == "屯" and not _LONG_NUMBER.search(text, max(0, at - 4), at):
        return None
    return Misread(at, one.translate(_UNIT_OF), 0.8 if one == "入" else 0.9)


def _ten_thousand(text: str, at: int) -> Misread | None:
    """万 for 方 between a number and what it counts; 3方协议 has three sides."""
    if not _NUMBER_BEFORE.search(text, max(0, at - 8), at) or not _TEN_THOUSAND.match(text, at + 1):
        return None
    return Misread(at, "万", 0.8)


def _day(text: str, at: int) -> Misread | None:
    return (
        Misread(at, "日", 0.9)
        if _DAY_WORDS.match(text, at - 1) or _DAY_WORDS.match(text, at)
        else None
    )


def _today(text: str, at: int) -> Misread | None:
    return Misread(at, "天", 0.8) if text[at + 1 : at + 2] not in tuple("妻妇人") else None


def _already(text: str, at: int) -> Misread | None:
    return Misread(at, "已", 0.8) if _ALREADY.match(text, at) else None


def _not_yet(text: str, at: int) -> Misread | None:
    return Misread(at, "未", 0.8) if _NOT_YET.match(text, at) else None


_READ = {
    **dict.fromkeys("Oo〇Il|", _number),
    ".": _full_stop,
    **dict.fromkeys("·•。", _point),
    **dict.fromkeys("忆兀介屯入", _unit),
    "方": _ten_thousand,
    "曰": _day,
    "己": _already,
    "末": _not_yet,
    "夫": _today,
}
