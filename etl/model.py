"""What passes between the stages: a page's articles, and one article under extraction."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from etl import tables
from etl.spans import START
from etl.text import MappedText, normalise


@dataclass(frozen=True, slots=True)
class Block:
    """A part of an article's clean text with one role (see `tables.ROLES_OF_TEXT`).

    A body block is one paragraph. Blocks stand in order, do not overlap, and leave out nothing
    but the line breaks between them.
    """

    role: str
    start: int
    end: int


class Misread(NamedTuple):
    """The characters of a text from `start` on are read as `meant`, which is as long."""

    start: int
    meant: str
    confidence: float


@dataclass(slots=True)
class PageArticle:
    """One article as page repair found it: clean text, its blocks, and what its lines say.

    The clean text has the document's characters; `misread` are those that are read as others.
    """

    article_id: str
    order: int
    kind: str
    mapped: MappedText
    blocks: list[Block]
    kicker: str | None = None
    headline: str | None = None
    subheadline: str | None = None
    byline: list[str] = field(default_factory=list)
    continued_from: int | None = None
    flags: list[str] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)
    said: SaidPlace | None = None


@dataclass(frozen=True, slots=True)
class SaidPlace:
    """The division that a person says an article is about, None where it is about no one place.

    `expected` is what the machine said when they did, in a tuple; empty where that is not known.
    """

    adcode: str | None
    correction_id: str
    expected: tuple[str | None, ...] = ()


@dataclass(slots=True)
class PageReading:
    """All articles of a document in reading order, and every decision that led to them."""

    articles: list[PageArticle]
    repairs: list[tables.Repair]


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """The division an article is about, and what that rests on (`tables.PLACE_BASES`)."""

    adcode: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    basis: str | None = None


@dataclass(slots=True)
class Reading:
    """One article under extraction: its text, and what the extractors found so far.

    Every offset in here, in the rows too, counts into `text`; `etl.extract.locate` carries them
    to the document at the end. `normal` is `text` with full-width forms as ASCII, same length.
    `bodies` has every mention of an organisation or programme, `organisations` the first of each.
    `said` is the place that a person gave the article, which goes before all evidence.
    """

    article_id: str
    text: str
    blocks: list[Block]
    headline: str | None = None
    publication: str | None = None
    issue_date: datetime.date | None = None
    seams: list[int] = field(default_factory=list)
    said: SaidPlace | None = None
    normal: str = ""
    sentences: list[tables.Sentence] = field(default_factory=list)
    dates: list[tables.Date] = field(default_factory=list)
    places: list[tables.Place] = field(default_factory=list)
    place: ArticlePlace = field(default_factory=ArticlePlace)
    organisations: list[tables.Organisation] = field(default_factory=list)
    bodies: list[tables.Organisation] = field(default_factory=list)
    people: list[tables.Person] = field(default_factory=list)
    figures: list[tables.Figure] = field(default_factory=list)
    activities: list[tables.Activity] = field(default_factory=list)
    words: list[tables.Word] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.normal = self.normal or normalise(self.text)

    def sentence_at(self, offset: int) -> tables.Sentence:
        """The sentence that holds `offset`, or the nearest one before it."""
        index = bisect_right(self.sentences, offset, key=START) - 1
        return self.sentences[max(index, 0)]

    @property
    def year(self) -> int | None:
        """The issue's year, for the divisions in force."""
        return self.issue_date.year if self.issue_date else None
