"""The bundled articles state the facts that they report, cite their source, and copy nothing.

What they state is in the tables after a build, save for what `not_yet` of the facts names. A fact
that is found must leave that list: `python -m tests.settle_facts` takes it out.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from etl.__main__ import PUBLISHED, main
from etl.sources.running_head import read_head
from etl.text import normalise

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "data" / "corpus"
FACTS_FILE = ROOT / "tests" / "cases" / "corpus_facts.yaml"
FACTS: dict[str, Any] = yaml.safe_load(FACTS_FILE.read_text("utf-8"))
NOT_YET: dict[str, list[dict[str, Any]]] = FACTS.pop("not_yet")
SOURCES = CORPUS / "sources.tsv"
SHARED_PAGES = ROOT.parent / "shared" / "seeds"
LONGEST_SHARED_RUN = 19
SOURCE = re.compile(r"\(据[^()]{6,90}\)")
JUMP = re.compile(r"\([下上][转接]\d版\)")
DROPPED = re.compile(r"[\s,，。、;；:：“”\"'()（）!！?？]")

# Table and columns that hold the facts of a kind. Of a column with `~` the fact gives some words;
# `headline` is that of the article that the row belongs to.
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "articles": ("articles", ("headline", "byline", "event_date", "adcode")),
    "stories": ("articles", ("headline", "adcode")),
    "places": ("places", ("raw", "adcode")),
    "dates": ("dates", ("raw", "iso")),
    "people": ("people", ("name", "role", "adcode")),
    "titles": ("people", ("name", "title~")),
    "figures": ("figures", ("raw", "value", "unit", "adcode")),
    "counted": ("figures", ("raw", "counted~")),
    "activities": ("activities", ("name~", "type", "date", "adcode")),
    "organisers": ("activities", ("name~", "organiser")),
    "bodies": ("organisations", ("name",)),
    "measures": ("figures", ("headline", "raw", "value", "unit", "counted~", "adcode")),
    "events": ("activities", ("headline", "name~", "type", "date", "adcode")),
}
Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return build_tables(tmp_path_factory.mktemp("tables"))


def build_tables(out: Path) -> Tables:
    """The rows of every table that a build of the corpus publishes in the folder `out`.

    Rows of figures and activities have the headline of their article, too.
    """
    assert main(["build", str(CORPUS), "--out", str(out), "--workers", "1"]) == PUBLISHED
    found = {path.stem: pq.read_table(path).to_pylist() for path in out.glob("*.parquet")}
    headlines = {row["article_id"]: row["headline"] for row in found["articles"]}
    for row in [*found["figures"], *found["activities"]]:
        row["headline"] = headlines[row["article_id"]]
    return found


def texts() -> dict[str, str]:
    """The text of every document of the corpus, by its name."""
    found = {}
    for path in sorted(CORPUS.glob("2*")):
        text = path.read_text("utf-8")
        if path.suffix == ".jsonl":
            for record in map(json.loads, text.splitlines()):
                found[f"{path.name}#{record['id']}"] = f"{record['title']}\n{record['text']}"
        else:
            found[path.name] = text
    return found


def holds(row: dict[str, Any], columns: tuple[str, ...], fact: list[Any]) -> bool:
    """Whether a row of a table states a fact."""
    for column, value in zip(columns, fact, strict=True):
        found = row[column.rstrip("~")]
        if (value or "") not in (found or "") if column.endswith("~") else found != value:
            return False
    return True


def missing(tables: Tables, kind: str) -> list[Any]:
    """The facts of a kind that no row states; a fact that is listed twice needs two rows."""
    table, columns = COLUMNS[kind]
    return [
        fact
        for fact in FACTS[kind]
        if sum(holds(row, columns, as_list(fact)) for row in tables[table])
        < FACTS[kind].count(fact)
    ]


def as_list(fact: Any) -> list[Any]:
    return fact if isinstance(fact, list) else [fact]


def text_of(tables: Tables, headline: str, page: int | None = None) -> str:
    """The clean text of the article with a headline, of the piece that comes from `page`."""
    return next(
        str(row["text"])
        for row in tables["articles"]
        if row["headline"] == headline and row["continued_from"] == page
    )


@pytest.mark.parametrize("kind", COLUMNS)
def test_tables_hold_the_facts(tables: Tables, kind: str) -> None:
    excused = [one["fact"] for one in NOT_YET.get(kind, [])]
    assert [fact for fact in missing(tables, kind) if fact not in excused] == []


@pytest.mark.parametrize("kind", COLUMNS)
def test_what_is_not_yet_found_is_a_fact_and_is_missing(tables: Tables, kind: str) -> None:
    absent = missing(tables, kind)
    excuses = NOT_YET.get(kind, [])
    assert [one["fact"] for one in excuses if one["fact"] not in absent] == []
    assert all(one["why"] for one in excuses)
    assert NOT_YET.keys() <= COLUMNS.keys()


@pytest.mark.parametrize(
    "kind",
    ["articles", "stories", "places", "dates", "people", "figures", "counted", "titles", "bodies"],
)
def test_articles_state_the_facts(kind: str) -> None:
    everything = normalise("\n".join(texts().values()))
    assert FACTS[kind]
    for fact in map(as_list, FACTS[kind]):
        assert normalise(fact[0] or "") in everything
        if kind in ("counted", "titles"):
            assert fact[1] in everything


def test_every_article_is_a_fact(tables: Tables) -> None:
    """No headline is lost, and none is made; a caption has none."""
    stated = {str(row["headline"]) for row in tables["articles"]}
    assert stated == {str(fact[0]) for kind in ("articles", "stories") for fact in FACTS[kind]}


def test_figures_of_results_are_reportable(tables: Tables) -> None:
    columns = COLUMNS["figures"][1]
    results = [row for row in tables["figures"] if row["reportable"] and not row["repeats"]]
    assert [
        fact for fact in FACTS["figures"] if not any(holds(row, columns, fact) for row in results)
    ] == []


def test_change_keeps_where_it_came_from(tables: Tables) -> None:
    changes = [row["previous"] for row in tables["figures"] if row["value"] == 89]
    assert changes == [20]


def test_scattered_pieces_are_put_together(tables: Tables) -> None:
    """A piece that stands elsewhere on its page, and sentences that a column cuts."""
    tour = text_of(tables, "新疆政协委员建议发展沉浸式体验旅游", 3)
    assert tour.index("视察团认为") < tour.index("研学旅行的中学生。") < tour.index("委员作业")
    assert "主题教育做扎实" in text_of(tables, "河南郑州市政协成立委员党委")
    assert "发挥带动作用" in text_of(tables, "赵坤宇委员在赫哲村开展义诊")


def test_stretch_printed_twice_is_kept_once(tables: Tables) -> None:
    assert text_of(tables, "湖北省政协开展分党组书记述职评议").count("两线多层多点") == 1
    assert sum(text.count("两线多层多点") for text in texts().values()) == 2


def test_lines_of_a_page_keep_their_parts(tables: Tables) -> None:
    lines = {(row["role"], normalise(row["raw"])) for row in tables["sentences"]}
    assert ("section", "加强自身建设") in lines
    assert ("kicker", "委员视察") in lines
    assert ("credit", "杨潇 摄") in lines
    jumps = {line for text in texts().values() for line in JUMP.findall(normalise(text))}
    assert {line for role, line in lines if role == "jump"} == jumps
    captions = [row["byline"] for row in tables["articles"] if row["kind"] == "caption"]
    assert sorted(captions) == sorted(fact[1] for fact in FACTS["articles"] if fact[0] is None)


def test_every_story_cites_its_source() -> None:
    cited = {name: len(SOURCE.findall(normalise(text))) for name, text in texts().items()}
    assert [name for name, count in cited.items() if not count] == []
    assert sum(cited.values()) >= len(FACTS["stories"])


def test_every_story_has_its_row_of_sources() -> None:
    """File, headline, publisher, title, address or record, day of access; one row per story."""
    with SOURCES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert all(all(row[key] for key in ("file", "publisher", "source")) for row in rows)
    assert [row["story"] for row in rows] == [fact[0] for fact in FACTS["stories"]]
    named = {name for row in rows for name in row["file"].split(";")}
    own = {path.name for path in CORPUS.glob("2*")}
    assert named == {name for name in own if not name.startswith("2023-12-29")}


def test_files_name_their_issue(tables: Tables) -> None:
    """Every file is named by its issue, and the page's own head says the same day and its page."""
    for row in tables["documents"]:
        assert row["issue_date"] == row["uri"][:10]
    for path in CORPUS.glob("*.txt"):
        assert read_head(path.read_text("utf-8")).page


def test_both_widths_of_punctuation_occur() -> None:
    commas = [{",", "，"} & set(path.read_text("utf-8")) for path in CORPUS.glob("*.txt")]
    assert {","} in commas
    assert {"，"} in commas


@pytest.mark.shared
def test_nothing_is_copied() -> None:
    """No run of 20 characters, white space and punctuation left out, is the page's own."""
    if not SHARED_PAGES.is_dir():
        pytest.skip("the page that the articles report lies beside the project, and is not here")
    size = LONGEST_SHARED_RUN + 1
    runs = set()
    for page in SHARED_PAGES.glob("*.txt"):
        text = DROPPED.sub("", page.read_text("utf-8"))
        runs |= {text[at : at + size] for at in range(len(text) - size + 1)}
    for name, text in texts().items():
        own = DROPPED.sub("", text)
        copied = [own[at : at + size] for at in range(len(own)) if own[at : at + size] in runs]
        assert not copied, name
