"""What a reader has chosen: the filters, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """The filter state of every page; empty means everything.

    `provinces` and `cities` are adcodes (140000, 140100); a municipality such as 110000 is a
    province and its own city. `types` are activity types. `start` and `end` are ISO days, both
    included. `within` are adcodes of areas of any level, a county's too, that narrow the rest
    further: no filter of the bar, but the question of a place's own page.
    """

    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    within: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """True where nothing is filtered out."""
        return self == Selection()
