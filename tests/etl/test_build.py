"""The pipeline: equal tables from equal sources, on any number of cores, whatever else is read."""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import build, check, engines, extraction, plan, store, tables
from etl.extract.locate import locate
from etl.model import Block, Reading
from etl.sources import Defaults
from etl.text import MappedText
from tests.etl.engine_work import dies, dies_once, number_of

TOWNS = ("山西省太原市", "浙江省杭州市", "广东省广州市", "四川省成都市")


def record(number: int) -> dict[str, str]:
    town = TOWNS[number % len(TOWNS)]
    return {
        "id": f"r{number}",
        "date": f"2023-03-{number % 28 + 1:02}",
        "title": f"{town}今年植树{number + 2}万棵",
        "source": "河湾日报",
        "text": f"{town}政协3月1日召开会议。今年，全市植树{number + 2}万棵，"
        f"比去年增长{number % 9 + 1}%。\n会议由市政协主席主持，{number + 10}名委员参加。",
    }


def write(folder: Path, numbers: Sequence[int], name: str = "news.jsonl") -> Path:
    folder.mkdir(exist_ok=True)
    lines = [json.dumps(record(number), ensure_ascii=False) for number in numbers]
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def run(source: Path, out: Path, workers: int = 1) -> build.Outcome:
    return build.build([source], out, Defaults(), engines.local, workers)


def files(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in store.names()}


def test_tables_are_equal_byte_for_byte_for_one_worker_and_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "CHARACTERS_OF_PIECE", 300)
    source = write(tmp_path / "in", range(40))
    (source / "news.jsonl").open("a", encoding="utf-8").write("no record\n")
    outcomes = [run(source, tmp_path / f"out{workers}", workers) for workers in (1, 2)]
    assert files(tmp_path / "out1") == files(tmp_path / "out2")
    assert outcomes[0].version == outcomes[1].version
    assert outcomes[0].counts["documents"] == 40 and len(outcomes[1].rejects) == 1


def test_every_rule_of_the_tables_holds_after_a_build(tmp_path: Path) -> None:
    source = write(tmp_path / "in", range(10))
    page = "河湾日报 2023年3月1日 星期三 第2版\n\n城东植树三万棵\n\n本报讯 太原市今年植树3万棵。\n"
    (source / "page.txt").write_text(page, "utf-8")
    outcome = run(source, tmp_path / "out")
    assert not outcome.rejects
    assert check.check(tmp_path / "out") == []
    assert pq.read_table(tmp_path / "out" / "figures.parquet").num_rows


def test_other_documents_change_no_id_and_no_row(tmp_path: Path) -> None:
    run(write(tmp_path / "in", [3]), tmp_path / "few")
    write(tmp_path / "in", [1, 3, 5])
    write(tmp_path / "in", [3], "earlier.jsonl")
    run(tmp_path / "in", tmp_path / "many")
    for table in tables.TABLES:
        few = pq.read_table(tmp_path / "few" / f"{table}.parquet").to_pylist()
        many = pq.read_table(tmp_path / "many" / f"{table}.parquet").to_pylist()
        assert all(row in many for row in few), table


