"""Who people are, as keyed Bloom filters made at the agency."""

from __future__ import annotations

from payforsuccess.records.keyed_identities.clean import clean
from payforsuccess.records.keyed_identities.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
