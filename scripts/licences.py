"""Check that the licence of every locked package is on the list in requirements-licences.yaml.

    .venv/bin/python scripts/licences.py

Reads the locked files and what the installed packages say of themselves. Exit status: 0 all are
on the list, 1 some are not, or one does not say its licence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml
from license_expression import AND, OR, ExpressionError, LicenseSymbol, get_spdx_licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "requirements-licences.yaml"
RUNNING = "requirements.txt"
LOCKED = (RUNNING, "requirements-dask.txt", "requirements-bill.txt", "requirements-dev.txt")
_spdx = get_spdx_licensing()


def locked(name: str) -> Iterator[Requirement]:
    """The packages of a locked file, each with the mark of where it is installed."""
    for line in re.findall(r"^([a-z0-9].*?)\s*\\?$", (ROOT / name).read_text("utf-8"), re.M):
        yield Requirement(line)


def said(package: str) -> str:
    """What an installed package says of its licence; empty where it says nothing clear."""
    found = metadata.metadata(package)
    if expression := found.get("License-Expression"):
        return str(expression)
    marks = [one for one in found.get_all("Classifier") or () if one.startswith("License ::")]
    named = {one.split(" :: ")[-1] for one in marks} - {"OSI Approved"}
    if len(named) == 1:
        return named.pop()
    whole = str(found.get("License") or "").strip()
    return whole if whole and not named and "\n" not in whole else ""


def is_allowed(expression: str, allowed: set[str]) -> bool:
    """Whether we may use what comes under an SPDX expression: all of AND, one of OR."""
    try:
        parsed = _spdx.parse(expression)
    except ExpressionError:
        return False
    return parsed is not None and _holds(parsed, allowed)


def _holds(parsed: Any, allowed: set[str]) -> bool:
    if isinstance(parsed, LicenseSymbol):
        return parsed.key in allowed
    if not isinstance(parsed, OR | AND):
        # An exception that we have not read.
        return False
    parts = [_holds(one, allowed) for one in parsed.args]
    return any(parts) if isinstance(parsed, OR) else all(parts)


def faults(rules: dict[str, Any]) -> Iterator[str]:
    """A sentence for each package that is not as the list wants it."""
    allowed = set(rules["allowed"])
    running = {canonicalize_name(one.name) for one in locked(RUNNING)}
    every = {canonicalize_name(one.name): one for name in LOCKED for one in locked(name)}
    for name, one in sorted(every.items()):
        known = rules["packages"].get(name)
        if known is None:
            yield from _fault(name, one, rules["known_as"], allowed)
        elif known.get("development_only"):
            if name in running:
                yield f"{name}: is for development only, but {RUNNING} has it"
        elif not is_allowed(known["licence"], allowed):
            yield f"{name}: {known['licence']} is not on the list"
    for name in sorted(rules["packages"].keys() - every.keys()):
        yield f"{name}: is on the list of packages, but not locked any more; take it out"


def _fault(
    name: str, one: Requirement, known_as: dict[str, str], allowed: set[str]
) -> Iterator[str]:
    try:
        found = said(name)
    except metadata.PackageNotFoundError:
        where = f" ({one.marker})" if one.marker else ""
        yield f"{name}: is not installed here{where}; install it, or write its licence down"
        return
    expression = known_as.get(found, found)
    if not expression:
        yield f"{name}: does not say its licence clearly; look at its files and write it down"
    elif not is_allowed(expression, allowed):
        yield f"{name}: {expression} is not on the list"


def main() -> int:
    """Print what is wrong; the exit status."""
    rules = yaml.safe_load(LIST.read_text("utf-8"))
    found = list(faults(rules))
    for one in found:
        print(one, file=sys.stderr)
    if found:
        print(f"The list is {LIST.name}.", file=sys.stderr)
        return 1
    every = {one.name for name in LOCKED for one in locked(name)}
    print(f"{len(every)} packages, licences as listed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
