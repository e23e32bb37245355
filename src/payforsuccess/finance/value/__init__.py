"""What outcomes are worth to each budget: avoided, cashable and paid, and what was found of it."""

from __future__ import annotations

from payforsuccess.finance.value.holders import HolderKey, HolderValue
from payforsuccess.finance.value.lines import LineValue
from payforsuccess.finance.value.value import CaseValue, Offset, Value, value_of

__all__ = ["CaseValue", "HolderKey", "HolderValue", "LineValue", "Offset", "Value", "value_of"]
