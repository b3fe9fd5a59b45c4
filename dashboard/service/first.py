"""What a page shows and says before its scripts run: a title, numbers and the first chart.

Streamlit's page is empty until two megabytes of scripts have run, and the same for every address.
This middleware gives each address its own title and preview for other sites, and draws numbers
and a picture of the first chart, which the live page takes away when it stands.
"""

from __future__ import annotations

import gzip
import logging
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import activity_charts, chart_card, data, headline, navigation
from dashboard.charts.frame import for_screen
from dashboard.edition import cards, drawing
from dashboard.edition.shell import CARD
from dashboard.kept import Kept
from dashboard.language import text
from dashboard.parts import Chart
from dashboard.queries import Tables, regions
from dashboard.service import charts
from dashboard.service.answers import Made, base
from dashboard.service.asked import Asked, WrongRequestError, view_of
from dashboard.spoken import FIRST
from dashboard.view import View

# Paths → pages; the start page has none.
PATHS = {path: page for page, (path, _) in navigation.PAGES.items()} | {navigation.ALONE: "chart"}
# Pages that show their first chart here, and its name; the period is that of the selection.
FIRST_CHARTS = {"overview": "", "activities": "", "figures": "figures", "map": "map_tiles"}
WIDTHS = {"desk": 720, "phone": 340}
LONGEST = 200
# Addresses whose heads are kept ready.
KEPT = 256
FONT = "./app/static/fonts/NotoSansSC-subset.woff2"
_WITHHELD = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
_STALE = (b"content-length", b"etag", b"last-modified", b"content-encoding", b"accept-ranges")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class First:
    """What is put into a page: its language, tags for its head, and what it shows at first."""

    language: str
    head: str
    body: str


class FirstPaint:
    """ASGI middleware that fills the empty page of an address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: Kept[First] = Kept(KEPT, lambda _: 1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on whatever is not the page of an address."""
        path = str(scope.get("path", "")).strip("/").rsplit("/", 1)[-1]
        if scope["type"] != "http" or scope["method"] != "GET" or path not in PATHS:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        first = await run_in_threadpool(self._first, request, PATHS[path])
        gzipped = "gzip" in request.headers.get("accept-encoding", "")
        plain = [one for one in scope["headers"] if one[0].lower() not in _WITHHELD]
        await self.app({**scope, "headers": plain}, receive, _filled(send, first, gzipped))

    def _first(self, request: Request, page: str) -> First:
        """What to show; where an address means nothing, only the name of the house."""
        try:
            tables = data.published()
            asked = Asked.of(request.query_params.multi_items())
            query = asked.query()
            key = (tables.version, base(request), page, query)
            address = base(request)
            return self._kept.get(key, lambda: first_of(page, asked, tables, address, query))
        except (data.NoTablesError, WrongRequestError, duckdb.Error, KeyError):
            return First("zh", _title(text("zh", "app.title")), "")
        except Exception as error:
            # The live page may stand all the same.
            _log.error("no_first_paint", exc_info=error)
            return First("zh", _title(text("zh", "app.title")), "")


