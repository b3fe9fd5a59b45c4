"""Whether a number is a result that belongs in a table, or a name, an ordinal, an idiom."""

from __future__ import annotations

import re
from functools import cache

from etl import reference
from etl.extract.figures.quantity import Quantity

# What makes a number point at something known: 这三个, 前两次, 每一位.
_DEFINITE = re.compile(
    r"(?:[这那此该每各某另哪任首]|(?<![目年之以日此])前|(?<![先以之今])后|(?<![百部十成])分"
    r"|(?:^|[,。;:、(“的在])[上下同头凡]|(?:以上|上述|前述|同样|任何)的?)$"
)
# Lengths of time that only frame a sentence: 十年来, 三天内, 未来五年.
_AFTER_TIME = re.compile(
    r"多?(?:来|以来|[之以]?[后前内里间中]|期间|之际|时间[里内]|前后|时|级|一[遇度次届])"
)
_BEFORE_TIME = re.compile(
    r"(?:近|过去|未来|今后|最近|(?<!提)前|头|每|再过|这|上|下|当|第|同|往后)的?$"
)
# What makes a length of time a result.
_LASTING = re.compile(
    r"(?:历时|为期|用时|耗时|缩短|延长|连续|持续|长达|平均|累计|减少|提前|工期|时长|压缩|经过|达到?|寿命"
    r"|超过|增加|时间|周期|节省|仅需|只需|仅用|只用|运行|飞行|驻留|停留|有期徒刑|不少于|期限|服役|行程"
    r"|[快早晚慢]了?|奋战|坚守|坚持|工作|不超过|最长|最短|为)(?:到|至|了|仅|约|近|为|在|已)?$"
)
# 两小时内即可送达, 压缩到5个工作日内: how fast it goes, unless it only must.
_FAST = re.compile(r"[之以]?内(?:即可|便可|就能|就可|均?可(?!能)|能够?|得出)")
_FAST_BEFORE = re.compile(r"(?:(?:缩短|压缩|缩减|控制)[到至在]|仅在)$")
_MEASURED_TIME = ("不到", "不足", "约", "超", "逾")
_AVERAGE = re.compile(r"(?:平均|人均|预期|均值|中位)[^,。;]{0,8}$")
# A letter before the digits makes a name of them (C919, T800), a word does not (AED23台).
_LATIN = re.compile(r"(?:(?<![A-Za-z])[A-Za-z]{1,2}|[-_/+.#×])$")
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"'}
_OPENS = re.compile('[“‘「『"](?=[^“‘「『"]*$)')
# 十四届…二次会议 and 中央纪委三次全会: the session of a body.
_SESSION_BEFORE = re.compile("届[^,。;:!?]{0,14}$")
_SESSIONS = ("全会", "全体会议", "代表大会")
# Up to here a number of parts may be how a text is built; more are a result.
_FEW = 20
_MANY = 100
# 产值超100亿元的产业集群180个: the amount tells which ones are counted.
_THRESHOLD = re.compile(
    r"(?:及?以[上下])?的?[\u4e00-\u9fff]{2,12}\d[\d.]*[多余]?[万亿]*[个家户名人]"
)
# 2.8万亿 without a unit is an amount all the same, and so is an index that stands at 46.5.
_AMOUNT = re.compile(r"(?:\d[多余]?[万亿]+|个多?亿)[多余]?$")
_STANDS_AT = re.compile(r"(?:为|至|到|达|是|指数|报|数|维持|保持|比|率|系数)(?:在|约|了)?$")
# Figures of speech unless something says how near they are.
_BARE = frozenset(("十", "百", "千", "万", "亿", "百万", "千万", "百千万", "万千", "千百", "亿万"))
_TEN_OF = frozenset(("位", "名", "人", "家", "件", "户", "项", "场", "所"))
_AREAS = frozenset("国省市县区州镇乡村旗城地校院港厂馆站店会")
_SMALL = re.compile("[一二两三四五六七八九]")
# What a measure in front of it only tells the class of: 30万吨散货轮, 半径, 走廊.
_OF_AREA = (
    "级",
    "以上级",
    "自由泳",
    "仰泳",
    "蛙泳",
    "蝶泳",
    "混合泳",
    "接力",
    "赛跑",
    "跨栏",
    "散货",
    "货轮",
    "油轮",
    "巨轮",
    "泊位",
    "码头",
    "航道",
    "集装箱船",
    "范围",
    "半径",
    "走廊",
    "级",
    "班列",
)
# 每提高1个百分点: what a rate is counted by.
# 五年规划, 三年行动计划: what a plan is called.
_PLAN = re.compile("规划|行动|计划|攻坚(?!拔)|方案")
# 两家把音响调小: those who were named before.
_BOTH = re.compile(
    "[两俩][家队人方者](?:把|都|各|也|分别|就(?![业医学地近])|先|又|之间|间|共同|一起|一?合计|平分|约定)"
)
_BY_EACH = re.compile(
    r"每(?:产|提高|增加|增长|上升|下降|降低|减少|投入|消费|生产|销售|上涨|下跌|隔|满|新增)(?:了|约)?$"
)
# A share beyond this is two numbers printed without a gap.
_UNREAL = 100_000
# A place on the map: 北纬53°.
_ON_MAP = re.compile("[北南]纬|[东西]经")
_HAN = frozenset("一二三四五六七八九十")
# 三道坑镇, 八里店镇: a town's name.
_TOWN = re.compile("(?:[道里口][\u4e00-\u9fff]{1,2}|家子)(?:镇|乡|村|街道|社区)")
# Pieces that are counted one by one are no parts of a text.
_PIECES = frozenset("件起例家名人户宗份篇场")
_RANK_ENDS = re.compile(r"[,。;、)\s”!?的和及与]|位|名|大(?!队|会)|方阵|梯队|$")
# What may stand between two ranks of a row: 幼儿园第13、小学第9, 第3和第8.
_NEXT_RANK = re.compile(r"(?:[、,和及与;]|以及)[^,。;:、!?\n第]{0,10}")


