"""An article's text → the same text as character recognition leaves it, its origin kept.

Each way of damage takes characters with the offset that each has in the clean text and gives them
back with some exchanged, put in (offset -1) or left out, so that `tests.damage_measure` can tell
which fact of the damaged text is which of the clean one. Equal dice damage equally.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

# A character and its offset in the clean text, or -1.
Characters = list[tuple[str, int]]
Way = Callable[[Characters, random.Random], Characters]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HALF_WIDTH = str.maketrans("，。；：！？（）", ",.;:!?()")
_FULL_WIDTH = {str(digit): chr(0xFF10 + digit) for digit in range(10)}
_DASHES = "—–-~～－―─"
_MARKS = "，。、；：！？"
_SPECKS = "■●□◎▲①*·"
_ALIKE = ("己已", "未末", "曰日", "士土", "人入", "大太", "千干", "天夫", "自白", "问间", "了丁")
_ALIKE_UNITS = {"亿": "忆", "万": "方", "元": "兀", "个": "介", "日": "曰", "人": "入", "吨": "屯"}
_WRITER = "本报记者 郑文秋 "
WIDTH = 17


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text; `origin[at]` is the clean offset of `text[at]`, -1 where there is none."""

    text: str
    origin: list[int]


def damage(text: str, way: Way, seed: int) -> Damaged:
    """`text` damaged in one way."""
    found = way([(one, at) for at, one in enumerate(text)], random.Random(seed))
    return Damaged("".join(one for one, _ in found), [at for _, at in found])


def _text(characters: Characters) -> str:
    return "".join(one for one, _ in characters)


def _exchanged(characters: Characters, at: int, to: str) -> None:
    characters[at] = (to, characters[at][1])


def _put_in(characters: Characters, cuts: dict[int, str]) -> Characters:
    """The characters with a text before each of the offsets `cuts`."""
    found: Characters = []
    for at, one in enumerate(characters):
        found += [(mark, -1) for mark in cuts.get(at, "")]
        found.append(one)
    return found


def _inside_line(text: str, at: int) -> bool:
    return 0 < at < len(text) and "\n" not in text[at - 1 : at + 1]


def clean(characters: Characters, dice: random.Random) -> Characters:
    """No damage: what the page's reading itself gives."""
    return characters


def spaced_numbers(characters: Characters, dice: random.Random) -> Characters:
    """A space inside, before or behind every second number: 1 12.6亿元, 3 万."""
    cuts = {}
    for number in _NUMBER.finditer(_text(characters)):
        at = dice.randint(number.start(), number.end())
        if dice.random() < 0.5 and _inside_line(_text(characters), at):
            cuts[at] = " "
    return _put_in(characters, cuts)


def spaces_around_numbers(characters: Characters, dice: random.Random) -> Characters:
    """A space on both sides of every number, as some papers set it: 2023 年 12 月 3 日."""
    text = _text(characters)
    ends = [at for one in _NUMBER.finditer(text) for at in (one.start(), one.end())]
    return _put_in(characters, {at: " " for at in ends if _inside_line(text, at)})


def spaced_words(characters: Characters, dice: random.Random) -> Characters:
    """A space between two Chinese characters, three in a hundred."""
    text = _text(characters)
    return _put_in(
        characters,
        {
            at: " "
            for at in range(1, len(text))
            if dice.random() < 0.03 and _HAN.match(text[at]) and _HAN.match(text[at - 1])
        },
    )


def wrapped(characters: Characters, dice: random.Random) -> Characters:
    """Lines of one column's width, whatever they cut, a blank line between paragraphs."""
    cuts, column = {}, 0
    for at, (one, _) in enumerate(characters):
        column = 0 if one == "\n" else column + 1
        if column > WIDTH and one not in _MARKS + "”）》":
            cuts[at], column = "\n", 1
    return _put_in(characters, cuts)


