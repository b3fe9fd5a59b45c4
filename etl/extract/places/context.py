"""What a mention is part of: a body's name, an event's, or nothing."""

from __future__ import annotations

import re

_BODY = (
    "政协|人大|党委|省委|市委|县委|区委|州委|政府|法院|检察院|公安局|公安厅|大学|学院|中学|小学|学校|医院|公司|集团"
    "|银行|协会|学会|联合会|商会|工商联|总工会|妇联|团委|团|队|研究院|研究所|研究中心|博物馆|图书馆|纪念馆|剧院"
    "|电视台|日报社|报社|出版社|委员会|管理局|厅|局|军区|武警|总队|支队|支行|分行|分公司|基金会|合作社|开发区"
)
_EVENT = (
    "大会|峰会|论坛|博览会|运动会|冬奥会|奥运会|亚运会|交易会|洽谈会|展览会|电影节|艺术节|马拉松|杯|展|节"
    "|进博会|服贸会|城市群|起义|战役|会战|保卫战|事变|惨案|大屠杀"
)
# A name goes on without these; with one of them the clause speaks about the place.
_REST = r"[^\s,。、;:!?“”《》'\"的将于召举主持出到向为是了]"
_CONTEXT = re.compile(
    rf"{_REST}{{0,10}}?(?:(?P<organisation>{_BODY})|(?P<event>{_EVENT}))|\)?{_REST}{{0,8}}(?P<fair>{_EVENT})"
)


def context_of(text: str, end: int) -> str:
    """`organisation`, `event` or `plain`, from what follows the mention in its clause."""
    found = _CONTEXT.match(text, end)
    if not found:
        return "plain"
    return "organisation" if found.lastgroup == "organisation" else "event"
