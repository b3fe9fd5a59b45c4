"""Places: cases as data in tests/cases/places.yaml, and what holds for any text."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.places import find_places, implied_division, settle_article
from etl.extract.places.gazetteer import texts
from etl.extract.sentences import split_sentences
from etl.model import Block, Reading

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "places.yaml").read_text(encoding="utf-8")
)
SHARED = Path(__file__).parents[3] / "shared"


def read(
    text: str,
    *,
    year: int | None = 2023,
    roles: list[str] | None = None,
    headline: str | None = None,
    publication: str | None = None,
) -> Reading:
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        role = roles[number] if roles and number < len(roles) else "body"
        if line.strip():
            blocks.append(Block(role, at, at + len(line)))
        at += len(line) + 1
    date = datetime.date(year, 6, 1) if year else None
    reading = Reading("a", text, blocks, headline, publication, date)
    reading.sentences = split_sentences(reading)
    reading.places = find_places(reading)
    reading.place = settle_article(reading)
    return reading


def rules(group: str) -> list[Any]:
    return [pytest.param(case, id=case["rule"]) for case in CASES[group]]


@pytest.mark.parametrize("case", rules("mentions"))
def test_mentions(case: dict[str, Any]) -> None:
    places = read(case["text"], year=case.get("year", 2023)).places
    assert [[one.raw, one.adcode] for one in places] == case["mentions"]


@pytest.mark.parametrize("case", rules("articles"))
def test_article_place(case: dict[str, Any]) -> None:
    text = case["text"] * case.get("repeat", 1) + case.get("tail", "")
    place = read(
        text,
        roles=case.get("roles"),
        headline=case.get("headline"),
        publication=case.get("publication"),
    ).place
    assert (place.adcode, place.basis) == (case["adcode"], case.get("basis"))


@pytest.mark.parametrize("case", rules("implied"))
def test_implied_division(case: dict[str, Any]) -> None:
    reading = read(case["text"])
    offset = case["text"].index(case["at"])
    assert implied_division(reading, case["scope"], offset) == case["adcode"]


def test_context_tells_a_body_from_an_event() -> None:
    places = read("吕梁市政协承办。山西文化博览会开幕。山西下了雪。").places
    assert [one.context for one in places] == ["organisation", "event", "plain"]


def test_an_open_name_is_not_certain() -> None:
    (place,) = read("鼓楼区新开了三家书店。").places
    assert not place.certain and place.name is None and place.level is None


NAMES = st.sampled_from(texts())
PIECES = st.one_of(
    NAMES, st.sampled_from(["、", "和", "。", "\n", "在", "的", "市", "区", "(", "·"])
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25))
def test_spans_hold_in_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    reading = read(text)
    ends = 0
    for place in reading.places:
        assert place.start >= ends and text[place.start : place.end] == place.raw
        assert (place.adcode is None) == (place.name is None) == (place.level is None)
        ends = place.end
    assert reading.places == read(text).places


@pytest.mark.shared
def test_places_of_the_real_page() -> None:
    page = (SHARED / "seeds" / "page.txt").read_bytes().decode()
    gold = json.loads((SHARED / "gold" / "page.json").read_text(encoding="utf-8"))
    wrong: list[str] = []
    expected = 0
    for article in gold["articles"]:
        pieces = [range(*span) for span in article["ranges"]]
        offsets = [at for piece in pieces for at in [*piece, -1]]
        reading = read("".join(page[at] if at >= 0 else "\n" for at in offsets))
        found = {
            (offsets[one.start], offsets[one.end - 1] + 1, one.adcode) for one in reading.places
        }
        told = [one for one in gold["places"] if any(one["start"] in piece for piece in pieces)]
        sure = {(one["start"], one["end"], one["adcode"]) for one in told if one["sure"]}
        unsure = {(one["start"], one["end"]) for one in told if not one["sure"]}
        expected += len(sure)
        wrong += [page[start:end] for start, end, _ in sure - found]
        wrong += [page[start:end] for start, end, _ in found - sure if (start, end) not in unsure]
    assert len(wrong) <= 0.02 * expected, wrong
