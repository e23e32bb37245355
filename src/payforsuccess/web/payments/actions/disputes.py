"""Objections to lines of a statement, and how they were settled."""

from __future__ import annotations

from datetime import date

from payforsuccess.governance.initiative.voice import Dispute
from payforsuccess.runs.initiative.disputes import Objection, open_dispute, settle_dispute
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, hold, record
from payforsuccess.web.initiatives.parties import parties_being, party_for


@action
def object_to(*, by: Access, number: int, objection: Objection, on: date) -> Dispute:
    """A party objects to lines of a statement; the undisputed rest is paid."""
    hold()
    by.require("dispute-lines")
    dispute = open_dispute(
        by.initiative.path,
        number,
        objection,
        raised_by=party_for(
            by, "dispute-lines", parties_being(by, "payor", "provider", "investor")
        ),
        on=on,
    )
    record(
        by.actor("dispute-lines"),
        "dispute.opened",
        Subject("dispute", dispute.name),
        after={
            "statement": number,
            "lines": ", ".join(objection.lines),
            "clause": objection.clause,
            "amount": objection.amount,
        },
    )
    return dispute


@action
def settle(*, by: Access, name: str, says: str, on: date) -> Dispute:
    """How a dispute was settled, as those who decide it told the coordinator."""
    hold()
    by.require("keep-initiative")
    dispute = settle_dispute(by.initiative.path, name, says=says, on=on)
    record(
        by.actor("keep-initiative"),
        "dispute.settled",
        Subject("dispute", name),
        after={"says": says, "on": on},
    )
    return dispute
