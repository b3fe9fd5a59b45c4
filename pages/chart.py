"""One chart of another page, alone, for a frame in another site: /chart?page=figures&chart=figures.

All other parameters are those of its page.
"""

import runpy
from functools import partial

import streamlit as st

from dashboard import address, chart_block, handing_on, navigation, parts, share
from dashboard.view import current

view = current()
page = st.query_params.get("page", "")
name = st.query_params.get("chart", "")
found = None
file = navigation.file_of(page)
if file:
    address.want("page", [page])
    address.want("chart", [name])
    parts.begin(page)
    with st.container(key="unseen"):
        found = parts.find(name, partial(runpy.run_path, file))
if found:
    handing_on.name_tab(view, found.title)
    chart_block.screen(view, found)
    st.markdown(f"[{view.t('chart.full')}]({share.of_page(view, page)})")
else:
    st.info(view.t("chart.gone"), icon=":material/find_in_page:")
