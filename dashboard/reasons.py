"""Why a source was not taken, in the reader's language.

The pipeline says it in English, with values in it. `reasons.yaml` holds each of its sentences,
a {field} for each value, with the same in Chinese.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

import yaml

_FIELD = re.compile(r"\\\{(\w+)\\\}")


def said(language: str, reason: str) -> str:
    """`reason` in the reader's language; as it is where nobody has translated it."""
    if language == "en":
        return reason
    for pattern, chinese in _patterns():
        match = pattern.fullmatch(reason)
        if match:
            values = {name: said(language, value) for name, value in match.groupdict().items()}
            return chinese.format(**values)
    return reason


def is_known(reason: str) -> bool:
    """Whether a sentence has its Chinese."""
    return any(pattern.fullmatch(reason) for pattern, _ in _patterns())


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    path = Path(__file__).with_name("language") / "reasons.yaml"
    pairs: dict[str, str] = yaml.safe_load(path.read_text("utf-8"))
    # Those that begin with a value last, the longest first: a short one might fit as a part of it.
    ordered = sorted(pairs.items(), key=lambda pair: (pair[0].startswith("{"), -len(pair[0])))
    return [
        (re.compile(_FIELD.sub(r"(?P<\1>.*)", re.escape(english)), re.DOTALL), chinese)
        for english, chinese in ordered
    ]
