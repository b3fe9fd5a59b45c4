"""Files of the reader's own: drop them, watch them being read, look, and keep what was found."""

import streamlit as st

from dashboard import add_page, uploads
from dashboard.view import current

view = current()

if uploads.allowed():
    add_page.draw(view)
else:
    st.info(view.t("add.closed_help"), title=view.t("add.closed"), icon=":material/lock:")