@cache
def _structure() -> tuple[str, ...]:
    return reference.words("figures", "structure")


@cache
def _rank() -> re.Pattern[str]:
    words = "|".join(sorted(reference.words("figures", "rank"), key=len, reverse=True))
    scope = "[^,。;:!?\\n]{0,12}?"
    places = "全[省市国县区球州]|世界|亚洲|中国|我国|国内"
    told = "(?:排名|位次|名次|排位)(?:情况|结果)?(?:如下|分别)?(?:为|是)?:?"
    return re.compile(rf"(?:(?:{words}){scope}|{told}{scope}|(?:{places})的?)(?<!倒数)$")


@cache
def _countable() -> re.Pattern[str]:
    return re.compile("|".join(reference.words("figures", "countable")))


@cache
def _crowd() -> re.Pattern[str]:
    """People behind a word that says which ones: 数万韩国民众."""
    return re.compile(rf"[\u4e00-\u9fff]{{1,4}}?(?:{_countable().pattern})")


def with_rank(text: str, one: Quantity, rank_before: int | None) -> Quantity:
    """`one` as a rank where 第N says how something stands among others.

    `rank_before` is the end of the number before it in the sentence where that is a rank.
    """
    ranked = _is_rank(text, one, rank_before)
    return one._replace(form="rank", kind="rank") if ranked else one


def _is_rank(text: str, one: Quantity, rank_before: int | None) -> bool:
    """Whether 第N tells a place in a ranking: 居全省第一, 全国第二; 排名第3、第8, 小学第5."""
    if not text.startswith("第", one.start) or one.unit not in (None, "名", "位"):
        return False
    if not _RANK_ENDS.match(text, one.end):
        return False
    if rank_before is not None and _NEXT_RANK.fullmatch(text, rank_before, one.start):
        return True
    return bool(_rank().search(text[max(0, one.start - 24) : one.start]))


def is_reportable(text: str, one: Quantity, counted: str | None) -> bool:
    """Whether a careful reader would put the number in a table of results.

    `text` is the folded article, `counted` the noun phrase of what the number counts.
    """
    if one.form == "rank":
        return True
    if one.form in ("ordinal", "name", "ratio") or one.sense != "plain" or one.value is None:
        return False
    if _quoted_name(text, one) or _is_name(text, one):
        return False
    if _BY_EACH.search(text[max(0, one.start - 6) : one.start]):
        return False
    if text.startswith("级", one.end) and one.kind in ("money", "count"):
        return False
    if one.kind == "measure":
        return _measure(text, one)
    if one.kind == "money":
        return one.numeral != "一" and not _THRESHOLD.match(text, one.end)
    if one.kind == "duration":
        return _duration(text, one)
    if one.kind == "percent" and abs(one.value) > _UNREAL:
        return False
    return one.kind != "count" or _count(text, one, counted or "")


