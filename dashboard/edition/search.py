"""The search of an edition: an index in small files that a script asks for as it needs them.

For each pair of neighbouring characters the numbers of the sentences that have it, as gaps in base
36, in files by the first character; the sentences themselves in files of a few hundred. A query
reads the one or two files of its pairs and the sentences that it shows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dashboard.edition.site import Site
from dashboard.search_index import clean

# Sentences in a file, and postings in a file at the most, about.
CHUNK, SHARD = 200, 8_000
MOST_SHARDS = 4_096
# Ends a sentence, so that its last character is the first of a pair, too.
END = "\n"

Postings = dict[str, list[int]]


def write(site: Site, folder: Path) -> int:
    """Write the index into a folder; how many sentences it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    sentences = _sentences(site)
    articles, starts, ranks = _articles(site, sentences)
    postings = _postings(text for _, _, text in sentences)
    shards = _shards(postings)
    for number, first in enumerate(range(0, len(sentences), CHUNK)):
        some = [[name, text] for _, name, text in sentences[first : first + CHUNK]]
        _dump(folder / f"s{number}.json", some)
    for number, shard in enumerate(shards):
        _dump(folder / f"p{number}.json", {pair: _gaps(found) for pair, found in shard.items()})
    about = {
        "version": site.version,
        "sentences": len(sentences),
        "chunk": CHUNK,
        "shards": len(shards),
        "starts": _gaps(starts),
        "ranks": _gaps(ranks),
    }
    _dump(folder / "index.json", about)
    for number, first in enumerate(range(0, len(articles), CHUNK)):
        _dump(folder / f"a{number}.json", articles[first : first + CHUNK])
    return len(sentences)


def _dump(path: Path, content: Any) -> None:
    said = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(said, encoding="utf-8")


Sentence = tuple[str, str, str]


def _sentences(site: Site) -> list[Sentence]:
    """Article's id, sentence's id and text: the latest issue first, in the order of the text."""
    rows = site.tables.rows(
        """SELECT article_id, sentence_id, raw FROM sentences JOIN heads USING (article_id)
        ORDER BY rank, sentences."order", sentence_id"""
    )
    return [(article, name, clean(raw)) for article, name, raw in rows]


def _articles(
    site: Site, sentences: Sequence[Sentence]
) -> tuple[list[list[Any]], list[int], list[int]]:
    """What a hit says of its article, in the order of the sentences; where each begins; its place.

    An entry is id, headline or null, issue or null, newspaper or null. The place is that among all
    articles, from 0, by which the filters know it.
    """
    known = {row[0]: row for row in site.tables.rows(_ARTICLES)}
    articles: list[list[Any]] = []
    starts: list[int] = []
    ranks: list[int] = []
    for number, (article, _, _) in enumerate(sentences):
        if not articles or articles[-1][0] != article:
            _, headline, issue, publication, rank = known[article]
            named = " ".join(headline.split()) if headline else None
            articles.append([article, named, issue, publication])
            starts.append(number)
            ranks.append(rank - 1)
    return articles, starts, ranks


_ARTICLES = """
    SELECT article_id, headline, issue_date, publication, rank FROM heads
"""


def _postings(texts: Iterator[str]) -> Postings:
    """Each pair of characters, and the numbers of the sentences that have it."""
    found: Postings = defaultdict(list)
    for number, text in enumerate(texts):
        whole = text.lower() + END
        for pair in sorted({whole[at : at + 2] for at in range(len(whole) - 1)}):
            found[pair].append(number)
    return found


def _shards(postings: Postings) -> list[Postings]:
    """The pairs in files by their first character, so that one character is one file."""
    total = sum(map(len, postings.values()))
    count = max(1, min(MOST_SHARDS, -(-total // SHARD)))
    shards: list[Postings] = [{} for _ in range(count)]
    for pair in sorted(postings):
        shards[ord(pair[0]) % count][pair] = postings[pair]
    return shards


def _gaps(numbers: Sequence[int]) -> str:
    """Rising numbers as the gaps between them, in base 36: 3, 5, 40 is `3 2 z`."""
    before, parts = 0, []
    for one in numbers:
        parts.append(_base36(one - before))
        before = one
    return " ".join(parts)


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits
