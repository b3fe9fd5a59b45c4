"""How accurate the extraction was measured to be: what `data/quality/` keeps, as data frames."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

FOLDER = Path(__file__).resolve().parent.parent / "data" / "quality"
# Parts of the gold, the most telling first.
PARTS = ("closed", "open", "page")
US = "banmian"


@cache
def _kept(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content


def day(name: str) -> str:
    """The day on which `accuracy` or `peers` was measured (ISO)."""
    return str(_kept(name)["measured"])


def documents(part: str) -> int:
    """How many documents a part of the gold has."""
    return int(_kept("accuracy")["sets"][part]["documents"])


def ours(part: str) -> pd.DataFrame:
    """Our own accuracy, a row per question.

    Columns: question, right, gold (asked for), found (given), precision, recall, f1 (0 to 1).
    """
    questions = _kept("accuracy")["sets"][part]["questions"]
    return pd.DataFrame([{"question": name, **_scored(row)} for name, row in questions.items()])


def peers(part: str) -> pd.DataFrame:
    """Us and other tools on the same texts by laxer rules, a row per question and tool.

    Columns: question, tool, right, gold, found, precision, recall, f1. A question that a tool
    does not answer has no row.
    """
    rows = [
        {"question": question, "tool": name, **_scored(row)}
        for name, tool in _kept("peers")["tools"].items()
        for question, row in tool["sets"][part].items()
    ]
    return pd.DataFrame(rows)


def tools() -> pd.DataFrame:
    """The tools: tool, version, licence, characters_per_second (of processor time)."""
    columns = ("version", "licence", "characters_per_second")
    return pd.DataFrame(
        [
            {"tool": name, **{one: tool[one] for one in columns}}
            for name, tool in _kept("peers")["tools"].items()
        ]
    )


def confidences() -> pd.DataFrame:
    """Figures by the confidence they were given: from, right, given, share (right of given)."""
    frame = pd.DataFrame(_kept("accuracy")["confidence"])
    return frame[frame["given"] > 0].assign(share=lambda rows: rows["right"] / rows["given"])


@cache
def limits(language: str) -> dict[str, str]:
    """What still fails: kind of fact → a sentence in that language."""
    content = yaml.safe_load((FOLDER / "limits.yaml").read_text(encoding="utf-8"))
    return {kind: texts[language] for kind, texts in content.items()}


def _scored(row: dict[str, int]) -> dict[str, float]:
    precision = row["right"] / row["found"] if row["found"] else float(not row["gold"])
    recall = row["right"] / row["gold"] if row["gold"] else 1.0
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    return {**row, "precision": precision, "recall": recall, "f1": f1}
