"""Follow-ups: asked, owned, closed with what came of them."""

from __future__ import annotations

from datetime import date

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.days import refuse_before, refuse_far_ahead
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import Enrolment, FollowUp
from payforsuccess.web.people.opened import refuse_opened


@action
def ask_follow_up(
    *, by: Access, enrolment: Enrolment, owner: User, what: str, due_on: date
) -> FollowUp:
    """Something to do for someone, with an owner and a day.

    Refusal of a day before the person enrolled, or years ahead.
    """
    by.require("record-services")
    refuse_opened(by, enrolment.participant)
    refuse_before(enrolment.enrolled_on, due_on, sentence("enrolled"))
    refuse_far_ahead(by, due_on)
    asked = FollowUp.objects.create(
        enrolment=enrolment, what=what, due_on=due_on, asked_by=by.user, owner=owner
    )
    record(
        by.actor("record-services"),
        "follow-up.asked",
        asked,
        after={"owner": owner.public_id, "due_on": due_on},
    )
    return asked


@action
def close_follow_up(*, by: Access, follow_up: FollowUp, on: date, came_of_it: str) -> FollowUp:
    """What came of it; whoever asked sees it. Refusal once somebody has said."""
    by.require("record-services")
    closed_on = held(follow_up).closed_on
    if closed_on is not None:
        raise Refusal(
            Problem(
                sentence("The follow-up was closed on {on}.", on=closed_on),
                sentence("Ask for another one if something is left to do."),
            )
        )
    follow_up.closed_on, follow_up.came_of_it = on, came_of_it
    follow_up.save()
    record(by.actor("record-services"), "follow-up.closed", follow_up, after={"on": on})
    return follow_up
