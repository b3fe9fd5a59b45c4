"""How well page repair puts broken pages together: `python -m tests.page_measure`.

Prints the table of docs/accuracy.md from pages made of the stories beside the project
(`../shared/corpora`), dressed in the styles of `tests.page_styles` and broken in the ways of
`tests.page_breaker`. The stories are read where they lie and stay there.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from etl import tables
from etl.model import PageArticle, PageReading
from etl.page import ranges, read_document
from etl.text import normalise
from scripts.fit_character_pairs import KEPT_OUT
from tests.page_breaker import Breaks, Broken, Span, Whole, break_page
from tests.page_styles import dress, picture, with_sections

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "broadcast_news.jsonl.gz"
_LABEL = re.compile(r"【[^】]*】|\[[^\]]*\]")
_BROADCAST = re.compile(
    r"^(?:央视网消息|中国网络电视台消息)\s*[（(][^）)]*[)）]\s*[：:]\s*|本台消息，"
)
PAGES, STORIES = 40, 8
Story = tuple[str, list[str]]

WAYS: dict[str, Breaks] = {
    "none": Breaks(),
    "no blank lines": Breaks(between="\n"),
    "half-width marks": Breaks(half_width=True),
    "40 % of the paragraphs cut": Breaks(cut=0.4),
    "cut, and 30 % of the pieces moved": Breaks(cut=0.4, move=0.3),
    "repeats": Breaks(cut=0.2, repeat=0.5),
    "running heads, with cuts": Breaks(cut=0.3, running_head=0.5),
    "notices and advertisements": Breaks(advert=0.4, cut=0.1),
    "pictures inside articles": Breaks(picture=0.6),
    "stray marks": Breaks(stray=0.2, cut=0.1),
    "spaced headlines": Breaks(spaced=0.6),
    "wrapped lines, no blank lines": Breaks(wrap=18, between="\n"),
    "wrapped lines, indented": Breaks(wrap=20, between="\n", indent="\u3000\u3000"),
    "wrapped lines, a blank line after each": Breaks(wrap=22, between="\n\n", apart="\n\n"),
    "wrapped and cut": Breaks(wrap=17, cut=0.3, between="\n"),
    "two columns, line by line": Breaks(wrap=18, columns=0.5, between="\n"),
    "two columns on one line": Breaks(wrap=18, columns=0.5, gutter=True, between="\n"),
    "30 % of the headlines lost": Breaks(lose_headline=0.3),
    "everything at once": Breaks(
        cut=0.3, move=0.2, repeat=0.2, running_head=0.3, lose_headline=0.1, advert=0.15,
        picture=0.2, stray=0.05, half_width=True,
    ),
}  # fmt: skip


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
    dropped: int = 0
    dropped_right: int = 0
    dropped_wrong: int = 0
    heads: int = 0
    heads_right: int = 0
    bylines: int = 0
    bylines_right: int = 0

    def add(self, other: Measures) -> None:
        """Take in another page's counts."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def __str__(self) -> str:
        return " | ".join(self.cells())

    def cells(self) -> list[str]:
        """The shares: exact, order, recovered, strange, noise left out, headlines, bylines."""
        pairs = (
            (self.exact, self.articles),
            (self.seams_right, self.seams),
            (self.recovered, self.characters),
            (self.dropped_right, self.dropped),
            (self.dropped_wrong, self.characters),
            (self.heads_right, self.heads),
            (self.bylines_right, self.bylines),
        )
        return [f"{right / of:.3f}" if of else "–" for right, of in pairs]


def measure(broken: Broken, reading: PageReading, wholes: list[Whole] | None = None) -> Measures:
    """How much of the truth the reading has.

    exact: extent the same to 95 % and pieces in the same order. seams: neighbouring lines of an
    article that follow one another. recovered: characters in the article that holds most of their
    article. strange: characters of other articles in it. dropped: characters of the page's
    furniture left out. Headlines and bylines are compared where `wholes` say them.
    """
    found = [_offsets(ranges(one, broken.text), broken.text) for one in reading.articles]
    sets = [set(one) for one in found]
    result = Measures(found=len(found))
    for number, spans in enumerate(broken.articles):
        wanted = _offsets(spans, broken.text)
        if not wanted:
            continue
        wanted_set = set(wanted)
        result.articles += 1
        result.characters += len(wanted)
        if not found:
            continue
        best = max(range(len(found)), key=lambda at: len(sets[at] & wanted_set))
        common = sets[best] & wanted_set
        same = [one for one in found[best] if one in common] == [
            one for one in wanted if one in common
        ]
        result.recovered += len(common)
        result.strange += len(sets[best] - wanted_set)
        result.exact += same and len(common) >= 0.95 * len(sets[best] | wanted_set)
        _measure_seams(spans, reading, result)
        if wholes:
            _measure_head(wholes[number], number in broken.lost, reading.articles[best], result)
    _measure_dropped(broken, reading, result)
    return result


