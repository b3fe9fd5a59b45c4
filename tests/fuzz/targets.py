"""Each parser as a function of bytes that raises where something does not hold.

What a parser says in words (a reject, WrongRequestError, CorrectionsError) holds. Any other
exception, a span that is not its text, a row that no table can hold, is a finding.
"""

from __future__ import annotations

import atexit
import functools
import json
import math
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from etl import build, corrections, extraction, sources, store, tables
from etl.corrections import said
from etl.corrections.values import WrongValueError
from etl.intake.dropped import safe_name
from etl.plan import Corrected
from etl.sources import Defaults, Rejected, Source, pdf
from etl.sources.common import document_id, iso_date
from tests.fuzz import inputs
from tests.fuzz.inputs import MARKUP, TEXT_POOL, Inputs

# A longer text is read by the target `page`; here only that it was taken out whole is looked at.
READ_TOO = 3000
STORY = "太原市5月18日召开座谈会，收到提案20件，大同市收到提案约3.5万件。\n"
# What a date of a precision looks like, as in `etl.check`.
FORMS = {
    "day": r"\d{4}-\d\d-\d\d",
    "month": r"\d{4}-\d\d",
    "quarter": r"\d{4}-Q[1-4]",
    "year": r"\d{4}",
    "range": r"[\dQ-]+/[\dQ-]+",
}
SPANNED = ("sentences", "dates", "places", "people", "organisations", "figures", "activities")


@dataclass(frozen=True)
class Target:
    """A parser: what it is given, what is checked, and files that are sound."""

    check: Callable[[bytes], None]
    inputs: Callable[[], Inputs]
    share: float = 1.0


def page(data: bytes) -> None:
    """A page's text → every table. A first byte that is even stands for an undated issue."""
    text = data.decode("utf-8", "replace")
    _whole(_document(text, "2023-12-29" if len(text) % 4 else None))


def _document(text: str, issued: str | None) -> tables.Document:
    name = document_id("fuzz.txt", None, "0" * 64)
    return tables.Document(
        name, "fuzz.txt", issue_date=issued, publication="示例政协报", text=text, n_chars=len(text)
    )


def _whole(document: tables.Document) -> None:
    """Read it; every span holds, every row fits into its table."""
    rows = extraction.read(document)
    for table, some in rows.items():
        store.to_arrow(table, some)
    for article in rows["articles"]:
        assert all(0 <= a <= b <= len(document.text) for a, b in article.ranges), article.ranges
    for table in SPANNED:
        for one in rows[table]:
            assert document.text[one.start : one.end] == one.raw, (table, one.start, one.raw)
            assert one.start < one.end, (table, one)
    for one in rows["figures"]:
        for value in (one.value, one.value_high):
            assert value is None or math.isfinite(value), one
    for one in rows["dates"]:
        assert one.iso is None or re.fullmatch(FORMS[one.precision], one.iso), one
    for one in rows["activities"]:
        assert one.date is None or re.fullmatch(FORMS[one.date_precision], one.date), one


def _unseen(*_: object) -> None:
    """In place of recognising a scan, which is the work of models and takes a minute."""
    raise Rejected("a scan")


def file(ending: str) -> Callable[[bytes], None]:
    """A file of one kind → documents and rejects."""

    def check(data: bytes) -> None:
        pdf.document_of = _unseen
        path = _folder() / f"fuzz{ending}"
        path.write_bytes(data)
        ids = set()
        for item in sources.read(Source(path, path.name, len(data)), Defaults()):
            if isinstance(item, tables.Reject):
                assert item.reason, item
                item.reason.encode()
                assert "Traceback" not in item.reason, item
                continue
            assert isinstance(item, tables.Document)
            assert item.n_chars == len(item.text) > 0, item.n_chars
            assert item.document_id not in ids or ending not in (".txt", ".md"), item.document_id
            ids.add(item.document_id)
            store.to_arrow("documents", [item])
            if len(item.text) <= READ_TOO and len(ids) <= 3:
                _whole(item)

    return check


