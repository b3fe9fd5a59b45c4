"""Each page as Streamlit runs it, without a browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard import boundaries, bundled, data, language, parts, share
from dashboard.charts import plain
from dashboard.navigation import PAGES
from dashboard.queries import open_tables
from dashboard.selection import Selection
from etl import store
from tests import newsroom

App = Callable[..., Any]


def html(test: Any) -> str:
    """All HTML of a page."""
    return "".join(str(one.value) for one in test.html)


def headline(test: Any) -> dict[str, tuple[str, str]]:
    """The numbers that head the overview: name → number and the page that it leads to."""
    link = re.compile(r"bm-number' href='([^'?]*)[^>]*><strong>([^<]*)</strong> ([^<]*)</a>")
    return {name: (number, page) for page, number, name in link.findall(html(test))}


def shown(test: Any) -> str:
    """All words of a page."""
    kinds = (test.title, test.header, test.subheader, test.markdown, test.caption, test.info)
    return html(test) + "".join(str(one.value) for kind in kinds for one in kind)


@pytest.mark.parametrize("chosen", language.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(app: App, page: str, chosen: str) -> None:
    test = app(page, lang=chosen)
    assert not test.exception
    assert not test.error
    assert test.title[0].value == language.text(chosen, f"{page}.title")


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page not in ("figures", "place", "quality", "review", "add")]
)
def test_nothing_found_says_what_to_do(app: App, page: str) -> None:
    test = app(page, from_="1990-01-01", to="1990-01-02")
    assert not test.exception
    assert test.info[0].title == language.text("zh", "empty.title")


def test_overview_counts_what_the_tables_hold(app: App) -> None:
    assert headline(app("overview")) == {
        "文章": ("4", "articles"),
        "活动": ("4", "activities"),
        "数字": ("6", "figures"),
        "省份": ("2", "map"),
        "城市": ("4", "map"),
    }


def test_overview_says_that_dates_without_a_year_stay_open(app: App) -> None:
    assert language.text("zh", "about.undated", count=1) in [one.value for one in app().warning]


def test_figures_of_a_province_are_those_of_its_cities_alone(app: App) -> None:
    words = shown(app("figures", province=newsroom.SHANXI))
    assert "太原市" in words
    assert "112.6亿元" in words
    assert "郑州市" not in words


def test_a_city_without_a_figure_is_not_reported_and_not_zero(app: App) -> None:
    words = html(app("figures", province=newsroom.SHANXI))
    unreported = words.split("未报告（不等于没有）：")[1].split("</p>")[0]
    assert "运城市" in unreported
    assert "太原市" not in unreported
    assert "运城市</a> 0" not in words


def test_a_figure_leads_to_its_sentence(app: App) -> None:
    test = app("articles", article="p1-1", figure="f1")
    words = html(test)
    assert "bm-this' title='投资 · 太原市 · 把握 100%'>112.6亿元</span>" in words
    assert "id='chosen'" in words
    assert words.index("<mark>112.6亿元</mark>") < words.index("<article")


def test_marks_of_each_kind_stand_in_the_article(app: App) -> None:
    words = html(app("articles", article="p1-1"))
    for kind, raw in (("date", "12月18日"), ("place", "太原市"), ("activity", "签约仪式")):
        assert f"bm-m bm-{kind}" in words.split(f">{raw}</span>")[0].rsplit("<span", 1)[1]


def test_markup_in_an_article_stays_text(app: App) -> None:
    words = html(app("articles", article="p1-1"))
    assert "<b>粗体" not in words
    assert "&lt;b&gt;粗体" in words


@pytest.mark.parametrize("parameters", [{"article": "gone"}, {"article": "<script>"}])
def test_a_link_to_an_article_that_is_gone_shows_the_list(
    app: App, parameters: dict[str, str]
) -> None:
    test = app("articles", **parameters)
    assert test.warning[0].value == language.text("zh", "articles.unknown")
    assert not test.error


def test_a_link_to_a_figure_that_is_gone_still_shows_the_article(app: App) -> None:
    test = app("articles", article="p1-1", figure="gone")
    assert test.warning[0].value == language.text("zh", "reader.no_such_fact")
    assert "<article" in html(test)


def test_period_of_the_activities_comes_from_the_address(app: App) -> None:
    test = app("activities", per="quarter")
    assert test.session_state["choice_per"] == "quarter"
    assert app("activities", per="decade").session_state["choice_per"] == "auto"


def test_words_of_two_regions_stand_side_by_side(app: App) -> None:
    titles = html(app("words", region=[newsroom.SHANXI, newsroom.HENAN]))
    first = [one[:3] for one in titles.split("bm-chart-title'>")[1:3]]
    assert first == ["山西省", "河南省"]


@pytest.mark.parametrize(
    ("page", "parameters", "name"),
    [
        ("words", {}, "words"),
        ("search", {}, "words"),
        ("place", {"place": "140100"}, "words"),
        ("search", {"q": "提案"}, "search"),
        ("chart", {"page_": "words", "chart": "words"}, "words"),
    ],
)
def test_a_page_says_what_is_still_being_made_for_it(
    app: App, monkeypatch: pytest.MonkeyPatch, page: str, parameters: dict[str, str], name: str
) -> None:
    monkeypatch.setattr(data, "is_being_made", lambda tables, asked: asked == name)
    monkeypatch.setattr(data, "share_made", lambda tables, asked: 0.25)
    test = app(page, **parameters)
    assert not test.exception
    (bar,) = test.get("progress")
    assert (bar.proto.value, bar.proto.text) == (25, language.text("zh", f"data.preparing_{name}"))


def test_a_profile_tells_what_a_city_reports_and_what_lies_around_it(app: App) -> None:
    test = app("place", place=newsroom.TAIYUAN)
    assert not test.error
    assert test.header[0].value == "太原市"
    words = html(test)
    for name, count in (("文章", 1), ("活动", 1), ("数字", 2)):
        assert f"<strong>{count}</strong> {name}" in words
    assert "place?place=140000" in words
    assert "大同市</a> <b>1 篇" in words
    assert "没有报道（9）：" in words
    assert "<mark>112.6亿元</mark>" in words
    assert "郑州市" not in words


def test_a_place_without_reports_is_told_apart_from_0(app: App) -> None:
    test = app("place", place="460200")
    assert test.info[0].title == language.text("zh", "place.silent_title")
    assert not test.metric


@pytest.mark.parametrize("place", [None, "999999", "<b>", "太原"])
def test_an_unknown_place_offers_those_that_report(app: App, place: str | None) -> None:
    test = app("place", **({"place": place} if place else {}))
    assert not test.error
    assert len(test.warning) == (1 if place else 0)
    assert "place?place=140100" in html(test)
    assert "place" not in test.query_params


def test_the_profile_of_an_old_code_is_that_of_its_successor(app: App) -> None:
    test = app("place", place="440183")
    assert test.header[0].value == "增城区"
    assert any("440183" in one.value for one in test.caption)
    assert test.query_params["place"] in ("440183", ["440183"])


def test_a_profile_keeps_the_other_filters(app: App) -> None:
    test = app("place", place=newsroom.TAIYUAN, type="visit")
    assert test.info[0].title == language.text("zh", "place.silent_title")
    assert "place?type=visit&amp;place=140000" in html(test)


@pytest.mark.parametrize("page", ["overview", "activities", "figures", "articles"])
def test_place_names_in_lists_lead_to_their_profile(app: App, page: str) -> None:
    assert "place?place=140100' target='_self'>太原市</a>" in html(app(page))


@pytest.mark.parametrize("by", ["activities", "articles", "figures", "measure"])
def test_the_map_shows_every_province_and_tells_who_reports_nothing(app: App, by: str) -> None:
    test = app("map", by=by)
    assert not test.error
    words = html(test)
    assert "place?place=140000" in words
    assert "没有报道（32）：" in words
    assert "海南省</a> <b>0" not in words


def test_a_chosen_province_shows_its_cities(app: App) -> None:
    words = html(app("map", province=newsroom.SHANXI))
    assert "太原市</a> <b>1</b>" in words
    assert "没有报道（9）：" in words


@pytest.mark.parametrize("by", ["activities", "articles", "figures", "measure"])
def test_the_map_of_points_lists_the_cities_that_report_most(app: App, by: str) -> None:
    test = app("map", form="points", by=by, province=newsroom.SHANXI)
    assert not test.exception
    words = html(test)
    assert "太原市</a> <b>" in words
    assert "郑州市" not in words
    assert [one.value for one in test.caption if "9 个城市没有报道" in one.value] or by == "measure"


def test_the_map_of_points_is_empty_where_nothing_is_reported(app: App) -> None:
    assert app("map", form="points", province="460000").info


def test_a_map_without_outlines_says_what_the_owner_can_do(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(boundaries.VARIABLE, raising=False)
    assert boundaries.VARIABLE in app("map", form="outlines").info[0].value
    monkeypatch.setenv(boundaries.VARIABLE, "/nothing/here")
    assert "here" in app("map", form="outlines").error[0].value


@pytest.mark.parametrize("page", ["overview", "activities", "figures", "words", "articles"])
def test_a_province_without_reports_is_empty_and_not_everything(app: App, page: str) -> None:
    test = app(page, province="460000")
    assert not test.error
    assert "海南省" in html(test)
    assert "太原市" not in shown(test)


def test_the_bars_of_words_name_their_region(app: App) -> None:
    test = app("words", region=[newsroom.SHANXI, newsroom.HENAN])
    words = html(test)
    titles = words.split("bm-chart-title'>")[1:]
    # The clouds of both, then the bars of both.
    assert ["山西省" in one for one in titles] == [True, False, True, False]
    assert ["河南省" in one for one in titles] == [False, True, False, True]


def test_every_column_that_is_handed_on_has_a_name_and_a_meaning(tables_folder: Path) -> None:
    tables, everything = open_tables(store.resolve(tables_folder)), Selection()
    measure = tables.measures(everything)["measure_id"][0]
    frames = [
        tables.activity_counts(everything, "month"),
        tables.activities(everything, 1, 0),
        tables.with_sentences(tables.city_figures(everything, measure)),
        tables.figures(everything, 1, 0),
        tables.words(everything, None, True, 1),
    ]
    names = {name for frame in frames for name in frame}
    for group in ("column", "meaning"):
        unsaid = [name for name in sorted(names) if not language.has("zh", f"{group}.{name}")]
        assert (group, unsaid) == (group, [])


def chart_names(test: Any) -> list[str]:
    """The names of a page's charts."""
    return [one.name for one in test.session_state["parts"].parts if isinstance(one, parts.Chart)]


