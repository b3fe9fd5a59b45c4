"""Links of views and of charts alone."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from dashboard import handing_on, share


@pytest.mark.parametrize(
    ("page", "parameters", "link"),
    [
        ("http://h/figures?x=1", {"a": ("1", "2")}, "http://h/figures?a=1&a=2"),
        ("http://h/", {}, "http://h/"),
        ("http://h/figures", {"measure": ("提案 件|a&b",)}, None),
    ],
)
def test_a_link_is_the_page_and_its_parameters(
    page: str, parameters: dict[str, tuple[str, ...]], link: str | None
) -> None:
    found = share.link(page, parameters)
    if link:
        assert found == link
    assert " " not in found
    assert found.isascii()


@pytest.mark.parametrize(
    ("url", "name", "other", "found"),
    [
        ("http://h/activities?a=1", "activities", "chart", "http://h/chart"),
        ("http://h", "", "chart", "http://h/chart"),
        ("http://h/news/", "", "chart", "http://h/news/chart"),
        ("http://h/news/words", "words", "chart", "http://h/news/chart"),
        ("http://h/news/chart", "chart", "", "http://h/news"),
    ],
)
def test_another_page_stands_beside_this_one(url: str, name: str, other: str, found: str) -> None:
    assert share.sibling(url, name, other) == found


def test_the_code_of_a_frame_is_html_that_names_its_chart() -> None:
    code = share.frame_code("http://h/chart?a=1&b=2", '提案"<b>', 400)
    seen: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, dict(attrs)))

    Reader().feed(code)
    ((tag, attributes),) = seen
    assert tag == "iframe"
    assert attributes["src"] == "http://h/chart?a=1&b=2"
    assert attributes["title"] == '提案"<b>'
    assert "height:460px" in str(attributes["style"])


@pytest.mark.parametrize(
    ("title", "summary", "everything", "tab"),
    [
        ("数字", "山西省", False, "数字 · 山西省 · 版面"),
        ("太原签下一批项目", "全部内容", True, "太原签下一批项目 · 版面"),
        ("长" * 80, "山西省", False, "长" * 59 + "…"),
    ],
)
def test_a_tab_is_named_after_what_is_seen(
    monkeypatch: pytest.MonkeyPatch, title: str, summary: str, everything: bool, tab: str
) -> None:
    class View:
        selection = type("Selection", (), {"is_everything": everything})

        def summary(self) -> str:
            return summary

        def t(self, key: str) -> str:
            return {"app.name": "版面"}[key]

    named: list[str] = []
    monkeypatch.setattr("streamlit.set_page_config", lambda page_title: named.append(page_title))
    handing_on.name_tab(View(), title)  # type: ignore[arg-type]
    assert named == [tab]
