"""Whole articles → a page as character recognition leaves it, with the truth known.

`break_page` sets articles one after the other and then breaks them the way real pages are
broken: sentences cut at a column's end, pieces out of order, stretches printed twice, headlines
lost, running heads, notices and pictures between columns, lines wrapped, two columns read as
one. `tests.page_measure` compares a reading with the truth.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

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
    """How a page is broken: chances from 0 to 1, and how its lines are set.

    `between` stands between paragraphs and `apart` between articles, `indent` before a paragraph.
    `columns` is the chance that two neighbouring articles, their lines wrapped, are read as one:
    line by line, or with a `gutter` of white space between them on one line.
    """

    cut: float = 0.0
    move: float = 0.0
    repeat: float = 0.0
    lose_headline: float = 0.0
    running_head: float = 0.0
    advert: float = 0.0
    picture: float = 0.0
    stray: float = 0.0
    spaced: float = 0.0
    columns: float = 0.0
    gutter: bool = False
    wrap: int = 0
    between: str = "\n\n"
    apart: str = ""
    indent: str = ""
    half_width: bool = False


@dataclass(slots=True)
class Broken:
    """A broken page, and per article its spans in reading order; `lost` articles have no head."""

    text: str = ""
    articles: list[list[Span]] = field(default_factory=list)
    dropped: list[Span] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)
    cuts: int = 0
    moves: int = 0


@dataclass(slots=True)
class _Piece:
    """Lines that stay together: part `part` of an article, or, with article -1, of none."""

    article: int
    part: int
    lines: list[str]
    tops: int = 0


@dataclass(slots=True)
class _Row:
    """A printed line; `goes_on` where the paragraph goes on in the next, `twice` a repeat in it."""

    article: int
    part: int
    text: str
    goes_on: bool = False
    last: bool = False
    indented: bool = False
    twice: Span | None = None


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
    wholes = [_with_marks(whole, breaks, dice) for whole in wholes]
    stories = [_pieces(whole, at, breaks, dice, broken) for at, whole in enumerate(wholes)]
    broken.cuts = sum(len(story) - 1 for story in stories)
    if breaks.columns:
        rows = _in_columns(stories, breaks, dice)
    else:
        pieces = [piece for story in stories for piece in story]
        pieces = _with_strangers(_moved(pieces, breaks, dice, broken), breaks, dice)
        rows = [[row] for piece in pieces for row in _rows(piece, breaks, dice)]
    _print(rows, len(wholes), breaks, broken)
    return broken


def _with_marks(whole: Whole, breaks: Breaks, dice: random.Random) -> Whole:
    """The article with its punctuation, spaced headline and stray marks."""
    top, paragraphs = whole.top, whole.paragraphs
    if breaks.half_width:
        top, paragraphs = (
            [_half_width(one) for one in top],
            [_half_width(one) for one in paragraphs],
        )
    if top and dice.random() < breaks.spaced:
        top = [" ".join(one) if one == whole.headline else one for one in top]
    paragraphs = [
        f"{dice.choice('■●|▲')}{one}" if dice.random() < breaks.stray else one for one in paragraphs
    ]
    return replace(whole, top=top, paragraphs=paragraphs)


def _half_width(text: str) -> str:
    return "".join(normalise(one) if one in "，：；（）！？" else one for one in text)


def _pieces(
    whole: Whole, article: int, breaks: Breaks, dice: random.Random, broken: Broken
) -> list[_Piece]:
    """One article cut in mid-sentence, once per long paragraph at the most; no caption is cut."""
    top = list(whole.top)
    if dice.random() < breaks.lose_headline:
        top = []
        broken.lost.add(article)
    pieces = [_Piece(article, 0, top, len(top))]
    for paragraph in whole.paragraphs:
        spots = [
            one.start()
            for one in _MIDDLE.finditer(paragraph, _EDGE, max(_EDGE, len(paragraph) - _EDGE))
        ]
        if not spots or whole.kind == "caption" or dice.random() >= breaks.cut:
            pieces[-1].lines.append(paragraph)
            continue
        at = dice.choice(spots)
        pieces[-1].lines.append(paragraph[:at])
        pieces.append(_Piece(article, len(pieces), [paragraph[at:]]))
    return pieces


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


def _with_strangers(pieces: list[_Piece], breaks: Breaks, dice: random.Random) -> list[_Piece]:
    """The pieces with running heads, notices and stray marks between them."""
    from tests.page_styles import advert, furniture  # it makes wholes of this module

    found: list[_Piece] = []
    for piece in pieces:
        if dice.random() < breaks.running_head:
            found.append(_Piece(-1, 0, [furniture(dice)]))
        if not piece.part and dice.random() < breaks.advert:
            found.append(_Piece(-1, 0, advert(dice)))
        if dice.random() < breaks.stray:
            found.append(_Piece(-1, 0, [dice.choice("■●|▲◆—")]))
        found.append(piece)
    if dice.random() < breaks.advert:
        found.append(_Piece(-1, 0, advert(dice)))
    return found


def _rows(piece: _Piece, breaks: Breaks, dice: random.Random) -> list[_Row]:
    """The piece's printed lines; the last paragraph may have 50 characters printed twice."""
    rows: list[_Row] = []
    for at, line in enumerate(piece.lines):
        twice = None
        if at == len(piece.lines) - 1 and piece.article >= 0 and len(line) >= 62:
            line, twice = _repeated(line, breaks, dice)
        parts = _wrapped(line, breaks.wrap if at >= piece.tops else 0)
        rows += [_Row(piece.article, piece.part, part, True) for part in parts]
        rows[-len(parts)].indented = at >= piece.tops and piece.article >= 0 and bool(breaks.indent)
        rows[-1].goes_on = False
        if len(parts) == 1:
            rows[-1].twice = twice
    if rows:
        rows[-1].last = True
    return rows


