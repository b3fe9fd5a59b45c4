"""Whole articles → a page as character recognition leaves it, with the truth known.

`break_page` sets articles one after the other and then breaks them the way real pages are
broken: sentences cut at a column's end, pieces out of order, stretches printed twice, headlines
lost, running heads between columns, lines wrapped. `measure` compares a reading with the truth.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from etl.model import PageReading
from etl.page import ranges
from etl.text import normalise

Span = tuple[int, int]
_EDGE = 20
_HANGING = "，。、；：！？”）》,;:!?)%"
_MIDDLE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Whole:
    """An article as it was written; `top` holds kicker, headline, subheadline and byline lines."""

    top: list[str]
    paragraphs: list[str]
    headline: str | None = None
    byline: list[str] = field(default_factory=list)
    kind: str = "news"


@dataclass(frozen=True, slots=True)
class Breaks:
    """How a page is broken: chances from 0 to 1, and how its lines are set."""

    cut: float = 0.0
    move: float = 0.0
    repeat: float = 0.0
    lose_headline: float = 0.0
    running_head: float = 0.0
    wrap: int = 0
    between: str = "\n\n"
    half_width: bool = False


@dataclass(slots=True)
class Broken:
    """A broken page, and per article its spans in reading order."""

    text: str = ""
    articles: list[list[Span]] = field(default_factory=list)
    dropped: list[Span] = field(default_factory=list)
    cuts: int = 0
    moves: int = 0


@dataclass(slots=True)
class _Piece:
    article: int
    part: int
    lines: list[str]
    repeated: str = ""


def whole_from(row: dict[str, Any]) -> Whole:
    """An article as tests/cases/page_articles.yaml writes it."""
    return Whole(
        top=row.get("top", []),
        paragraphs=row["paragraphs"],
        headline=row.get("headline"),
        byline=row.get("byline", []),
        kind=row.get("kind", "news"),
    )


def break_page(wholes: list[Whole], breaks: Breaks, seed: int) -> Broken:
    """The page that `breaks` make of `wholes`; equal seeds give equal pages."""
    dice = random.Random(seed)
    broken = Broken()
    stories = [_pieces(whole, at, breaks, dice) for at, whole in enumerate(wholes)]
    broken.cuts = sum(len(story) - 1 for story in stories)
    pieces = [piece for story in stories for piece in story]
    pieces = _moved(pieces, breaks, dice, broken)
    _print(pieces, len(wholes), breaks, dice, broken)
    return broken


def _pieces(whole: Whole, article: int, breaks: Breaks, dice: random.Random) -> list[_Piece]:
    """One article cut in mid-sentence, once per long paragraph at the most."""
    top = [] if dice.random() < breaks.lose_headline else list(whole.top)
    pieces = [_Piece(article, 0, top)]
    for paragraph in whole.paragraphs:
        if breaks.half_width:
            paragraph = _half_width(paragraph)
        spots = [
            one.start()
            for one in _MIDDLE.finditer(paragraph, _EDGE, max(_EDGE, len(paragraph) - _EDGE))
        ]
        if not spots or dice.random() >= breaks.cut:
            pieces[-1].lines.append(paragraph)
            continue
        at = dice.choice(spots)
        pieces[-1].lines.append(paragraph[:at])
        pieces.append(_Piece(article, len(pieces), [paragraph[at:]]))
    return pieces


def _half_width(text: str) -> str:
    return "".join(normalise(one) if one in "，：；（）！？" else one for one in text)


def _moved(
    pieces: list[_Piece], breaks: Breaks, dice: random.Random, broken: Broken
) -> list[_Piece]:
    """The pieces, some of the later ones of an article moved in front of another article."""
    stay = [one for one in pieces if not one.part or dice.random() >= breaks.move]
    move = [one for one in pieces if not any(one is other for other in stay)]
    for piece in move:
        fronts = [at for at, one in enumerate(stay) if not one.part and at] + [len(stay)]
        stay.insert(dice.choice(fronts), piece)
    broken.moves = len(move)
    return stay


def _print(
    pieces: list[_Piece], count: int, breaks: Breaks, dice: random.Random, broken: Broken
) -> None:
    """Set the pieces as lines, noting where each article's text stands."""
    spans: dict[tuple[int, int], list[Span]] = {}
    out = ""
    for piece in pieces:
        here = spans.setdefault((piece.article, piece.part), [])
        if dice.random() < breaks.running_head:
            month, day, number = dice.randint(1, 12), dice.randint(1, 28), dice.randint(1, 16)
            head = f"青禾日报 2021年{month}月{day}日 星期四 第{number}版"
            broken.dropped.append((len(out), len(out) + len(head)))
            out += head + breaks.between
        for line in piece.lines:
            start = len(out)
            out += _wrapped(line, breaks.wrap)
            here.append((start, len(out)))
            out += breaks.between
        out = _repeat(out, here, breaks, dice, broken)
    broken.text = out
    broken.articles = [
        [span for (one, _), found in sorted(spans.items()) if one == article for span in found]
        for article in range(count)
    ]


