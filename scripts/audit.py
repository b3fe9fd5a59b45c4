"""Ask for known holes in the locked packages, and say for how many somebody answered.

    .venv/bin/python scripts/audit.py

Asks PyPI and then OSV by pip-audit. Exit status: 0 every package was asked about and none has a
known hole, 1 some have, 3 not every package could be asked about, so that nothing is known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LOCKED = ("requirements.txt", "requirements-dev.txt")
SERVICES = ("pypi", "osv")
CLEAR, HOLES, UNKNOWN = 0, 1, 3


class Answer(NamedTuple):
    """Of a locked file: packages asked about, packages that nobody answered for, holes found."""

    asked: int
    unanswered: list[str]
    holes: list[str]


def ask(name: str) -> Answer:
    """What the service says that answers for the most packages."""
    answers = []
    for service in SERVICES:
        answers.append(read(_called(name, service), name))
        if not answers[-1].unanswered:
            break
    return max(answers, key=lambda one: (one.asked, len(one.unanswered)))


def _called(name: str, service: str) -> str:
    call = [sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / name)]
    call += ["--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    call += ["--format", "json", "--vulnerability-service", service, "--timeout", "20"]
    return subprocess.run(call, capture_output=True, text=True, check=False).stdout


def read(output: str, name: str) -> Answer:
    """What pip-audit wrote; a package that it skipped was not asked about."""
    try:
        found: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Answer(0, [name], [])
    answered = [one for one in found if "skip_reason" not in one]
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}"
        + (f", mended in {', '.join(hole['fix_versions'])}" if hole.get("fix_versions") else "")
        for one in answered
        for hole in one.get("vulns", ())
    ]
    return Answer(len(answered), [one["name"] for one in found if "skip_reason" in one], holes)


def main() -> int:
    """Print what was learned; the exit status."""
    answers = {name: ask(name) for name in LOCKED}
    for name, one in answers.items():
        for hole in one.holes:
            print(f"{name}: {hole}")
        if one.unanswered:
            print(
                f"{name}: COULD NOT ASK about {len(one.unanswered):,} "
                f"({', '.join(one.unanswered[:3])} ...), so nothing is known of them; "
                f"{one.asked:,} were asked about. Try again where PyPI or osv.dev can be reached."
            )
        elif not one.holes:
            print(f"{name}: {one.asked:,} packages, no hole known today.")
    if any(one.holes for one in answers.values()):
        return HOLES
    return UNKNOWN if any(one.unanswered for one in answers.values()) else CLEAR


if __name__ == "__main__":
    sys.exit(main())
