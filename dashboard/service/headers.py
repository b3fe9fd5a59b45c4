"""Headers of every answer: what a browser may load and run, and who may show us in a frame."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from dashboard import language, navigation
from dashboard.spoken import STANDS, script

# BANMIAN_FRAMES: which sites may show a chart alone in a frame; any without it.
FRAMES = "BANMIAN_FRAMES"
# Streamlit's setting: the sites whose pages may steer ours from around a frame.
_STEERED_BY = "client.allowedOrigins"
_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_PLAIN = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """ASGI middleware that gives every answer its headers; those that an answer has stay."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.policy = policy()
        self.frames = os.environ.get(FRAMES, "").strip() or "*"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is no answer over HTTP as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        added = self._headers(str(scope["path"]))

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in added if name not in known),
                ]
            await send(message)

        await self.app(scope, receive, headed)

    def _headers(self, path: str) -> list[tuple[bytes, bytes]]:
        alone = path.rstrip("/").endswith(f"/{navigation.ALONE}")
        frames = self.frames if alone else "'self'"
        named = {**_PLAIN, "Content-Security-Policy": f"{self.policy}; frame-ancestors {frames}"}
        return [(name.lower().encode(), value.encode()) for name, value in named.items()]


def take_no_orders() -> None:
    """Let no page around ours stop it, run it again or log somebody in, unless a setting says so.

    Streamlit's own sites may do so by default, and a browser compares each message with all of
    them, those that the page sends to itself at every filter change, too.
    """
    if not config.is_manually_set(_STEERED_BY):
        config.set_option(_STEERED_BY, [])


def policy() -> str:
    """The content security policy, but for who may frame us.

    Scripts come from this server, but for those whose text we know. `blob:` is how Streamlit loads
    the component that draws a word cloud; WebAssembly is what its tables are unpacked with; styles
    are set by scripts, so they may be inline.
    """
    known = [*_INLINE.findall(_INDEX.read_bytes())]
    known += [one.encode() for one in (STANDS, *map(script, language.LANGUAGES))]
    hashes = " ".join(f"'sha256-{_hash(one)}'" for one in known)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def _hash(text: bytes) -> str:
    return base64.b64encode(hashlib.sha256(text).digest()).decode()
