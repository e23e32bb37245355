"""Deal files to deals: YAML text in; a model, or every problem with its line, out."""

from __future__ import annotations

from payforsuccess.deal.reading.characters import MOST_BYTES
from payforsuccess.deal.reading.problems import in_order, read
from payforsuccess.deal.reading.reader import (
    read_as,
    read_assumptions,
    read_budget,
    read_deal,
    read_value,
)
from payforsuccess.deal.reading.tree import places_of
from payforsuccess.deal.reading.yaml_text import parse

__all__ = [
    "MOST_BYTES",
    "in_order",
    "parse",
    "places_of",
    "read",
    "read_as",
    "read_assumptions",
    "read_budget",
    "read_deal",
    "read_value",
]
