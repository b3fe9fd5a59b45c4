"""How far the numbers can be trusted: measured accuracy, other tools, what still fails."""

import streamlit as st

from dashboard import address, measured, quality_page
from dashboard.view import current

view = current()
t = view.t

address.seed("on", address.one_of(measured.PARTS, measured.PARTS[0]))
part = (
    st.segmented_control(
        t("quality.where"),
        measured.PARTS,
        format_func=lambda one: t(f"quality.part_{one}"),
        key=address.key_of("on"),
        on_change=address.touched,
        required=True,
    )
    or measured.PARTS[0]
)
address.want("on", [part] if part != measured.PARTS[0] else [])
st.caption(t(f"quality.about_{part}", count=measured.documents(part)))
quality_page.ours(view, part)
quality_page.peers(view, part)
quality_page.confidence(view)
quality_page.these_tables(view)
quality_page.limits(view)
