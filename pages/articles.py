"""The articles, and one of them with what was found in it marked."""

import streamlit as st

from dashboard import address, article_page, fact_rows, lists
from dashboard.view import current

view = current()
asked = st.query_params.get("article")
detail = view.tables.article(asked) if asked else None

if asked and detail is None:
    st.warning(view.t("articles.unknown"), icon=":material/find_in_page:")
if detail:
    address.want("article", [detail.article["article_id"]])
    fact = next(
        (name for name in ("figure", "activity", "sentence", "row") if name in st.query_params),
        None,
    )
    chosen = st.query_params[fact] if fact else ""
    if fact:
        address.want(fact, [chosen])
    article_page.draw(view, detail, chosen)
else:
    total = view.tables.overview(view.selection).articles
    lists.paged(
        view,
        "articles",
        total,
        lambda limit, offset: view.tables.articles(view.selection, limit, offset),
        fact_rows.article_row,
    )
