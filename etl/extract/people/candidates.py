"""A text → the stretches that could be a person's name, by their characters alone."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from itertools import compress, count

from etl import reference
from etl.extract.people.characters import (
    TIBETAN_ODDS,
    dictionary_tag,
    is_han,
    japanese_surnames,
    long_surnames,
    name_characters,
    tibetan_names,
)
from etl.extract.people.foreign import dotted, run_candidates, run_end, titled
from etl.extract.people.tokens import (
    ADDRESS,
    FOREIGN,
    HALF_SURNAME,
    JOINT,
    LONG_SURNAME,
    NAME,
    SURNAME,
    TITLE,
    Candidate,
    kind_of,
    transliteration,
    word_shape,
)
from etl.extract.segment import Cut

# Fewer than one name in fifty has less.
_LEAST_ODDS = 1.0
_LEAST_BEHIND_TITLE = -3.0
_LEAST_IN_ROW = -5.0
_NO_ODDS = -99.0
_LONGEST_GIVEN = 3
# 韩国|自, 英国|则: a country and what it does.
_PARTICLES = frozenset("自则将已也又还曾均未仍正才就却于与及或而但因被把从向对让使给")
# Last characters of Japanese given names of three.
_JAPANESE_ENDS = frozenset("郎子夫助介男雄彦美")
# What parts names in a row.
_ROW = frozenset("、 　")
# Two Tibetan names in a row, or one and two characters that are no word (白玛赤林).
_TIBETAN_ODDS_OF_TWO = 8.0
# 韩日 and 墨中 are two countries, 乌军 and 巴方 one's army and side.
_NATIONS = frozenset("中美俄英法德日韩朝印巴以伊叙土乌欧澳越泰缅菲墨沙埃哈蒙芬毛柬")
_SIDES = frozenset("方军国队媒核")
# 张家村, 张家桥, 彭宇案 are called by a name, and are none.
_NO_NAME_ENDS = frozenset("村镇乡县街巷庙牌祠宫滩崖寨屯坝埠渠沟塘市厂店案版氏")
_NO_FAMILY_ENDS = frozenset(
    "桥坡岭湾坪庄口港洼梁塬峪川山湖河岗庵营堡界台集桥井圩院坟洞园嘴角浜渡弄墩"
)


def find_candidates(words: Cut) -> list[Candidate]:
    """Every candidate of a text; they overlap."""
    found: list[Candidate] = []
    text = "".join(words.tokens)
    kinds = list(map(kind_of, words.tokens))
    # Most words begin no name, and are passed over without a step of Python.
    begins = list(compress(count(), kinds))
    addressed = {words.starts[index] for index in begins if kinds[index] & ADDRESS}
    done = joints = 0
    for index in begins:
        kind = kinds[index]
        if kind & SURNAME:
            found += _surnamed(text, words, index, 1, addressed)
            if kind == SURNAME:
                continue
        if kind & NAME:
            found.append(_known(words, index))
        if kind & LONG_SURNAME:
            found += _surnamed(text, words, index, len(words.tokens[index]), addressed)
        elif kind & HALF_SURNAME:
            found += _halved(text, words, index, addressed)
        if kind & JOINT and index >= joints:
            joints, joined = dotted(words, index)
            found += joined
        if kind & FOREIGN and index >= done:
            done = run_end(words, index)
            found += run_candidates(words, index, done)
        if kind & TITLE:
            found += titled(words, index)
    return found


def _halved(text: str, words: Cut, index: int, addressed: set[int]) -> list[Candidate]:
    """Names that begin with a family name or a Tibetan name cut into two characters."""
    start = words.starts[index]
    pair = text[start : start + 2]
    found = _surnamed(text, words, index, 2, addressed) if pair in long_surnames() else []
    if pair in japanese_surnames() and len(words.tokens[index]) == 1:
        found.append(Candidate(start, start + 2, index, index + 2, "k2", 0.0, "singles"))
    if pair in tibetan_names():
        found.append(Candidate(start, start + 2, index, index + 2, "k2", TIBETAN_ODDS, "singles"))
    return found


def _known(words: Cut, index: int) -> Candidate:
    """A word that the dictionary lists as a name: one from abroad, or without a family name."""
    token = words.tokens[index]
    start = words.starts[index]
    odds = TIBETAN_ODDS if token in tibetan_names() else transliteration((token,))[1]
    form = f"k{min(len(token), 5)}"
    return Candidate(start, start + len(token), index, index + 1, form, odds, word_shape(token))


def _surnamed(
    text: str, words: Cut, index: int, surname: int, addressed: set[int]
) -> list[Candidate]:
    """Surname and given name, from the token at `index` on; forms of address begin at `addressed`.

    A given name of three characters stands behind a longer surname only.
    """
    start, found = words.starts[index], []
    ahead = text[start : start + (3 if surname == 1 else surname + _LONGEST_GIVEN)]
    for size, odds in _names(ahead, surname):
        end = start + size
        if odds < _LEAST_ODDS and not _allowed(text, words, index, end, odds, addressed):
            continue
        after = bisect_left(words.starts, end, index + 1)
        shape = _shape(words, index, after, end, ahead[:size])
        form = f"c{size}" if surname == 1 else "c4" if size < 5 else "c5"
        found.append(Candidate(start, end, index, after, form, odds, shape))
    return found


@lru_cache(maxsize=1 << 17)
def _names(ahead: str, surname: int) -> tuple[tuple[int, float], ...]:
    """The length of each name that `ahead` may begin with, and the odds of its characters.

    Given names have one or two characters, Japanese ones three as well (龙太郎, 幸之助).
    """
    longest = surname + 2
    if ahead[longest:] in _JAPANESE_ENDS and ahead[:surname] in japanese_surnames():
        longest += 1
    found = []
    for size in range(surname + 1, min(longest, len(ahead)) + 1):
        if not is_han(ahead[size - 1]):
            break
        odds = _odds(ahead[:size], surname)
        if odds > _NO_ODDS:
            found.append((size, odds))
    return tuple(found)


def _allowed(text: str, words: Cut, index: int, end: int, odds: float, addressed: set[int]) -> bool:
    """Whether a name of rare characters fills a place in a row, or something vouches for it:
    the dictionary, an office before it, or a form of address (委员长) behind it.
    """
    start = words.starts[index]
    if odds > _LEAST_IN_ROW and text[end : end + 1] in _ROW and text[start - 1 : start] in _ROW:
        return True
    if words.starts[index + 1] == end:
        return word_shape(words.tokens[index]) == "name"
    if odds < _LEAST_BEHIND_TITLE:
        return False
    return end in addressed or (index > 0 and words.tokens[index - 1] in _offices())


@cache
def _offices() -> frozenset[str]:
    return reference.word_set("titles", "endings")


def _shape(words: Cut, index: int, after: int, end: int, name: str) -> str:
    if words.starts[after] > end:
        return "inside"
    if after == index + 1:
        return word_shape(name)
    if len(words.tokens[index]) > 1:
        return "glued"
    return "singles" if after - index == len(name) else "split"


@lru_cache(maxsize=1 << 17)
def _odds(name: str, surname: int) -> float:
    """Log odds of surname and given name; a given name of one character counts as the mean."""
    given = name[surname:]
    if _called(given) or (given[0] == "国" and given[-1] in _PARTICLES):
        return _NO_ODDS
    if given == "一" + name[0]:
        return _NO_ODDS
    if surname > 1 and name[:surname] in tibetan_names():
        known = given in tibetan_names() or (len(given) == 2 and dictionary_tag(given) == "none")
        return _TIBETAN_ODDS_OF_TWO if known else _NO_ODDS
    if name[0] in _NATIONS and all(one in _NATIONS or one in _SIDES for one in given):
        return _NO_ODDS
    odds = name_characters()
    first = odds.surname.get(name[0], -1.0) if surname == 1 else 3.5
    if len(given) == 1:
        return first + (odds.middle.get(given, 0.0) + odds.last.get(given, 0.0)) / 2
    return first + odds.middle.get(given[0], 0.0) + odds.last.get(given[-1], 0.0)


def _called(given: str) -> bool:
    """Whether a surname and this is how someone or something is called: 张先生, 李总理, 张家村."""
    first, last = given[0], given[-1]
    if last in _NO_NAME_ENDS or first == "氏" or given in _forms_of_address():
        return True
    return first == "家" and last in _NO_FAMILY_ENDS


@cache
def _forms_of_address() -> frozenset[str]:
    lists = ("courtesy", "endings", "following")
    return frozenset().union(*(reference.word_set("titles", one) for one in lists))
