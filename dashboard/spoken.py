"""The script that tells the browser which language the page is in; the policy knows its text."""

from __future__ import annotations

from dashboard.language import text


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
