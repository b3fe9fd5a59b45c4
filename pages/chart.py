"""One chart of another page, alone, for a frame in another site: /chart?page=figures&chart=figures.

All other parameters are those of its page.
"""

import streamlit as st

from dashboard import address, chart_block, handing_on, preparing, share
from dashboard.service import charts
from dashboard.service.asked import Asked, WrongRequestError
from dashboard.view import current

# Pages that have charts of words: of a large version these are made after it is opened.
WITH_WORDS = (("words",), ("place",))

view = current()
asked = Asked({name: tuple(st.query_params.get_all(name)) for name in st.query_params})
try:
    # What its page says beside a chart belongs to the page.
    with st.container(key="unseen"):
        found = charts.find(view, asked)
except WrongRequestError:
    found = None
if found:
    for name, values in asked.values.items():
        if name != share.VERSION:
            address.want(name, values)
    handing_on.name_tab(view, found.chart.title)
    chart_block.screen(view, found.chart)
    page = asked.all("page")[0]
    st.markdown(f"[{view.t('chart.full')}]({share.of_page(view, page)})")
elif not (asked.all("page")[:1] in WITH_WORDS and preparing.waits(view, "words")):
    st.info(view.t("chart.gone"), icon=":material/find_in_page:")
