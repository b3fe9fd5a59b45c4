"""What may be wrong with a page as it stands in the browser: each probe lists what it finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_app import Reader

# Rules of axe-core that Streamlit itself breaks on elements that we cannot reach, each with why.
# A fault counts as theirs only where every element of it matches the selector.
THEIRS: dict[str, tuple[str, str]] = {}
BAD = ("serious", "critical")

_ERRORS = """() => [...document.querySelectorAll(
  '[data-testid=stAlertContentError], [data-testid=stException], .stPlotlyChart .error')]
  .map(one => one.innerText.slice(0, 200))"""

_SIDEWAYS = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
  .filter(one => one && one.scrollWidth > one.clientWidth + 1)
  .map(one => `${one.tagName} is ${one.scrollWidth} wide in ${one.clientWidth}`)"""

# Where the room we give is too little for the labels, Plotly measures them and draws all again.
_CRAMPED = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const {margin, _size} = plot._fullLayout
  return ['l', 'r', 't', 'b'].filter(side => _size[side] > margin[side] + 0.5)
    .map(side => `${plot.parentElement.ariaLabel}: ${side} ${margin[side]}, then ${_size[side]}`)
})"""

# A stretch of text is cut where it reaches out of an ancestor that hides what overflows, out of
# its drawing, or out of the window. Left alone: what only a screen reader shall find, what can
# be scrolled to, and a quotation that ends in an ellipsis after so many lines.
_CUT = """() => {
  const slack = 2, hides = style => ['hidden', 'clip'].includes(style);
  const scrolls = style => ['auto', 'scroll'].includes(style);

  // What may cut the text of an element: [name, box, whether its top and bottom do, too].
  function frames(element) {
    const found = [];
    let upright = true;
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one), box = one.getBoundingClientRect();
      const unseen = style.visibility === 'hidden' || style.opacity === '0'
        || (hides(style.overflowX) && box.width <= 2) || style.clipPath === 'inset(50%)'
        || style.clip === 'rect(0px, 0px, 0px, 0px)'
        || (one.dataset.testid === 'stSidebar' && one.getAttribute('aria-expanded') === 'false');
      if (unseen) return null;
      if (style.webkitLineClamp !== 'none') return found;
      if (scrolls(style.overflowX) && one.scrollWidth > one.clientWidth) return found;
      if (scrolls(style.overflowY)) upright = false;
      if (hides(style.overflowX) || one.tagName === 'svg')
        found.push([`${one.tagName}.${one.getAttribute('class') || ''}`, box,
          upright && hides(style.overflowY)]);
      if (style.position === 'fixed') return found;
    }
    found.push(['the window', {left: 0, right: innerWidth}, false]);
    return found;
  }
  function leaves(rect, box, upright) {
    const middle = (rect.top + rect.bottom) / 2;
    return rect.left < box.left - slack || rect.right > box.right + slack
      || (upright && (middle < box.top || middle > box.bottom));
  }

  const found = new Set(), all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (all.nextNode()) {
    const text = all.currentNode;
    if (!text.data.trim() || /SCRIPT|STYLE|NOSCRIPT/.test(text.parentElement.tagName)) continue;
    range.selectNodeContents(text);
    const rects = [...range.getClientRects()].filter(one => one.width && one.height);
    const around = rects.length ? frames(text.parentElement) : null;
    const by = (around || []).find(
      ([, box, upright]) => rects.some(rect => leaves(rect, box, upright)));
    if (by) found.add(`${text.data.trim().slice(0, 60)} | by ${by[0]}`);
  }
  for (const one of document.querySelectorAll('input:not([type=file]), textarea'))
    if (one.offsetParent && !one.value && one.scrollWidth > one.clientWidth + 1)
      found.add(`${one.placeholder} | by its input`);
  return [...found];
}"""


def errors(reader: Reader) -> list[str]:
    """Boxes that tell of an error."""
    return list(reader.page.evaluate(_ERRORS))


def sideways(reader: Reader) -> list[str]:
    """What is wider than the window."""
    return list(reader.page.evaluate(_SIDEWAYS))


def cut(reader: Reader) -> list[str]:
    """Texts that a reader sees only in part."""
    return list(reader.page.evaluate(_CUT))


def cramped(reader: Reader) -> list[str]:
    """Charts that Plotly had to draw again because a margin was too narrow."""
    return list(reader.page.evaluate(_CRAMPED))


def elsewhere(reader: Reader) -> list[str]:
    """Requests to any host but our own."""
    own = {urlsplit(reader.server).netloc, ""}
    return [one for one in reader.requests if urlsplit(one).netloc not in own]


def barriers(reader: Reader) -> list[str]:
    """What axe-core calls serious or critical for readers with other senses or hands."""
    found = Axe().run(reader.page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:300]} {_why(node)}"
        for one in found
        if one["impact"] in BAD
        for node in one["nodes"]
        if not _theirs(reader, one["id"], node)
    ]


def _why(node: dict[str, Any]) -> str:
    checks = node["any"] + node["all"] + node["none"]
    return "; ".join(one["message"] for one in checks)


def _theirs(reader: Reader, rule: str, node: dict[str, Any]) -> bool:
    """Whether a fault is Streamlit's own."""
    if rule not in THEIRS:
        return False
    selector, _ = THEIRS[rule]
    target = reader.page.locator(str(node["target"][-1])).first
    return bool(target.evaluate("(one, selector) => Boolean(one.closest(selector))", selector))


PROBES: dict[str, Callable[[Reader], list[str]]] = {
    "error": errors,
    "wider than the window": sideways,
    "cut": cut,
    "drawn again": cramped,
    "asked of another host": elsewhere,
    "barrier": barriers,
}
