"""The scripts of a page, which its policy knows by their text: language, links, that it stands."""

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

# The class of a link that is followed within the app.
WITHIN = "bm-in"
# Streamlit shows what the address says after one goes back or forth in the browser. Where this
# script doesn't run, and where another window is wanted, a link loads its page as links do.
FOLLOW = (
    "if (!window.bmFollow) { window.bmFollow = true; document.addEventListener('click', event => {"
    f" const link = event.target instanceof Element && event.target.closest('a.{WITHIN}');"
    " if (!link || event.defaultPrevented || event.button || event.altKey || event.ctrlKey"
    " || event.metaKey || event.shiftKey || link.origin !== location.origin) return;"
    " event.preventDefault(); history.pushState({}, '', link.href);"
    " dispatchEvent(new PopStateEvent('popstate'));"
    " const main = document.querySelector('[data-testid=stMain]'); if (main) main.scrollTo(0, 0);"
    " }); }"
)


def script(language: str) -> str:
    """Set the page's language, say the skip link in it, and follow links within the app.

    Streamlit is in English whatever the page is in.
    """
    tag, skip = text(language, "language.html"), text(language, "language.skip")
    return (
        f"document.documentElement.lang = '{tag}';"
        "for (const one of document.querySelectorAll('[data-testid=stSkipToContent]'))"
        f" one.textContent = '{skip}';"
        f"{FOLLOW}"
    )
