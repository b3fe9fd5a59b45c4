"""An article's text cut into sentences."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from etl import tables
from etl.extract.sentences import split_sentences
from etl.model import Block, Reading

CASES = Path(__file__).parents[1] / "cases" / "sentences.yaml"
RULES = yaml.safe_load(CASES.read_text(encoding="utf-8"))


def reading_of(blocks: list[tuple[str, str]], seams: list[int]) -> Reading:
    """An article whose blocks stand one below the other."""
    text, found = "", []
    for role, line in blocks:
        start = len(text) + bool(text)
        text = f"{text}\n{line}" if text else line
        found.append(Block(role, start, len(text)))
    return Reading("article", text, found, seams=seams)


@pytest.mark.parametrize("case", RULES, ids=[one["rule"] for one in RULES])
def test_rule(case: dict[str, Any]) -> None:
    reading = reading_of([(role, text) for role, text in case["blocks"]], case.get("seams", []))
    found = [reading.text[one.start : one.end] for one in split_sentences(reading)]
    assert found == case["sentences"]


def test_a_sentence_knows_its_place_in_the_article() -> None:
    reading = reading_of([("headline", "修桥"), ("body", "路通了。桥也通了。")], [])
    rows = split_sentences(reading)
    assert [one.sentence_id for one in rows] == ["article-s001", "article-s002", "article-s003"]
    assert [(one.order, one.role, one.paragraph) for one in rows] == [
        (1, "headline", 1),
        (2, "body", 2),
        (3, "body", 2),
    ]


LINES = st.text(alphabet="甲乙。！？.…”（） \n　1", max_size=30)
BLOCKS = st.lists(st.tuples(st.sampled_from(tables.ROLES_OF_TEXT), LINES), max_size=6)


@given(BLOCKS, st.lists(st.integers(0, 100), max_size=4))
def test_any_text_is_cut_without_loss(blocks: list[tuple[str, str]], seams: list[int]) -> None:
    reading = reading_of(blocks, sorted(seams))
    rows = split_sentences(reading)
    assert all(one.start < one.end for one in rows)
    assert all(left.end <= right.start for left, right in pairwise(rows))
    kept = "".join(reading.text[one.start : one.end] for one in rows)
    assert "".join(kept.split()) == "".join(reading.text.split())
    assert rows == split_sentences(reading)
