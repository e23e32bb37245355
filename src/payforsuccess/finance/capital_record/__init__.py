"""Capital in practice: the book that follows from what is on record, and what it asks for."""

from __future__ import annotations

from payforsuccess.finance.capital_record.followed import Difference, Followed, follow

__all__ = ["Difference", "Followed", "follow"]