@pytest.mark.parametrize("page", ["overview", "activities", "figures", "map"])
def test_each_chart_of_a_page_can_be_shown_alone(app: App, page: str) -> None:
    whole = app(page, province=newsroom.SHANXI)
    specs = looks(whole)
    names = chart_names(whole)
    assert len(names) == len(specs) > 0
    for name, spec in zip(names, specs, strict=True):
        alone = app("chart", page_=page, chart=name, province=newsroom.SHANXI)
        assert not alone.exception
        assert looks(alone) == [spec]
        assert not alone.title


def looks(test: Any) -> list[Any]:
    """The charts as they are drawn, without what clicking a mark does."""
    specs = [json.loads(one.proto.spec) for one in test.get("plotly_chart")]
    for spec in specs:
        for way in plain.CLICKS:
            spec["layout"].pop(way, None)
    return specs


@pytest.mark.parametrize(
    "parameters", [{}, {"page_": "../app", "chart": "x"}, {"page_": "figures", "chart": "nosuch"}]
)
def test_a_chart_that_is_not_there_is_told(app: App, parameters: dict[str, str]) -> None:
    test = app("chart", **parameters)
    assert not test.exception
    assert [one.value for one in test.info] == [language.text("zh", "chart.gone")]


def test_a_link_of_other_data_says_so(app: App, tables_folder: Path) -> None:
    now = share.short(store.version(store.resolve(tables_folder)))
    changed = language.text("zh", "share.changed", then="0123abcd", now=now)
    assert [one.value for one in app("figures", v="0123abcd").info] == [changed]
    assert [one.value for one in app("figures", v=now).info] == []
    assert [one.value for one in app("figures", v="<b>x</b>").info] == []


