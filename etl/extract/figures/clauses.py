"""Which place of a sentence its clauses are about, where several are named before a figure."""

from __future__ import annotations

from etl.extract.figures import roles
from etl.extract.figures.spans import Mention, chain, contains


def up_to_subject(text: str, start: int, before: list[Mention], figure: int) -> list[Mention]:
    """The places before a figure, up to the subject where the last one is but an object above.

    天津将共建北京国际科技创新中心;累计培育企业3500家: the next clause is about 天津 again. The
    sentence begins at `start`, the number at `figure`.
    """
    if len(before) < 2 or not _is_object(text, start, before, figure):
        return before
    for at in range(len(before) - 1, 0, -1):
        if before[at - 1].adcode and _opens_clause(text, start, before[at - 1]):
            return before[:at]
    return before


def _is_object(text: str, start: int, before: list[Mention], figure: int) -> bool:
    """Whether the last place is told of in a clause before the figure's, and not as subject."""
    last = before[-1]
    if last.adcode is None or not roles.BREAKS.search(text, last.end, figure):
        return False
    quoted = text.rfind("“", 0, last.start) > text.rfind("”", 0, last.start)
    within = any(one.adcode and contains(one.adcode, last.adcode) for one in before[:-1])
    if (within and not quoted) or roles.GOES_TO.search(text[max(0, last.start - 2) : last.start]):
        return False
    return not _opens_clause(text, start, chain(text, before)[0])


def _opens_clause(text: str, start: int, mention: Mention) -> bool:
    """Whether a place is the first thing that its clause names."""
    marks = (text.rfind(mark, start, mention.start) + 1 for mark in ",;:。")
    return bool(roles.OPENS_CLAUSE.fullmatch(text, max(start, *marks), mention.start))
