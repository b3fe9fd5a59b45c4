"""What the owner allows: adding files at all, and keeping them in a collection.

BANMIAN_UPLOADS=1 switches /add on; BANMIAN_KEEP names the folder of the collection. `make run`
sets the first where only this machine reaches the dashboard, for there the reader is the owner.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from etl.intake import Limits, keep
from etl.sources.common import OLDEST_YEAR

ALLOWED, COLLECTION = "BANMIAN_UPLOADS", keep.COLLECTION
LIMITS = Limits()
# No newspaper that is added is older.
OLDEST_DAY = datetime.date(OLDEST_YEAR, 1, 1)


def allowed() -> bool:
    """Whether visitors may add files."""
    return os.environ.get(ALLOWED) == "1"


def collection() -> Path | None:
    """The folder that files may be kept in for good, or None where there is none."""
    return keep.collection()