def test_the_second_of_two_equal_documents_is_rejected(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_text("太原市今年植树3万棵。", "utf-8")
    paths = [tmp_path / name / "page.txt" for name in ("a", "b")]
    outcome = build.build(paths, tmp_path / "out", Defaults(), engines.local)
    assert outcome.counts["documents"] == 1
    assert [one.uri for one in outcome.rejects] == ["page.txt"]
    assert "the same document" in outcome.rejects[0].reason


def test_where_nothing_can_be_read_nothing_is_published(tmp_path: Path) -> None:
    former = run(write(tmp_path / "in", [1]), tmp_path / "out").version
    outcome = run(tmp_path / "missing", tmp_path / "out")
    assert outcome.version is None and len(outcome.rejects) == 1
    assert store.version(tmp_path / "out") == former


def test_a_document_that_trips_the_extraction_is_rejected_and_the_rest_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = extraction.read_together

    def trips(documents: list[extraction.Asked]) -> list[extraction.Rows]:
        if "r2" in [one.record_id for one, _ in documents]:
            raise ZeroDivisionError
        return whole(documents)

    monkeypatch.setattr(build, "read_together", trips)
    outcome = run(write(tmp_path / "in", [1, 2, 3]), tmp_path / "out")
    assert outcome.counts["documents"] == 2
    assert [one.record_id for one in outcome.rejects] == ["r2"]
    assert "ZeroDivisionError" in outcome.rejects[0].reason
    assert "test_build.py:" in outcome.rejects[0].reason


def test_documents_read_together_have_the_rows_that_each_has_alone() -> None:
    texts = [
        "太原市政协召开会议，收到提案3件。",
        "",
        "王建国主席到大同市调研。",
        "今年全省增长5%。",
    ]
    documents = [
        tables.Document(f"d{at}", "报.txt", issue_date=f"202{at}-03-02", text=text)
        for at, text in enumerate(texts)
    ]
    together = extraction.read_together([(one, ()) for one in documents])
    assert together == [extraction.read(one) for one in documents]


def test_a_broken_installation_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacks(_: list[extraction.Asked]) -> list[extraction.Rows]:
        raise FileNotFoundError("divisions.csv")

    monkeypatch.setattr(build, "read_together", lacks)
    with pytest.raises(FileNotFoundError):
        run(write(tmp_path / "in", [1]), tmp_path / "out")


def reading_with(*activities: tables.Activity, issued: str | None = "2023-03-02") -> Reading:
    day = datetime.date.fromisoformat(issued) if issued else None
    return Reading("a", "会。", [], issue_date=day, activities=list(activities))


def activity(**values: Any) -> tables.Activity:
    return tables.Activity("v", "a", "s", 0, 1, "会", "meeting", "会", **values)


def test_an_article_s_event_date_is_the_first_event_s_day_near_the_issue() -> None:
    month = activity(date="2023-02", date_precision="month")
    day = activity(date="2023-03-01", date_precision="day")
    long_ago = activity(date="2016-10-08", date_precision="day")
    practice = activity(date="2023-02-28", date_precision="day", status="practice")
    assert extraction._event_date(reading_with(practice, long_ago, month, day)) == "2023-03-01"
    assert extraction._event_date(reading_with(practice, month)) is None
    assert extraction._event_date(reading_with(long_ago)) is None
    assert extraction._event_date(reading_with(long_ago, issued=None)) == "2016-10-08"


# Engines


def results(work: engines.Work, chunks: list[list[Any]], workers: int) -> list[Any]:
    return [one["words"]["n"].to_pylist() for one in engines.local(work, chunks, workers)]


def test_results_come_in_the_order_of_the_work_which_is_not_read_far_ahead() -> None:
    read = 0

    def chunks() -> Iterator[list[Any]]:
        nonlocal read
        for number in range(30):
            read += 1
            yield [number]

    for done, result in enumerate(engines.local(number_of, chunks(), 2)):
        assert result["words"]["n"].to_pylist() == [done]
        assert read <= done + 2 * engines._WAITING_PER_WORKER + 1
    assert read == 30


def test_the_work_of_a_killed_process_is_done_again(tmp_path: Path) -> None:
    marker = str(tmp_path / "died")
    chunks = [["a"], ["bb"], [marker], ["cc"], ["d"], ["ee"], ["f"]]
    wanted = [[len(chunk[0])] for chunk in chunks]
    assert results(dies_once, chunks, 2) == wanted


def test_work_that_kills_every_process_is_given_up() -> None:
    with pytest.raises(engines.EngineError, match="fewer --workers"):
        results(dies, [[number] for number in range(6)], 2)


# Spans

DOCUMENT = "甲乙丙丁戊己庚辛壬癸\n子丑寅卯辰巳午未申酉戌亥"
SPANS = st.tuples(st.integers(0, 22), st.integers(0, 22)).map(sorted).map(tuple)


@settings(max_examples=300)
@given(
    parts=st.lists(SPANS | st.just("\n"), min_size=1, max_size=6),
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=10),
)
def test_every_row_that_is_kept_holds_the_document_s_words(
    parts: list[Any], spans: list[tuple[int, int]]
) -> None:
    mapped = MappedText.build(DOCUMENT, parts)
    size = len(mapped.text)
    reading = Reading("a", mapped.text, [Block("body", 0, size)], seams=mapped.seams(DOCUMENT))
    reading.sentences = [tables.Sentence("s", "a", 1, 0, size)]
    reading.dates = [
        tables.Date("a", "s", start, min(end, size), "") for start, end in spans if start < size
    ]
    locate(reading, mapped, DOCUMENT)
    for row in [*reading.sentences, *reading.dates]:
        assert row.start < row.end
        assert DOCUMENT[row.start : row.end] == row.raw
    assert reading.sentences or not reading.dates


