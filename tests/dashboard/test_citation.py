"""How a view is cited."""

from __future__ import annotations

import re

import pytest

from dashboard import citation
from dashboard.citation import Cited

LINK = "http://example.org/figures?province=140000&measure=a%7Cb&v=0123abcd"
CITED = Cited("各城市的提案", "山西省 · 会议", "0123abcd4567ef89", LINK, "2026-11-26")


def test_the_chinese_form_has_author_title_kind_version_day_and_link_in_order() -> None:
    assert citation.chinese(CITED, "zh") == (
        "版面（Banmian）. 各城市的提案（山西省 · 会议）[DS/OL]. 数据版本 0123abcd4567ef89. "
        f"[2026-11-26]. {LINK}"
    )


def test_bibtex_keeps_the_link_and_braces_in_balance() -> None:
    entry = citation.bibtex(CITED, "en")
    assert f"url = {{{LINK}}}" in entry
    assert entry.startswith("@misc{banmian-0123abcd-")
    assert entry.count("{") == entry.count("}")
    assert "urldate = {2026-11-26}" in entry


@pytest.mark.parametrize("sign", ["&", "%", "$", "#", "_", "{", "}", "~", "^", "\\"])
def test_bibtex_has_no_commands_of_a_title(sign: str) -> None:
    entry = citation.bibtex(Cited(f"占比{sign}件", "", "ab", "http://x", "2026-11-26"), "zh")
    (title,) = re.findall(r"title = \{(.*)\},", entry)
    assert f"占比{sign}件" not in title
    assert "占比\\" in title


def test_two_views_have_two_keys() -> None:
    other = Cited(CITED.title, CITED.filters, CITED.version, LINK + "1", CITED.day)
    assert citation.bibtex(CITED, "zh").split(",")[0] != citation.bibtex(other, "zh").split(",")[0]


def test_line_breaks_in_a_title_are_spaces() -> None:
    assert "\n" not in citation.chinese(Cited("一\n二", "", "a", "http://x", "d"), "zh")
