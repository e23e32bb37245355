"""A register of consents."""

from __future__ import annotations

from payforsuccess.records.consents.clean import clean
from payforsuccess.records.consents.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
