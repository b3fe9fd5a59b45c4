"""Whether a number is a result that belongs in a table, or a name, an ordinal, an idiom."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from etl import reference
from etl.extract.figures.scan import Quantity

# What makes a number point at something known: 这三个, 前两次, 每一位.
_DEFINITE = re.compile(
    r"(?:[这那此该每各某另哪任首]|(?<![目年之以日此])前|(?<![先以之今])后|(?:^|[,。;:、(“的在])[上下同头凡]"
    r"|(?:以上|上述|前述|其余|同样|任何)的?)$"
)
_AFTER_TIME = re.compile(
    r"(?:多)?(?:来|以来|[之以]?[后前内里间中]|期间|之际|时间[里内]|前后|时|级|一[遇度次届])"
)
_BEFORE_TIME = re.compile(
    r"(?:近|过去|未来|今后|最近|前|头|每|再过|这|上|下|当|第|同|往后|持续)的?$"
)
_LASTING = re.compile(
    r"(?:历时|为期|用时|耗时|缩短|延长|连续|持续|长达|平均|累计|减少|提前|工期|时长|压缩|经过|达到?|"
    r"寿命|超过|增加|时间|周期|节省|仅需|只需|仅用|只用|运行|飞行|驻留|停留|有期徒刑|不少于|期限|服役|行程|"
    r"不超过|最长|最短|为)(?:到|至|了|仅|约|近|为|在)?$"
)
_AVERAGE = re.compile(r"(?:平均|人均|预期|均值|中位)[^,。;]{0,8}$")
_LATIN = re.compile(r"[A-Za-z\-_/+.#]")
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"'}
_NOUNS = re.compile(
    r"(?:名|位|个|余)?(?:村民|群众|企业|学生|官兵|游客|职工|农户|家庭|选手|运动员|党员|干部|贫困户|居民|儿童|"
    r"委员|代表|用户|师生|民众|市民|志愿者|专家|学者|人员|医护|嘉宾|观众|孩子|老人|农民|工人|战士|员工|客商|"
    r"网民|国家|城市|项目|单位|机构|部门|院校|高校|医院|社区|牧民|患者|平方|旅客|军民|同胞|亲属|烈士|华侨)"
)


# 十四届…二次会议: the session of a term.
_SESSION = re.compile("届[^,。;:!?]{0,14}$")
# Up to here a number of parts may be how a text is built; more are a result.
_FEW = 20
# 产值超100亿元的产业集群180个: the amount tells which ones are counted.
_THRESHOLD = re.compile(
    r"(?:及?以[上下])?的?[\u4e00-\u9fff]{2,12}\d[\d.]*[多余]?[万亿]*[个家户名人]"
)
# 2.8万亿 without a unit is an amount all the same, and so is an index that stands at 46.5.
_AMOUNT = re.compile(r"\d[多余]?[万亿]+[多余]?$")
_STANDS_AT = re.compile(r"(?:为|至|到|达|是|指数|报|数)$")
_AREAS = frozenset("国省市县区州镇乡村旗城地校院港厂馆站店")


@cache
def _structure() -> tuple[str, ...]:
    return reference.words("figures", "structure")


@cache
def _rank() -> re.Pattern[str]:
    words = "|".join(sorted(reference.words("figures", "rank"), key=len, reverse=True))
    scope = "[^,。;:!?\\n]{0,12}?"
    return re.compile(
        rf"(?:{words}){scope}$|(?:全[省市国县区球州]|世界|亚洲|中国|我国|国内)(?:的)?$"
    )


def with_rank(text: str, one: Quantity) -> Quantity:
    """`one` as a rank where 第N says how something stands among others."""
    return replace(one, form="rank", kind="rank") if _is_rank(text, one) else one


def _is_rank(text: str, one: Quantity) -> bool:
    """Whether 第N tells a place in a ranking: 居全省第一, 全国第二."""
    if not text.startswith("第", one.start):
        return False
    if one.unit not in (None, "名", "位"):
        return False
    if not re.match(
        r"[,，。;、)\s”!?的]|位|名|$|大(?!队|会)|方阵|梯队", text[one.end : one.end + 1] or " "
    ):
        return False
    return bool(_rank().search(text[max(0, one.start - 18) : one.start]))


def is_reportable(text: str, one: Quantity, counted: str | None) -> bool:
    """Whether a careful reader would put the number in a table of results.

    `text` is the folded article, `counted` the noun phrase of what the number counts.
    """
    if one.form == "rank":
        return True
    if one.form in ("ordinal", "name", "ratio") or one.sense != "plain":
        return False
    if (
        one.value is None
        or quoted_name(text, one)
        or _LATIN.match(text[one.number[0] - 1 : one.number[0]] or " ")
    ):
        return False
    if one.kind == "money" and one.numeral == "一" and one.unit == "元":
        return False
    if one.kind in ("money", "measure") and _THRESHOLD.match(text, one.end):
        return False
    if one.kind in ("money", "percent", "multiple", "change"):
        return True
    if one.kind == "measure":
        return _measure(text, one)
    if one.kind == "duration":
        return _duration(text, one)
    return _count(text, one, counted or "")


def quoted_name(text: str, one: Quantity) -> bool:
    """Whether the number stands in a short quoted name: “三服务”, “6+”, “两个全覆盖”."""
    left = text[max(0, one.start - 8) : one.start]
    opening = max((left.rfind(mark) for mark in _QUOTES), default=-1)
    if opening < 0:
        return False
    closing = text.find(_QUOTES[left[opening]], one.end, one.end + 12)
    if closing < 0:
        return False
    inner = left[opening + 1 :] + text[one.start : closing]
    return not re.search("[,。;!?“‘]", inner) and one.kind not in ("money", "percent")


def _measure(text: str, one: Quantity) -> bool:
    if one.unit in ("岁", "周岁"):
        return bool(_AVERAGE.search(text[max(0, one.start - 14) : one.start]))
    if _bare(one):
        return False
    return not text.startswith(("级", "班列", "走廊", "范围", "半径"), one.end)


def _duration(text: str, one: Quantity) -> bool:
    before, after = text[max(0, one.start - 8) : one.start], text[one.end : one.end + 4]
    if _AFTER_TIME.match(after) or _BEFORE_TIME.search(before) or one.numeral == "一":
        return False
    return bool(_LASTING.search(before))


def _bare(one: Quantity) -> bool:
    """百, 千, 万 or 亿 alone, a figure of speech unless something says how near it is."""
    return one.numeral.strip() in (
        "十",
        "百",
        "千",
        "万",
        "亿",
        "百万",
        "千万",
        "百千万",
        "万千",
        "千百",
        "亿万",
    ) and (not one.approximate)


def _count(text: str, one: Quantity, counted: str) -> bool:
    before, after = text[max(0, one.start - 4) : one.start], text[one.end : one.end + 6]
    if _bare(one) or _DEFINITE.search(before):
        return False
    if one.numeral == "一" or (
        one.numeral in ("两", "二", "三") and one.unit in ("国", "地", "省", "市", "会")
    ):
        return False
    if one.unit in _AREAS and re.fullmatch("[一二两三四五六七八九]", one.numeral):
        return False
    if one.unit == "次" and _SESSION.search(text[max(0, one.start - 16) : one.start]):
        return False
    if one.unit is None and _AMOUNT.search(one.numeral):
        return True
    if one.unit is None and "." in one.numeral and _STANDS_AT.search(before):
        return True
    if one.unit is None:
        exact = one.numeral[0].isdigit() and (one.value or 0) >= 2
        return (one.approximate or exact) and bool(_NOUNS.match(after))
    return (one.value or 0) > _FEW or not _names_structure(counted)


def _names_structure(counted: str) -> bool:
    """Whether the head of the phrase is a part of a text or a plan (四个维度的权重, 重点方向)."""
    return counted.endswith(_structure()) or counted.partition("的")[0].endswith(_structure())
