"""How the INDIGO standard writes a value, a sum of money, a stretch of days, an organisation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from payforsuccess.deal.parties import Party


def said(value: str | int | Fraction | None) -> dict[str, object] | None:
    """`{"value": ...}`; a number whose decimals do not end, and an empty text, are not said."""
    if value is None or value == "":
        return None
    return {"value": Fraction(value) if isinstance(value, int) else value}


def money(amount: Fraction | None, currency: str) -> dict[str, object] | None:
    """An amount in whole units of its currency."""
    return None if amount is None else {"currency": said(currency), "amount": said(amount)}


def period(start: date | None, end: date | None) -> dict[str, object]:
    """From the first day to the last."""
    first, last = (None if day is None else day.isoformat() for day in (start, end))
    return {"start_date": said(first), "end_date": said(last)}


def without_empty(part: Mapping[str, object]) -> dict[str, object]:
    """A part without the fields that say nothing."""
    made = {name: _cleared(value) for name, value in part.items()}
    return {name: value for name, value in made.items() if value not in (None, {}, [])}


def _cleared(value: object) -> object:
    if isinstance(value, Mapping):
        return without_empty(value)
    if isinstance(value, list):
        return [_cleared(one) for one in value]
    return value


def slug(text: str) -> str:
    """Small letters, digits and dashes, for an id: `elm-fund`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "unnamed"


def unlike(names: Iterable[str]) -> dict[str, str]:
    """An id for each name, no two alike."""
    given: dict[str, str] = {}
    for name in dict.fromkeys(names):
        first, at = slug(name), 2
        one = first
        while one in given.values():
            one, at = f"{first}-{at}", at + 1
        given[name] = one
    return given


class Organisations:
    """The parties of a deal with ids of their own: the standard gives out its ids itself."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._parties = tuple(parties)
        self._ids = {name: f"local-{one}" for name, one in unlike(p.name for p in parties).items()}

    def id_of(self, name: str) -> str:
        """The id of a party; its own name where the deal lists no such party."""
        return self._ids.get(name, name)

    def holding(self, role: str) -> tuple[str, ...]:
        """The names of the parties with a role, in the deal's order."""
        return tuple(dict.fromkeys(one.name for one in self._parties if role in one.roles))

    def items(self) -> tuple[tuple[str, str], ...]:
        """Every name with its id."""
        return tuple(self._ids.items())
