"""A figure's row shows its number within two lines, whatever its sentence looks like."""

from __future__ import annotations

import pytest

from dashboard.fact_rows import BEFORE, sentence_around


@pytest.mark.parametrize(
    ("sentence", "raw", "shown"),
    [
        ("全市办理提案98件。", "98件", "全市办理提案<mark>98件</mark>。"),
        ("<b>提案</b>98件", "98件", "&lt;b&gt;提案&lt;/b&gt;<mark>98件</mark>"),
        ("办理提案\n98件", "98件", "办理提案 <mark>98件</mark>"),
        ("没有这个数字", "98件", "没有这个数字"),
        ("长" * 80 + "98件", "98件", "…" + "长" * BEFORE + "<mark>98件</mark>"),
    ],
)
def test_a_sentence_begins_near_its_number(sentence: str, raw: str, shown: str) -> None:
    assert sentence_around(sentence, raw) == shown
