"""A small newspaper in our own words: what the dashboard's tests look at.

Two provinces with two reporting cities each, one city that another measure knows only, one
article with markup in its text, one without an issue date.
"""

from __future__ import annotations

from etl import tables
from tests.dashboard.factory import Page

SHANXI, HENAN = "140000", "410000"
TAIYUAN, DATONG, ZHENGZHOU, LUOYANG = "140100", "140200", "410100", "410300"
MARKUP = "<b>粗体</b>与[链接](http://example.org)"


def newspaper() -> Page:
    """The rows of every table."""
    page = Page()
    page.document("p1", "示例政协报", "2023-12-29", 3)
    page.document("p2", "示例政协报", "2023-11-20", 1)
    page.document("p3", None, None, None)
    _taiyuan(page)
    _datong(page)
    _henan(page)
    _undated(page)
    return page


def _taiyuan(page: Page) -> None:
    article = page.article(
        "p1",
        "太原签下一批项目",
        "12月18日，太原市举行签约仪式，到场的企业带来投资共112.6亿元。",
        f"会上展出的牌子写着{MARKUP}。",
        "仪式之后，太原市办理提案320件。",
        adcode=TAIYUAN,
    )
    signing = page.activity(
        article, "签约仪式", "signing", TAIYUAN, date="2023-12-18", date_precision="day"
    )
    money = {"unit": "元", "counted": "投资", "kind": "money"}
    page.figure(article, "112.6亿元", 11_260_000_000, TAIYUAN, activity_id=signing, **money)
    page.figure(article, "320件", 320, TAIYUAN, unit="件", counted="提案", kind="count")
    _date(page, article, "12月18日", "2023-12-18")
    _place(page, article, "太原市", TAIYUAN)
    for word, count in (("投资", 4), ("项目", 3), ("签约", 2)):
        page.word(article, word, count)


def _datong(page: Page) -> None:
    article = page.article(
        "p1",
        "大同请委员上门",
        "大同市政协的委员走访社区，一年走访45次，听到意见约210件。",
        adcode=DATONG,
    )
    page.activity(article, "走访社区", "visit", DATONG, date="2023-12", date_precision="month")
    page.figure(article, "45次", 45, DATONG, unit="次", counted="走访", kind="count")
    about = {"unit": "件", "counted": "提案", "kind": "count", "approximate": True}
    page.figure(article, "约210件", 210, DATONG, confidence=0.4, **about)
    for word, count in (("委员", 5), ("社区", 3)):
        page.word(article, word, count)


def _henan(page: Page) -> None:
    article = page.article(
        "p2",
        "郑州洛阳两地协商",
        "11月15日，郑州市召开协商会，收到提案98件；洛阳市收到提案76件。",
        adcode=ZHENGZHOU,
    )
    page.activity(
        article, "协商会", "consultation", ZHENGZHOU, date="2023-11-15", date_precision="day"
    )
    proposals = {"unit": "件", "counted": "提案", "kind": "count"}
    page.figure(article, "98件", 98, ZHENGZHOU, **proposals)
    page.figure(article, "76件", 76, LUOYANG, **proposals)
    for word, count in (("协商", 6), ("提案", 4)):
        page.word(article, word, count)


def _undated(page: Page) -> None:
    article = page.article("p3", "没有日期的简讯", "洛阳市办了一期培训。", adcode=LUOYANG)
    page.activity(article, "培训", "training", LUOYANG)
    page.word(article, "培训", 1)


def _span(page: Page, article: str, raw: str) -> dict[str, object]:
    for one in page.rows["sentences"]:
        if one.article_id == article and raw in one.raw:
            start = one.start + one.raw.index(raw)
            return {
                "article_id": article,
                "sentence_id": one.sentence_id,
                "start": start,
                "end": start + len(raw),
                "raw": raw,
            }
    raise ValueError(raw)


def _date(page: Page, article: str, raw: str, iso: str) -> None:
    page.add("dates", tables.Date(iso=iso, basis="issue_date", **_span(page, article, raw)))


def _place(page: Page, article: str, raw: str, adcode: str) -> None:
    span = _span(page, article, raw)
    page.add("places", tables.Place(adcode=adcode, name=raw, level="city", **span))
