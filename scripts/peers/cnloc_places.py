"""cnloc: places, by the divisions of the text's own year."""

from __future__ import annotations

from cnloc import address_parser as parser
from common import Found, serve

# Its automatons are made once for each year; these are the years of the texts.
FIRST, LAST = 2012, 2024


def find(text: str, date: str) -> Found:
    """Its longest matches that do not overlap, each read by its own left-to-right rule."""
    year = min(max(int(date[:4]), FIRST), LAST)
    places = []
    for match in parser.get_best_matches(text, year):
        found = parser.parse_left_to_right([match], year)
        code = found["county_adcode"] or found["city_adcode"] or found["province_adcode"]
        if code:
            places.append({"start": match["start"], "end": match["end"] + 1, "adcode": code})
    return {"places": places}


if __name__ == "__main__":
    parser._build_automaton(list(range(FIRST, LAST + 1)))
    serve(find)
