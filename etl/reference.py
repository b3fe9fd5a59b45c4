"""Word lists and tables the extraction rests on: `data/reference/*.yaml`, read once per process.

Each file is our own work, with its source and date in a comment at its top.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# libyaml's parser where PyYAML has it: ten times as fast.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FOLDER = Path(__file__).resolve().parent.parent / "data" / "reference"


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `data/reference/<name>.yaml`.

    Lists of words may be written as one string of words parted by white space; they stay so
    here, see `words`. A missing file raises FileNotFoundError, a broken one yaml.YAMLError.
    """
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, _Loader)
    return content


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """The words of one list of a file, in the file's order, each once."""
    return tuple(dict.fromkeys(load(name)[key].split()))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The words of one list of a file as a set."""
    return frozenset(words(name, key))


@cache
def numbers(name: str) -> dict[str, float]:
    """The two columns of `data/reference/<name>.csv`, key to number; lines with # are comments."""
    lines = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.reader(line for line in lines if not line.startswith("#"))
    next(rows)
    return {key: float(number) for key, number in rows}


@cache
def boilerplate() -> frozenset[str]:
    """Set phrases of political language, which a word cloud may leave out."""
    return word_set("boilerplate", "phrases")
