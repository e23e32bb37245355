"""The deal's payment terms over many worlds at once: the arrays that a simulation prices.

The same compiled trees as the statements', read with int64 arrays; world by world the amounts are
those that `replay` gives for one version of the deal, from totals. A law holds the two equal.
"""

from __future__ import annotations

from payforsuccess.payments.worlds.inputs import Column, SlotKey, WorldInputs
from payforsuccess.payments.worlds.run import entitlements
from payforsuccess.payments.worlds.terms import PreparedTerms

__all__ = ["Column", "PreparedTerms", "SlotKey", "WorldInputs", "entitlements"]
