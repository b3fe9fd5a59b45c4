"""A word cloud on the page: letters of the page's font, and a click on a word tells which."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import theme

_HTML = "<div class='cloud'></div>"
_CSS = f"""
.cloud svg {{ display: block; width: 100%; height: auto; font-family: '{theme.FONT}', sans-serif; }}
.cloud text {{ cursor: pointer; }}
.cloud text:hover, .cloud text.chosen {{ text-decoration: underline; }}
"""
_JS = """
export default function ({ parentElement, data, setTriggerValue }) {
  const cloud = parentElement.querySelector(".cloud")
  if (cloud.dataset.drawn !== data.svg) {
    cloud.innerHTML = data.svg
    cloud.dataset.drawn = data.svg
  }
  cloud.onclick = event => {
    const word = event.target.closest("[data-word]")
    if (word) setTriggerValue("word", word.dataset.word)
  }
}
"""


def show(key: str, svg: str, clicked: Callable[[str], None]) -> None:
    """Draw a cloud of `dashboard.clouds.svg`; `clicked` is told a word before the next run."""

    def tell() -> None:
        word = getattr(st.session_state.get(key), "word", None)
        if word:
            clicked(str(word))

    mount = st.components.v2.component("banmian_cloud", html=_HTML, css=_CSS, js=_JS)
    mount(key=key, data={"svg": svg}, on_word_change=tell, height="content")
