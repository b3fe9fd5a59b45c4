"""Words: cases as data in tests/cases/words.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jieba
import pytest
import yaml

from etl import reference
from etl.extract.segment import cut, segmenter
from tests.etl.articles import read

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "words.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_words_counted(case: dict[str, Any]) -> None:
    found = {one.word: one.pos for one in read(case["text"], case.get("headline")).words}
    assert {word: found.get(word) for word in case["words"]} == case["words"]
    assert not found.keys() & set(case["never"])


def test_counts_are_occurrences() -> None:
    counts = {
        one.word: one.count
        for one in read("樱桃的味道好，茶园也美，大家都爱吃樱桃。", "樱桃丰收").words
    }
    assert counts["樱桃"] == 3 and counts["茶园"] == 1


def test_tokens_are_those_of_jieba() -> None:
    text = "果农们在茶园里采摘今年的第一批樱桃，心里乐开了花。"
    assert segmenter().cut(text, True) == jieba.Tokenizer().lcut(text)


def test_offsets_of_the_cut_hold() -> None:
    text = "果园 里，Wi-Fi\n很快。"
    words = cut(text)
    assert words.starts[-1] == len(text)
    for token, start in zip(words.tokens, words.starts, strict=False):
        assert text[start : start + len(token)] == token


def test_boilerplate_is_only_a_list() -> None:
    assert "高质量发展" in reference.boilerplate()
    assert any(one.word == "高质量发展" for one in read("茶业走上高质量发展之路。").words) or any(
        one.word == "高质量" for one in read("茶业走上高质量发展之路。").words
    )
