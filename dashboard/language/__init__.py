"""The words of the interface, in Chinese and English; no page writes its own.

`zh.yaml` and `en.yaml` hold the same keys. A value may have {fields} that the caller fills.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("zh", "en")
FALLBACK = "zh"


# From here on a number is read in groups of three; a year has one digit less.
GROUPED = 10_000


class UnknownTextError(KeyError):
    """No text has this key; add it to both language files."""


@functools.cache
def texts(language: str) -> dict[str, str]:
    """Key (`figures.title`) → text, of one of LANGUAGES."""
    path = Path(__file__).with_name(f"{language}.yaml")
    return dict(_flat(yaml.safe_load(path.read_text("utf-8"))))


def _flat(tree: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in tree.items():
        if isinstance(value, dict):
            pairs += _flat(value, f"{prefix}{name}.")
        else:
            pairs.append((f"{prefix}{name}", str(value)))
    return pairs


def text(language: str, key: str, **values: object) -> str:
    """The text of `key` in `language`, its {fields} filled with `values`, whole numbers as `count`.

    Raises UnknownTextError for a key that neither file has.
    """
    try:
        template = texts(language)[key]
    except KeyError:
        raise UnknownTextError(key) from None
    said = {name: count(one) if type(one) is int else one for name, one in values.items()}
    return template.format(**said) if said else template


def count(number: int) -> str:
    """A whole number as it is read: 3864, 11,365."""
    return f"{number:,}" if abs(number) >= GROUPED else str(number)


def has(language: str, key: str) -> bool:
    """Whether a text with this key exists: for values of the tables, which may be newer."""
    return key in texts(language)
