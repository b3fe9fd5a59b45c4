"""Search in articles, activities and figures: /search?q=提案."""

import streamlit as st

from dashboard import address, preparing, search_page
from dashboard.queries.search import words_of
from dashboard.view import current

view = current()
t = view.t

address.seed("q", lambda values: values[0] if values else "")
query = st.text_input(
    t("search.label"),
    key=address.key_of("q"),
    on_change=address.touched,
    placeholder=t("search.placeholder"),
    icon=":material/search:",
    help=t("search.help"),
)
words = words_of(query)
address.want("q", [query] if words else [])

if words and preparing.waits(view, "search"):
    pass
elif words:
    found = search_page.search(view, words)
    counts = found.found(view.selection)
    totals = {one: getattr(counts, one) for one in search_page.KINDS}
    usual = next((one for one in search_page.KINDS if totals[one]), search_page.KINDS[0])
    if any(totals.values()):
        address.seed("in", address.one_of(search_page.KINDS, usual))
        kind = st.segmented_control(
            t("search.in"),
            search_page.KINDS,
            format_func=lambda one: t(f"search.{one}", count=f"{totals[one]:,}"),
            key=address.key_of("in"),
            on_change=address.touched,
            required=True,
        )
        kind = kind or usual
        address.want("in", [kind] if kind != usual else [])
        search_page.results(view, found, counts, kind, words)
    else:
        search_page.nowhere(view, words)
else:
    search_page.start(view)