@functools.cache
def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="banmian-fuzz-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def corrected(data: bytes) -> None:
    """A corrections file → entries, written again as they were, replayed on a page."""
    try:
        journal = corrections.parsed(data, "fuzz.jsonl")
    except corrections.CorrectionsError as error:
        str(error).encode()
        return
    for entry in journal.entries:
        assert corrections.parse(corrections.line(entry)) == entry
    document = _document(STORY * 3, "2024-05-20")
    standing = corrections.by_document(journal).get(("fuzz.txt", None), [])
    (rows,) = build._read_or_reject([Corrected(document, standing)])
    assert not rows.get("rejects"), rows["rejects"]
    for table, some in rows.items():
        store.to_arrow(table, some)


def typed(data: bytes) -> None:
    """What a person writes into a field → a value that the form shows again."""
    text = data.decode("utf-8", "replace")
    for read in (said.number, said.date, lambda one: said.place(one, 2023), iso_date):
        try:
            found = read(text)
        except (WrongValueError, ValueError):
            continue
        if isinstance(found, float):
            assert math.isfinite(found)
            assert said.number(said.as_number(found)) == found


def named(data: bytes) -> None:
    """The name of a file that somebody gives → one that leads nowhere."""
    name = safe_name(data.decode("utf-8", "surrogatepass" if data.isascii() else "replace"))
    assert name and len(name.encode()) < 400, name
    assert not set(name) & set("/\\\0\n\r") and not name.startswith("."), name
    assert (_folder() / name).resolve().parent == _folder().resolve(), name
    assert safe_name(name) == name, (name, safe_name(name))


@functools.cache
def _tables() -> Any:
    from tests.newsroom import newspaper

    return newspaper().write(_folder() / "tables")


def asked(data: bytes) -> None:
    """An address → what its page shows first, its chart as data, the feed."""
    from dashboard.service import charts, feed, first
    from dashboard.service.asked import Asked, WrongRequestError, view_of
    from dashboard.service.files import records
    from dashboard.service.first import PATHS, first_of

    found = _tables()
    try:
        query = Asked.of(parse_qsl(data.decode("latin-1"), keep_blank_values=True))
        view = view_of(query, found)
        feed.made("http://site.example", query, found)
        for page in sorted(set(PATHS.values()))[: 1 + len(data) % 12]:
            made = first_of(page, query, found, "http://site.example", query.query())
            whole = first.filled(b'<title>Streamlit</title><div id="root">', made)
            assert b"<script>alert" not in whole.replace(b"</title>", b""), page
        chart = charts.find(view, query)
    except WrongRequestError as error:
        str(error).encode("utf-8", "surrogatepass")
        return
    if chart:
        json.dumps(records(chart.chart.data), allow_nan=False)
        chart.chart.draw(False).to_dict()


@functools.cache
def _index() -> Any:
    from dashboard.search_index import open_index

    return open_index(_tables().folder, _folder() / "index")


def searched(data: bytes) -> None:
    """A search → what it finds, everything that holds its words, nothing else."""
    from dashboard import rows
    from dashboard.concordance import keyword_html
    from dashboard.queries.search import LONGEST, MOST_WORDS, Search, words_of
    from dashboard.selection import Selection

    query = data.decode("utf-8", "replace")
    words = words_of(query)
    assert len(words) <= MOST_WORDS and all(one and len(one) <= LONGEST * 3 for one in words)
    if not words:
        return
    everything = Selection()
    search = Search(_tables(), _index(), words)
    counts = search.found(everything)
    frames = (search.articles, search.activities, search.figures)
    for ask, most in zip(frames, (counts.articles, counts.activities, counts.figures), strict=True):
        assert len(ask(everything, 100)) == most
        for row in rows.records(ask(everything, 5)):
            html = rows.quote(rows.around(row.sentence, words), *words)
            html += keyword_html(row.sentence, words[0])
            assert "<script" not in html and "<b>粗体" not in html


