"""Which tables are shown, and building the bundled articles where they have none."""

import json
import os
import time
from pathlib import Path

import pytest

from dashboard import bundled, data
from dashboard.selection import Selection
from etl import store

TEXT = "---\nissue_date: 2023-12-29\n---\n\n# 太原收到提案\n\n太原市政协收到提案320件。\n"


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundled article in a folder of its own."""
    monkeypatch.delenv("BANMIAN_TABLES", raising=False)
    for name, part in (("CORPUS", "corpus"), ("DEFAULT", "tables"), ("LOCK", ".cache/lock")):
        monkeypatch.setattr(bundled, name, tmp_path / part)
    bundled.CORPUS.mkdir()
    (bundled.CORPUS / "one.md").write_text(TEXT, "utf-8")
    return bundled.CORPUS


def test_the_bundled_articles_are_built_where_there_are_no_tables(articles: Path) -> None:
    assert bundled.is_stale()
    assert data.tables("zh").version == store.version(bundled.DEFAULT)[:16]
    assert not bundled.is_stale()


def test_they_are_built_again_when_an_article_is_newer(articles: Path) -> None:
    bundled.build()
    first = store.resolve(bundled.DEFAULT)
    (articles / "two.md").write_text(TEXT.replace("320件", "321件"), "utf-8")
    later = time.time() + 10
    os.utime(articles / "two.md", (later, later))
    assert bundled.is_stale()
    bundled.build()
    assert store.resolve(bundled.DEFAULT) != first


def test_named_tables_are_never_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(tmp_path / "nothing"))
    with pytest.raises(data.NoTablesError, match="nothing"):
        data.tables("zh")
    assert not (tmp_path / "nothing").exists()


def test_a_version_is_opened_once(tables_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))
    assert data.tables("zh") is data.tables("en")


def test_a_build_that_fails_leaves_the_former_tables(
    articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = data.tables("zh")

    def fail(*_: object) -> None:
        raise store.StoreError("the disk is full")

    monkeypatch.setattr("etl.build.build", fail)
    later = time.time() + 10
    os.utime(articles / "one.md", (later, later))
    assert data.tables("zh") is former


def test_a_file_dated_in_the_future_is_built_once(articles: Path) -> None:
    later = time.time() + 1e6
    os.utime(articles / "one.md", (later, later))
    bundled.build()
    assert not bundled.is_stale()


def test_what_was_kept_is_built_with_the_bundled_articles(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled.build()
    collection = tmp_path / "collection"
    monkeypatch.setenv("BANMIAN_KEEP", str(collection))
    assert not bundled.is_stale()
    collection.mkdir()
    (collection / "two.md").write_text(TEXT.replace("320件", "321件"), "utf-8")
    later = time.time() + 10
    os.utime(collection / "two.md", (later, later))
    assert bundled.is_stale()
    bundled.build()
    assert len(data.tables("zh").found_uris()) == 2


def test_corrections_are_replayed_when_the_bundled_articles_are_built(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = (articles / "one.md").read_text("utf-8").index("320件")
    span = {"uri": "one.md", "table": "figures", "start": start, "end": start + 4, "raw": "320件"}
    about = {"id": "c1", "action": "reject", "reason": "", "who": "li", "when": "2026-11-26"}
    path = tmp_path / "corrections.jsonl"
    path.write_text(json.dumps(span | about, ensure_ascii=False), "utf-8")
    monkeypatch.setenv("BANMIAN_CORRECTIONS", str(path))
    bundled.build()
    assert data.tables("zh").overview(Selection()).figures == 0
    # What is corrected meanwhile waits: nobody is made to wait for a build with every entry.
    later = time.time() + 10
    os.utime(path, (later, later))
    assert not bundled.is_stale()
