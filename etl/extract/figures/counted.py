"""The noun phrase that a figure counts: behind it (60位专家学者) or before it (项目25个)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from etl.extract.figures.scan import Quantity
from etl.extract.segment import Cut, part_of_speech

_LONGEST = 24
_BREAK = frozenset(",。;:!?、()\n，；：！？（）…—《》<>[]【】")
_QUOTES = frozenset("“”‘’「」『』\"'·")
# What may stand between a noun and its number without being part of it.
_LINKS = frozenset(
    "达 达到 多达 高达 共 共计 合计 总计 累计 为 约 近 超过 超 逾 有 是 仅 只有 约为 分别 分别为 已 已达 就 将 可 将达 突破 "
    "增至 降至 升至 增加到 提高到 达成 了 等 均 各 都 平均 总 也 又 还 还有 至少 不足 不到 接近 已经 增长 增加 下降 减少 "
    "提高 提升 上升 上涨 下跌 降低 增 减 涨 跌 同比 环比 比 年均 同比增长 实现 完成 到 至 在 高出 低于 高于 长 宽 高 重 翻 稳定 保持 "
    "进一步 较 率 先后 一共 总共 大约 大概 将近 目前 现 现有 左右 另 另有 回升 回落 收窄 扩大 缩小 跌幅 近年来".split()
)
_LEADING = re.compile(
    r"^(?:的|了|着|过|等|和|与|及|、|以及|各|其中|其|该|本|这些|那些|全部|所有|约|共|多|余|级|来自|不同|种)+"
)
_TRAILING = re.compile(
    r"(?:的|了|着|等|和|与|及|、|以及|上|中|里|内|在|总数|数量|人数|达|共|已|将|为|有|是)+$"
)
_NOMINAL = frozenset("n ng nr nrt nrfg ns nt nz nw vn an j l eng b a zg i s tg x_".split())
# Words the dictionary calls verbs that a number's noun often is.
_VERBAL_NOUNS = frozenset(
    "提案 报告 建议 调研 培训 服务 案件 研究 贷款 投资 讲座 检查 捐赠 捐款 交易 合作 出口 进口 消费 收入 支出 补贴 产出 专利 "
    "贸易 试点 示范 演出 展览 表演 比赛 活动 工作 生产 就业 救助 援助 咨询 视察 考察 协商 监督 设计 创作 发明 地震 灾害 "
    "批示 回复 点播 旅游 采购 装修 改造 规划 参保 存款 融资 施工 维修 整改 违法 犯罪 志愿 参赛 签约 招商 巡查 巡逻".split()
)


def counted_at(cut: Cut, text: str, one: Quantity, former: str | None) -> str | None:
    """What `one` counts; `former` is what the figure before it in the sentence counts.

    A count takes the noun behind it first, an amount or a share the noun before it. 同比下降2.3%
    without a noun of its own goes on about the former figure's.
    """
    behind, before = _behind(cut, text, one), _before(cut, text, one)
    if one.kind == "count" and one.unit not in ("次", "人次", "场次", "项次", "件次"):
        return behind or before or None
    if one.kind in ("money", "measure", "count") and behind and not _noun_adjoins(cut, one):
        return behind
    return before or (former if one.direction or one.kind == "percent" else None) or behind or None


def _behind(cut: Cut, text: str, one: Quantity) -> str:
    """The noun phrase that begins right behind the figure."""
    index = bisect_left(cut.starts, one.end)
    at = one.end
    stop = at
    nominal = False
    for token, start in zip(cut.tokens[index:], cut.starts[index:], strict=False):
        if start > at and not nominal and cut.tokens[index] is token:
            pass
        if start - one.end > _LONGEST or token[0] in _BREAK or token[0].isdigit():
            break
        kind = _class(token)
        if kind == "noun":
            nominal, stop = True, start + len(token)
        elif kind == "verb" and not nominal:
            stop_verb = start + len(token)
            if _ends_clause(text, stop_verb) or token in _VERBAL_NOUNS:
                stop, nominal = stop_verb, token in _VERBAL_NOUNS
            continue
        elif kind == "verb" and token in _VERBAL_NOUNS:
            stop = start + len(token)
        elif kind == "verb" or kind == "other":
            break
    return _tidy(text[one.end : stop]) if stop > one.end else ""


def _before(cut: Cut, text: str, one: Quantity) -> str:
    """The noun phrase that ends right before the figure, linking words left out."""
    index = bisect_right(cut.starts, max(one.start - 1, 0)) - 1
    first = last = None
    linking = True
    while index >= 0 and one.start - cut.starts[index] <= _LONGEST:
        token, start = cut.tokens[index], cut.starts[index]
        index -= 1
        if start >= one.start:
            continue
        if token[0] in _BREAK and not (token == "、" and first is not None):
            break
        if linking and token in _LINKS:
            continue
        linking = False
        kind = _class(token)
        if kind == "noun" or (first is not None and kind == "join") or token in _VERBAL_NOUNS:
            first, last = start, last or start + len(token)
        else:
            break
    if first is None or last is None:
        return ""
    return _tidy(text[first:last])


def _noun_adjoins(cut: Cut, one: Quantity) -> bool:
    """Whether the word right before the figure is a noun (总投资112.6亿元)."""
    index = bisect_right(cut.starts, max(one.start - 1, 0)) - 1
    return index >= 0 and one.start > 0 and _class(cut.tokens[index]) == "noun"


def _class(token: str) -> str:
    if token[0] in _QUOTES or token in ("的", "和", "与", "及", "以及", "、"):
        return "join"
    tag = part_of_speech(token)
    if tag in _NOMINAL or tag[0] == "n":
        return "noun"
    if tag[0] == "v":
        return "verb"
    return "other"


def _ends_clause(text: str, at: int) -> bool:
    return at >= len(text) or text[at] in _BREAK


def _tidy(phrase: str) -> str:
    """Without what joins it to its sentence: leading 的 and 了, unpaired quotes, trailing 等."""
    phrase = _TRAILING.sub("", _LEADING.sub("", phrase.strip()))
    for left, right in ("“”", "‘’", "「」", "『』"):
        if phrase.count(left) != phrase.count(right):
            phrase = phrase.replace(left, "").replace(right, "")
        if phrase.startswith(left) and phrase.endswith(right) and phrase.count(left) == 1:
            phrase = phrase[1:-1]
    return phrase.strip() if len(phrase.strip()) > 1 or phrase.isalpha() else ""
