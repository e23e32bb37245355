"""A day that was recorded wrongly is put right, and the log keeps both days and the reason."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.days import refuse_ahead, refuse_before_referral, refuse_disorder
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import CORRECTABLE, CORRECTION_REASONS, Enrolment, Placement
from payforsuccess.web.people.opened import refuse_opened
from payforsuccess.web.referrals.actions.moving import _move
from payforsuccess.web.referrals.models import Referral


@action
def correct_day(
    *,
    by: Access,
    row: Enrolment | Placement,
    field: str,
    on: date | None,
    reason: str,
) -> Enrolment | Placement:
    """Another day in the place of a wrong one; Refusal where days would stand in no order.

    field: one of `CORRECTABLE` of the row's kind. reason: one of `CORRECTION_REASONS`, a word and
    no free text, because the log goes out in exports. Without its day an exit never happened.
    ValueError for another field or reason.
    """
    by.require("record-services")
    if field not in CORRECTABLE[type(row).__name__] or reason not in dict(CORRECTION_REASONS):
        raise ValueError(f"{field} is not corrected for {reason}")
    enrolment = row if isinstance(row, Enrolment) else row.enrolment
    refuse_opened(by, enrolment.participant)
    before: date | None = getattr(held(row), field)
    if on is not None:
        refuse_ahead(by, on)
    if isinstance(row, Enrolment) and field == "enrolled_on" and on is not None:
        referral = Referral.objects.filter(enrolment=row).first()
        if referral is not None:
            refuse_before_referral(referral, on)
    setattr(row, field, on)
    if isinstance(row, Enrolment) and field == "exited_on" and on is None:
        _stay(by, row)
    refuse_disorder(row)
    row.save()
    record(
        by.actor("record-services"),
        "day.corrected",
        row,
        before={field: before},
        after={field: on, "reason": reason},
    )
    return row


def _stay(by: Access, enrolment: Enrolment) -> None:
    """Someone never left: the referral is what it was before. Refusal once they joined again."""
    of_person = Enrolment.objects.filter(participant__in=enrolment.participant.rows())
    if of_person.filter(exited_on=None).exclude(pk=enrolment.pk).exists():
        raise Refusal(
            Problem(
                sentence("The person has joined the programme again since."),
                sentence("Correct the day on which they left, and leave it standing."),
            )
        )
    enrolment.exit_kind = ""
    referral = Referral.objects.filter(enrolment=enrolment, state="left").first()
    was = referral and referral.changes.exclude(state="left").last()
    if referral and was:
        _move(by, referral, was.state, timezone.now())  # type: ignore[arg-type]