def test_a_row_on_glue_alone_is_dropped_with_what_refers_to_it() -> None:
    mapped = MappedText.build("甲乙", [(0, 1), "\n", (1, 2)])
    reading = Reading("a", mapped.text, [Block("body", 0, 3)])
    reading.sentences = [tables.Sentence("s", "a", 1, 0, 3)]
    spot = {"article_id": "a", "sentence_id": "s", "raw": ""}
    reading.activities = [
        tables.Activity("v1", **spot, start=1, end=1, type="work", name="无"),
        tables.Activity("v2", **spot, start=2, end=3, type="work", name="乙"),
    ]
    reading.figures = [
        tables.Figure("f1", **spot, start=3, end=3),
        tables.Figure("f2", **spot, start=0, end=1, repeats="f1", activity_id="v1"),
        tables.Figure("f3", **spot, start=2, end=3, repeats="f2", activity_id="v2"),
    ]
    locate(reading, mapped, "甲乙")
    assert [one.activity_id for one in reading.activities] == ["v2"]
    assert [(one.figure_id, one.repeats, one.activity_id) for one in reading.figures] == [
        ("f2", None, None),
        ("f3", "f2", "v2"),
    ]


# A build that is killed


def test_a_build_killed_half_way_leaves_the_former_tables(tmp_path: Path) -> None:
    out = tmp_path / "out"
    former = run(write(tmp_path / "in", [1]), out).version
    write(tmp_path / "in", range(20_000))
    command = [sys.executable, "-m", "etl", "build", str(tmp_path / "in"), "--out", str(out)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 30
        while not list((out / "versions").glob(".building-*")):
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(0.3)
        os.kill(process.pid, signal.SIGKILL)
    assert list((out / "versions").glob(".building-*"))
    assert store.version(out) == former and check.check(out) == []
    outcome = run(write(tmp_path / "in", [2]), out)
    assert outcome.version != former
    assert not list((out / "versions").glob(".building-*"))


# Each of them takes a tenth of a second or more, and no row of a record rests on one.
NOT_FOR_RECORDS = ("pandas", "duckdb", "onnxruntime", "trafilatura", "pypdfium2", "PIL", "docx")


def test_a_build_of_records_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    source = write(tmp_path / "in", [1]) / "news.jsonl"
    code = (
        "import sys; from etl.__main__ import main\n"
        f"assert main(['build', {str(source)!r}, '--out', {str(tmp_path / 'out')!r}]) == 0\n"
        f"print([one for one in {NOT_FOR_RECORDS!r} if one in sys.modules])\n"
        "import pyarrow as pa; print(len(pa.table({'a': [1, 2]}).to_pandas()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["[]", "2"]
