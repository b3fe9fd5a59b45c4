"""What `data/quality/` keeps, as the tables of docs/accuracy.md: `python -m tests.kept`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

from dashboard import language, measured
from tests.accuracy import (
    EVENT_QUESTION,
    FRESH_HALVES,
    KEPT,
    ROOT,
    STORY_HALVES,
    WHOSE_HALVES,
    WORK_HALVES,
)

DOCUMENT = ROOT / "docs" / "accuracy.md"
PARTS = ("page", "open", "closed")


def document(text: str) -> str:
    """`text` with what stands between its markers written anew."""
    for name, lines in BLOCKS.items():
        block = f"<!-- {name} -->\n" + "\n".join(lines()) + f"\n<!-- /{name} -->"
        pattern = rf"<!-- {name} -->.*?<!-- /{name} -->"
        text = re.sub(pattern, lambda _, block=block: block, text, flags=re.DOTALL)
    return text


def _accuracy() -> Iterator[str]:
    yield f"Measured on {measured.day('accuracy')}."
    yield ""
    yield "| | " + " | ".join(PARTS) + " |"
    yield "|---|" + "---|" * len(PARTS)
    frames = {part: measured.ours(part) for part in PARTS}
    for index, question in enumerate(frames["page"]["question"]):
        cells = [_cell(frames[part].iloc[index]) for part in PARTS]
        yield f"| {question} | " + " | ".join(cells) + " |"


def _cell(row: object) -> str:
    return f"{row.f1:.3f} ({row.right} of {row.gold}, {row.found} found)"  # type: ignore[attr-defined]


def _peers() -> Iterator[str]:
    yield f"Measured on {measured.day('peers')}; F1 on the closed half."
    yield ""
    rows = measured.peers("closed").pivot(index="question", columns="tool", values="f1")
    tools = measured.tools()
    names = list(tools["tool"])
    yield "| | " + " | ".join(names) + " |"
    yield "|---|" + "---|" * len(names)
    for question in measured.peers("closed")["question"].unique():
        cells = [_score(rows.loc[question].get(name)) for name in names]
        yield f"| {question} | " + " | ".join(cells) + " |"
    speeds = [f"{one:,}" for one in tools["characters_per_second"]]
    yield "| characters a second | " + " | ".join(speeds) + " |"


def _score(value: float | None) -> str:
    return f"{value:.3f}" if value is not None and value == value else ""


def _confidence() -> Iterator[str]:
    yield "| confidence from | right | of |"
    yield "|---|---|---|"
    for row in measured.confidences().to_dict("records"):
        yield f"| {row['from']:.1f} | {row['right']} | {row['given']} |"


def _stories() -> Iterator[str]:
    return _halves("stories", STORY_HALVES)


def _work() -> Iterator[str]:
    return _halves("work", WORK_HALVES)


def _whose() -> Iterator[str]:
    return _halves("whose", WHOSE_HALVES)


def _fresh() -> Iterator[str]:
    return _halves("fresh", FRESH_HALVES)


def _pooled() -> Iterator[str]:
    """All halves whose misses nobody looked at, counted together."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    halves = [
        kept["sets"]["closed"]["questions"],
        {EVENT_QUESTION: kept["events"]["unread"]},
        *(kept[name][f"{name}-unread"] for name in ("stories", "work", "whose", "fresh")),
    ]
    yield "| | of all unread halves |"
    yield "|---|---|"
    for question in halves[0]:
        asked = [half[question] for half in halves if question in half]
        sums = {key: sum(one[key] for one in asked) for key in asked[0]}
        yield f"| {question} | {_share(**sums)} |"


def _halves(name: str, halves: tuple[str, ...]) -> Iterator[str]:
    """The table of a set with one half read and one unread."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))[name]
    yield "| | read | unread |"
    yield "|---|---|---|"
    for question in kept[halves[0]]:
        cells = [_share(**kept[half][question]) for half in halves]
        yield f"| {question} | " + " | ".join(cells) + " |"


def _share(right: int, gold: int, found: int) -> str:
    """F1 from the counts, as `_cell` writes it."""
    return f"{2 * right / max(gold + found, 1):.3f} ({right} of {gold}, {found} found)"


def _limits() -> Iterator[str]:
    for kind, said in measured.limits("en").items():
        yield f"- **{language.text('en', f'quality.fact_{kind}')}**: {said}"


BLOCKS = {
    "accuracy": _accuracy,
    "pooled": _pooled,
    "peers": _peers,
    "confidence": _confidence,
    "limits": _limits,
    "stories": _stories,
    "work": _work,
    "whose": _whose,
    "fresh": _fresh,
}


if __name__ == "__main__":
    DOCUMENT.write_text(document(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT.name} written\n")
