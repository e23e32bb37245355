"""Everything that is put in the books of capital, and the pack: one run and one event each.

A run writes to `capital.yaml` in the deal's folder, which no database takes back; its event is
written after it, with the checksum of the books. A process killed between the two leaves books of
which the log does not know, as does whoever writes them by hand: `catch_up` tells it.
"""

from __future__ import annotations

from payforsuccess.web.investor.actions.calls import Called, answer, call, certify, receive
from payforsuccess.web.investor.actions.found import catch_up
from payforsuccess.web.investor.actions.notes import balance, notify, put, spend, tested, vote
from payforsuccess.web.investor.actions.pack import made, take_out
from payforsuccess.web.investor.actions.paying_out import enter, pay_out

__all__ = [
    "Called",
    "answer",
    "balance",
    "call",
    "catch_up",
    "certify",
    "enter",
    "made",
    "notify",
    "pay_out",
    "put",
    "receive",
    "spend",
    "take_out",
    "tested",
    "vote",
]
