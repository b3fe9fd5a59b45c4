"""A reader without a browser: a session of the real server, spoken to as Streamlit's page does.

It asks for the page by HTTP, opens the websocket, sends what a click sends (a link to another
page, a choice in a filter) and takes every message until the run is over. When the connection
breaks it comes back as the page does: it waits for the health check, opens a new websocket and
asks for the address that it was at.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

# A run that takes longer is an error, in seconds; so often the health check is asked.
PATIENCE, AGAIN = 30.0, 0.5
PAGES = ("", "activities", "figures", "map", "compare", "words", "articles", "search", "quality")
PROVINCES = ("140000", "410000", "110000", "")
WORDS = ("提案", "协商", "调研", "委员")


@dataclass
class Ledger:
    """What all readers met: seconds of each interaction, errors in words, recoveries."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    broken: int = 0
    recovered: list[float] = field(default_factory=list)
    # What pages said in red, which is an error unless a fault is meant to be told.
    told: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Begin anew: what comes now counts by itself."""
        for one in (self.seconds, self.errors, self.recovered, self.told):
            one.clear()
        self.broken = 0

    def share(self, part: float) -> float:
        """The seconds that so large a part of the interactions stayed under."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")


class Lost(Exception):  # noqa: N818 - the reader comes back
    """The connection broke."""


class Reader:
    """One reader with a session of their own."""

    def __init__(self, port: int, ledger: Ledger, seed: int) -> None:
        self.port, self.ledger = port, ledger
        self.chance = random.Random(seed)
        self.page, self.query = "", ""
        self._socket: Any = None
        self._widgets: dict[str, str] = {}
        self._hash = ""
        self.runs = 0

    async def stay(self, every: float, until: asyncio.Event) -> None:
        """Act so often, in seconds, until it is over; come back whenever the server went away."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(until.wait(), self.chance.uniform(0, every))
        gone = None
        while not until.is_set():
            try:
                if self._socket is None:
                    await self.open()
                    if gone is not None:
                        self.ledger.recovered.append(time.monotonic() - gone)
                        gone = None
                else:
                    await self.act()
                pause = self.chance.uniform(0.5, 1.5) * every
            except Lost:
                if gone is None:
                    self.ledger.broken += 1
                    gone = time.monotonic()
                self._socket, pause = None, AGAIN
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(until.wait(), pause)
        if self._socket is not None:
            await self._socket.close()

    async def open(self) -> None:
        """The page and its first run, at the address where the reader was."""
        path = f"/{self.page}" + (f"?{self.query}" if self.query else "")
        status, _ = await http(self.port, path)
        if status != 200:
            raise Lost(f"{path}: {status}")
        try:
            self._socket = await connect(
                f"ws://localhost:{self.port}/_stcore/stream",
                origin=f"http://localhost:{self.port}",  # type: ignore[arg-type]
                subprotocols=["streamlit"],  # type: ignore[list-item]
                compression=None,
                max_size=None,
                proxy=None,
                open_timeout=PATIENCE,
            )
        except (OSError, WebSocketException, TimeoutError) as error:
            raise Lost(str(error)) from error
        self._widgets, self._hash = {}, ""
        await self._run()

    async def act(self) -> None:
        """Go to another page, or choose a province where the page is."""
        label = self._widgets.get("省份") or self._widgets.get("Province")
        if label and self.chance.random() < 0.5:
            await self._run(label, self.chance.choice(("山西省", "河南省", "北京市")))
            return
        self.page = self.chance.choice(PAGES)
        pairs = {"province": self.chance.choice(PROVINCES), "lang": self.chance.choice(("", "en"))}
        if self.page == "search":
            pairs["q"] = self.chance.choice(WORDS)
        self.query = urlencode({name: value for name, value in pairs.items() if value})
        self._hash = ""
        await self._run()

    async def _run(self, widget: str = "", value: str = "") -> None:
        """Ask for a run and take all that it sends; its time and what went wrong are noted."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self.query, self.page
        state.page_script_hash = self._hash
        state.context_info.url = f"http://localhost:{self.port}/{self.page}"
        state.context_info.timezone = "Asia/Shanghai"
        if widget:
            one = state.widget_states.widgets.add()
            one.id = widget
            one.string_array_value.data.append(value)
        began = time.monotonic()
        try:
            await self._socket.send(message.SerializeToString())
            await asyncio.wait_for(self._taken(), PATIENCE)
        except TimeoutError:
            self.ledger.errors.append(f"/{self.page}?{self.query}: no end in {PATIENCE:.0f} s")
            raise Lost("too slow") from None
        except (OSError, WebSocketException) as error:
            raise Lost(str(error)) from error
        self.ledger.seconds.append(time.monotonic() - began)
        self.runs += 1

    async def _taken(self) -> None:
        """Every message until the run is over."""
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self._socket.recv())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._hash = message.new_session.page_script_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta":
                self._look(message.delta.new_element)
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    self.ledger.errors.append(f"/{self.page}: compile error")
                    return

    def _look(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "multiselect":
            self._widgets[element.multiselect.label] = element.multiselect.id
        elif kind == "exception":
            self.ledger.errors.append(f"/{self.page}: {element.exception.message[:200]}")
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            said = f"{getattr(element.alert, 'title', '')} {element.alert.body}"
            self.ledger.told.append(f"/{self.page}: {said[:300]}")


async def http(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of a GET; raises Lost where nobody answers."""
    try:
        reader, writer = await asyncio.wait_for(
            asyncio.open_connection("localhost", port), PATIENCE
        )
    except (OSError, TimeoutError) as error:
        raise Lost(str(error)) from error
    try:
        head = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        data = await asyncio.wait_for(reader.read(), PATIENCE)
        return int(data.split(b" ", 2)[1]), data.partition(b"\r\n\r\n")[2]
    except (OSError, TimeoutError, IndexError, ValueError) as error:
        raise Lost(str(error)) from error
    finally:
        writer.close()


@contextlib.asynccontextmanager
async def crowd(port: int, ledger: Ledger, readers: int, every: float) -> Any:
    """So many readers, each acting so often, for as long as the block lasts."""
    over = asyncio.Event()
    people = [Reader(port, ledger, number) for number in range(readers)]
    tasks = [asyncio.create_task(one.stay(every, over)) for one in people]
    try:
        yield people
    finally:
        over.set()
        for one in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(one, BaseException):
                ledger.errors.append(f"reader: {one!r}")
