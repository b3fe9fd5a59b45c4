"""Questions about corrections: what came of them, and how much of what is shown was reviewed."""

from __future__ import annotations

from functools import cached_property

from dashboard.queries import conditions
from dashboard.queries.database import Database
from dashboard.selection import Selection


class ReviewQueries(Database):
    """Questions about corrections and reviewed rows."""

    @cached_property
    def outcomes(self) -> dict[str, str]:
        """What came of each correction that these tables were built with, by its id."""
        return dict(self.rows("SELECT correction_id, outcome FROM corrections"))

    def reviewed(self, selection: Selection, table: str) -> tuple[int, int]:
        """Of the selected rows of figures or activities, how many a person reviewed; and of all."""
        condition = getattr(conditions, table)(selection)
        ((reviewed, every),) = self.rows(
            f"SELECT count(*) FILTER (reviewed), count(*) FROM {table} WHERE {condition}", selection
        )
        return int(reviewed), int(every)
