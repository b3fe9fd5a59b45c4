"""What looks like a name and is none, as the words around it show: codes, lines, sayings."""

from __future__ import annotations

import re
from functools import cache

from etl import reference
from etl.extract.memory import remembered
from etl.extract.people.tokens import is_title

# Provinces and cities in one character, as they stand in rows: 苏浙皖, 徐宿连, 孟中印缅.
_SHORT_FORMS = frozenset(
    "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀滇陕甘江锡常徐宿淮连扬镇郑欧孟中印缅沈潍"
)
_PAIR_FORMS = _SHORT_FORMS | frozenset("宁通泰盐")
# Behind two of them stands what joins the two.
_JOINING = re.compile(
    "[等两三]?(?:高铁|城际|铁路|班列|高速|航道|运河|段|携手|协手|港区|大部分|[两三]?[市省](?![委长政人]))"
)
# 苏政发〔2021〕5号: what begins the number of a document.
_DOCUMENT = re.compile(r"[发办函字规]?[〔【\[]\d{4}[〕】\]]")
_DOCUMENT_BEGINS = frozenset("发办函字规〔【[")
_ROW_BEGINS = frozenset("、和等")
# No given name ends so; 庄 is none of two characters.
_GROUND = frozenset("坝滩舰堤墩峪闸郡")
# Names with these in them are those of lines: 徐高铁, 沪渝高速.
_LINES = ("高铁", "高速", "铁路")
# What stands before a town abroad, and what behind it.
_TOWN_BEFORE = ("重镇", "古城", "赌城", "首府", "海港", "河港")
_TOWN_BEHIND = re.compile(
    "军营|空军基地|难民营|核电站|的(?:封锁|控制权|市政府)|代?村(?!民|[主支]|委)"
)
# 与美国某某、某某等企业: what a row is said to be.
_FIRMS = re.compile(
    "(?:[、和][^，。；、和]{1,8}){0,4}等(?:知名|龙头|骨干|大型|跨国|头部)?(?:企业(?!家)|公司|品牌|厂商)"
)
_LONGEST_OFFICE = 4


def is_thing(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], which is built like a name, stands for no person there."""
    name, behind = text[start:end], text[end : end + 1]
    kind = _kind(name)
    if kind == "thing" or (kind == "word" and not _vouched(text, start, end)):
        return True
    if kind == "pair" and (behind in _PAIR_FORMS or _JOINING.match(text, end)):
        return True
    if behind in _DOCUMENT_BEGINS and _DOCUMENT.match(text, end):
        return True
    if behind in _ROW_BEGINS and _FIRMS.match(text, end):
        return True
    return kind == "said" and any(one in text[max(0, start - 4) : end + 5] for one in _sayings())


@remembered
def _kind(name: str) -> str:
    """What a name may be by itself.

    A thing; a word, unless somebody vouches for it; two cities (pair); part of a saying (said).
    """
    if name in _ordinary():
        return "thing" if len(name) > 2 else "word"
    if _SHORT_FORMS.issuperset(name) and len(name) > 2:
        return "word"
    if _PAIR_FORMS.issuperset(name) and len(name) == 2:
        return "pair"
    if name[-1] in _GROUND or (len(name) == 2 and name[-1] == "庄") or name.endswith(_LINES):
        return "word"
    return "said" if any(name in one or one in name for one in _sayings()) else ""


def is_town(text: str, start: int, end: int) -> bool:
    """Whether what stands beside text[start:end] says that it is a town abroad."""
    return text.endswith(_TOWN_BEFORE, 0, start) or bool(_TOWN_BEHIND.match(text, end))


def _vouched(text: str, start: int, end: int) -> bool:
    """Whether an office stands before the name, or a word of saying behind it."""
    before = (text[max(0, start - size) : start] for size in range(1, _LONGEST_OFFICE + 1))
    return any(is_title(one) for one in before if one) or any(
        text[end : end + size] in reference.word_set("name_contexts", "saying") for size in (1, 2)
    )


@cache
def _ordinary() -> frozenset[str]:
    return reference.word_set("name_contexts", "ordinary")


@cache
def _sayings() -> tuple[str, ...]:
    return reference.words("name_contexts", "sayings")
