"""Small tables in our own words, put together by hand, with spans that hold.

`Page` collects the rows of any number of documents; `write` publishes them as a build does.
Offsets, ids and names of places follow from what is given, so that a test states only what
matters to it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.queries import Tables, open_tables
from etl import divisions, store, tables


@dataclass
class Page:
    """Rows of every table, growing as facts are added."""

    rows: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in tables.TABLES})

    def document(
        self,
        document_id: str,
        publication: str | None,
        issue_date: str | None,
        page: int | None = 1,
    ) -> None:
        self.rows["documents"].append(
            tables.Document(
                document_id=document_id,
                uri=f"{document_id}.txt",
                publication=publication,
                issue_date=issue_date,
                page=page,
            )
        )

    def article(
        self, document_id: str, headline: str, *sentences: str, adcode: str | None = None
    ) -> str:
        """Add an article at the end of a document; its id is the document's and its number."""
        document = next(one for one in self.rows["documents"] if one.document_id == document_id)
        order = 1 + sum(one.document_id == document_id for one in self.rows["articles"])
        article_id = f"{document_id}-{order}"
        start = len(document.text)
        for number, raw in enumerate([headline, *sentences]):
            self._sentence(document, article_id, number, raw)
        document.n_chars = len(document.text)
        body = document.text[start:]
        self.rows["articles"].append(
            tables.Article(
                article_id=article_id,
                document_id=document_id,
                order=order,
                kind="news",
                headline=headline,
                issue_date=document.issue_date,
                ranges=[[start, len(document.text)]],
                n_chars=len(body),
                text=body,
                **place(adcode, document.issue_date),
            )
        )
        return article_id

    def _sentence(self, document: Any, article_id: str, number: int, raw: str) -> None:
        start = len(document.text)
        document.text += raw + "\n"
        self.rows["sentences"].append(
            tables.Sentence(
                sentence_id=f"{article_id}-s{number}",
                article_id=article_id,
                order=number + 1,
                start=start,
                end=start + len(raw),
                raw=raw,
                role="body" if number else "headline",
            )
        )

    def _span(self, article_id: str, raw: str) -> dict[str, Any]:
        """Where `raw` first stands in an article."""
        for one in self.rows["sentences"]:
            if one.article_id == article_id and raw in one.raw:
                start = one.start + one.raw.index(raw)
                span = {"start": start, "end": start + len(raw), "raw": raw}
                return {"article_id": article_id, "sentence_id": one.sentence_id, **span}
        raise ValueError(f"{raw!r} stands in no sentence of {article_id}")

    def _issued(self, article_id: str) -> str | None:
        found = next(one for one in self.rows["articles"] if one.article_id == article_id)
        return str(found.issue_date) if found.issue_date else None

    def figure(
        self, article_id: str, raw: str, value: float | None, adcode: str | None, **more: Any
    ) -> str:
        figure_id = f"f{len(self.rows['figures']) + 1}"
        where = place(adcode, self._issued(article_id))
        span = self._span(article_id, raw)
        self.rows["figures"].append(
            tables.Figure(figure_id=figure_id, value=value, **span, **where, **more)
        )
        return figure_id

    def activity(
        self, article_id: str, raw: str, type: str, adcode: str | None, **more: Any
    ) -> str:
        activity_id = f"a{len(self.rows['activities']) + 1}"
        where = place(adcode, self._issued(article_id))
        span = self._span(article_id, raw)
        self.rows["activities"].append(
            tables.Activity(
                activity_id=activity_id, **{"type": type, "name": raw, **span, **where, **more}
            )
        )
        return activity_id

    def word(self, article_id: str, word: str, count: int, pos: str = "n") -> None:
        self.rows["words"].append(tables.Word(article_id, word, pos, count))

    def add(self, table: str, row: Any) -> None:
        self.rows[table].append(row)

    def write(self, folder: Path) -> Tables:
        """Publish the rows and open them."""
        store.write_tables(folder, self.rows)
        return open_tables(store.resolve(folder))


def place(adcode: str | None, issue_date: str | None) -> dict[str, str | None]:
    """adcode, province, city and county as in force at the issue date."""
    if adcode is None:
        return {"adcode": None, "province": None, "city": None, "county": None}
    year = datetime.date.fromisoformat(issue_date).year if issue_date else None
    province, city, county = divisions.load().path(adcode, year)
    return {"adcode": adcode, "province": province, "city": city, "county": county}


def sample() -> Page:
    """Four documents: two of December 2023, one of 2011 with a code since changed, one undated."""
    page = Page()
    page.document("p1", "示例日报", "2023-12-29", 3)
    page.document("p2", "示例晚报", "2023-12-30", 1)
    page.document("p3", "示例日报", "2011-03-02", 2)
    page.document("p4", None, None, None)
    _shanxi(page)
    _others(page)
    return page


def _shanxi(page: Page) -> None:
    first = page.article(
        "p1",
        "太原与大同的提案",
        "太原今年收到提案320件,其中办结率为98%。",
        "大同收到提案约210件,12月5日在大同召开座谈会。",
        "全省提案共1500件。",
        adcode="140000",
    )
    page.figure(first, "320件", 320, "140100", unit="件", counted="提案", kind="count")
    page.figure(first, "98%", 98, "140100", unit="%", counted="办结率", kind="percent")
    about = {"unit": "件", "counted": "提案", "kind": "count", "approximate": True}
    page.figure(first, "约210件", 210, "140200", **about)
    page.figure(first, "1500件", 1500, "140000", unit="件", counted="提案", kind="count")
    page.activity(first, "座谈会", "meeting", "140200", date="2023-12-05", date_precision="day")
    second = page.article(
        "p1",
        "寿阳的提案",
        "寿阳县收到提案60至80件,四季度开展调研。",
        "去年以来共收到320件的说法不实,985高校也来参加。",
        adcode="140725",
    )
    page.activity(second, "调研", "survey", "140725", date="2023-Q4", date_precision="quarter")
    linked = {"unit": "件", "counted": "提案", "kind": "count", "activity_id": "a2"}
    page.figure(second, "60至80件", 60, "140725", value_high=80, **linked)
    page.figure(second, "320件", 320, "140100", repeats="f1", unit="件", counted="提案")
    page.figure(second, "985", 985, "140725", reportable=False, counted="高校")
    page.word(first, "提案", 4)
    page.word(first, "会议", 2)
    page.word(second, "提案", 3)
    page.word(second, "调研", 3, "v")


def _others(page: Page) -> None:
    beijing = page.article(
        "p2",
        "北京与仙桃的捐赠",
        "朝阳区12月捐赠2.5亿元,仙桃捐赠300万元,全国捐赠很多。",
        adcode="110105",
    )
    money = {"unit": "元", "counted": "捐赠", "kind": "money"}
    page.figure(beijing, "2.5亿元", 250_000_000, "110105", **money)
    page.figure(beijing, "300万元", 3_000_000, "429004", **money)
    page.activity(beijing, "12月捐赠", "donation", "110105", date="2023-12", date_precision="month")
    page.activity(beijing, "全国捐赠", "donation", None)
    page.word(beijing, "捐赠", 5, "v")
    zengcheng = page.article("p3", "增城的提案", "增城收到提案90件。", adcode="440183")
    page.figure(zengcheng, "90件", 90, "440183", unit="件", counted="提案", kind="count")
    page.word(zengcheng, "提案", 1)
    undated = page.article("p4", "没有日期的通知", "太原举行培训。", adcode="140100")
    page.activity(undated, "培训", "training", "140100", date=None)
    page.word(undated, "培训", 1, "v")
