"""What people corrected: a file of entries, and their replay by every build.

entries   one line of the file, checked
values    which value a column may be given
journal   the file: read it, append to it, whatever dies meanwhile
conflicts entries about one row that contradict each other
replay    entries → changed rows
"""

from etl.corrections.conflicts import conflicts
from etl.corrections.entries import ACTIONS, CORRECTABLE, Correction, Entry, Key, Undo, line, parse
from etl.corrections.journal import (
    CorrectionsError,
    Journal,
    append,
    broken,
    by_document,
    load,
    named,
    new_in,
    parsed,
    read,
    usual,
)
from etl.corrections.replay import DOUBTFUL, apply, noted
from etl.corrections.values import WrongValueError

__all__ = [
    "ACTIONS",
    "CORRECTABLE",
    "DOUBTFUL",
    "Correction",
    "CorrectionsError",
    "Entry",
    "Journal",
    "Key",
    "Undo",
    "WrongValueError",
    "append",
    "apply",
    "broken",
    "by_document",
    "conflicts",
    "line",
    "load",
    "named",
    "new_in",
    "noted",
    "parse",
    "parsed",
    "read",
    "usual",
]
