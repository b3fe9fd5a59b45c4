"""The link of exactly this view, to copy."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard import address
from dashboard.view import View


def link(page: str, parameters: Mapping[str, tuple[str, ...]]) -> str:
    """The full link of a view: the page's own address with its parameters."""
    scheme, host, path, _, _ = urlsplit(page)
    pairs = [(name, one) for name, values in parameters.items() for one in values]
    return urlunsplit((scheme, host, path, urlencode(pairs), ""))


def control(view: View) -> None:
    """A button that opens the link of this view; call it when the page has said what it wants."""
    with st.popover(view.t("share.label"), icon=":material/link:"):
        st.caption(view.t("share.help"))
        st.code(link(st.context.url or "", address.parameters()), language=None, wrap_lines=True)
        st.caption(view.t("share.version", version=view.tables.version))
