"""What lies beside a file and says of it what the file itself does not.

`page.pdf.about.json` beside `page.pdf` holds `publication`, `issue_date` (YYYY-MM-DD) and `page`.
It speaks after the file itself and before what a build was given for all files.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from etl.sources.common import Defaults, Rejected, iso_date

ENDING = ".about.json"


def name_for(name: str) -> str:
    """The name of the file that speaks of the file `name`."""
    return f"{name}{ENDING}"


def said_of(path: Path, defaults: Defaults) -> Defaults:
    """`defaults`, with what the file beside `path` says in their place.

    Raises Rejected where that file is no JSON object or its date no day.
    """
    about = path.with_name(name_for(path.name))
    if not about.is_file():
        return defaults
    try:
        said = json.loads(about.read_text("utf-8"))
        if not isinstance(said, dict):
            raise ValueError("is no JSON object")
        return Defaults(
            iso_date(str(said.get("issue_date") or "")) or defaults.issue_date,
            _word(said.get("publication")) or defaults.publication,
            _page(said.get("page")) or defaults.page,
        )
    except (OSError, ValueError, RecursionError) as error:
        raise Rejected(f"what {about.name} says of it cannot be read: {error}; mend it") from None


def _word(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _page(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
