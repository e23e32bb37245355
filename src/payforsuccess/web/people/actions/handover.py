"""A caseload goes from one case manager to another."""

from __future__ import annotations

from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.models import Enrolment


@action
def hand_over(*, by: Access, enrolments: list[Enrolment], to: User) -> int:
    """A caseload, or a part of it, goes to another case manager."""
    by.require("record-services")
    before = ", ".join(sorted({each.case_manager.public_id for each in enrolments}))
    for each in enrolments:
        each.case_manager = to
        each.save()
    record(
        by.actor("record-services"),
        "caseload.handed-over",
        to,
        before={"case_manager": before},
        after={"enrolments": ", ".join(sorted(each.public_id for each in enrolments))},
    )
    return len(enrolments)
