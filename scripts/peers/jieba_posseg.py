"""jieba.posseg: places (ns) and people (nr), without codes."""

from __future__ import annotations

import jieba
import jieba.posseg
from common import Found, serve


def find(text: str, date: str) -> Found:
    """Words by their tag; a person's name has two characters or more."""
    places, people, at = [], [], 0
    for pair in jieba.posseg.cut(text):
        span = {"start": at, "end": at + len(pair.word)}
        at = span["end"]
        if pair.flag == "ns":
            places.append(span)
        elif pair.flag.startswith("nr") and len(pair.word) > 1:
            people.append({**span, "name": pair.word})
    return {"places": places, "people": people}


if __name__ == "__main__":
    jieba.setLogLevel(60)
    jieba.posseg.lcut("北京")
    serve(find)