def _repeat(out: str, here: list[Span], breaks: Breaks, dice: random.Random, broken: Broken) -> str:
    """Print 50 characters of the piece's last paragraph a second time, over text that is lost."""
    if not here or here[-1][1] - here[-1][0] < 62 or dice.random() >= breaks.repeat:
        return out
    start, end = here[-1]
    copy = out[start + 5 : start + 55]
    at = start + 60
    lost = min(50, max(0, end - at - 40))
    here[-1] = (start, end + 50 - lost)
    broken.dropped.append((at, at + 50))
    return out[:at] + copy + out[at + lost :]


def _wrapped(line: str, width: int) -> str:
    """The line broken after every `width` full-width characters, punctuation hanging behind."""
    if not width:
        return line
    out, room = "", float(width)
    for one in line:
        room -= 0.5 if one < "\u0100" else 1.0
        if room < 0 and one not in _HANGING:
            out += "\n"
            room = width - (0.5 if one < "\u0100" else 1.0)
        out += one
    return out


@dataclass(slots=True)
class Measures:
    """Counts over one or more pages."""

    articles: int = 0
    exact: int = 0
    found: int = 0
    seams: int = 0
    seams_right: int = 0
    characters: int = 0
    recovered: int = 0
    strange: int = 0

    def add(self, other: Measures) -> None:
        """Take in another page's counts."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __str__(self) -> str:
        return (
            f"exact {self.exact}/{self.articles} = {self.exact / max(1, self.articles):.3f} "
            f"(found {self.found}); order of pieces {self.seams_right}/{self.seams} = "
            f"{self.seams_right / max(1, self.seams):.3f}; recovered "
            f"{self.recovered / max(1, self.characters):.3f}; strange "
            f"{self.strange / max(1, self.characters):.4f}"
        )


def measure(broken: Broken, reading: PageReading) -> Measures:
    """How much of the truth the reading has.

    exact: extent the same to 95 % and pieces in the same order. seams: neighbouring lines of an
    article that follow one another. recovered: characters in the article that holds most of their
    article. strange: characters of other articles in it.
    """
    found = [_offsets(ranges(one, broken.text), broken.text) for one in reading.articles]
    sets = [set(one) for one in found]
    result = Measures(found=len(found))
    for spans in broken.articles:
        wanted = _offsets(spans, broken.text)
        if not wanted:
            continue
        wanted_set = set(wanted)
        best = max(range(len(found)), key=lambda at: len(sets[at] & wanted_set))
        common = sets[best] & wanted_set
        same = [one for one in found[best] if one in common] == [
            one for one in wanted if one in common
        ]
        result.articles += 1
        result.characters += len(wanted)
        result.recovered += len(common)
        result.strange += len(sets[best] - wanted_set)
        result.exact += same and len(common) >= 0.95 * len(sets[best] | wanted_set)
        _measure_seams(spans, reading, result)
    return result


def _measure_seams(spans: list[Span], reading: PageReading, result: Measures) -> None:
    """Count the pairs of neighbouring lines that follow one another in some article."""
    follows: dict[int, int] = {}
    for article in reading.articles:
        pieces = article.mapped.pieces
        for left, right in pairwise(pieces):
            follows[left.source + left.length] = right.source
        for piece in pieces:
            for (_, end), (start, _) in pairwise(spans):
                if piece.source <= end and start < piece.source + piece.length and end <= start:
                    follows.setdefault(end, start)
    for (_, end), (start, _) in pairwise(spans):
        result.seams += 1
        result.seams_right += follows.get(end) == start


def _offsets(spans: Any, text: str) -> list[int]:
    return [at for start, end in spans for at in range(start, end) if not text[at].isspace()]
