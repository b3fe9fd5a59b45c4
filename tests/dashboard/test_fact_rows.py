"""A figure's row shows its number within two lines, whatever its sentence looks like."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dashboard.fact_rows import BEFORE, sentence_around
from dashboard.rows import told_of


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


@pytest.mark.parametrize(
    ("organiser", "told"),
    [("山东省", ["两项签约"]), ("山东省政府", ["山东省政府", "两项签约"]), (None, ["两项签约"])],
)
def test_a_place_is_not_said_again_as_the_organiser(organiser: str | None, told: list[str]) -> None:
    row = SimpleNamespace(
        province="山东省", city=None, county=None, organiser=organiser, headline="两项签约"
    )
    assert told_of(row) == told
