"""Names from abroad and those with a dot: runs of the characters that spell them."""

from __future__ import annotations

import re
from functools import lru_cache

from etl import reference
from etl.extract.memory import remembered
from etl.extract.people.characters import (
    COMMON_ODDS,
    RARE_ODDS,
    is_han,
    name_characters,
    single_surnames,
)
from etl.extract.people.tokens import (
    DOT_MARKS,
    FOREIGN,
    HYPHENS,
    NAME_TAGS,
    Candidate,
    abroad,
    is_context,
    is_country,
    kind_of,
    transliteration,
)
from etl.extract.segment import Cut, part_of_speech

_LONGEST = 12
_LONGEST_DOTTED = 24
_LONGEST_TITLED = 7
# Mean odds of a stretch that is spelt as names from abroad are.
_SURE_ODDS = 1.0
# How many words of a title may stand between the country and the name.
_LONGEST_TITLE = 10
# Single words that end a name behind a title.
_STOPS = frozenset("的了和与及同对将就已也还是说称道等于因被把从到向以为在并又曾邀则世均亦皆")
# What somebody is, before a name with a dot.
_PEOPLE = re.compile("..[人员]$|.[官]$|^[黑白]人$")
# No run of such characters that ends so is a person: 山塘镇, 桑耶寺, 立陶宛队.
_GROUND = frozenset("镇乡村县市省州寺庙舰港江河湖山岛队党氏")
_VERBAL = ("v", "d", "p", "c", "m", "r", "t", "u")


def run_end(words: Cut, index: int) -> int:
    """Index of the first token behind the run of such tokens that begins at `index`.

    One character that is rare in such names may stand within the run or at its end.
    """
    tokens, limit = words.tokens, len(words.tokens)
    after = index + 1
    while after < limit and words.starts[after + 1] - words.starts[index] <= 16:
        if not kind_of(tokens[after]) & FOREIGN and not _rare(words, index, after):
            break
        after += 1
    return after


def _rare(words: Cut, first: int, at: int) -> bool:
    token = words.tokens[at]
    if len(token) > 1 or name_characters().foreign.get(token, -9.0) < RARE_ODDS:
        return False
    goes_on = at + 1 < len(words.tokens) and kind_of(words.tokens[at + 1]) & FOREIGN
    return bool(goes_on) or words.starts[at] - words.starts[first] > 1


def run_candidates(words: Cut, first: int, last: int) -> list[Candidate]:
    """The run as a whole, and without its first or last token; no single word among them."""
    if last - first < 2:
        return []
    found = []
    for begin, after in ((first, last), (first + 1, last), (first, last - 1)):
        start, end = words.starts[begin], words.starts[after]
        if begin >= after or not 2 <= end - start <= _LONGEST:
            continue
        parts = words.tokens[begin:after]
        if len(parts) > 1 and parts[-1][-1] not in _GROUND:
            form, odds, shape = transliteration(tuple(parts))
            found.append(Candidate(start, end, begin, after, form, odds, shape))
    return found


def dotted(words: Cut, index: int) -> tuple[int, list[Candidate]]:
    """Index behind the name whose first dot or hyphen is the token at `index`, and the name."""
    tokens, starts = words.tokens, words.starts
    first, after = index, index + 1
    if (index and _joint(tokens[index - 1])) or (after < len(tokens) and _joint(tokens[after])):
        return index + 1, []  # a dash of two
    while first and _part(tokens[first - 1], beside=first == index):
        first -= 1
    if first == index - 1 and first and _lone(tokens[first]) and _lone(tokens[first - 1]):
        first -= 1
    while after < len(tokens) and _goes_on(tokens, after):
        after += 1
    while first < index - 1 and _PEOPLE.search(tokens[first]):
        first += 1  # 荷兰人维姆·…, 司令官马克思·…
    if _joint(tokens[after - 1]) or first == index:
        return index + 1, []
    parts = tokens[first:after]
    if tokens[index] in HYPHENS and not _hyphened(parts):
        return index + 1, []
    if all(one in abroad() or _joint(one) for one in parts) or parts[-1][-1] in _GROUND:
        return index + 1, []
    form = "dot" if starts[after] - starts[first] <= _LONGEST_DOTTED else "dots"
    _, odds, shape = transliteration(tuple(one for one in parts if not _joint(one)))
    return after, [Candidate(starts[first], starts[after], first, after, form, odds, shape)]


