"""An article's text → its sentences."""

from __future__ import annotations

import re
from itertools import pairwise

from etl import tables
from etl.model import Block, Reading

# Both begin with one class of characters, so that `re` passes over all others at once.
_ROW = re.compile(r"[\r\n][\r\n]*")
# A sentence ends with its stop and whatever quotes and brackets close after it.
_STOP = re.compile(r"[。!?！？….](?:(?<=…)…?|(?<=\.)\.{2,5}|(?<![….]))[”’』」）)》]*")


def split_sentences(reading: Reading) -> list[tables.Sentence]:
    """The sentences in reading order; offsets count into the article's text.

    A headline, byline, caption line or section head is a sentence of its own, whatever it ends
    with. A body paragraph ends one too. No sentence crosses a seam of the page, where the text
    goes on elsewhere in the document. 。！？… end a sentence, ； does not.
    """
    found: list[tables.Sentence] = []
    for paragraph, block in enumerate(reading.blocks, start=1):
        for start, end in _spans(reading, block):
            order = len(found) + 1
            found.append(
                tables.Sentence(
                    sentence_id=f"{reading.article_id}-s{order:03d}",
                    article_id=reading.article_id,
                    order=order,
                    start=start,
                    end=end,
                    role=block.role,
                    paragraph=paragraph,
                )
            )
    return found


def _spans(reading: Reading, block: Block) -> list[tuple[int, int]]:
    """Non-empty sentence spans of one block, white space at their ends left out."""
    cuts = [block.start, *(one for one in reading.seams if block.start < one < block.end)]
    if block.role in ("body", "caption"):
        cuts += [stop.end() for stop in _STOP.finditer(reading.text, block.start, block.end)]
        # Only a printed table has line breaks in its block: a sentence is a row.
        cuts += [one.end() for one in _ROW.finditer(reading.text, block.start, block.end)]
    cuts = sorted({*cuts, block.end})
    spans = []
    for start, end in pairwise(cuts):
        part = reading.text[start:end]
        left = start + len(part) - len(part.lstrip())
        right = left + len(part.strip())
        if left < right:
            spans.append((left, right))
    return spans
