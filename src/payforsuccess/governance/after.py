"""The day so long after another."""

from __future__ import annotations

from datetime import date, timedelta

from payforsuccess.deal.fields import Duration
from payforsuccess.units import add_months


def after(day: date, length: Duration) -> date:
    """The day so long after another; months are clipped to the month's end."""
    return add_months(day, length.months) if length.months else day + timedelta(days=length.days)
