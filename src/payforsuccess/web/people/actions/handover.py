"""A caseload goes from one case manager to another."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.models import Enrolment


@action
def hand_over(
    *, by: Access, enrolments: Sequence[Enrolment], to: User, with_follow_ups: bool = True
) -> int:
    """A caseload, or a part of it, goes to another case manager.

    with_follow_ups: what the one before still had to do for these people goes along; whoever asked
    stays the asker. Refusal where nobody is chosen.
    """
    by.require("record-services")
    if not enrolments:
        raise Refusal(
            Problem(sentence("Nobody was chosen."), sentence("Choose the people who change hands."))
        )
    before = ", ".join(sorted({each.case_manager.public_id for each in enrolments}))
    moved = 0
    for each in enrolments:
        if with_follow_ups:
            open_ = each.follow_ups.filter(closed_on=None, owner=each.case_manager)
            moved += open_.update(owner=to)
        each.case_manager = to
        each.save(update_fields=["case_manager"])
    record(
        by.actor("record-services"),
        "caseload.handed-over",
        to,
        before={"case_manager": before},
        after={
            "enrolments": ", ".join(sorted(each.public_id for each in enrolments)),
            "follow_ups": moved,
        },
    )
    return len(enrolments)
