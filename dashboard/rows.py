"""Lists in readable text: what is known, its sentence, and the way to it.

Everything that comes from an article is escaped here, once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import links, theme
from dashboard.view import View

# Of a hit's sentence so much is shown, and so much of it before the hit, in characters.
LONG, BEFORE = 160, 50


def scrolling(table: str, label: str) -> str:
    """A table's HTML in a frame that scrolls by finger and by key, with a name for its reader."""
    return (
        f"<div class='bm-scroll' tabindex='0' role='group' aria-label='{escaped(label)}'>"
        f"{table}</div>"
    )


def escaped(value: object) -> str:
    """Text of an article, safe to stand in HTML."""
    return html.escape(str(value))


def markdown(value: object) -> str:
    """Text of an article, safe to stand in a label that reads Markdown."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]()<>#+-.!|~$:^&" else one for one in str(value))


def office(body: str | None, title: str | None) -> str:
    """A body and a title in it, what both say said once: 湖北省政协 and 省政协副主席 are one."""
    body, title = body if is_known(body) else "", title if is_known(title) else ""
    body, title = body or "", title or ""
    if title.startswith(body):
        return title
    shared = next((n for n in range(len(title), 1, -1) if body.endswith(title[:n])), 0)
    return body + title[shared:]


def is_known(value: Any) -> bool:
    """False for what the tables leave empty: None, NaN, NA, an empty text."""
    return not pd.isna(value) and value != ""


def place_of(row: Any) -> str:
    """The row's city and county, or its province, or nothing."""
    parts = [getattr(row, name, None) for name in ("city", "county")]
    known = [str(one) for one in parts if is_known(one)]
    if known:
        return "".join(dict.fromkeys(known))
    return str(row.province) if is_known(row.province) else ""


def told_of(row: Any) -> list[str]:
    """An activity's organiser, unless its place says the same, and its article's headline."""
    organiser = None if row.organiser == place_of(row) else row.organiser
    return [str(one) for one in (organiser, row.headline) if is_known(one)]


def place_link(adcode: object, name: object) -> str:
    """A place's name as a link to its profile; only the name where there is no code."""
    return links.to_place(str(adcode), name) if is_known(adcode) else escaped(name)


def quote(sentence: object, *marked: object) -> str:
    """A sentence as a quotation, with `marked` set off wherever it stands in it."""
    text = " ".join(str(sentence).split())
    return f"<blockquote class='bm-quote'>{highlighted(text, marked)}</blockquote>"


def highlighted(text: str, marked: Sequence[object]) -> str:
    """Text as HTML with all of `marked` set off, in whichever case of letters."""
    known = sorted({str(one) for one in marked if is_known(one)}, key=len, reverse=True)
    if not known:
        return escaped(text)
    pattern = re.compile(f"({'|'.join(map(re.escape, known))})", re.IGNORECASE)
    parts = pattern.split(text)
    return "".join(
        f"<mark>{escaped(part)}</mark>" if number % 2 else escaped(part)
        for number, part in enumerate(parts)
    )


def around(text: object, words: Sequence[str]) -> str:
    """A long text cut to what stands around the first of the words."""
    whole = str(text)
    found = [at for word in words if (at := whole.lower().find(word)) >= 0]
    start = max(min(found, default=0) - BEFORE, 0)
    end = start + LONG
    return ("…" if start else "") + whole[start:end] + ("…" if end < len(whole) else "")


def place_anchor(row: Any) -> str:
    """The row's place as a link to its profile, or nothing where it has none."""
    place = place_of(row)
    return place_link(getattr(row, "adcode", None), place) if place else ""


def issue_of(view: View, issue: object) -> str:
    """The date of an issue as it is read, or that it has none."""
    if not is_known(issue):
        return view.t("date.no_issue")
    return theme.format_date(str(issue), view.language)


def details(parts: Sequence[object], place: str = "", mend: str = "") -> str:
    """The known parts in one grey line; before them a place, behind them a link, both HTML."""
    told = [escaped(one) for one in parts if is_known(one)]
    known = [one for one in (place, *told, mend) if one]
    return f"<div class='bm-details'>{' · '.join(known)}</div>" if known else ""


def records(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame, their columns as attributes."""
    return list(frame.itertuples(index=False))


def nothing(view: View) -> None:
    """What a reader sees, and can do, where the selection holds nothing."""
    st.info(view.t("empty.help"), title=view.t("empty.title"), icon=":material/search_off:")


def entry(article_id: str, headline: object, below: str) -> str:
    """An article of a list: its headline as the link to it, and HTML below it."""
    return f"<div class='bm-entry'>{links.to_headline(article_id, headline)}{below}</div>"
