"""What a referral is answered: by the provider, or by the sealed list."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.referral import BY, State, check_by_hand, check_next, check_reason
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.stops import refuse_stopped
from payforsuccess.web.referrals.actions.moving import _locked, _move
from payforsuccess.web.referrals.lottery import is_by_lot, said_of
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import keys_of

OWN = Case(is_own=True)


@action
def acknowledge(*, by: Access, referral: Referral) -> Referral:
    """The provider has read it; the office sees who did and when. Once is enough."""
    by.require("answer-referrals")
    locked = _locked(referral)
    if locked.acknowledged_at is None:
        locked.acknowledged_at, locked.acknowledged_by = timezone.now(), by.user
        locked.save()
    record(by.actor("answer-referrals"), "referral.acknowledged", locked)
    return locked


@action
def change_state(
    *, by: Access, referral: Referral, to: State, reason: str = "", at: datetime | None = None
) -> Referral:
    """Bring a referral into another state; Refusal where that cannot follow, or chance decides.

    Nobody is placed while a report of harm stops service everywhere.
    """
    by.require(BY[to], OWN)
    locked = _locked(referral)
    problems = (
        check_next(locked.state, to)  # type: ignore[arg-type]
        or check_by_hand(to, by_lot=is_by_lot(by.initiative))
        or check_reason(to, reason)
    )
    if problems:
        raise Refusal(problems)
    if to == "placed":
        refuse_stopped(by.initiative)
    before = locked.state
    locked.decline_reason = reason if to == "declined" else locked.decline_reason
    if to == "released-unmet":
        locked.released_at = at or timezone.now()
        locked.release_way = locked.release_way or "unmet"
    _move(by, locked, to, at or timezone.now())
    record(
        by.actor(BY[to]),
        "referral.changed",
        locked,
        before={"state": before},
        after={"state": locked.state, "reason": reason},
    )
    return locked


@action
def tell(*, by: Access, referral: Referral) -> Referral:
    """Write down what the sealed list says of the person; the list decides, and this repeats it.

    Refusal while the person is not on the list.
    """
    if not by.may("assign-at-random", Case(has_ethics_record=True)):
        by.require("refer-people")
    locked = _locked(referral)
    said = said_of(by.initiative, *keys_of(locked))
    if said is None:
        raise Refusal(
            Problem(
                sentence("Nobody was drawn for this referral."), sentence("Ask for the draw first.")
            )
        )
    to: State = "placed" if said.is_placed else "services-as-usual"
    problems = check_next(locked.state, to)  # type: ignore[arg-type]
    if problems:
        raise Refusal(problems)
    locked.told_today, locked.excluded_until = said.today, said.until
    _move(by, locked, to, timezone.now())
    record(by.actor("refer-people"), "referral.decided", locked, after={"by": "the sealed list"})
    return locked