def _quoted_name(text: str, one: Quantity) -> bool:
    """Whether the number stands in a short quoted name: “三服务”, “6+”, “两个全覆盖”."""
    left = text[max(0, one.start - 8) : one.start]
    found = _OPENS.search(left)
    if not found or one.kind in ("money", "percent"):
        return False
    opening = found.start()
    closing = text.find(_QUOTES[left[opening]], one.end, one.end + 12)
    inner = left[opening + 1 :] + text[one.start : closing]
    return closing >= 0 and not re.search("[,。;!?“‘]", inner)


def _is_name(text: str, one: Quantity) -> bool:
    """C919, T800; and 二, which counts nothing where 两 would (二胎, 二元)."""
    if one.numeral == "二" and one.form == "number":
        return True
    if _TOWN.match(text, one.number[1]) and one.numeral[0] in _HAN:
        return True
    if one.unit is None and one.numeral in reference.word_set("figures", "names"):
        return True
    start = one.number[0]
    return one.start == start and bool(_LATIN.search(text[max(0, start - 3) : start]))


def _measure(text: str, one: Quantity) -> bool:
    if one.unit in ("岁", "周岁"):
        alone = text[one.start - 1 : one.start] + text[one.end : one.end + 1]
        if one.approximate and one.high is None and alone in (",,", ",。"):
            return True  # of a tree or a find, 约300岁; people's ages are told exactly
        return bool(_AVERAGE.search(text[max(0, one.start - 14) : one.start]))
    if _ON_MAP.search(text[max(0, one.start - 3) : one.start]):
        return False
    if one.numeral == "一" or (one.unit == "度" and _SMALL.fullmatch(one.numeral)):
        return False
    return not (
        _bare(text, one) or _THRESHOLD.match(text, one.end) or text.startswith(_OF_AREA, one.end)
    )


def _duration(text: str, one: Quantity) -> bool:
    before, after = text[max(0, one.start - 8) : one.start], text[one.end : one.end + 4]
    if _PLAN.match(text, one.end):
        return False
    if _FAST.match(text, one.end) or (after[:1] == "内" and _FAST_BEFORE.search(before)):
        return True
    if _AFTER_TIME.match(after) or _BEFORE_TIME.search(before) or one.numeral == "一":
        return False
    return text.startswith(_MEASURED_TIME, one.start) or bool(_LASTING.search(before))


def _bare(text: str, one: Quantity) -> bool:
    if one.numeral == "十" and one.unit in _TEN_OF and not text.startswith("一", one.end):
        return False  # 十位委员发言, but not 十人一组
    return one.numeral.strip() in _BARE and not one.approximate


def _count(text: str, one: Quantity, counted: str) -> bool:
    before, after = text[max(0, one.start - 4) : one.start], text[one.end : one.end + 6]
    if _BOTH.match(text, one.start):
        return False
    if _bare(text, one) or one.numeral == "一" or _DEFINITE.search(before) or _session(text, one):
        return False
    if one.unit is None:
        return _count_without_unit(one, before, after)
    if one.unit in _AREAS and _SMALL.fullmatch(one.numeral):
        return False
    if one.unit == "口" and before.endswith("家"):
        return False
    few = (one.value or 0) <= _FEW and one.unit not in _PIECES
    return not (few and _names_structure(text, one, counted))


def _session(text: str, one: Quantity) -> bool:
    if one.unit != "次":
        return False
    before = text[max(0, one.start - 16) : one.start]
    return text.startswith(_SESSIONS, one.end) or bool(_SESSION_BEFORE.search(before))


def _count_without_unit(one: Quantity, before: str, after: str) -> bool:
    """300余村民, 2.8万亿 and an index at 46.5 count; 985 and 两代表 do not."""
    if _AMOUNT.search(one.numeral):
        return True
    decimal, stands = "." in one.numeral, bool(_STANDS_AT.search(before))
    if stands and (decimal or after.startswith(("以上", "以下"))):
        return True
    if decimal and before.endswith("(") and after.startswith(")"):
        return True
    if one.approximate and (one.value or 0) >= _MANY and _crowd().match(after):
        return True
    exact = one.numeral[0].isdigit() and (one.value or 0) >= 2
    return (one.approximate or exact) and bool(_countable().match(after))


def _names_structure(text: str, one: Quantity, counted: str) -> bool:
    """Whether the head of the phrase is a part of a text or a plan (四个维度的权重, 重点方向).

    Behind a number the head is what stands before 的, before a number it is the phrase's end.
    """
    if not counted or text.startswith("字", one.end):
        return text.startswith(_structure(), one.end)
    behind = text.startswith(counted[:2], one.end)
    head = counted.partition("的")[0] if behind else counted
    return head.endswith(_structure()) or counted.endswith(_structure())
