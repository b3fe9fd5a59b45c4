"""A second build takes over what has not changed, and its tables are those of a whole build."""

from __future__ import annotations

import copy
import gzip
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import (
    build,
    corrections,
    engines,
    extraction,
    footer,
    former,
    keys,
    plan,
    stamp,
    store,
    table_file,
)
from etl.sources import Defaults, stretches
from tests.etl.test_build import record, write

NUMBERS = st.lists(st.integers(0, 60), unique=True, max_size=40)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_file, "ROWS_OF_GROUP", 16)
    monkeypatch.setattr(table_file, "TEXT_OF_GROUP", 2000)
    monkeypatch.setattr(plan, "CHARACTERS_OF_PIECE", 500)
    monkeypatch.setattr(stretches, "LINES", 3)
    # Nothing here is about a machine that loses power.
    monkeypatch.setattr(store, "sync", lambda path: None)


@pytest.fixture(scope="module")
def extracted() -> Iterator[list[str]]:
    """The ids of the documents that were extracted; each one's rows are kept for the next time."""
    seen: list[str] = []
    known: dict[str, Any] = {}
    whole = extraction.read

    def read(documents: Sequence[extraction.Asked]) -> list[extraction.Rows]:
        found = []
        for document, _ in documents:
            seen.append(document.record_id or document.uri)
            rows = known.get(document.document_id) or whole(document)
            known[document.document_id] = rows
            found.append({table: list(map(copy.copy, some)) for table, some in rows.items()})
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "read_together", read)
        yield seen


def files(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in store.names()}


def run(source: Path, out: Path, **options: Any) -> build.Outcome:
    return build.build([source], out, Defaults(), engines.local, **options)


