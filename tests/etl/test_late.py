"""Patterns that are compiled late: nothing that they fit is passed over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import reference
from etl.extract.activities import status
from etl.late import Late
from etl.page import imprints, noise, patterns

WRITERS = ("记者", "通讯员", "评论员", "撰稿", "撰稿人", "实习生")
CREDITS = patterns._CREDIT_WORD.removeprefix("(?:").removesuffix(")").split("|")


@pytest.mark.parametrize("writer", WRITERS)
def test_a_byline_with_any_profession_is_looked_at(writer: str) -> None:
    assert patterns.BYLINE.match(f"本报{writer} 张小三") is not None


@pytest.mark.parametrize("word", CREDITS)
@pytest.mark.parametrize("mark", " :/")
def test_a_byline_with_any_word_of_a_credit_is_looked_at(word: str, mark: str) -> None:
    assert patterns.BYLINE.match(f"{word}{mark}张小三") is not None


@settings(max_examples=20, deadline=None)
@given(st.from_regex(imprints._LABELLED.compiled))
def test_what_a_label_fits_has_what_it_needs(text: str) -> None:
    assert imprints._LABELLED.needs.search(text)


@settings(max_examples=50, deadline=None)
@given(st.from_regex(noise._parts().telling))
def test_what_tells_furniture_may_tell_it(text: str) -> None:
    assert noise._MAY_TELL.search(text)


@pytest.mark.parametrize("brackets", ["()", "[]", "【】", "（）", "［］", "（)"])
def test_an_imprint_in_any_brackets_is_looked_for(brackets: str) -> None:
    text = f"水库已经蓄水。{brackets[0]}记者 张小三{brackets[1]}"
    assert imprints.imprint_at_end(text) == text.index(brackets[0])


@pytest.mark.parametrize("word", reference.words("activity_words", "advice"))
@pytest.mark.parametrize("before", ["", "到此为止。", "三、"])
def test_advice_with_any_of_its_words_is_looked_for(word: str, before: str) -> None:
    assert status._advice().search(f"{before}{word}:多栽树") is not None


def test_a_pattern_is_compiled_for_the_first_text_that_may_fit() -> None:
    late = Late("b+c", needs="b")
    assert late.match("ac") is None and "compiled" not in vars(late)
    assert late.match("bac") is None and "compiled" in vars(late)
    assert late.search("abbc") is not None