def _repeated(line: str, breaks: Breaks, dice: random.Random) -> tuple[str, Span | None]:
    """The line with 50 of its characters a second time, over text that is lost."""
    if breaks.wrap or dice.random() >= breaks.repeat:
        return line, None
    lost = min(50, max(0, len(line) - 100))
    return line[:60] + line[5:55] + line[60 + lost :], (60, 110)


def _in_columns(
    stories: list[list[_Piece]], breaks: Breaks, dice: random.Random
) -> list[list[_Row]]:
    """Neighbouring articles side by side: their rows by turns, or both on one line."""
    rows = [[row for piece in story for row in _rows(piece, breaks, dice)] for story in stories]
    found: list[list[_Row]] = []
    at = 0
    while at < len(rows):
        if at + 1 < len(rows) and dice.random() < breaks.columns:
            for left, right in zip_longest(rows[at], rows[at + 1]):
                pair = [one for one in (left, right) if one]
                found += [pair] if breaks.gutter else [[one] for one in pair]
            at += 2
        else:
            found += [[row] for row in rows[at]]
            at += 1
    return found


def _print(rows: list[list[_Row]], count: int, breaks: Breaks, broken: Broken) -> None:
    """Set the rows as lines, noting where each article's text stands."""
    spans: dict[tuple[int, int], list[Span]] = {}
    before: _Row | None = None
    for line in rows:
        for place, row in enumerate(line):
            if place:
                broken.text += "\u3000" * max(2, breaks.wrap + 2 - len(line[0].text))
            broken.text += breaks.indent if row.indented else ""
            start = len(broken.text)
            broken.text += row.text
            _note(row, start, before, spans, broken)
            before = row
        end = line[-1]
        apart = breaks.apart if end.last and breaks.apart else breaks.between
        broken.text += "\n" if end.goes_on or breaks.columns else apart
    broken.articles = [
        [span for (one, _), found in sorted(spans.items()) if one == article for span in found]
        for article in range(count)
    ]


def _note(
    row: _Row,
    start: int,
    before: _Row | None,
    spans: dict[tuple[int, int], list[Span]],
    broken: Broken,
) -> None:
    """Note where a row stands; rows of one paragraph below each other are one span."""
    end = start + len(row.text)
    if row.article < 0:
        broken.dropped.append((start, end))
        return
    here = spans.setdefault((row.article, row.part), [])
    goes_on = before is not None and before.goes_on
    if here and before and goes_on and (before.article, before.part) == (row.article, row.part):
        here[-1] = (here[-1][0], end)
    else:
        here.append((start, end))
    if row.twice:
        broken.dropped.append((start + row.twice[0], start + row.twice[1]))


def _wrapped(line: str, width: int) -> list[str]:
    """The line broken after every `width` full-width characters, punctuation hanging behind."""
    if not width:
        return [line]
    rows, room = [""], float(width)
    for one in line:
        room -= 0.5 if one < "\u0100" else 1.0
        if room < 0 and one not in _HANGING:
            rows.append("")
            room = width - (0.5 if one < "\u0100" else 1.0)
        rows[-1] += one
    return rows
