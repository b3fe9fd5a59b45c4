"""Accuracy on real text: `python -m tests.accuracy`, and `make accuracy` to keep what it gave.

Measures the newspaper page and the articles of `tests/gold/unseen.json`, 60 articles drawn at
random from the corpora beside the project and annotated by machine readers that saw no output of
the extraction; the gold holds offsets and facts but no sentence. Rules were developed on the page
and on the open half; nobody looked at the misses of the closed half. What was kept stands in
`data/quality/accuracy.json`, which the documents and the dashboard's quality page show.

`tests/gold/events.json` holds the events alone of 40 more articles, noted by a machine reader
before it looked at any output; rules were mended on the half "read", of "unread" only scores were
seen. `tests/gold/stories.json` holds figures, places, dates, people and events of 24 more, noted
and halved alike, `tests/gold/work.json` of 28 more, most of them about assemblies and governments
at work, and `tests/gold/whose.json` the figures alone, with whose place each is, of 86 more that
name several places. `tests/gold/fresh.json` holds the people and events alone of 43 more.
"""

from __future__ import annotations

import datetime
import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from etl import score
from etl.__main__ import main as command

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
PAGE = SHARED / "seeds" / "page.txt"
PAGE_GOLD = SHARED / "gold" / "page.json"
UNSEEN = Path(__file__).parent / "gold" / "unseen.json"
EVENTS = Path(__file__).parent / "gold" / "events.json"
STORIES = Path(__file__).parent / "gold" / "stories.json"
WORK = Path(__file__).parent / "gold" / "work.json"
WHOSE = Path(__file__).parent / "gold" / "whose.json"
FRESH = Path(__file__).parent / "gold" / "fresh.json"
KEPT = ROOT / "data" / "quality" / "accuracy.json"
HALVES = ("open", "closed")
EVENT_HALVES = ("read", "unread")
STORY_HALVES = ("stories-read", "stories-unread")
WORK_HALVES = ("work-read", "work-unread")
WHOSE_HALVES = ("whose-read", "whose-unread")
FRESH_HALVES = ("fresh-read", "fresh-unread")
# Which file holds a part, and under which half.
GOLD = {
    **{part: (UNSEEN, part) for part in HALVES},
    **{part: (EVENTS, part) for part in EVENT_HALVES},
    **{part: (STORIES, part.removeprefix("stories-")) for part in STORY_HALVES},
    **{part: (WORK, part.removeprefix("work-")) for part in WORK_HALVES},
    **{part: (WHOSE, part.removeprefix("whose-")) for part in WHOSE_HALVES},
    **{part: (FRESH, part.removeprefix("fresh-")) for part in FRESH_HALVES},
}
EVENT_QUESTION = "activities: events by sentence"
FRESH_QUESTIONS = ("people", EVENT_QUESTION)
# What one or another gold file besides `UNSEEN` does not ask for.
UNASKED: dict[str, Any] = {
    one: [] for one in ("articles", "figures", "places", "dates", "people", "activities")
}
# Lower ends of the stretches of confidence in which figures are counted.
BINS = (0.9, 0.8, 0.7, 0.6, 0.0)


def gold_of(part: str) -> list[dict[str, Any]]:
    """The gold documents of the page or of one half."""
    if part == "page":
        return [json.loads(PAGE_GOLD.read_text(encoding="utf-8"))]
    path, half = GOLD[part]
    documents: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [UNASKED | one for one in documents if one["half"] == half]


def build(part: str, folder: Path) -> Path:
    """The tables of the page or of one half, built below `folder`, whose texts are outside."""
    out = folder / part
    if part == "page":
        options = ["--issue-date", "2023-12-29", "--publication", "人民政协报"]
        command(["build", str(PAGE), *options, "--out", str(out)])
        return out
    source = folder / f"{part}.jsonl"
    with source.open("w", encoding="utf-8") as lines:
        for corpus in sorted({one["corpus"] for one in gold_of(part)}):
            wanted = {one["document"] for one in gold_of(part) if one["corpus"] == corpus}
            lines.writelines(_records(corpus, wanted))
    command(["build", str(source), "--out", str(out)])
    return out


