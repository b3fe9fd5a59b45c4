"""Files → documents: encodings, formats, running heads, and what is rejected with which words."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from etl import sources, tables
from etl.sources import common, lines
from etl.sources.common import Rejected, iso_date
from etl.sources.decoding import decode
from etl.sources.running_head import read_head

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "sources.yaml").read_text("utf-8"))
SENTENCES = (
    "全市政协委员走进社区，听取居民对老旧小区改造的意见。",
    "今年以来，已有三百二十名委员提交提案415件，办复率达到98.6%。",
    "“把群众的事当作自己的事。”这是他常说的一句话。",
    "会议由市政协主席主持；各县（区）政协负责人参加了讨论。",
)
TRADITIONAL = (
    "全市政協委員走進社區，聽取居民對老舊小區改造的意見。",
    "今年以來，已有三百二十名委員提交提案415件，辦復率達到98.6%。",
    "會議由市政協主席主持；各縣（區）政協負責人參加了討論。",
)


def read_all(path: Path, defaults: sources.Defaults) -> tuple[list[Any], list[Any]]:
    documents, rejects = [], []
    for one in sources.find([path]):
        items = [one[0].reject(one[1])] if isinstance(one, tuple) else sources.read(one, defaults)
        for item in items:
            (documents if isinstance(item, tables.Document) else rejects).append(item)
    return documents, rejects


def read_bytes(path: Path, data: bytes) -> tuple[list[Any], list[Any]]:
    path.write_bytes(data)
    return read_all(path, sources.Defaults())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / case["file"]
    if "bytes" in case:
        path.write_bytes(bytes.fromhex(case["bytes"]))
    else:
        path.write_bytes(case["content"].encode(case.get("encoding", "utf-8")))
    documents, rejects = read_all(path, sources.Defaults(**case.get("defaults", {})))
    wanted = case.get("documents", [])
    assert len(documents) == len(wanted), rejects
    for document, want in zip(documents, wanted, strict=True):
        assert {key: getattr(document, key) for key in want} == want
    for reject, want in zip(rejects, case.get("rejects", []), strict=True):
        assert want["reason"] in reject.reason
        assert {key: getattr(reject, key) for key in want if key != "reason"} == {
            key: value for key, value in want.items() if key != "reason"
        }


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
@given(text=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map("\n".join))
def test_simplified_text_comes_back_from_every_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "big5", "gb18030"]
)
@given(text=st.lists(st.sampled_from(TRADITIONAL), min_size=1, max_size=6).map("\r\n".join))
def test_traditional_text_comes_back_from_every_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@given(st.binary(max_size=300))
def test_bytes_are_read_exactly_or_rejected(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except Rejected as why:
        assert why.reason
    else:
        mark = {"utf-8-sig": 3}.get(encoding, 2 if data[:2] in (b"\xff\xfe", b"\xfe\xff") else 0)
        assert data[mark:].decode(encoding.removesuffix("-sig")) == text


@given(st.text(max_size=200))
def test_a_running_head_is_read_from_any_text(text: str) -> None:
    head = read_head(text)
    assert head.issue_date is None or iso_date(head.issue_date) == head.issue_date


def test_records_may_be_gzipped(tmp_path: Path) -> None:
    data = gzip.compress('{"id": "r1", "text": "桥修好了。"}\n'.encode())
    documents, rejects = read_bytes(tmp_path / "records.jsonl.gz", data)
    assert [one.record_id for one in documents] == ["r1"] and not rejects


def test_a_gzipped_file_that_breaks_off_gives_what_was_read(tmp_path: Path) -> None:
    many = "".join(f'{{"id": "r{at}", "text": "桥{at * 7919}修好了。"}}\n' for at in range(20000))
    data = gzip.compress(many.encode())
    documents, rejects = read_bytes(tmp_path / "records.jsonl.gz", data[: len(data) * 3 // 4])
    assert documents and documents[0].record_id == "r0"
    assert "breaks off" in rejects[-1].reason


def test_a_file_that_is_no_gzip_is_rejected(tmp_path: Path) -> None:
    _, rejects = read_bytes(tmp_path / "records.jsonl.gz", b"no gzip at all")
    assert len(rejects) == 1 and "gzip" in rejects[0].reason


def test_a_line_beyond_the_limit_is_rejected_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "TEXT_LIMIT", 100)
    long = '{"id": "r1", "text": "' + "桥" * 500 + '"}\n'
    data = (long + '{"id": "r2", "text": "路修好了。"}\n').encode()
    documents, rejects = read_bytes(tmp_path / "records.jsonl", data)
    assert [one.record_id for one in documents] == ["r2"]
    assert [one.line for one in rejects] == [1] and "longer than 100" in rejects[0].reason


def test_a_page_beyond_the_limit_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    with path.open("wb") as file:
        file.truncate(common.TEXT_LIMIT + 1)
    _, rejects = read_all(path, sources.Defaults())
    assert "a page has at most" in rejects[0].reason


def test_a_missing_file_is_rejected(tmp_path: Path) -> None:
    _, rejects = read_all(tmp_path / "none.txt", sources.Defaults())
    assert [(one.uri, "no such file" in one.reason) for one in rejects] == [("none.txt", True)]


def test_an_unknown_kind_is_rejected_with_the_known_ones(tmp_path: Path) -> None:
    _, rejects = read_bytes(tmp_path / "page.xyz", b"a")
    assert ".txt" in rejects[0].reason


def test_a_folder_gives_its_files_sorted_and_passes_over_what_is_none(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/c.txt",
        ".hidden.txt",
        ".git/d.txt",
        "README.md",
        "picture.svg",
        "a.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("桥修好了。", "utf-8")
    documents, rejects = read_all(tmp_path, sources.Defaults())
    assert [one.uri for one in documents] == ["a.md", "a/c.txt", "b.txt"] and not rejects


def test_a_folder_without_a_file_to_read_is_rejected(tmp_path: Path) -> None:
    _, rejects = read_all(tmp_path, sources.Defaults())
    assert "holds no file" in rejects[0].reason


def test_ids_do_not_depend_on_where_the_folder_lies(tmp_path: Path) -> None:
    found = []
    for folder in (tmp_path / "here", tmp_path / "there" / "deep"):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("桥修好了。", "utf-8")
        found.append(read_all(folder, sources.Defaults())[0][0].document_id)
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2023-12-29", "2023-12-29"),
        ("2023/1/2", "2023-01-02"),
        ("2023.01.02", "2023-01-02"),
        ("20230102", "2023-01-02"),
        ("2023年1月2日", "2023-01-02"),
        ("2023-01-02 10:00", "2023-01-02"),
        ("2023-01", None),
        ("2023年1月", None),
        ("2023", None),
        ("", None),
    ],
)
def test_dates_of_records(value: str, wanted: str | None) -> None:
    assert iso_date(value) == wanted


@pytest.mark.parametrize("value", ["2023-13-01", "yesterday", "12-29", "0023-01-01", "2023-02-29"])
def test_what_is_no_date_is_an_error_that_names_it(value: str) -> None:
    with pytest.raises(ValueError, match=value):
        iso_date(value)


@pytest.mark.shared
def test_news_in_gb18030_is_told_from_big5_and_utf_16() -> None:
    path = Path(__file__).parents[2].parent / "shared" / "corpora" / "broadcast_news.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = [line for line, _ in zip(file, range(300), strict=False)]
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        assert all(decode(text.encode(encoding))[1] == encoding for text in texts)
