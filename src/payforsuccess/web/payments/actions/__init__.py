"""Everything that moves a payment on: each calls one run, in one transaction with one event.

A run writes to the deal's folder, which no database takes back, under a checksum of its own. The
event names that checksum and is written after the run: where the run refuses, there is no event. A
process killed between the two leaves a record without an event, which `catch_up` finds.
"""

from __future__ import annotations

from payforsuccess.web.payments.actions.books import explain, take_books
from payforsuccess.web.payments.actions.disputes import object_to, settle
from payforsuccess.web.payments.actions.found import catch_up
from payforsuccess.web.payments.actions.leaving import export, export_voucher, look_at_line
from payforsuccess.web.payments.actions.steps import (
    answer,
    approve,
    correct_warrant,
    enter_warrant,
    send_back,
    sign_again,
    sign_results,
    state,
)

__all__ = [
    "answer",
    "approve",
    "catch_up",
    "correct_warrant",
    "enter_warrant",
    "explain",
    "export",
    "export_voucher",
    "look_at_line",
    "object_to",
    "send_back",
    "settle",
    "sign_again",
    "sign_results",
    "state",
    "take_books",
]