def repeated_line(characters: Characters, dice: random.Random) -> Characters:
    """Lines of a column, every twelfth printed twice."""
    found: Characters = []
    line: Characters = []
    for one in wrapped(characters, dice):
        line.append(one)
        if one[0] == "\n":
            again = dice.random() < 1 / 12 and len(line) > WIDTH
            found += line + [(mark, -1) for mark, _ in line] * again
            line = []
    return found + line


def torn_lines(characters: Characters, dice: random.Random) -> Characters:
    """A line break anywhere, one in fifty characters."""
    text = _text(characters)
    ends = range(1, len(text))
    return _put_in(
        characters, {at: "\n" for at in ends if dice.random() < 0.02 and _inside_line(text, at)}
    )


def page_numbers(characters: Characters, dice: random.Random) -> Characters:
    """The page's number on a line of its own in mid-sentence, one in 150 characters."""
    text = _text(characters)
    return _put_in(
        characters,
        {
            at: dice.choice(("\n3\n", "\n— 3 —\n", "\n第3页\n"))
            for at in range(1, len(text))
            if dice.random() < 1 / 150 and _inside_line(text, at)
        },
    )


def half_width(characters: Characters, dice: random.Random) -> Characters:
    """Every mark that has a half-width form."""
    return [(one.translate(_HALF_WIDTH), at) for one, at in characters]


def mixed_width(characters: Characters, dice: random.Random) -> Characters:
    """Every second mark half-width."""
    return [
        (one.translate(_HALF_WIDTH) if dice.random() < 0.5 else one, at) for one, at in characters
    ]


def full_digits(characters: Characters, dice: random.Random) -> Characters:
    """Every digit full-width: ２０２３年."""
    return [(_FULL_WIDTH.get(one, one), at) for one, at in characters]


def letters_for_digits(characters: Characters, dice: random.Random) -> Characters:
    """O, o or 〇 for 0 and l or I for 1, one in four."""
    alike = {"0": "Oo〇", "1": "lI"}
    return [
        (dice.choice(alike[one]) if one in alike and dice.random() < 0.25 else one, at)
        for one, at in characters
    ]


def decimal_points(characters: Characters, dice: random.Random) -> Characters:
    """Another mark, or a space beside it, for every decimal point: 3．5, 3·5, 3。5, 3. 5."""
    found = list(characters)
    cuts = {}
    for point in re.finditer(r"(?<=\d)\.(?=\d)", _text(characters)):
        _exchanged(found, point.start(), dice.choice("．·。."))
        if found[point.start()][0] == ".":
            cuts[point.end()] = " "
    return _put_in(found, cuts)


def percent_signs(characters: Characters, dice: random.Random) -> Characters:
    """Another form of every %, or a space before it."""
    cuts, found = {}, list(characters)
    for at, (one, _) in enumerate(characters):
        if one in "%％":
            _exchanged(found, at, dice.choice("％﹪%"))
            cuts[at] = dice.choice(("", " "))
    return _put_in(found, cuts)


def dashes(characters: Characters, dice: random.Random) -> Characters:
    """Another dash for every dash, and for 至 between numbers."""
    found = list(characters)
    between = re.compile(r"(?<=[\d日月年%])至(?=\d)|[—–～~－―─]+|(?<=\d)-(?=\d)")
    for run in between.finditer(_text(characters)):
        mark = dice.choice(_DASHES)
        for at in range(*run.span()):
            _exchanged(found, at, mark)
    return found


def lost_marks(characters: Characters, dice: random.Random) -> Characters:
    """One mark in ten is gone."""
    return [one for one in characters if one[0] not in _MARKS or dice.random() >= 0.1]


def doubled_marks(characters: Characters, dice: random.Random) -> Characters:
    """One mark in ten stands twice, or has another beside it."""
    found: Characters = []
    for one in characters:
        found.append(one)
        if one[0] in _MARKS and dice.random() < 0.1:
            found.append((dice.choice((one[0], dice.choice("，。、"))), -1))
    return found


