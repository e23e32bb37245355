"""What a referral is answered: by the provider, or by the sealed list."""

from __future__ import annotations

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.referral import BY, State, check_by_hand, check_next, check_reason
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.stops import refuse_stopped
from payforsuccess.web.referrals.actions.moving import _move
from payforsuccess.web.referrals.lottery import is_by_lot, said_of
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import keys_of

OWN = Case(is_own=True)


@action
def acknowledge(*, by: Access, referral: Referral) -> Referral:
    """The provider has read it; the office sees who did and when. Once is enough."""
    by.require("answer-referrals")
    if held(referral).acknowledged_at is None:
        referral.acknowledged_at, referral.acknowledged_by = timezone.now(), by.user
        referral.save()
        record(by.actor("answer-referrals"), "referral.acknowledged", referral)
    return referral


@action
def change_state(*, by: Access, referral: Referral, to: State, reason: str = "") -> Referral:
    """Bring a referral into another state; Refusal where that cannot follow, or chance decides.

    A release is recorded by `note_release`, and the programme's own states by its services.

    Nobody is placed while a report of harm stops service everywhere.
    """
    by.require(BY[to], OWN)
    problems = (
        check_next(held(referral).state, to)  # type: ignore[arg-type]
        or check_by_hand(to, by_lot=is_by_lot(by.initiative))
        or check_reason(to, reason)
    )
    if problems:
        raise Refusal(problems)
    if to == "placed":
        refuse_stopped(by.initiative)
    before = referral.state
    if to == "declined":
        referral.decline_reason = reason
    _move(by, referral, to, timezone.now())
    record(
        by.actor(BY[to]),
        "referral.changed",
        referral,
        before={"state": before},
        after={"state": referral.state, "reason": reason},
    )
    return referral


@action
def tell(*, by: Access, referral: Referral) -> Referral:
    """Write down what the sealed list says of the person; the list decides, and this repeats it.

    Refusal while the person is not on the list.
    """
    if not by.may("assign-at-random", Case(has_ethics_record=True)):
        by.require("refer-people")
    said = said_of(by.initiative, *keys_of(held(referral)))
    if said is None:
        raise Refusal(
            Problem(
                sentence("Nobody was drawn for this referral."), sentence("Ask for the draw first.")
            )
        )
    to: State = "placed" if said.is_placed else "services-as-usual"
    problems = check_next(referral.state, to)  # type: ignore[arg-type]
    if problems:
        raise Refusal(problems)
    referral.told_today, referral.excluded_until = said.today, said.until
    _move(by, referral, to, timezone.now())
    record(by.actor("refer-people"), "referral.decided", referral, after={"by": "the sealed list"})
    return referral
