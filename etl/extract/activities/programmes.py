"""Standing programmes and brands: 依托“X”平台, 打造“X”品牌, undated and told in passing."""

from __future__ import annotations

import re
from functools import cache

from etl import reference, tables
from etl.extract.activities.scan import Scan, Trigger

_NAMED = (
    r"(?:[^,。;:“”的]{0,8})(“[^“”。,;]{2,16}”(?:、?“[^“”。,;]{2,16}”)*"
    r"[^,。;:“”、的]{0,5}?(?:%(kinds)s))"
)
_MARK = re.compile("[“制法]")
_UNNAMED = r"(?:使用|应用|实行|实施)?([一-鿿]{2,10}(?:积分制|[河湖林田街路链]长制|工作法))"


def find_programmes(scanned: Scan, sentence: tables.Sentence) -> list[Trigger]:
    """The programmes that the sentence names behind a verb that carries or spreads one."""
    if not _MARK.search(scanned.text, sentence.start, sentence.end):
        return []
    return [
        Trigger(
            "work",
            "named",
            found.start(),
            found.end(),
            (found.start(), found.end(1)),
            found.span(found.lastindex or 0),
        )
        for found in _pattern().finditer(scanned.text, sentence.start, sentence.end)
    ]


def is_standing(scanned: Scan, trigger: Trigger) -> bool:
    """Whether what the trigger holds is a programme: led by 通过, or a brand by its kind."""
    if trigger.type != "work" and trigger.sort != "soft":
        return False
    found = _pattern().search(scanned.text, trigger.start, trigger.end)
    return found is not None and found.start(found.lastindex or 0) < trigger.end


@cache
def _pattern() -> re.Pattern[str]:
    verbs, kinds = (
        "|".join(map(re.escape, reference.words("activity_words", key)))
        for key in ("carrying", "programmes")
    )
    return re.compile(rf"({verbs})(?:了|出|起)?(?:{_NAMED % {'kinds': kinds}}|{_UNNAMED})")