def commas_for_stops(characters: Characters, dice: random.Random) -> Characters:
    """A comma for one full stop in five, and a full stop for one comma in ten."""
    found = list(characters)
    for at, (one, _) in enumerate(characters):
        if one == "。" and dice.random() < 0.2:
            _exchanged(found, at, "，")
        elif one == "，" and dice.random() < 0.1:
            _exchanged(found, at, "。")
    return found


def thousands(characters: Characters, dice: random.Random) -> Characters:
    """A separator between the thousands of long numbers, some with a space or a wide comma."""
    cuts = {}
    for number in re.finditer(r"(?<![\d.])\d{4,}(?![\d年])", _text(characters)):
        mark = dice.choice((",", "，", ", ", " "))
        for at in range(number.end() - 3, number.start(), -3):
            cuts[at] = mark
    return _put_in(characters, cuts)


def alike_characters(characters: Characters, dice: random.Random) -> Characters:
    """A character that looks like it for one in ten of those that have one: 己 for 已."""
    pairs = {one: other for two in _ALIKE for one, other in (two, two[::-1])}
    return [
        (pairs[one] if one in pairs and dice.random() < 0.1 else one, at) for one, at in characters
    ]


def alike_units(characters: Characters, dice: random.Random) -> Characters:
    """A character that looks like it for one unit in three right behind a number: 3忆元."""
    found = list(characters)
    for number in _NUMBER.finditer(_text(characters)):
        for at in range(number.end(), min(number.end() + 2, len(found))):
            if found[at][0] in _ALIKE_UNITS and dice.random() < 0.3:
                _exchanged(found, at, _ALIKE_UNITS[found[at][0]])
    return found


def specks(characters: Characters, dice: random.Random) -> Characters:
    """A stray mark inside a sentence, one in a hundred characters."""
    text = _text(characters)
    ends = range(1, len(text))
    return _put_in(
        characters,
        {
            at: dice.choice(_SPECKS)
            for at in ends
            if dice.random() < 0.01 and _inside_line(text, at)
        },
    )


def glued_headline(characters: Characters, dice: random.Random) -> Characters:
    """The headline on the first line of the text, with a space between or without."""
    end = _text(characters).index("\n")
    start = end + len(_text(characters)[end:]) - len(_text(characters)[end:].lstrip("\n"))
    return [*characters[:end], *[(" ", -1)] * dice.randint(0, 1), *characters[start:]]


def glued_byline(characters: Characters, dice: random.Random) -> Characters:
    """A byline before the first word of the text, no line break between."""
    end = _text(characters).index("\n")
    start = end + len(_text(characters)[end:]) - len(_text(characters)[end:].lstrip("\n"))
    return _put_in(characters, {start: _WRITER.rstrip() if dice.random() < 0.5 else _WRITER})


WAYS: dict[str, Way] = {
    "none": clean,
    "spaces in numbers": spaced_numbers,
    "spaces around numbers": spaces_around_numbers,
    "spaces in words": spaced_words,
    "wrapped lines": wrapped,
    "wrapped lines, some twice": repeated_line,
    "line breaks anywhere": torn_lines,
    "page numbers in sentences": page_numbers,
    "half-width marks": half_width,
    "every second mark half-width": mixed_width,
    "full-width digits": full_digits,
    "letters for digits": letters_for_digits,
    "other decimal points": decimal_points,
    "other percent signs": percent_signs,
    "other dashes": dashes,
    "lost marks": lost_marks,
    "doubled marks": doubled_marks,
    "commas and full stops exchanged": commas_for_stops,
    "separated thousands": thousands,
    "characters that look alike": alike_characters,
    "units that look alike": alike_units,
    "stray marks in sentences": specks,
    "headline on the first line": glued_headline,
    "byline in the text": glued_byline,
}
