"""Everything that happens to a referral. Each change is one transaction with one audit event."""

from __future__ import annotations

from payforsuccess.web.referrals.actions.answering import acknowledge, change_state, tell
from payforsuccess.web.referrals.actions.making import (
    Circumstances,
    Person,
    complete_facts,
    refer,
)
from payforsuccess.web.referrals.actions.releases import expect_release, note_hearing, note_release
from payforsuccess.web.referrals.actions.same import merge, part
from payforsuccess.web.referrals.actions.thread import say

__all__ = [
    "Circumstances",
    "Person",
    "acknowledge",
    "change_state",
    "complete_facts",
    "expect_release",
    "merge",
    "note_hearing",
    "note_release",
    "part",
    "refer",
    "say",
    "tell",
]
