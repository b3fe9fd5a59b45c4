"""What happened, one line an event: JSON for machines, or words, without anything personal.

An event has a name and fields; `Fields` is all that a line can hold, so that no address of a
reader, nothing they asked for and nothing of an article comes in. Of an error only its class and
where it was raised are written; its own words may quote what was asked, and come at level
`debug` alone. So it is with what other packages log.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypedDict, Unpack

# BANMIAN_LOG: json, text or off. BANMIAN_LOG_LEVEL: debug, info, warning or error.
LOG, LEVEL = "BANMIAN_LOG", "BANMIAN_LOG_LEVEL"
Form = Literal["json", "text", "off"]
FORMS = ("json", "text", "off")
LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
# The packages whose messages are names of events.
OURS = ("etl", "dashboard")
FRAMES = 6

# The request that is being answered; it tells which lines belong together, not whose they are.
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


class Fields(TypedDict, total=False):
    """All that a line can say besides its time, level, event and request."""

    route: str
    method: str
    status: int
    seconds: float
    bytes: int
    command: str
    version: str
    former_version: str
    documents: int
    taken_over: int
    articles: int
    figures: int
    rejects: int
    doubtful: int
    kind: str


def tell(
    logger: logging.Logger, event: str, level: int = logging.INFO, **fields: Unpack[Fields]
) -> None:
    """Log an event with its fields."""
    logger.log(level, event, extra={"fields": fields})


def begin(form: Form) -> None:
    """Let this process log to its standard error: as the owner's settings say, else in this form.

    A setting that means nothing is told of and passed over. `off` leaves the log to others.
    """
    wanted = os.environ.get(LOG, "").strip()
    chosen = wanted if wanted in FORMS else form
    if chosen == "off":
        for name in OURS:
            logging.getLogger(name).addHandler(logging.NullHandler())
            logging.getLogger(name).propagate = False
        return
    said_level = os.environ.get(LEVEL, "").strip().lower()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if chosen == "json" else Words())
    handler.addFilter(_matters)
    logging.root.handlers = [handler]
    logging.root.setLevel(LEVELS.get(said_level, logging.INFO))
    for name, given, known in ((LOG, wanted, FORMS), (LEVEL, said_level, LEVELS)):
        if given and given not in known:
            tell(logging.getLogger(__name__), "setting_ignored", logging.WARNING, kind=name)


def _matters(record: logging.LogRecord) -> bool:
    """Ours always; of others what went wrong, unless everything is wanted."""
    wanted = logging.WARNING if logging.root.level > logging.DEBUG else logging.DEBUG
    return is_ours(record.name) or record.levelno >= wanted


def is_ours(logger: str) -> bool:
    """Whether the messages of a logger are names of events."""
    return logger.split(".")[0] in OURS


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(said(record), ensure_ascii=False)


class Words(logging.Formatter):
    """A record as one line for people: time, level, event, and its fields as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        found = said(record)
        head = f"{found.pop('time')} {found.pop('level'):7} {found.pop('event')}"
        return " ".join((head, *(f"{name}={_word(one)}" for name, one in found.items())))


def said(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says of a record: ours by its fields, others' by where they come from."""
    ours = is_ours(record.name)
    when = datetime.fromtimestamp(record.created, UTC)
    found: dict[str, Any] = {
        "time": when.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "event": str(record.msg) if ours else "other",
    }
    if one := request_id.get():
        found["request"] = one
    if not ours:
        found |= {"logger": record.name, "at": [f"{record.filename}:{record.lineno}"]}
    given = getattr(record, "fields", {})
    found |= {name: given[name] for name in Fields.__annotations__ if name in given}
    error = record.exc_info[1] if record.exc_info else None
    if error:
        found |= {"error": type(error).__name__, "at": _places(error)}
    if logging.root.level <= logging.DEBUG:
        found |= _quoted(record, error, ours)
    return found


def _quoted(record: logging.LogRecord, error: BaseException | None, ours: bool) -> dict[str, str]:
    """The words of others, which may quote anything."""
    words = {} if ours else {"message": record.getMessage()}
    return words | ({"said": str(error)} if error else {})


def _places(error: BaseException) -> list[str]:
    """Where an error was raised, innermost last: file:line function."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]


def _word(value: Any) -> str:
    text = " < ".join(reversed(value)) if isinstance(value, list) else str(value)
    return json.dumps(text, ensure_ascii=False) if not text or set(text) & set(' "\n\r') else text
