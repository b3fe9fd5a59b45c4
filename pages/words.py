"""The words of the articles about one or several regions, side by side."""

import streamlit as st

from dashboard import address, rows, word_panel
from dashboard.view import current

MOST = 4

view = current()
t = view.t
regions = view.tables.regions(view.selection)
names = dict(zip(regions["adcode"], regions["name"], strict=True))
articles = dict(zip(regions["adcode"], regions["articles"], strict=True))

key = address.key_of("region")
address.seed("region", lambda values: address.known(names)(values)[:MOST])
st.session_state[key] = [one for one in st.session_state[key] if one in names]
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = st.multiselect(
        t("words.regions"),
        list(names),
        format_func=lambda one: t("words.region", name=names.get(one, one), count=articles[one]),
        key=key,
        on_change=address.touched,
        max_selections=MOST,
        placeholder=t("words.all_regions"),
        select_all=False,
    )
    address.seed("boilerplate", lambda values: "1" in values)
    boilerplate = st.toggle(
        t("words.boilerplate"),
        key=address.key_of("boilerplate"),
        on_change=address.touched,
        help=t("words.boilerplate_help"),
    )
address.want("region", chosen)
address.want("boilerplate", ["1"] if boilerplate else [])

clouds = []
if not view.tables.overview(view.selection).articles:
    rows.nothing(view)
elif chosen:
    for column, region in zip(st.columns(len(chosen), gap="large"), chosen, strict=True):
        with column:
            clouds.append(
                word_panel.draw(view, region, names[region], boilerplate, wide=len(chosen) == 1)
            )
else:
    clouds.append(word_panel.draw(view, None, t("words.everywhere"), boilerplate, wide=True))
for draw_cloud in clouds:
    draw_cloud()
