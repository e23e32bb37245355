"""Whether two rows could be one person written in two ways: for someone to look at, never to join.

Two rows with one family name are compared; what is found is a reason to look, and no proof.
"""

from __future__ import annotations

from datetime import date
from difflib import SequenceMatcher

ALIKE = 0.75
"""From here on two given names count as two spellings (Sam and Samuel are told by their start)."""


def why_alike(given: str, born: date, other_given: str, other_born: date) -> str:
    """Why two people of one family name could be one; nothing where they look like two."""
    names_alike = _names_alike(given.casefold().strip(), other_given.casefold().strip())
    if born == other_born:
        return "the same date of birth" if not names_alike else "a like name, born the same day"
    if names_alike and _days_alike(born, other_born):
        return "a like name, and a date of birth that differs by a slip"
    return ""


def _names_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) > 1 and long.startswith(short):
        return True
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _days_alike(one: date, other: date) -> bool:
    """Day and month exchanged, or one of the three parts written otherwise."""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    parts = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return sum(1 for mine, theirs in parts if mine != theirs) == 1
