"""Takes out of `not_yet` in cases/corpus_facts.yaml what the tables hold by now.

    python -m tests.settle_facts

To be run after a better extraction; test_corpus.py fails until it is done. It takes facts out and
never puts one in: a fact that is lost needs a person who says why.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import yaml

from tests.test_corpus import FACTS_FILE, NOT_YET, build_tables, missing

_EXCUSE = re.compile(r"    - fact: (?P<fact>.*)\n(?:      (?!  ).*\n|        .*\n)*")


def main() -> None:
    """Rewrites the file and says how many facts left the list."""
    with tempfile.TemporaryDirectory() as folder:
        tables = build_tables(Path(folder))
    lost = {kind: missing(tables, kind) for kind in NOT_YET}
    head, notyet = FACTS_FILE.read_text("utf-8").split("not_yet:\n")
    kinds = re.split(r"^  (\w+):\n", notyet, flags=re.MULTILINE)
    kept = "".join(
        _section(kind, excuses, lost[kind])
        for kind, excuses in zip(kinds[1::2], kinds[2::2], strict=True)
    )
    FACTS_FILE.write_text(f"{head}not_yet:\n{kept}", "utf-8")
    print(f"{notyet.count('- fact:') - kept.count('- fact:')} facts are found now")


def _section(kind: str, excuses: str, lost: list[Any]) -> str:
    """The excuses of a kind without those whose fact is found."""
    kept = [
        match[0] for match in _EXCUSE.finditer(excuses) if yaml.safe_load(match["fact"]) in lost
    ]
    return f"  {kind}:\n{''.join(kept)}" if kept else ""


if __name__ == "__main__":
    main()