def test_a_fault_in_a_page_is_told_in_words(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("dashboard.queries.Tables.newest", fail)
    test = app("overview")
    assert test.error[0].title == language.text("zh", "failed.title")
    assert "secret" not in shown(test)
    assert not test.exception


@pytest.mark.parametrize("state", ["missing", "empty", "damaged"])
def test_tables_that_cannot_be_read_are_told_in_words(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    folder = tmp_path / state
    if state != "missing":
        folder.mkdir()
    if state == "damaged":
        newsroom.newspaper().write(folder)
        (folder / "figures.parquet").resolve().write_bytes(b"no parquet")

    def start() -> Any:
        monkeypatch.setenv("BANMIAN_TABLES", str(folder))
        from streamlit.testing.v1 import AppTest

        return AppTest.from_file(str(bundled.ROOT / "app.py"), default_timeout=30).run()

    test = start()
    assert not test.exception
    assert str(folder) in test.error[0].value


def test_new_tables_are_shown_at_the_next_click(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.newspaper().write(tmp_path)
    test = app("overview")
    monkeypatch.setenv("BANMIAN_TABLES", str(tmp_path))
    assert headline(test.run())["文章"] == ("4", "articles")
    page = newsroom.newspaper()
    page.article("p1", "又一条", "太原市又有新消息。", adcode=newsroom.TAIYUAN)
    page.write(tmp_path)
    assert headline(test.run())["文章"] == ("5", "articles")


def test_a_search_shows_hits_with_their_words_set_off(app: App) -> None:
    test = app("search", q="提案")
    assert not test.error
    assert "<mark>提案</mark>" in html(test)
    assert "<a class='bm-in bm-headline' href='articles?article=p1-1'" in html(test)
    assert test.query_params["q"] in ("提案", ["提案"])


@pytest.mark.parametrize(("kind", "word"), [("activities", "签约仪式"), ("figures", "320件")])
def test_a_search_lists_activities_and_figures(app: App, kind: str, word: str) -> None:
    test = app("search", q="太原", in_=kind)
    assert word in html(test)
    assert test.query_params["in"] in (kind, [kind])


def test_a_search_for_nothing_offers_words_and_one_without_hits_helps(app: App) -> None:
    assert "search?q=" in html(app("search"))
    test = app("search", q="提案 无此词")
    assert test.info[0].title == language.text("zh", "search.none")
    assert "提案</a> 2 篇" in html(test)


def test_a_search_keeps_the_filters(app: App) -> None:
    words = html(app("search", q="提案", province=newsroom.HENAN))
    assert "洛阳" in words
    assert "太原" not in words


def test_a_sentence_leads_to_what_was_made_of_it_and_back(app: App) -> None:
    words = html(app("articles", article="p1-1"))
    assert "href='#made-2'" in words
    made = words.split("id='made-2'")[1].split("</section>")[0]
    assert "href='#at-2'" in made
    assert "id='at-2'" in words
    for raw in ("112.6亿元", "12月18日", "签约仪式"):
        assert f"<b>{raw}</b>" in made
    assert "依据：按出版日推算" in made


def test_what_is_inferred_is_marked(app: App) -> None:
    words = html(app("articles", article="p1-1"))
    date = words.split(">12月18日</span>")[0].rsplit("<span", 1)[1]
    assert "bm-inferred" in date


def test_the_page_as_it_stood_is_beside_the_article(app: App) -> None:
    test = app("articles", article="p1-1")
    source = html(test).split("class='bm-page'")[1]
    assert "bm-show-clean" in html(test)
    assert "<span class='bm-other'>大同请委员上门" in source
    test = app("articles", article="p1-1", pane="source")
    assert "bm-show-source" in html(test)
    assert test.query_params["pane"] in ("source", ["source"])


def test_a_source_of_one_article_is_not_shown_twice(app: App) -> None:
    test = app("articles", article="p2-1")
    assert "class='bm-page'" not in html(test)
    assert language.text("zh", "reader.same") in [one.value for one in test.caption]
