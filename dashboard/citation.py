"""How to cite a view: in the Chinese form, after GB/T 7714-2015, and for BibTeX.

A data set on the net is [DS/OL]: author. title[DS/OL]. version. [day of access]. address.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from dashboard import theme
from dashboard.language import text

# What TeX takes for a command.
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{one: f"\\{one}" for one in "&%$#_{}"},
}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited: its title, the filters in words, version of the data, link, and the day
    (ISO) on which it was looked at, or nothing where every reader has a day of their own."""

    title: str
    filters: str
    version: str
    link: str
    day: str


def chinese(cited: Cited, language: str) -> str:
    """The reference in the form of GB/T 7714, in one line."""
    named = text(language, "cite.named", title=cited.title, filters=cited.filters)
    parts = [
        text(language, "cite.author"),
        f"{named}[DS/OL]",
        text(language, "cite.version", version=cited.version),
        f"[{cited.day}]" if cited.day else "",
        cited.link,
    ]
    return ". ".join(_SPACES.sub(" ", one).strip() for one in parts if one)


def bibtex(cited: Cited, language: str) -> str:
    """The reference as a BibTeX entry that `\\usepackage{url}` is enough for."""
    key = f"banmian-{cited.version[:8]}-{zlib.crc32(cited.link.encode()):08x}"
    named = text(language, "cite.named", title=cited.title, filters=cited.filters)
    note = text(language, "cite.seen", day=theme.format_date(cited.day, language))
    fields = {
        "author": "{" + _tex(text(language, "cite.author")) + "}",
        "title": "{" + _tex(named) + "}",
        "version": _tex(cited.version),
        "url": cited.link,
        "urldate": cited.day,
        "year": cited.day[:4],
        "note": _tex(note),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{body}\n}}\n"


def _tex(said: str) -> str:
    return "".join(_TEX.get(one, one) for one in _SPACES.sub(" ", said))
