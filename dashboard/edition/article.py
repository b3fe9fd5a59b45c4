"""The page of an article: its text with every fact marked, and what was made of each sentence."""

from __future__ import annotations

from html import escape

from dashboard import article_page, page_view, reader, source_view
from dashboard.edition import lists, on_page
from dashboard.edition.site import Here, Page, Site
from dashboard.queries import ArticleDetail
from dashboard.rows import is_known
from dashboard.view import View


def article(site: Site, language: str, article_id: str) -> Page:
    """One article to read; `#` and the id of a figure or an activity marks that fact in it."""
    view, here = site.view(language), Here(language, lists.article_path(article_id))
    detail = site.tables.article(article_id)
    if detail is None:
        raise ValueError(f"{article_id} is no article")
    page = Page(here, "articles", _title(view, detail), "", kind="article")
    page.says_title = "headline" in set(detail.sentences["role"])
    page.lead = " · ".join(_source(view, detail))
    back = lists.link(here.to("articles/"), view.t("articles.back"))
    down = lists.link("#on-page", f"{view.t('reader.sheet')} ↓")
    ways = f"{back} · {down}" if page_view.has_page(detail) else back
    page.body = (
        f'<p class="way-back">← {ways}</p>{_notes(view, detail)}'
        f"{_text(view, detail)}{_made(view, detail)}{_found(view, detail)}"
    )
    return page


def _title(view: View, detail: ArticleDetail) -> str:
    headline = detail.article["headline"]
    if is_known(headline):
        return " ".join(str(headline).split())
    opening = " ".join(str(detail.article["text"])[:24].split())
    return view.t("articles.untitled", opening=opening)


def _source(view: View, detail: ArticleDetail) -> list[str]:
    """Publication, date, page, byline and place; unknown ones are said to be so."""
    return [str(one) for one in article_page.source_parts(view, detail) if is_known(one)]


def _notes(view: View, detail: ArticleDetail) -> str:
    """What a reader should know before quoting."""
    notes = article_page.notes_of(view, detail)
    items = "".join(f"<li>{escape(one)}</li>" for one in notes)
    head = escape(view.t("reader.notes"))
    return f'<div class="note"><p>{head}</p><ul>{items}</ul></div>' if items else ""


def _text(view: View, detail: ArticleDetail) -> str:
    """The clean text; beside it the page that it stands on, and the page's own text, to open."""
    legend, clean = reader.legend(view.t), reader.article_html(detail, view, anchors=True)
    page, source = on_page.on_page(detail, view), _page_text(view, detail)
    if not page:
        return f"{legend}{clean}{source}"
    return (
        f'{legend}<div class="bm-panes"><div class="bm-pane-clean">{clean}</div>'
        f'<div class="bm-pane-source">{page}{source}</div></div>'
    )


def _page_text(view: View, detail: ArticleDetail) -> str:
    """The page as it was read, where it tells more than the article."""
    if not source_view.has_source(detail):
        return ""
    return (
        f"<details><summary>{escape(view.t('reader.source'))}</summary>"
        f'<p class="bm-details">{escape(view.t("reader.source_help"))}</p>'
        f"{source_view.source_html(detail, view)}</details>"
    )


def _made(view: View, detail: ArticleDetail) -> str:
    made = reader.made_html(detail, view, lambda one: on_page.way(detail, view, one))
    return f"<h2>{escape(view.t('reader.made'))}</h2>{made}" if made else ""


def _found(view: View, detail: ArticleDetail) -> str:
    """All facts as tables that open."""
    parts = []
    for name in article_page.FACTS:
        rows, titles = article_page.facts_of(view, detail, name)
        if not rows.empty:
            said = view.t(f"reader.table_{name}", count=len(rows))
            table = reader.table_html(rows, titles)
            parts.append(f"<details><summary>{escape(said)}</summary>{table}</details>")
    head = escape(view.t("reader.found"))
    said = f'<p class="bm-details">{escape(view.t("reader.found_help"))}</p>'
    return f"<h2>{head}</h2>{said}{''.join(parts)}"
