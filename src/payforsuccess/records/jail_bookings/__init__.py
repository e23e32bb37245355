"""Bookings of a county jail."""

from __future__ import annotations

from payforsuccess.records.jail_bookings.clean import clean
from payforsuccess.records.jail_bookings.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
