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
    """The text of `key` in `language`, its {fields} filled with `values`.

    Raises UnknownTextError for a key that neither file has.
    """
    try:
        template = texts(language)[key]
    except KeyError:
        raise UnknownTextError(key) from None
    return template.format(**values) if values else template


def has(language: str, key: str) -> bool:
    """Whether a text with this key exists: for values of the tables, which may be newer."""
    return key in texts(language)