def escaped(data: bytes) -> None:
    """A text of an article → what is written into pages: nothing of it is markup."""
    from lxml import html as lxml_html

    from dashboard import rows

    text = data.decode("utf-8", "replace")
    for made in (rows.escaped(text), rows.quote(text, text[:3])):
        # What no XML can hold, the judge of this test cannot read.
        clean = re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", made)
        tags = {one.tag for one in lxml_html.fragment_fromstring(clean, create_parent="div").iter()}
        assert tags <= {"div", "mark", "span", "blockquote", "p", "q", "b"}, (tags, made)


def _entries() -> Inputs:
    from hypothesis import strategies as st

    raw = ["20件", "5月18日", "太原市", "座谈会", "约3.5万件"]
    tables_ = ["figures", "activities", "dates", "places", "people", "articles", "documents", 3]
    spot = st.sampled_from(raw)
    any_value = st.one_of(
        st.none(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(
            ["140100", "2024-05-18", "event", "meeting", "2024-02-30", "0", "x" * 3000]
        ),
    )
    columns = "value unit counted adcode kind status reportable name type date iso to after role id"
    change = st.dictionaries(st.sampled_from(columns.split()), any_value, max_size=3)
    actions = ["change", "reject", "add", "accept", "undo", "split", "join", "order", "x", None]
    where = st.one_of(st.integers(-2, 140), st.sampled_from([2**41, 1.5, "3", True]))

    def entry(
        number: int, words: str, start: Any, action: Any, table: Any, new: Any, old: Any
    ) -> str:
        at = STORY.find(words) if isinstance(start, int) and start % 2 else start
        end = at + len(words) if isinstance(at, int) else at
        return json.dumps(
            {
                "id": f"c{number}",
                "table": table,
                "uri": "fuzz.txt",
                "start": at,
                "end": end,
                "raw": words,
                "action": action,
                "change": new,
                "expect": old,
                "reason": "看过",
                "who": "王",
                "when": "2026-11-26",
            }
        )

    line = st.builds(
        entry,
        st.integers(0, 30),
        spot,
        where,
        st.sampled_from(actions),
        st.sampled_from(tables_),
        change,
        st.one_of(st.just({}), change),
    )
    undo = st.builds(
        lambda a, b: json.dumps(
            {
                "id": f"u{a}",
                "action": "undo",
                "undoes": f"c{b}",
                "reason": "",
                "who": "王",
                "when": "2026-11-26",
            }
        ),
        st.integers(0, 5),
        st.integers(0, 30),
    )
    lines = st.lists(st.one_of(line, line, undo), max_size=6).map(
        lambda one: "\n".join(one).encode()
    )
    return st.one_of(lines, lines, inputs.records(4), inputs.bent(list(_lines(lines))))


def _lines(_: Inputs) -> Iterator[bytes]:
    from etl.corrections import Correction, line

    start = STORY.index("20件")
    made = Correction(
        "c1",
        "figures",
        "fuzz.txt",
        start,
        start + 3,
        "20件",
        "change",
        "看过",
        "王",
        "2026-11-26",
        change={"value": 21.0},
    )
    yield (line(made) + "\n").encode()


def _addresses() -> Inputs:
    from dashboard.service.first import PATHS

    names = [
        "page",
        "chart",
        "province",
        "city",
        "type",
        "from",
        "to",
        "lang",
        "per",
        "by",
        "measure",
        "place",
        "region",
        "words",
        "q",
        "of",
        "word",
        "article",
        "activity",
        "sentence",
        "view",
        "show",
        "every",
        "keyness",
        "against",
        "shape",
        "boilerplate",
        "form",
        "on",
    ]
    known = [
        "140000",
        "140100",
        "410100",
        "410000",
        "2023-12-01",
        "2023-12-31",
        "zh",
        "en",
        "signing",
        "meeting",
        "month",
        "quarter",
        "figures",
        "activities",
        "map",
        "words",
        "compare",
        "quality",
        "place",
        "overview",
        "activities_month",
        "activities_panels",
        "map_tiles",
        "map_points",
        "map_cities",
        "cloud_140000",
        "words_over_time",
        "keyness_140000",
        "compare_types",
        "confidence",
        "peers",
        "articles",
        "measure",
        "提案",
        "",
        "1",
        "p1-1",
        *sorted(set(PATHS.values())),
    ]
    return inputs.queries(names, known)


def _sound(kind: str) -> list[bytes]:
    from tests.etl import hostile

    return [hostile._sound()[kind]]


def _words() -> Inputs:
    pool = [
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:br/>",
        "<w:tab/>",
        '<w:gridSpan w:val="3"/>',
        '<w:vMerge w:val="x"/>',
        '<w:pStyle w:val="Title"/>',
        "<w:p><w:r><w:t>太原市</w:t></w:r></w:p>",
        "<w:sdt>",
        "</w:sdt>",
        "<w:del>",
        "&#1;",
        "&x;",
        *inputs.WORDS[:20],
    ]
    from tests.etl import hostile

    space = f"<w:document {hostile._NAMESPACE}><w:body>"
    body = inputs.texts(pool, 30).map(
        lambda one: f"{space}{one}</w:body></w:document>".encode("utf-8", "replace")
    )
    whole = hostile._word()
    return inputs.members("word/document.xml", body, whole) | inputs.bent([whole])


def _pdfs() -> Inputs:
    from tests.etl.test_formats import pdf, shown

    lines = (
        (20, 300, 10, "one line of text on a page"),
        (20, 280, 10, "and another one below it, 12"),
    )
    files = [pdf(shown(*lines)), pdf(shown(lines[0]))]
    tokens = [
        b"obj",
        b"endobj",
        b"stream",
        b"/Kids",
        b"/Parent 3 0 R",
        b"BT",
        b"ET",
        b"Tj",
        b"Tm",
        b"1e38",
    ]
    return inputs.bent(files, tokens)


def _parquets() -> Inputs:
    return inputs.bent(_sound(".parquet"), [b"PAR1"])


TARGETS: dict[str, Target] = {
    "page": Target(page, lambda: inputs.plain(TEXT_POOL), 3),
    "facts": Target(
        page,
        lambda: inputs.plain(
            [*inputs.NUMBERS, *inputs.DATES, *inputs.PLACES, "，", "。", "收到提案"], 120
        ),
        3,
    ),
    "txt": Target(file(".txt"), lambda: inputs.encoded(inputs.texts(TEXT_POOL))),
    "md": Target(
        file(".md"), lambda: inputs.encoded(inputs.texts([*MARKUP, *MARKUP, "\n", *TEXT_POOL]))
    ),
    "html": Target(
        file(".html"), lambda: inputs.encoded(inputs.texts([*MARKUP, *MARKUP, *MARKUP, *TEXT_POOL]))
    ),
    "docx": Target(file(".docx"), _words),
    "pdf": Target(file(".pdf"), _pdfs),
    "jsonl": Target(file(".jsonl"), inputs.records),
    "csv": Target(file(".csv"), inputs.tables_of_commas),
    "zip": Target(
        file(".zip"),
        lambda: (
            inputs.archives(inputs.encoded(inputs.texts(TEXT_POOL, 8)))
            | inputs.bent(_sound(".zip"))
        ),
    ),
    "parquet": Target(file(".parquet"), _parquets, 0.5),
    "corrections": Target(corrected, _entries, 2),
    "typed": Target(
        typed,
        lambda: inputs.plain([*inputs.NUMBERS, *inputs.DATES, *inputs.PLACES, "/", "-", " "], 6),
    ),
    "names": Target(
        named,
        lambda: inputs.plain([*MARKUP, *inputs.MARKS, ".txt", ".gz", "CON", "aux.", ".."], 20),
        0.5,
    ),
    "address": Target(asked, _addresses, 2),
    "search": Target(
        searched,
        lambda: inputs.plain([*inputs.WORDS, *inputs.MARKS, *MARKUP, "提案", "太原市"], 12),
    ),
    "escape": Target(
        escaped, lambda: inputs.plain([*MARKUP, *inputs.MARKS, *inputs.WORDS], 40), 0.5
    ),
}