def _filled(send: Send, first: First, gzipped: bool) -> Send:
    """Gather a page's body, fill it, and send it on; anything else goes through as it is."""
    start: Message = {}
    pieces: list[bytes] = []

    async def fill(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
            return
        kind = dict(start["headers"]).get(b"content-type", b"")
        if start["status"] != 200 or not kind.startswith(b"text/html"):
            if not pieces:
                await send(start)
                pieces.append(b"")
            await send(message)
            return
        pieces.append(message.get("body", b""))
        if message.get("more_body"):
            return
        body = filled(b"".join(pieces), first)
        body = gzip.compress(body, 6) if gzipped else body
        headers = [one for one in start["headers"] if one[0].lower() not in _STALE]
        headers += [(b"content-length", str(len(body)).encode()), (b"vary", b"Accept-Encoding")]
        headers += [(b"content-encoding", b"gzip")] if gzipped else []
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return fill


def filled(page: bytes, first: First) -> bytes:
    """Streamlit's page with its own language, title, preview and first content."""
    tag = text(first.language, "language.html").encode()
    page = page.replace(b'<html lang="en">', b'<html lang="%s">' % tag, 1)
    page = page.replace(b"<title>Streamlit</title>", first.head.encode(), 1)
    return page.replace(b'<div id="root">', first.body.encode() + b'<div id="root">', 1)


def first_of(page: str, asked: Asked, tables: Tables, address: str, query: str) -> First:
    """What an address says and shows. Raises WrongRequestError."""
    view = view_of(asked, tables)
    chart = first_chart(page, view, asked)
    title, said = words_of(page, view, asked, chart)
    head = _title(f"{title} · {view.t('app.title')}") + _tags(title, said, page, address, query)
    return First(view.language, head, _shown(page, view, chart))


def first_chart(page: str, view: View, asked: Asked) -> Chart | None:
    """The chart that a page begins with, or None for a page without."""
    if page != navigation.ALONE:
        name = FIRST_CHARTS.get(page)
        if name is None:
            return None
        name = name or f"activities_{activity_charts.usual_period(view)}"
        asked = Asked({**asked.values, "page": (page,), "chart": (name,)})
    found = charts.find(view, asked)
    return found.chart if found else None


def words_of(page: str, view: View, asked: Asked, chart: Chart | None) -> tuple[str, str]:
    """Title and description of an address, as another site shows them."""
    if page == navigation.ALONE:
        return (chart.title, chart.alt) if chart else (view.t("app.name"), view.t("app.claim"))
    title, said = view.t(f"{page}.title"), chart.alt if chart else view.t(f"{page}.lead")
    own = ""
    if page == "articles" and asked.all("article"):
        own = view.tables.headline(asked.all("article")[0]) or ""
    elif page == "place" and asked.all("place"):
        own = regions.name_of(asked.all("place")[0]) or ""
    elif page == "search" and asked.all("q"):
        own = f"{title}: {asked.all('q')[0]}"
    title = own or title
    return (title if view.selection.is_everything else f"{title} · {view.summary()}"), said


def _title(title: str) -> str:
    return f"<title>{escape(title)}</title>\n"


def _tags(title: str, said: str, page: str, address: str, query: str) -> str:
    path = page if page == navigation.ALONE else navigation.PAGES[page][0]
    own = f"{address}/{path}{'?' if query else ''}{query}"
    said = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
    tags = {
        "og:type": "website",
        "og:title": title,
        "og:description": said,
        "og:url": own,
        "og:image": f"{address}/card.png?{urlencode([('of', path)])}&{query}",
        "og:image:width": str(CARD[0]),
        "og:image:height": str(CARD[1]),
    }
    found = f'<meta name="description" content="{escape(said)}">\n'
    found += '<meta name="twitter:card" content="summary_large_image">\n'
    return found + "".join(
        f'<meta property="{name}" content="{escape(value)}">\n' for name, value in tags.items()
    )


def _shown(page: str, view: View, chart: Chart | None) -> str:
    """Title, numbers and the chart's picture, light and dark, for a desk and a phone.

    Screen readers wait for the page itself, which is there in a moment.
    """
    if chart is None and page not in FIRST_CHARTS:
        return ""
    parts = []
    if page != navigation.ALONE:
        parts.append(f"<p class='bm-first-brand'>{escape(view.t('app.name'))}</p>")
        parts.append(f"<h1>{escape(view.t(f'{page}.title'))}</h1>")
        parts.append(f"<p class='bm-first-lead'>{escape(view.t(f'{page}.lead'))}</p>")
    if page == "overview":
        found = view.tables.overview(view.selection)
        parts.append(headline.numbers_html(view, found, headline.LEADS))
    if chart:
        parts.append(_drawn(chart))
    inner = "".join(parts)
    kind = "bm-first-alone" if page == navigation.ALONE else "bm-first-page"
    # The style goes with what it is for.
    inner = f"<style>{_STYLE}</style><div class='{kind}'>{inner}</div>"
    return f"<div id='{FIRST}' aria-hidden='true'>{inner}</div>"


def _drawn(chart: Chart) -> str:
    found = []
    for mode, dark in (("light", False), ("dark", True)):
        figure = chart.draw(dark)
        card = for_screen(figure)
        plots = ""
        for size, width in WIDTHS.items():
            try:
                plot = drawing.svg(figure, f"first-{size}", width, "", dark, lambda _: None)
            except drawing.UnknownMarkError:
                return ""
            plots += f"<div class='bm-first-{size}'>{plot}</div>"
        found.append(f"<div class='bm-first-{mode}'>{chart_card.head_html(card)}{plots}</div>")
    return "".join(found)


# Where no script takes it away, what stands below is seen after a while all the same. No :has():
# while the page is being built the browser would look through all of it at every change.
_STYLE = f"""
@font-face {{ font-family: 'Noto Sans SC'; src: url('{FONT}') format('woff2'); }}
#{FIRST} {{ position: fixed; inset: 0; z-index: 999999; overflow: hidden; background: #fffefb;
  color: #1d1b18; font: 16px/1.5 'Noto Sans SC', 'PingFang SC', sans-serif;
  animation: bm-first-gone 0s 20s forwards; }}
@keyframes bm-first-gone {{ to {{ visibility: hidden; }} }}
#{FIRST} > div {{ max-width: 980px; padding: 4.5rem 1.25rem 1rem; }}
#{FIRST} h1 {{ margin: 0.25rem 0; padding-top: 3.5rem; font-size: 2.25rem; line-height: 1.2;
  border-top: 5px double; }}
#{FIRST} h3 {{ margin: 1rem 0 0; font-size: 1.25rem; }}
#{FIRST} p {{ margin: 0.2rem 0; }}
#{FIRST} .bm-first-brand {{ display: none; }}
#{FIRST} .bm-first-lead, #{FIRST} .bm-chart-sub, #{FIRST} .bm-chart-note {{ opacity: 0.75;
  font-size: 0.875rem; }}
#{FIRST} .bm-numbers {{ display: flex; flex-wrap: wrap; gap: 0 2.5rem; border-block: 1px solid; }}
#{FIRST} .bm-numbers strong {{ display: block; font-size: 2rem; line-height: 1.2; }}
#{FIRST} .bm-keys {{ display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.8125rem; }}
#{FIRST} .bm-key {{ display: inline-block; width: 0.8rem; height: 0.8rem; margin-right: 0.35rem;
  background: currentColor; }}
#{FIRST} .bm-key-circle, #{FIRST} .bm-key-circle-open {{ border-radius: 50%; }}
#{FIRST} svg {{ max-width: 100%; height: auto; }}
#{FIRST} .bm-first-dark, #{FIRST} .bm-first-phone {{ display: none; }}
@media (max-width: 640px) {{
  #{FIRST} .bm-first-desk {{ display: none; }} #{FIRST} .bm-first-phone {{ display: block; }} }}
@media (prefers-color-scheme: dark) {{
  #{FIRST} {{ background: #15171b; color: #ebe7df; }}
  #{FIRST} .bm-first-light {{ display: none; }} #{FIRST} .bm-first-dark {{ display: block; }} }}
@media (min-width: 900px) {{
  #{FIRST} > .bm-first-page::before {{ content: ''; position: fixed; inset: 0 auto 0 0;
    width: 300px; border-top: 6px solid #b3261e;
    background: color-mix(in srgb, currentColor 5%, transparent); }}
  #{FIRST} > .bm-first-page {{ margin-left: 360px; }}
  #{FIRST} .bm-first-brand {{ display: block; position: fixed; left: 30px; top: 96px;
    font-size: 2rem; font-weight: 700; line-height: 1.1; letter-spacing: 0.08em; }} }}
@media print {{ #{FIRST} {{ display: none; }} }}
""".replace("\n", "")


def card(_: str, asked: Asked, tables: Tables) -> Made | None:
    """The picture of an address for other sites, as PNG; None where there is no such page."""
    page = PATHS.get(next(iter(asked.all("of")), ""))
    if page is None:
        return None
    view = view_of(asked, tables)
    title, said = words_of(page, view, asked, first_chart(page, view, asked))
    body = cards.card(view.t("app.title"), title, said, view.source)
    return Made(body, "image/png", "card.png")
