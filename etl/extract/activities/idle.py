"""What is built like a deed and tells of none: what something serves, shows or amounts to."""

from __future__ import annotations

import re

from etl.extract.activities.scan import Trigger

# 为各方搭建交流合作的平台: what something is good for.
_STAGE = re.compile(
    "(?:搭建|搭起|架起|打造)[起了]{0,2}[^,。;]{0,30}(?:交流|合作|共享|共赢|展示|沟通|对接|互动|对话|发展)"
    "[^,。;]{0,8}(?:平台|桥梁|舞台)$"
)
# 在调研中发现: where somebody has it from.
_FOUND_OUT = re.compile(
    "(?:调研|走访|检查|考察|调查)(?:过程)?中[^,。;]{0,6}(?:发现|了解|看到|感到|获悉|得知)(?!的)"
)
# 开展了有益探索, 问题突出, 建立站点的机会, 迈出坚实步伐, 桃花开放.
_VAGUE = re.compile(
    "(?:有益|积极|大胆)的?(?:探索|尝试)$|(?:问题|矛盾|作用|成绩|成效|优势)突出$|的(?:机会|可能|意愿|能力|想法)$"
    "|(?:步伐|篇章|华章|新局面|新格局|新征程|新纪元)$|花[^,。;]{0,8}(?:开放|绽放)$"
)
# 支出增加4%, 扩大到了702个, 迈上了新台阶: a change in what is measured.
_GROWS = re.compile(
    r"(?:发展|增长|扩大|扩充|缩短|增加|上升|下降|减少|提高|提升)到了[^,。;《》]*$|迈上了?一?个?[^,。;《》]{0,4}台阶$|(?:增加|增长|下降|减少|提高|上升|攀升|回落|下滑|提升)了?(?:约|近|超|超过)?\d[\d.]*(?:%|个百分点|倍|成)$"
)
# 24年来陆续搬迁: what has gone on for years.
_FOR_YEARS = re.compile(
    r"^(?:近|过去|这)?[\d一二两三四五六七八九十几]+(?:多|余)?年来[^,。;]*(?:陆续|不断|持续|逐渐)"
)
# 经市委批准, is a ground.
_ON_WHOSE_WORD = re.compile("^(?:日前)?经[^,。;]{2,30}(?:批准|同意|审议|授权|研究)$")
_SORTS = ("soft", "deed", "plain")


_ANY = re.compile("|".join(one.pattern for one in (_STAGE, _FOUND_OUT, _VAGUE, _GROWS)))


def is_idle(text: str, trigger: Trigger) -> bool:
    """Whether the trigger's clause tells of nothing that was done."""
    if trigger.sort not in _SORTS:
        return False
    clause = text[trigger.start : trigger.end]
    if _ANY.search(clause) or _FOR_YEARS.search(clause):
        return True
    return "经" in clause[:3] and _ON_WHOSE_WORD.search(clause) is not None
