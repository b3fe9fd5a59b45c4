"""Two or more places side by side: /compare?place=140100&place=410100."""

import streamlit as st

from dashboard import address, compare_page, rows
from dashboard.queries.regions import name_of
from dashboard.view import current

view = current()
t = view.t
# A link names places whether or not the tables hold anything of them: they report nothing.
asked = {one: name for one in st.query_params.get_all("place") if (name := name_of(one))}
names = asked | dict(view.options.provinces) | {code: name for code, name, _ in view.options.cities}
usual = compare_page.usual(view)

address.seed("place", lambda values: address.known(names)(values)[: compare_page.MOST] or usual)
key = address.key_of("place")
st.session_state[key] = [one for one in st.session_state[key] if one in names]
chosen = st.multiselect(
    t("compare.places"),
    list(names),
    format_func=lambda one: names.get(one, one),
    key=key,
    on_change=address.touched,
    max_selections=compare_page.MOST,
    placeholder=t("compare.choose"),
    select_all=False,
)
address.want("place", [] if chosen == usual else chosen)
if len(chosen) > 1:
    compare_page.draw(view, {one: names[one] for one in chosen})
elif view.tables.overview(view.selection).articles:
    st.info(t("compare.two"), icon=":material/compare_arrows:")
else:
    rows.nothing(view)
