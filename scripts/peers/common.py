"""What every peer's program does: read texts, hand each to the tool, write what it found."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Found = dict[str, list[dict[str, Any]]]


def serve(find: Callable[[str, str], Found]) -> None:
    """Answer each line of standard input with what `find(text, date)` gives for it."""
    began = time.process_time()
    for line in sys.stdin:
        record = json.loads(line)
        found = find(record["text"], record["date"])
        sys.stdout.write(json.dumps({"id": record["id"], **found}, ensure_ascii=False) + "\n")
    sys.stdout.write(json.dumps({"seconds": time.process_time() - began}) + "\n")
