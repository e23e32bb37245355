"""How the Open Contracting Data Standard writes a day and an amount."""

from __future__ import annotations

from datetime import date
from fractions import Fraction


def at_midnight(day: date | None) -> str | None:
    """A day as the standard's date and time, at the start of the day in universal time."""
    return None if day is None else f"{day.isoformat()}T00:00:00Z"


def value_of(amount: Fraction | None, currency: str) -> dict[str, object] | None:
    """An amount in whole units of its currency, exactly."""
    return None if amount is None else {"amount": amount, "currency": currency}
