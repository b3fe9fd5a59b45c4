"""Where a line may break: cases and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import line_breaks

TEXTS = st.text(alphabet="会议最多的省份报道活动，。：（《》）项 12.5a-b年", max_size=60)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        (
            "云南省报道的活动最多：389 项中有 28 项",
            24,
            ["云南省报道的活动最多：", "389 项中有 28 项"],
        ),
        ("按月统计（单位：项）。", 14, ["按月统计", "（单位：项）。"]),
        ("从一版报纸，到每个数字", 12, ["从一版报纸，", "到每个数字"]),
        ("A chart of all meetings", 15, ["A chart of all", "meetings"]),
        # Nothing but 数字 would be left for the last line.
        ("能找回原句的数字", 12, ["能找回", "原句的数字"]),
    ],
)
def test_a_line_breaks_between_words(text: str, limit: int, expected: list[str]) -> None:
    assert line_breaks.lines(text, limit) == expected


@given(TEXTS, st.integers(4, 40))
def test_lines_keep_the_text_and_fit(text: str, limit: int) -> None:
    found = line_breaks.lines(text, limit)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(line_breaks.columns(one) <= limit for one in found[:-1])


def test_lines_of_a_title_are_of_one_length() -> None:
    title = "云南省报道的活动最多：389 项中有 28 项"
    assert line_breaks.lines(title, 34) == ["云南省报道的活动最多：389 项中有", "28 项"]
    assert line_breaks.balanced(title, 34) == ["云南省报道的活动最多：", "389 项中有 28 项"]


@given(TEXTS)
def test_pieces_are_the_text(text: str) -> None:
    assert "".join(line_breaks.pieces(text)) == text


def test_what_is_breakable_is_escaped() -> None:
    assert line_breaks.breakable("<b>会议</b>").replace("<wbr>", "") == "&lt;b&gt;会议&lt;/b&gt;"
