"""What one visitor may ask for; checked where the files arrive and where they are read."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading: sizes in bytes, times in seconds.

    `members` are the files in one archive. `memory` is what the reading process may have to
    itself; recognising a scan takes `memory_of_pictures` (a broadsheet at 150 dpi needs 2 GB).
    `page_seconds` may pass without another page or record, `seconds` in all.
    """

    files: int = 50
    members: int = 1000
    file_bytes: int = 20 * MEGABYTE
    total_bytes: int = 100 * MEGABYTE
    documents: int = 5000
    page_seconds: float = 300
    seconds: float = 1800
    memory: int = 900 * MEGABYTE
    memory_of_pictures: int = 3072 * MEGABYTE
