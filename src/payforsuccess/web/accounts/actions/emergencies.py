"""Opening a record in an emergency, and Counsel's look at it afterwards."""

from __future__ import annotations

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import Opening
from payforsuccess.web.audit.actions import Subject, record


@action
def open_in_emergency(*, by: Access, participant: str, reason: str) -> Opening:
    """One record is open to a supervisor for an hour; Counsel is told, and the log keeps it.

    participant: the public id. The reason may name someone: it is locked, and not in the log.
    """
    by.require("open-in-emergency", Case(is_supervisor=by.supervises, emergency=reason))
    opening = Opening(
        initiative=by.initiative,
        by=by.user,
        participant=participant,
        reason=reason,
        opened_at=timezone.now(),
    )
    opening.save()
    record(
        by.actor("open-in-emergency"),
        "emergency.opened",
        Subject("participant", participant),
        after={"opening": opening.public_id},
        basis="emergency",
    )
    return opening


@action
def search_in_vain(*, by: Access, reason: str) -> None:
    """Someone was looked for in an emergency and is not enrolled: an answer too, so it is told."""
    by.require("open-in-emergency", Case(is_supervisor=by.supervises, emergency=reason))
    record(by.actor("open-in-emergency"), "emergency.searched", basis="emergency")


@action
def look_at_opening(*, by: Access, opening: Opening, was_right: bool) -> None:
    """Counsel says whether there was an emergency; nobody judges their own."""
    by.require("approve-disclosure")
    opening = Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    if opening.by == by.user or opening.looked_at is not None:
        raise Refusal(
            [
                Problem(
                    sentence("This opening is not for you to judge now."),
                    sentence("Leave it as it is."),
                )
            ]
        )
    opening.looked_by, opening.looked_at = by.user, timezone.now()
    opening.was_right = was_right
    opening.save()
    record(
        by.actor("approve-disclosure"),
        "emergency.looked-at",
        Subject("emergency", opening.public_id),
        after={"was_right": was_right},
    )