def _measure_head(whole: Whole, lost: bool, article: PageArticle, result: Measures) -> None:
    """Count headline and byline, white space in the headline left out."""
    if whole.headline and not lost:
        result.heads += 1
        wanted = _plain(whole.headline)
        result.heads_right += _plain(article.headline or "").endswith(wanted)
    if whole.byline and not lost:
        result.bylines += 1
        result.bylines_right += sorted(article.byline) == sorted(whole.byline)


def _plain(text: str) -> str:
    return normalise("".join(text.split()))


def _measure_dropped(broken: Broken, reading: PageReading, result: Measures) -> None:
    left_out = [(one.start, one.end) for one in reading.repairs if one.kind in ("noise", "repeat")]
    given = set(_offsets(left_out, broken.text))
    wanted = set(_offsets(broken.dropped, broken.text))
    result.dropped += len(wanted)
    result.dropped_right += len(given & wanted)
    result.dropped_wrong += len(given - wanted)


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


def stories(path: Path = CORPUS) -> list[Story]:
    """Title and paragraphs of the corpus's stories of two to fourteen paragraphs."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, KEPT_OUT, None, 10):
            row = json.loads(line)
            title = _LABEL.sub("", row["title"]).strip()
            text = [_BROADCAST.sub("", one.strip()) for one in row["text"].split("\n")]
            text = [one for one in text if one]
            if 2 <= len(text) <= 14 and 8 <= len(title) <= 30 and all(map(_prose, text)):
                found.append((title, text))
    return found


def _prose(paragraph: str) -> bool:
    return len(paragraph) > 25 and paragraph[-1] in "。！？”"


def page_of(source: list[Story], breaks: Breaks, seed: int) -> list[Whole]:
    """Stories drawn with `seed` and dressed as one paper's articles.

    On every second page all have a word of their headlines in common: papers and their pages have
    themes, and there articles are harder to tell apart.
    """
    dice = random.Random(seed)
    drawn = dice.sample(_of_one_theme(source, dice) if seed % 2 else source, STORIES)
    wholes = [dress(title, text, dice) for title, text in drawn]
    wholes = [_sectioned(one, dice) for one in wholes]
    if breaks.picture:
        return [one for whole in wholes for one in _with_picture(whole, breaks, dice)]
    return wholes


def _of_one_theme(source: list[Story], dice: random.Random) -> list[Story]:
    """The stories that have two characters of some story's headline in theirs, 20 to 300."""
    while True:
        title = dice.choice(source)[0]
        at = dice.randrange(len(title) - 1)
        found = [one for one in source if title[at : at + 2] in one[0]]
        if 20 <= len(found) <= 300:
            return found


def _sectioned(whole: Whole, dice: random.Random) -> Whole:
    """The article, a long one without a lead more often than others with section heads."""
    lead = whole.paragraphs[0].startswith(("本报", "据新华社"))
    long = len(whole.paragraphs) >= 6
    return with_sections(whole, dice) if dice.random() < (0.05 if lead else 0.4) * long else whole


def _with_picture(whole: Whole, breaks: Breaks, dice: random.Random) -> list[Whole]:
    return [whole, picture(dice)] if dice.random() < breaks.picture else [whole]


def run(source: list[Story], breaks: Breaks, pages: int = PAGES) -> Measures:
    """The measures of `pages` pages broken in one way."""
    total = Measures()
    for seed in range(pages):
        wholes = page_of(source, breaks, seed)
        broken = break_page(wholes, breaks, seed)
        document = tables.Document("page", "page.txt", text=broken.text)
        total.add(measure(broken, read_document(document), wholes))
    return total


def main() -> int:
    """Print the table; 3 where the shared stories are missing."""
    if not CORPUS.exists():
        print("The stories are not beside the project (../shared).")
        return 3
    source = stories()
    print("| break | exact | order | recovered | noise out | text out | headlines | bylines |")
    print("|---|---|---|---|---|---|---|---|")
    for name, breaks in WAYS.items():
        print(f"| {name} | {run(source, breaks)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
