"""PDF, web pages, Word files, pictures, Parquet, archives and patterns → documents."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from dashboard.fonts import font_file
from etl import sources, tables
from etl.page import read_document
from etl.sources import archive

SENTENCE = "5月18日，河湾市政协组织30名委员调研茶产业，走访企业12家。"
WEB_PAGE = """<html><head><meta charset="{charset}"><title>茶产业调研-河湾新闻网</title>
<meta name="publishdate" content="2024-05-20"><meta name="source" content="来源：河湾日报"></head>
<body><div><a href="/">首页</a><a href="/a">要闻</a></div><div><h1>河湾市政协调研茶产业</h1>
<p>本报讯（记者 何建民）{sentence}</p>
<p>全市茶园面积已达8.6万亩，去年产值11.2亿元，同比增长9.5%。</p>
<p>茶农说，今年的春茶比去年早上市一周，价格也更好，合作社还办起了培训班。</p></div>
<div>版权所有 河湾新闻网 <script>document.title = "x"</script></div></body></html>"""


def read_all(path: Path, **said: Any) -> tuple[list[tables.Document], list[tables.Reject]]:
    documents, rejects = [], []
    for one in sources.find([path]):
        items = (
            [one[0].reject(one[1])]
            if isinstance(one, tuple)
            else sources.read(one, sources.Defaults(**said))
        )
        for item in items:
            (documents if isinstance(item, tables.Document) else rejects).append(item)
    return documents, rejects


def pdf(*pages: str) -> bytes:
    """A PDF whose pages show the given content streams in Helvetica (/F)."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}/MediaBox[0 0 400 400]>>")
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for number, stream in enumerate(pages):
        fonts = "/Resources<</Font<</F 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{fonts}/Contents {5 + 2 * number} 0 R>>")
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size {size}>>"
    return f"{body}\nstartxref\n{body.index('xref')}\n%%EOF\n".encode("latin-1")


def shown(*lines: tuple[int, int, int, str]) -> str:
    """A content stream of lines (x, y from below, size, text)."""
    return " ".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in lines)


def test_the_columns_of_a_pdf_follow_one_another(tmp_path: Path) -> None:
    page = shown(
        (20, 360, 24, "Headline of all"),
        (20, 320, 10, "left column one is here and"),
        (220, 320, 10, "right column one is here and"),
        (20, 308, 10, "left column two is here too."),
        (220, 308, 10, "right column two is here too."),
    )
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf(page))
    (document,), rejects = read_all(path, issue_date="2024-05-20")
    assert not rejects
    assert document.text == (
        "Headline of all\n\nleft column one is here and left column two is here too.\n\n"
        "right column one is here and right column two is here too."
    )
    assert (document.format, document.uri, document.issue_date) == ("pdf", "page.pdf", "2024-05-20")


def test_each_page_of_a_pdf_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "issue.pdf"
    path.write_bytes(pdf(*(shown((20, 300, 10, f"page {n} has a line of text")) for n in (1, 2))))
    documents, _ = read_all(path)
    assert [one.uri for one in documents] == ["issue.pdf#page=1", "issue.pdf#page=2"]
    assert [one.page for one in documents] == [1, 2]
    assert len({one.document_id for one in documents}) == 2


def test_a_page_as_large_as_a_house_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf("").replace(b"[0 0 400 400]", b"[0 0 99999 999]"))
    documents, (reject,) = read_all(path)
    assert not documents and "more than any newspaper" in reject.reason


@pytest.mark.parametrize("data", [b"%PDF-1.4 broken", b"no pdf at all", b""])
def test_a_broken_pdf_is_refused_with_a_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    documents, (reject,) = read_all(path)
    assert not documents and "PDF" in reject.reason


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_a_web_page_gives_its_article_alone(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "page.html"
    content = WEB_PAGE.format(charset=charset, sentence=SENTENCE)
    path.write_bytes(content.encode("gb18030" if charset != "utf-8" else "utf-8"))
    (document,), rejects = read_all(path)
    assert not rejects
    assert SENTENCE in document.text and "11.2亿元" in document.text
    assert "首页" not in document.text and "版权所有" not in document.text
    assert "document.title" not in document.text
    assert document.title == "河湾市政协调研茶产业"
    assert (document.publication, document.issue_date) == ("河湾日报", "2024-05-20")


def test_a_day_in_a_web_page_s_text_is_no_date_of_issue(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    content = WEB_PAGE.format(charset="utf-8", sentence="2021年3月2日" + SENTENCE[5:])
    path.write_text(content.replace('name="publishdate"', 'name="other"'), encoding="utf-8")
    (document,), _ = read_all(path)
    assert document.issue_date is None


HEAD = "<div class='top'><b>河湾日报</b> <span>2024年5月20日 星期一</span> <i>第4版</i></div>"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (HEAD, ("河湾日报", "2024-05-20", 4)),
        ("<p>2024年5月20日</p>", (None, None, None)),
        (f"{HEAD}<p>河湾日报 2024年5月19日 第1版</p>", (None, None, None)),
        (f"<p>{HEAD}{'其他' * 90}</p>", ("河湾日报", "2024-05-20", 4)),
        ("", (None, None, None)),
    ],
)
def test_the_head_of_an_e_paper_says_its_day_and_page_where_it_names_one_issue(
    tmp_path: Path, more: str, said: tuple[object, ...]
) -> None:
    content = WEB_PAGE.format(charset="utf-8", sentence=SENTENCE).replace("<body>", f"<body>{more}")
    content = content.replace('name="publishdate"', 'name="x"').replace('name="source"', 'name="y"')
    path = tmp_path / "page.html"
    path.write_text(content.replace("-河湾新闻网", ""), encoding="utf-8")
    (document,), _ = read_all(path)
    assert (document.publication, document.issue_date, document.page) == said


