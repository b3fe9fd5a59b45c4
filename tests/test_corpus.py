"""The bundled articles state the facts that they report, cite their source, and copy nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.text import normalise

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "data" / "corpus"
FACTS: dict[str, list[Any]] = yaml.safe_load(
    (ROOT / "tests" / "cases" / "corpus_facts.yaml").read_text("utf-8")
)
SHARED_PAGES = ROOT.parent / "shared" / "seeds"
LONGEST_SHARED_RUN = 19
SOURCE = re.compile(r"\(据《人民政协报》2023年12月29日《[^》]{2,19}》\)")
DROPPED = re.compile(r"[\s,，。、;；:：“”\"'()（）!！?？]")


def texts() -> dict[str, str]:
    """The text of every document of the corpus, by its name."""
    found = {}
    for path in sorted(CORPUS.glob("2*")):
        text = path.read_text("utf-8")
        if path.suffix == ".jsonl":
            for record in map(json.loads, text.splitlines()):
                found[f"{path.name}#{record['id']}"] = record["text"]
        else:
            found[path.name] = text
    return found


def as_written(fact: Any) -> str:
    return fact[0] if isinstance(fact, list) else fact


@pytest.mark.parametrize("kind", ["places", "dates", "people", "figures", "bodies"])
def test_facts_are_stated(kind: str) -> None:
    everything = normalise("\n".join(texts().values()))
    assert FACTS[kind]
    assert [fact for fact in FACTS[kind] if as_written(fact) not in everything] == []


def test_a_dozen_articles_or_more_cite_their_source() -> None:
    cited = {name: len(SOURCE.findall(normalise(text))) for name, text in texts().items()}
    assert all(cited.values())
    assert sum(cited.values()) >= 12


def test_pages_name_their_issue() -> None:
    for path in CORPUS.glob("*.txt"):
        head = normalise(path.read_text("utf-8").splitlines()[0])
        assert re.fullmatch(r"版面简报 2023年12月29日 星期五 第\d版", head)


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
