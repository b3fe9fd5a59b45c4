"""Tables at an address: published whole, read from a copy, whatever happens in between."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from dashboard import data
from etl import remote, store
from etl.__main__ import main
from etl.remote import Remote, Watched
from tests.dashboard.factory import Page

pytest.importorskip("fsspec")

ADDRESS = "memory://bucket/tables"


@pytest.fixture(autouse=True)
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty store, and copies that no other test has."""
    from fsspec.implementations.memory import MemoryFileSystem

    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]
    monkeypatch.setenv("BANMIAN_COPIES", str(tmp_path / "copies"))
    return MemoryFileSystem()


def page(articles: int) -> Page:
    """A newspaper of so many articles."""
    found = Page()
    found.document("p1", "示例日报", "2023-12-29")
    for number in range(articles):
        found.article("p1", f"第{number}篇", "太原收到提案320件。", adcode="140100")
    return found


def published(articles: int, address: str = ADDRESS) -> str:
    """The version of a newspaper that was published at the address."""
    with remote.written(Remote(address)) as folder:
        return store.write_tables(folder, page(articles).rows)


def elsewhere(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """From now on everything is done on another machine."""
    monkeypatch.setenv("BANMIAN_COPIES", str(folder))


def pointer(memory: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(memory.cat_file("/bucket/tables/current.json"))
    return found


def test_tables_come_back_as_they_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = published(2)
    elsewhere(monkeypatch, tmp_path / "other")
    copy = store.resolve(Remote(ADDRESS).fetch())
    page(2).write(tmp_path / "local")
    assert copy.name == version == store.version(tmp_path / "local")
    for name in store.names():
        assert (copy / name).read_bytes() == (tmp_path / "local" / name).read_bytes()


def test_a_build_elsewhere_takes_over_what_has_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"太原收到提案320件，{name}。", encoding="utf-8")
    build = ["--out", ADDRESS, "--workers", "1"]
    assert main(["build", str(tmp_path / "one.txt"), *build]) == 0
    elsewhere(monkeypatch, tmp_path / "other")
    both = [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]
    assert main(["build", *both, *build]) == 0
    assert "2 documents (1 as before)" in capsys.readouterr().out
    assert main(["check", "--tables", ADDRESS]) == 0


def test_a_reader_keeps_the_version_it_opened() -> None:
    published(1)
    opened = store.resolve(Remote(ADDRESS).fetch())
    before = (opened / "articles.parquet").read_bytes()
    version = published(2)
    assert (opened / "articles.parquet").read_bytes() == before
    assert store.resolve(Remote(ADDRESS).fetch()).name == version


@pytest.mark.parametrize("files", [0, 14])
def test_an_upload_that_breaks_off_leaves_the_former_tables(
    files: int, memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = published(1)
    put, sent = type(memory).put_file, []

    def breaks(self: Any, here: str, there: str, **more: Any) -> None:
        sent.append(there)
        if len(sent) > files:
            raise ConnectionError("the line is dead")
        put(self, here, there, **more)

    with monkeypatch.context() as broken:
        broken.setattr(type(memory), "put_file", breaks)
        with pytest.raises(store.StoreError, match=r"memory://.* the line is dead.*do it again"):
            published(2)
    assert store.resolve(Remote(ADDRESS).fetch()).name == version
    again = published(2)
    assert store.resolve(Remote(ADDRESS).fetch()).name == again


def test_what_could_not_be_uploaded_is_not_published_later(memory: Any) -> None:
    store.write_tables(Remote(ADDRESS).begin(), page(1).rows)
    with remote.written(Remote(ADDRESS)):
        pass
    assert not memory.exists("/bucket/tables/current.json")


def test_three_versions_are_kept_there(memory: Any) -> None:
    made = [published(number) for number in range(1, 6)]
    names = [one.rpartition("/")[2] for one in memory.ls("/bucket/tables/versions", detail=False)]
    assert sorted(names) == sorted(made[2:])
    assert pointer(memory) == {"version": made[4], "kept": made[:1:-1]}


@pytest.mark.parametrize(("days", "left"), [(0, True), (2, False)])
def test_what_an_ended_upload_left_is_removed_after_a_day(
    days: int, left: bool, memory: Any
) -> None:
    path = "/bucket/tables/versions/0123456789abcdef/words.parquet"
    memory.pipe_file(path, b"half")
    memory.store[path].modified -= datetime.timedelta(days=days)
    published(1)
    assert memory.exists(path) is left


def test_a_damaged_download_is_refused_and_the_former_copy_stays(memory: Any) -> None:
    version = published(1)
    folder = Remote(ADDRESS).fetch()
    damaged = published(2)
    memory.pipe_file(f"/bucket/tables/versions/{damaged}/articles.parquet", b"half")
    with pytest.raises(store.StoreError, match="damaged"):
        Remote(ADDRESS).fetch()
    assert store.resolve(folder).name == version


def test_of_two_builds_at_once_the_second_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(1)
    late = Remote(ADDRESS)
    store.write_tables(late.begin(), page(3).rows)
    elsewhere(monkeypatch, tmp_path / "other")
    version = published(2)
    with pytest.raises(store.StoreError, match="another build has published"):
        late.publish()
    assert store.resolve(Remote(ADDRESS).fetch()).name == version


def test_an_earlier_version_can_be_used_again(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = published(1), published(2)
    assert main(["versions", "--tables", ADDRESS, "--use", first]) == 0
    assert capsys.readouterr().out == f"  {second}\n* {first}\n"
    assert store.resolve(Remote(ADDRESS).fetch()).name == first
    assert main(["versions", "--tables", ADDRESS, "--use", "0123456789abcdef"]) == 1
    assert "there is no version" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("memory://bucket/nothing", "no tables here; make them"),
        ("nosuch://bucket/tables", "Protocol not known: nosuch"),
        ("memory://bucket/foreign", "is not ours; choose another address"),
        ("memory://bucket/climbing", "is not ours; choose another address"),
    ],
)
def test_what_is_wrong_is_said_with_the_address(
    address: str, said: str, memory: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    memory.pipe_file("/bucket/foreign/current.json", b"[]")
    memory.pipe_file("/bucket/climbing/current.json", b'{"version": "../../thesis"}')
    assert main(["check", "--tables", address]) == 1
    error = capsys.readouterr().err
    assert error.startswith(address)
    assert said in error
    assert "Traceback" not in error


def test_a_file_address_is_a_folder(tmp_path: Path) -> None:
    assert remote.place(f"file://{tmp_path}") == tmp_path
    assert remote.place(str(tmp_path)) == tmp_path


def test_a_server_looks_again_and_goes_on_with_what_it_has(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.remote._beside", lambda act: act())
    monkeypatch.setattr("etl.remote.LOOK_AGAIN", 0.0)
    first = published(1)
    watched = Watched(Remote(ADDRESS))
    assert store.resolve(watched.folder()).name == first
    second = published(2)
    assert store.resolve(watched.folder()).name == second
    memory.rm("/bucket", recursive=True)
    assert store.resolve(watched.folder()).name == second
    # Started anew while the store is away.
    assert store.resolve(Watched(Remote(ADDRESS)).folder()).name == second


def test_the_dashboard_shows_tables_from_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", ADDRESS)
    with pytest.raises(data.NoTablesError, match="memory://bucket/tables: no tables here"):
        data.published()
    version = published(2)
    assert data.published().version == version