def test_a_web_page_without_an_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body></body></html>", encoding="utf-8")
    documents, (reject,) = read_all(path)
    assert not documents and "no article" in reject.reason


def test_a_word_file_is_one_article_with_its_heading_and_tables(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("河湾市政协调研茶产业", 1)
    word.add_paragraph(SENTENCE)
    table = word.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("县", "亩"), ("上河县", "3.2万")), strict=True):
        for cell, content in zip(row.cells, cells, strict=True):
            cell.text = content
    word.add_paragraph("这是最后一段。")
    path = tmp_path / "story.docx"
    word.save(str(path))
    (document,), rejects = read_all(path, issue_date="2024-05-20")
    assert not rejects
    assert document.title == "河湾市政协调研茶产业"
    assert document.text.splitlines() == [
        "河湾市政协调研茶产业", SENTENCE, "县\t亩", "上河县\t3.2万", "这是最后一段。"
    ]  # fmt: skip
    assert len(read_document(document).articles) == 1


def test_a_word_file_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "story.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("other.txt", "no Word file")
    documents, (reject,) = read_all(path)
    assert not documents and "no Word file" in reject.reason


def test_parquet_rows_are_records(tmp_path: Path) -> None:
    path = tmp_path / "records.parquet"
    rows = [
        {"id": "1", "date": "2024-05-20", "title": "茶", "source": "河湾日报", "text": SENTENCE},
        {"id": "2", "date": "2024-02-30", "title": "茶", "source": "河湾日报", "text": SENTENCE},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    (document,), (reject,) = read_all(path)
    assert (document.record_id, document.text, document.format) == ("1", SENTENCE, "parquet")
    assert (reject.record_id, reject.line) == ("2", 2) and "no day" in reject.reason


def test_parquet_without_a_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "records.parquet"
    pq.write_table(pa.table({"title": ["茶"]}), path)
    assert "no column `text`" in read_all(path)[1][0].reason
    path.write_bytes(b"PAR1 but broken PAR1")
    assert "no Parquet" in read_all(path)[1][0].reason


def packed(**members: str) -> bytes:
    """A ZIP archive; a name's __ stands for its full stop."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "."), content)
    return data.getvalue()


def test_the_files_of_an_archive_are_sources(tmp_path: Path) -> None:
    path = tmp_path / "issue.zip"
    path.write_bytes(packed(b__txt="第二版。", a__txt="第一版。", c__exe="x", d__zip="x"))
    documents, rejects = read_all(path)
    assert [one.uri for one in documents] == ["issue.zip/a.txt", "issue.zip/b.txt"]
    assert not rejects


def test_no_name_in_an_archive_leads_out_of_it(tmp_path: Path) -> None:
    path = tmp_path / "in" / "issue.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("../../out.txt", "越界的文件。")
        file.writestr("/tmp/absolute.txt", "绝对路径的文件。")
    documents, _ = read_all(path)
    assert len(documents) == 2
    assert [one.name for one in tmp_path.rglob("*")] == ["in", "issue.zip"]


def test_an_archive_made_to_burst_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_PACKED", 10)
    path = tmp_path / "bomb.zip"
    path.write_bytes(packed(a__txt="0" * 200_000))
    documents, (reject,) = read_all(path)
    assert not documents and "unpacks to 200,000 bytes" in reject.reason


def test_a_broken_member_costs_nothing_else(tmp_path: Path) -> None:
    data = packed(a__txt="第一版讲了修桥的事。" * 9, b__txt="第二版。")
    at = data.index(b"a.txt") + 12
    path = tmp_path / "issue.zip"
    path.write_bytes(data[:at] + bytes(8) + data[at + 8 :])
    documents, rejects = read_all(path)
    assert [one.uri for one in documents] == ["issue.zip/b.txt"]
    assert [one.uri for one in rejects] == ["issue.zip/a.txt"]


def test_a_pattern_gives_the_files_that_fit(tmp_path: Path) -> None:
    for name in ("2023/a.txt", "2023/b.md", "2023/12/c.txt", "2024/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("一版。", encoding="utf-8")
    documents, _ = read_all(tmp_path / "2023/**/*.txt")
    assert [one.uri for one in documents] == ["12/c.txt", "a.txt"]
    assert "fits this pattern" in read_all(tmp_path / "20??/*.csv")[1][0].reason


def test_a_picture_of_text_is_read(tmp_path: Path) -> None:
    picture = Image.new("L", (1300, 320), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((30, 20), "河湾市政协调研茶产业", 0, ImageFont.truetype(str(font_file()), 60))
    body = ImageFont.truetype(str(font_file()), 32)
    for number, line in enumerate(("5月18日,河湾市政协组织30名委员调研", "茶产业,走访企业12家。")):
        draw.text((30, 140 + 56 * number), line, 0, body)
    path = tmp_path / "scan.png"
    picture.save(path)
    (document,), rejects = read_all(path, issue_date="2024-05-20")
    assert not rejects
    head, story = document.text.split("\n\n")
    assert head == "河湾市政协调研茶产业"
    assert "30名委员" in story and "12家" in story and "\n" not in story
    assert (document.format, document.encoding) == ("picture", "recognised")


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n broken"])
def test_a_broken_picture_is_refused_with_a_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(data)
    documents, (reject,) = read_all(path)
    assert not documents and "no picture" in reject.reason


@settings(max_examples=30, deadline=None)
@given(data=st.binary(max_size=300), ending=st.sampled_from([*sources.READERS, ".zip"]))
def test_no_bytes_break_a_reader(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"file{ending}"
    path.write_bytes(data)
    documents, rejects = read_all(path)
    assert documents or rejects or ending in (".jsonl", ".jsonl.gz", ".csv", ".csv.gz")
