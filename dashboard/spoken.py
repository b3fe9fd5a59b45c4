"""The scripts of a page, which its policy knows by their text: its language, and that it stands."""

from __future__ import annotations

from dashboard.language import text

# What the server shows until the page stands (`dashboard.service.first`).
FIRST = "bm-first"
# It goes when the page is there and its first chart is drawn; after ten seconds in any case.
STANDS = (
    "(() => { const began = Date.now(); const look = () => {"
    f" const first = document.getElementById('{FIRST}'); if (!first) return;"
    " const waits = document.querySelector('[data-testid=stSkeleton]');"
    " const charts = document.querySelector('[data-testid=stPlotlyChart]');"
    " const drawn = document.querySelector('[data-testid=stPlotlyChart] .main-svg');"
    " if ((!waits && (!charts || drawn)) || Date.now() - began > 10000) first.remove();"
    " else setTimeout(look, 30); }; look(); })();"
)


def script(language: str) -> str:
    """Set the page's language, and say the skip link in it.

    Streamlit is in English whatever the page is in.
    """
    tag, skip = text(language, "language.html"), text(language, "language.skip")
    return (
        f"document.documentElement.lang = '{tag}';"
        "for (const one of document.querySelectorAll('[data-testid=stSkipToContent]'))"
        f" one.textContent = '{skip}';"
    )
