"""What a request asks for: the filters of its address as a view, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard import filters, language
from dashboard.queries import Tables, regions
from dashboard.selection import Selection
from dashboard.view import View, names_of
from etl.tables import ACTIVITY_TYPES

# The most values of one parameter, and the longest value, that a stranger may send.
MOST_VALUES, LONGEST = 40, 200


class WrongRequestError(ValueError):
    """A parameter has a value that means nothing; its name, the value, and what it may be."""

    def __init__(self, parameter: str, value: str, wanted: str) -> None:
        super().__init__(f"{parameter}={value[:LONGEST]}: {wanted}")
        self.parameter, self.value, self.wanted = parameter, value[:LONGEST], wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of an address: each name with its values."""

    values: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Asked:
        """Read name and value pairs. Raises WrongRequestError where there are too many."""
        found: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            if len(value) > LONGEST:
                raise WrongRequestError(name[:LONGEST], value, f"at most {LONGEST} characters")
            found[name] = (*found.get(name, ()), value)
            if len(found[name]) > MOST_VALUES:
                raise WrongRequestError(name[:LONGEST], value, f"at most {MOST_VALUES} values")
        return cls(found)

    def query(self) -> str:
        """The parameters again, in the order of their names."""
        pairs = [(name, one) for name in sorted(self.values) for one in self.values[name]]
        return urlencode(pairs)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return self.values.get(name, ())

    def one(self, name: str, options: Iterable[str], usual: str) -> str:
        """The one value of a parameter, or the usual one. Raises WrongRequestError."""
        allowed = list(options)
        for value in self.all(name)[:1]:
            if value not in allowed:
                raise WrongRequestError(name, value, _or(allowed))
            return value
        return usual

    def several(self, name: str, options: Iterable[str], wanted: str) -> tuple[str, ...]:
        """All values of a parameter, each one of the options. Raises WrongRequestError."""
        allowed = set(options)
        for value in self.all(name):
            if value not in allowed:
                raise WrongRequestError(name, value, wanted)
        return self.all(name)


def _or(options: list[str]) -> str:
    shown = ", ".join(options[:MOST_VALUES])
    return f"one of {shown}{', …' if len(options) > MOST_VALUES else ''}"


def view_of(asked: Asked, tables: Tables) -> View:
    """The view that an address shows. Raises WrongRequestError, where a page drops the value.

    A page shows what it dropped; numbers without their page would look like what was asked for.
    """
    chosen = asked.one("lang", language.LANGUAGES, language.FALLBACK)
    selection = Selection(
        asked.several("province", _provinces(), "the code of a province: 140000"),
        _cities(asked.all("city")),
        asked.several("type", ACTIVITY_TYPES, _or(sorted(ACTIVITY_TYPES))),
        _day(asked, "from"),
        _day(asked, "to"),
    )
    options = tables.options()
    codes = (*selection.provinces, *selection.cities)
    return View(tables, options, selection, chosen, False, names_of(options, codes))


def _provinces() -> list[str]:
    return [one.adcode for one in regions.provinces()]


def _cities(codes: tuple[str, ...]) -> tuple[str, ...]:
    for code in codes:
        if not regions.name_of(code) or regions.city_of(regions.today_of(code)) != code:
            raise WrongRequestError("city", code, "the code of a city of today: 140100")
    return codes


def _day(asked: Asked, name: str) -> str | None:
    for value in asked.all(name)[:1]:
        found = filters.day((value,))
        if found is None:
            raise WrongRequestError(name, value, "a day: 2023-12-28")
        return found.isoformat()
    return None