def measure(part: str, folder: Path) -> dict[str, score.Tally]:
    """The tallies of the page or of one half, a question each."""
    marked = folder / f"{part}.json"
    marked.write_text(json.dumps(gold_of(part), ensure_ascii=False), encoding="utf-8")
    return score.score(build(part, folder), marked)


def measure_events(half: str, folder: Path) -> score.Tally:
    """The tally of the events of one half of `EVENTS`."""
    return measure(half, folder)[EVENT_QUESTION]


def measure_stories(half: str, folder: Path) -> dict[str, score.Tally]:
    """The tallies of one half of `STORIES` or `WORK`, which do not ask where articles begin."""
    tallies = measure(half, folder)
    return {name: one for name, one in tallies.items() if not name.startswith("articles")}


def measure_owners(half: str, folder: Path) -> dict[str, score.Tally]:
    """The tallies of the figures of one half of `WHOSE`, which asks for nothing else."""
    tallies = measure(half, folder)
    return {name: one for name, one in tallies.items() if name.startswith("figures")}


def measure_fresh(half: str, folder: Path) -> dict[str, score.Tally]:
    """The tallies of one half of `FRESH`, which asks for people and events."""
    tallies = measure(half, folder)
    return {name: tallies[name] for name in FRESH_QUESTIONS}


def _records(corpus: str, wanted: set[str]) -> list[str]:
    path = SHARED / "corpora" / f"{corpus}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line for line in lines if json.loads(line)["id"] in wanted]


def confidences(folder: Path) -> list[dict[str, float]]:
    """Of the reportable figures in each stretch of confidence, how many are right.

    Right in value, unit and place; figures on top of borderline gold rows are left out.
    """
    bins = {low: {"from": low, "right": 0, "given": 0} for low in BINS}
    for part in ("page", *HALVES, *STORY_HALVES, *WORK_HALVES, *WHOSE_HALVES):
        for gold in gold_of(part):
            found = score.rows_of(folder / part, gold["document"])
            for figure, is_right in score.judged_figures(found or {}, gold):
                low = next(one for one in BINS if figure["confidence"] >= one)
                bins[low]["given"] += 1
                bins[low]["right"] += is_right
    return list(bins.values())


def counts(tallies: dict[str, score.Tally]) -> dict[str, dict[str, int]]:
    """What is kept of the tallies: how many were right, asked for and given."""
    return {
        name: {"right": one.right, "gold": one.gold, "found": one.found}
        for name, one in tallies.items()
    }


def main(arguments: list[str]) -> int:
    """Print F1 per question, and with --write keep the counts; 3 where texts are missing."""
    if not PAGE.exists():
        print("The texts that the gold speaks of are not beside the project (../shared).")
        return 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = {part: measure(part, folder) for part in ("page", *HALVES)}
        events = {half: measure_events(half, folder) for half in EVENT_HALVES}
        stories = {half: measure_stories(half, folder) for half in STORY_HALVES}
        work = {half: measure_stories(half, folder) for half in WORK_HALVES}
        whose = {half: measure_owners(half, folder) for half in WHOSE_HALVES}
        fresh = {half: measure_fresh(half, folder) for half in FRESH_HALVES}
        sets = {
            part: {"documents": len(gold_of(part)), "questions": counts(tallies)}
            for part, tallies in parts.items()
        }
        kept = {
            "measured": datetime.date.today().isoformat(),
            "sets": sets,
            "events": counts(events),
            "stories": {half: counts(tallies) for half, tallies in stories.items()},
            "work": {half: counts(tallies) for half, tallies in work.items()},
            "whose": {half: counts(tallies) for half, tallies in whose.items()},
            "fresh": {half: counts(tallies) for half, tallies in fresh.items()},
            "confidence": confidences(folder),
        }
    told = {half: {EVENT_QUESTION: one} for half, one in events.items()}
    for part, tallies in (parts | told | stories | work | whose | fresh).items():
        for question, one in tallies.items():
            print(f"{part:15}{question:34}{one.f1:7.3f}{one.right:6}{one.gold:6}{one.found:6}")
    for row in kept["confidence"]:
        print(f"confidence from {row['from']}: {row['right']} of {row['given']} right")
    if "--write" in arguments:
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
