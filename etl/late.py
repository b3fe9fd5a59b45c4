"""Patterns that are compiled when a text comes that may fit them.

Compiling one takes up to a tenth of a second (a class of all Chinese characters alone 0.7 ms), and
a few lines in a thousand have what it looks for.
"""

from __future__ import annotations

import re
from functools import cached_property


class Late:
    """A pattern, and `needs`: a small pattern that is found in every text that the pattern fits.

    A text without it is answered without compiling, and sooner.
    """

    def __init__(self, pattern: str, needs: str = "") -> None:
        self.pattern = pattern
        self.needs = re.compile(needs)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern)

    def match(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.compiled.match(text) if self.needs.search(text) else None

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self.compiled.search(text) if self.needs.search(text) else None