@settings(max_examples=5, deadline=None)
@given(steps=st.lists(NUMBERS, min_size=2, max_size=4), ending=st.sampled_from([".jsonl", ".csv"]))
def test_whatever_is_added_moved_or_taken_out_the_files_are_those_of_a_whole_build(
    tmp_path_factory: pytest.TempPathFactory,
    extracted: list[str],
    steps: list[list[int]],
    ending: str,
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    known: set[int] = set()
    for numbers in steps:
        source = _written(folder, numbers, ending)
        extracted.clear()
        outcome = run(source, folder / "out")
        if not numbers:
            continue
        assert extracted == [f"r{number}" for number in numbers if number not in known]
        assert outcome.taken_over == len(numbers) - len(extracted)
        run(source, folder / "whole", fresh=True)
        assert files(folder / "out") == files(folder / "whole")
        known = set(numbers)


def _written(folder: Path, numbers: list[int], ending: str) -> Path:
    if ending == ".jsonl":
        return write(folder / "in", numbers)
    rows = ["id,date,title,source,text"]
    for number in numbers:
        one = record(number) | {"text": record(number)["text"].replace("\n", "")}
        rows.append(",".join(one[name] for name in rows[0].split(",")))
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "news.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder / "in"


@given(
    st.lists(
        st.none() | st.tuples(st.binary(min_size=8, max_size=8), st.integers(0, 3)),
        unique_by=lambda one: one or object(),
    )
)
def test_a_key_is_found_where_it_stands(some: list[tuple[bytes, int] | None]) -> None:
    """Also where others begin as it does, and where nothing stands beside it."""
    column = [one and b"12345678" * (one[1] == 0) + one[0] + bytes([one[1]] * 8) for one in some]
    column = [one and one[:16] for one in column]
    wanted = {one: at for at, one in enumerate(column) if one}
    halves = [pa.array(some, pa.binary(16)) for some in (column[:3], column[3:])]
    found = keys.Keys(pa.chunked_array(halves).slice(1))
    for one, at in wanted.items():
        assert found.get(one) == (at - 1 if at else None)
    assert found.get(bytes(15) + b"!") is None


def _line(number: int, **changed: str) -> str:
    return json.dumps(record(number) | changed, ensure_ascii=False)


# What may happen to a file of records between two builds: to its lines, at one of them.
EDITS = {
    "same size, other words": lambda lines, at: [
        *lines[:at],
        lines[at].replace("今年", "去年"),
        *lines[at + 1 :],
    ],
    "taken out": lambda lines, at: lines[:at] + lines[at + 1 :],
    "turned around": lambda lines, at: lines[at:] + lines[:at],
    "swapped": lambda lines, at: lines[: at - 1] + lines[at - 1 : at + 1][::-1] + lines[at + 1 :],
    "written twice": lambda lines, at: lines[:at] + lines[at : at + 4] + lines[at:],
    "new in the middle": lambda lines, at: [*lines[:at], _line(99), *lines[at:]],
    "a taken id": lambda lines, at: [*lines[:at], _line(98, id="r5"), *lines[at:]],
    "no id": lambda lines, at: [*lines[:at], _line(97, id=""), *lines[at:]],
    "an empty line": lambda lines, at: [*lines[:at], "", *lines[at:]],
    "no record": lambda lines, at: [*lines[:at], "{", *lines[at:]],
    "cut off": lambda lines, at: [*lines[:at], lines[at][:-9]],
    "written on": lambda lines, at: [*lines[:-1], lines[-1] + "，"],
    "nothing": lambda lines, at: lines,
}


def test_what_happened_to_the_lines_of_a_file_is_noticed(
    tmp_path: Path, extracted: list[str]
) -> None:
    """Two files have the same name and, before that, the same lines."""
    lines = [_line(number) for number in range(12)]
    paths = [tmp_path / name / "news.jsonl" for name in "ab"]
    for name in ("nothing", *EDITS):
        for path, its in zip(paths, (EDITS[name](lines, 7), lines), strict=True):
            path.parent.mkdir(exist_ok=True)
            path.write_text("\n".join(its), "utf-8")
        second = build.build(paths, tmp_path / "out", Defaults(), engines.local)
        whole = build.build(paths, tmp_path / "whole", Defaults(), engines.local, fresh=True)
        assert second.rejects == whole.rejects, name
        assert files(tmp_path / "out") == files(tmp_path / "whole"), name


@settings(max_examples=2, deadline=None)
@given(
    edits=st.lists(
        st.lists(st.tuples(st.sampled_from([*EDITS]), st.integers(0, 30)), max_size=2),
        min_size=2,
        max_size=4,
    ),
    files_given=st.sampled_from([("a", "b"), ("a",)]),
    ending=st.sampled_from([".jsonl", ".jsonl.gz"]),
    last_ends=st.booleans(),
)
def test_whatever_happens_to_the_lines_of_a_file_the_tables_are_those_of_a_whole_build(
    tmp_path_factory: pytest.TempPathFactory,
    extracted: list[str],
    edits: list[list[tuple[str, int]]],
    files_given: tuple[str, ...],
    ending: str,
    last_ends: bool,
) -> None:
    """Two files may have the same name, and then the same documents."""
    folder = tmp_path_factory.mktemp("edits")
    lines = {name: [_line(number) for number in range(17)] for name in files_given}
    paths = [folder / name / f"news{ending}" for name in files_given]
    for step in [[], *edits]:
        for number, (edit, at) in enumerate(step):
            name = files_given[number % len(files_given)]
            if lines[name]:
                lines[name] = EDITS[edit](lines[name], at % len(lines[name]))
        for name, path in zip(files_given, paths, strict=True):
            path.parent.mkdir(exist_ok=True)
            data = "\n".join(lines[name]).encode() + b"\n" * last_ends
            path.write_bytes(gzip.compress(data) if ending.endswith(".gz") else data)
        second = build.build(paths, folder / "out", Defaults(), engines.local)
        whole = build.build(paths, folder / "whole", Defaults(), engines.local, fresh=True)
        assert second.rejects == whole.rejects
        if whole.version:
            assert files(folder / "out") == files(folder / "whole")


def test_lines_that_were_read_before_are_passed_over_many_at_a_time(
    tmp_path: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[bytes] = []
    whole = plan.Planner.find
    monkeypatch.setattr(
        plan.Planner, "find", lambda self, key: (looked_up.append(key), whole(self, key))[1]
    )
    for name, numbers, most in (
        ("first", range(60), 60),
        ("behind", range(64), 4),
        ("in front", [70, *range(64)], 5),
        ("in the middle", [70, *range(30), 71, *range(30, 64)], 9),
        ("nothing", [70, *range(30), 71, *range(30, 64)], 0),
    ):
        looked_up.clear()
        run(write(tmp_path / "in", numbers), tmp_path / "out")
        assert len(looked_up) <= most, name
        assert bool(looked_up) == bool(most), name
        run(tmp_path / "in", tmp_path / "whole", fresh=True)
        assert files(tmp_path / "out") == files(tmp_path / "whole"), name


def test_a_changed_record_is_read_again_and_the_others_are_not(
    tmp_path: Path, extracted: list[str]
) -> None:
    source = write(tmp_path / "in", range(20))
    run(source, tmp_path / "out")
    file = source / "news.jsonl"
    file.write_text(file.read_text("utf-8").replace("植树9万棵", "植树8万棵"), "utf-8")
    extracted.clear()
    run(source, tmp_path / "out")
    assert extracted == ["r7"]


def test_where_nothing_is_new_no_table_is_written(
    tmp_path: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "in", range(20))
    (source / "broken.jsonl").write_text("{\n", "utf-8")
    first = run(source, tmp_path / "out")
    monkeypatch.setattr(store.Writer, "publish", _refused)
    monkeypatch.setattr(store.Writer, "take_over", _refused)
    second = run(source, tmp_path / "out")
    assert (first.is_new, second.is_new, second.version) == (True, False, first.version)
    assert (second.counts, second.rejects) == (first.counts, first.rejects)
    assert second.taken_over == 20
    for folder in (tmp_path / "out" / "versions").iterdir():
        assert not folder.name.startswith(store.BUILDING)


def _refused(*_: object) -> None:
    raise AssertionError("something was written")


@pytest.mark.parametrize(
    "change", ["taken out", "file", "turned", "another reject", "no reject", "empty"]
)
def test_less_or_in_another_order_is_new(tmp_path: Path, extracted: list[str], change: str) -> None:
    source = write(tmp_path / "in", range(20))
    (source / "broken.jsonl").write_text("{\n", "utf-8")
    (source / "page.txt").write_text("太原植树三万棵\n\n今年植树3万棵。\n", "utf-8")
    run(source, tmp_path / "out")
    if change in ("no reject", "file"):
        (source / ("broken.jsonl" if change == "no reject" else "page.txt")).unlink()
    elif change == "another reject":
        (source / "broken.jsonl").write_text("\n{\n", "utf-8")
    elif change == "empty":
        with (source / "news.jsonl").open("a", encoding="utf-8") as file:
            file.write("\n")
    else:
        write(source, range(19) if change == "taken out" else range(19, -1, -1))
    second = run(source, tmp_path / "out")
    run(source, tmp_path / "whole", fresh=True)
    assert second.is_new == (change != "empty")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_files_and_archives_that_are_as_before_are_not_even_opened_by_their_readers(
    tmp_path: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "page.txt").write_text("太原植树三万棵\n\n今年植树3万棵。\n", "utf-8")
    with gzip.open(source / "news.csv.gz", "wt", encoding="utf-8") as lines:
        lines.write("id,text\n1,今年植树3万棵。\n2,去年植树2万棵。\n")
    shutil.make_archive(str(source / "more"), "zip", write(tmp_path / "packed", range(3)))
    first = run(source, tmp_path / "out")
    extracted.clear()
    monkeypatch.setattr("etl.sources._read_anew", lambda *_: iter(()))
    second = run(source, tmp_path / "out")
    assert (second.version, second.taken_over, extracted) == (first.version, 6, [])


def test_other_defaults_and_other_names_make_other_documents(
    tmp_path: Path, extracted: list[str]
) -> None:
    (tmp_path / "page.txt").write_text("今年植树3万棵。\n", "utf-8")
    run(tmp_path / "page.txt", tmp_path / "out")
    for said in (Defaults("2023-03-01"), Defaults("2023-03-01", "河湾日报"), Defaults(page=2)):
        outcome = build.build([tmp_path / "page.txt"], tmp_path / "out", said, engines.local)
        assert outcome.taken_over == 0
    (tmp_path / "page.txt").rename(tmp_path / "other.txt")
    assert run(tmp_path / "other.txt", tmp_path / "out").taken_over == 0


def test_a_correction_touches_its_document_alone(tmp_path: Path, extracted: list[str]) -> None:
    source = write(tmp_path / "in", range(20))
    run(source, tmp_path / "out")
    figure = pq.read_table(tmp_path / "out" / "figures.parquet").slice(20, 1).to_pylist()[0]
    documents = pq.read_table(tmp_path / "out" / "documents.parquet").to_pylist()
    (owner,) = [one for one in documents if figure["article_id"].startswith(one["document_id"])]
    one = corrections.parse(
        json.dumps(
            {
                "id": "c1",
                "table": "figures",
                "uri": owner["uri"],
                "record_id": owner["record_id"],
                "start": figure["start"],
                "end": figure["end"],
                "raw": figure["raw"],
                "action": "change",
                "change": {"value": 5.0},
                "reason": "数错了",
                "who": "王",
                "when": "2026-11-26",
            }
        )
    )
    corrected = {(owner["uri"], owner["record_id"]): [one]}
    for told, anew in ((corrected, 1), (corrected, 0), (None, 1)):
        extracted.clear()
        run(source, tmp_path / "out", corrected=told)
        assert len(extracted) == anew
        run(source, tmp_path / "whole", corrected=told, fresh=True)
        assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_doubtful_correction_stays_doubtful_where_its_document_is_taken_over(
    tmp_path: Path, extracted: list[str]
) -> None:
    source = write(tmp_path / "in", range(3))
    one = corrections.Correction(
        "c1", "figures", "news.jsonl", 0, 1, "无", "reject", "错", "王", "2026", record_id="r1"
    )
    outcomes = [
        run(source, tmp_path / "out", corrected={("news.jsonl", "r1"): [one]}) for _ in range(2)
    ]
    assert [len(outcome.doubtful) for outcome in outcomes] == [1, 1]
    assert outcomes[1].taken_over == 3


@pytest.mark.parametrize(("what", "why"), [("code", "code"), ("reference_data", "reference")])
def test_after_a_change_of_code_or_reference_data_everything_is_read_again(
    tmp_path: Path,
    extracted: list[str],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    why: str,
) -> None:
    source = write(tmp_path / "in", range(3))
    first = run(source, tmp_path / "out")
    monkeypatch.setattr(stamp, what, lambda: "0123456789abcdef")
    second = run(source, tmp_path / "out")
    assert (second.taken_over, second.read_anew) == (0, why)
    assert second.version != first.version
    said = pq.read_schema(tmp_path / "out" / "words.parquet").metadata
    assert said[f"made_with_{why}".encode()] == b"0123456789abcdef"
    assert said[b"made_with_corrections"] == b"none"


@pytest.mark.parametrize(
    ("table", "damage"),
    [
        ("words", lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:]),
        ("rejects", lambda data: data[:-20] + b"!" + data[-19:]),
        ("documents", lambda data: data[: len(data) // 2]),
        ("documents", lambda data: bytes(len(data))),
        ("figures", None),
    ],
)
def test_damaged_tables_are_not_taken_over(
    tmp_path: Path, extracted: list[str], table: str, damage: Callable[[bytes], bytes] | None
) -> None:
    source = write(tmp_path / "in", range(30))
    run(source, tmp_path / "out")
    sound = files(tmp_path / "out")
    path = store.resolve(tmp_path / "out") / f"{table}.parquet"
    data = path.read_bytes()
    path.unlink()
    if damage:
        path.write_bytes(damage(data))
    outcome = run(source, tmp_path / "out")
    assert (outcome.taken_over, outcome.read_anew) == (0, "damaged")
    assert files(tmp_path / "out") == sound


def test_a_second_record_with_an_id_that_is_taken_is_rejected_as_before(
    tmp_path: Path, extracted: list[str]
) -> None:
    source = write(tmp_path / "in", [1, 2, 3])
    run(source, tmp_path / "out")
    again = record(1) | {"text": "另一篇。"}
    with (source / "news.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(again, ensure_ascii=False) + "\n")
    outcome = run(source, tmp_path / "out")
    assert (outcome.taken_over, [one.line for one in outcome.rejects]) == (3, [4])


def test_moved_row_groups_are_found_by_every_reader(
    tmp_path: Path, extracted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    whole = table_file.TableFile.copy
    monkeypatch.setattr(
        table_file.TableFile,
        "copy",
        lambda self, *given: (copied.append(self._table), whole(self, *given)),
    )
    run(write(tmp_path / "in", range(50)), tmp_path / "out")
    run(write(tmp_path / "in", [50, *range(50)]), tmp_path / "out")
    assert {"documents", "sentences", "words", "figures"} <= set(copied)
    path = tmp_path / "out" / "figures.parquet"
    rows = pq.read_table(path)
    assert pq.ParquetFile(path).metadata.num_row_groups > 5
    for row in rows.select(["figure_id", "raw"]).to_pylist()[::7]:
        query = "select raw from read_parquet(?) where figure_id = ?"
        found = duckdb.execute(query, [str(path), row["figure_id"]]).fetchall()
        assert found == [(row["raw"],)]


def test_a_footer_is_the_same_after_it_was_taken_apart(tmp_path: Path) -> None:
    run(write(tmp_path / "in", range(12)), tmp_path / "out")
    for table in former.OF_DOCUMENTS:
        path = tmp_path / "out" / f"{table}.parquet"
        body, parts = footer.split(path.read_bytes())
        rows = pq.read_metadata(path).num_rows
        whole = footer.MAGIC + body + footer.join(parts, parts.groups, rows)
        assert whole == path.read_bytes()
        for group in parts.groups:
            assert footer.moved(footer.moved(group, 10**9), -(10**9)) == group
    with pytest.raises(ValueError, match="no Parquet file"):
        footer.split(b"PAR0 and nothing else")