def _goes_on(tokens: list[str], at: int) -> bool:
    """Whether a name with a dot before `at` goes on there.

    A rare character is taken in between two common ones and behind a single one at the dot.
    """
    token, before = tokens[at], tokens[at - 1]
    if _joint(token):
        return not _joint(before)
    if _part(token, beside=_joint(before)):
        return True
    if not _lone(token):
        return False
    rare = name_characters().foreign.get(token, -9.0) > RARE_ODDS
    if rare or (_lone(before) and _joint(tokens[at - 2])):
        return True
    return at + 1 < len(tokens) and bool(kind_of(tokens[at + 1]) & FOREIGN)


def _lone(token: str) -> bool:
    """Whether a token is a single character that may stand in a name."""
    return len(token) == 1 and is_han(token) and token not in _STOPS and not is_context(token)


def _joint(token: str) -> bool:
    return token in DOT_MARKS or token in HYPHENS


def _hyphened(parts: list[str]) -> bool:
    """Whether a stretch that begins with a hyphen's left side is spelt as a name throughout."""
    return transliteration(tuple(one for one in parts if not _joint(one)))[1] > _SURE_ODDS


@lru_cache(maxsize=1 << 16)
def _part(token: str, beside: bool) -> bool:
    """Whether a token may be part of a name with a dot; `beside`: right at the dot.

    A place or a word such as 和 is part of a name only at the dot itself.
    """
    if token in abroad() or (len(token) == 1 and token in _STOPS):
        return beside and token not in _STOPS
    if len(token) > 1 and is_context(token):
        return False
    if len(token) > 1 and part_of_speech(token) in NAME_TAGS:
        return True
    foreign, known = name_characters().foreign, reference.word_set("surnames", "syllables")
    if beside and len(token) == 1:
        return token in known or foreign.get(token, -9.0) > RARE_ODDS
    if len(token) > 1 and transliteration((token,))[1] > _SURE_ODDS:
        return True
    return all(one in known or foreign.get(one, -9.0) > COMMON_ODDS for one in token)


def titled(words: Cut, index: int) -> list[Candidate]:
    """What stands behind the office at `index`: of another country (泰国总理 …), else in no word.

    Behind the former every stretch up to a word that no name holds: characters that are rare in
    such names (佩通坦) are found in this way only. Behind the latter single characters that the
    dictionary joins to no word, and that begin with no family name (敏杰, 尕玛才让).
    """
    tokens, starts = words.tokens, words.starts
    found: list[Candidate] = []
    abroad_ = _of_another_country(tokens, index)
    if not abroad_ and not _begins_singly(tokens, index + 1):
        return found
    kind = "t" if abroad_ else "s"
    start, after = starts[index + 1], index + 1
    while after < len(tokens) and (_unspent(tokens[after]) if abroad_ else _lone(tokens[after])):
        after += 1
        length = starts[after] - start
        if length > _LONGEST_TITLED:
            break
        if length > 1 and tokens[after - 1][-1] not in _GROUND:
            _, odds, shape = transliteration(tuple(tokens[index + 1 : after]))
            form = f"{kind}{min(length, 5)}"
            found.append(Candidate(start, starts[after], index + 1, after, form, odds, shape))
    return found


def _begins_singly(tokens: list[str], at: int) -> bool:
    """Whether two single characters stand there, the first of which is no family name."""
    pair = tokens[at : at + 2]
    return len(pair) == 2 and pair[0] not in single_surnames() and all(map(_lone, pair))


def _of_another_country(tokens: list[str], index: int) -> bool:
    for at in range(index, max(-1, index - _LONGEST_TITLE), -1):
        token = tokens[at]
        if is_country(token):
            return True
        if token in _STOPS or (not is_han(token[0]) and token != "、"):
            return False
        if at < index and part_of_speech(token) in NAME_TAGS:
            return False
    return False


@remembered
def _unspent(token: str) -> bool:
    """Whether a word behind a title may still be part of the name."""
    if not is_han(token[0]) or token in _STOPS:
        return False
    if len(token) == 1 or part_of_speech(token) in NAME_TAGS:
        return True
    foreign = name_characters().foreign
    spelt = all(foreign.get(one, -9.0) > RARE_ODDS for one in token)
    return spelt and not is_context(token) and part_of_speech(token)[0] not in _VERBAL
