"""Who may answer a call for capital: someone else than who made it."""

from __future__ import annotations

from payforsuccess.deal.approvals import may_be_one
from payforsuccess.deal.capital_record import CapitalCall
from payforsuccess.errors import Problem, sentence


def why_person_may_not_answer(call: CapitalCall, person: str) -> tuple[Problem, ...]:
    """Why one person may not answer a call; empty when they may.

    Who made the call does not answer it: no money moves on the word of one person. Names that may
    be one person's count as one.
    """
    if call.called_by is None or not may_be_one(person, call.called_by):
        return ()
    return (
        Problem(
            sentence("{person} made call `{name}`.", person=person, name=call.name),
            sentence("Have someone else answer it."),
        ),
    )
