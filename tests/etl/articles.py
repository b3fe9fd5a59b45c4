"""One article for the tests of the extractors: text in, filled reading out."""

from __future__ import annotations

import datetime

from etl.extract import extract
from etl.model import Block, Reading


def read(text: str, headline: str | None = None, year: int = 2024) -> Reading:
    """Everything found in `text`, each line a paragraph; the issue is of 3 June."""
    whole = f"{headline}\n{text}" if headline else text
    blocks, at = [], 0
    for number, line in enumerate(whole.split("\n")):
        role = "headline" if headline and number == 0 else "body"
        if line.strip():
            blocks.append(Block(role, at, at + len(line)))
        at += len(line) + 1
    date = datetime.date(year, 6, 3)
    return extract(Reading("a", whole, blocks, headline, issue_date=date))
