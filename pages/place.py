"""The profile of a province, a city or a county: /place?place=140100."""

import streamlit as st

from dashboard import address, place_page, rows
from dashboard.view import current

view = current()
asked = st.query_params.get("place")
place = place_page.find(asked) if asked else None

if asked and place:
    address.want("place", [asked])
    place_page.draw(view, place)
else:
    if asked:
        unknown = view.t("place.unknown", code=rows.markdown(asked))
        st.warning(unknown, icon=":material/wrong_location:")
    if view.options.provinces:
        st.subheader(view.t("place.choose"), anchor=False)
        place_page.choose(view)
    else:
        rows.nothing(view)
