"""What sets a region's words apart, and words over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard import address, chart_block, concordance, keyness, word_panel
from dashboard.charts import frame
from dashboard.charts import words as charts
from dashboard.queries.words import PERIODS
from dashboard.view import View

REST = "rest"
MOST_KEY, MOST_LINES = 15, 5
# From so many articles on, a word of one article alone is no word of the region.
ARTICLES, LEAST_ARTICLES = 10, 2


def settings(view: View, names: Mapping[str, str]) -> tuple[str, str]:
    """With what the regions are compared (REST or an adcode), and by which measure."""
    against, measure = st.columns(2, gap="large")
    with against:
        other = _one(view, "against", [REST, *names], REST, names)
    with measure:
        by = _one(view, "keyness", keyness.MEASURES, keyness.MEASURES[0], {})
    return other, by


def _one(
    view: View, name: str, options: Sequence[str], usual: str, names: Mapping[str, str]
) -> str:
    key = address.key_of(name)
    address.seed(name, address.one_of(options, usual))
    if st.session_state[key] not in options:
        st.session_state[key] = usual
    chosen: str = st.selectbox(
        view.t(f"words.{name}"),
        options,
        format_func=lambda one: names.get(one) or view.t(f"words.by_{one}"),
        key=key,
        on_change=address.touched,
        help=view.t(f"words.{name}_help"),
    )
    address.want(name, [chosen] if chosen != usual else [])
    return chosen


def distinctive(
    view: View, region: tuple[str, str, int], other: str, by: str, boilerplate: bool, title: str
) -> list[str]:
    """The chart of one region (adcode, name, articles) against another; the words in it."""
    code, name, articles = region
    least = LEAST_ARTICLES if articles >= ARTICLES else 1
    against = None if other == REST else other
    found = view.tables.keyness(view.selection, code, against, boilerplate)
    shown = keyness.distinctive(found, by, MOST_KEY, least)
    notes = [
        view.t(f"words.note_{by}"),
        view.t("words.note_least", least=least),
        word_panel.switch_note(view, boilerplate),
    ]
    if shown.empty:
        notes.append(view.t("words.nothing_apart"))
    caption = frame.Caption(view.t("words.apart", name=name, other=title), notes, view.source)
    chart_block.chart(
        view,
        f"keyness_{code}",
        caption.title,
        lambda dark: charts.keyness_bars(shown, by, caption, view.language, dark),
        shown,
        charts.keyness_alt_text(shown, by, (name, title), view.language),
        clicked=concordance.choose_point,
    )
    return [str(one) for one in shown["word"]]


def over_time(
    view: View, region: str | None, name: str, words: Sequence[str], boilerplate: bool
) -> list[str]:
    """Chosen words by month, quarter or year; the words in it. `words` are offered."""
    chosen = _words(view, words)
    per = _per(view)
    if not chosen:
        st.info(view.t("words.choose_words"), icon=":material/show_chart:")
        return []
    lines(view, region, name, chosen, per)
    return chosen


def lines(view: View, region: str | None, name: str, chosen: Sequence[str], per: str) -> None:
    """The chart of chosen words by month, quarter or year, in a region or everywhere."""
    found = view.tables.words_over_time(view.selection, region, list(chosen), per)
    if found.empty:
        st.info(view.t("words.undated"), icon=":material/event_busy:")
        return
    order = {word: number for number, word in enumerate(chosen)}
    found = found.sort_values("word", key=lambda one: one.map(order), kind="stable")
    _lines(view, found, name, per)


def _lines(view: View, found: pd.DataFrame, name: str, per: str) -> None:
    notes = [view.t("charts.per_words"), view.t("words.note_time")]
    title = view.t("words.over_time", name=name, per=view.t(f"words.per_{per}"))
    caption = frame.Caption(title, notes, view.source)
    chart_block.chart(
        view,
        "words_over_time",
        title,
        lambda dark: charts.word_lines(found, caption, view.language, dark),
        found,
        charts.word_lines_alt_text(found, view.language),
        clicked=concordance.choose_point,
    )


def _words(view: View, offered: Sequence[str]) -> list[str]:
    """The words to draw: from the address, else the first offered; any other can be written."""
    key = address.key_of("words")
    usual = list(offered[:3])
    address.seed("words", lambda values: list(dict.fromkeys(values))[:MOST_LINES] or usual)
    options = list(dict.fromkeys([*st.session_state[key], *offered]))
    chosen = st.multiselect(
        view.t("words.lines", most=MOST_LINES),
        options,
        key=key,
        on_change=address.touched,
        max_selections=MOST_LINES,
        accept_new_options=True,
        placeholder=view.t("words.choose_hint"),
        select_all=False,
    )
    address.want("words", chosen)
    return list(chosen)


def _per(view: View) -> str:
    address.seed("every", address.one_of(PERIODS, PERIODS[0]))
    per: str | None = st.segmented_control(
        view.t("per.label"),
        PERIODS,
        format_func=lambda one: view.t(f"words.per_{one}"),
        key=address.key_of("every"),
        on_change=address.touched,
        required=True,
    )
    chosen = per or PERIODS[0]
    address.want("every", [chosen] if chosen != PERIODS[0] else [])
    return chosen
