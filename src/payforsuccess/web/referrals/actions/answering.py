"""What a referral is answered: by the provider, or by the sealed list."""

from __future__ import annotations

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.referral import BY, State, check_by_hand, check_next, check_reason
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import hold, record
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.stops import refuse_stopped
from payforsuccess.web.referrals.actions.moving import _join, _move
from payforsuccess.web.referrals.lottery import is_by_lot, said_of
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import keys_of, met_before

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

    Whom another referral brought here before has the answer of that one, and no second. Nobody is
    placed while a report of harm stops service everywhere.
    """
    by.require(BY[to], OWN)
    hold()  # whoever else answers a referral of the same person now finds this one
    held(referral)
    standing = met_before(referral)
    problems = (
        check_next(referral.state, to)  # type: ignore[arg-type]
        or check_by_hand(to, by_lot=is_by_lot(by.initiative))
        or check_reason(to, reason)
        or _twice(to, standing)
    )
    if problems:
        raise Refusal(problems)
    if to == "placed":
        refuse_stopped(by.initiative)
    before = referral.state
    if to == "declined":
        referral.decline_reason = reason
    if to == "joined" and standing is not None:
        _join(by, referral, standing, timezone.now())
    else:
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

    Of someone whom another referral had drawn before, this one is joined to that. Refusal while
    the person is not on the list.
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
    first = met_before(referral)
    if first is not None and first.told_today:
        _join(by, referral, first, timezone.now())
    else:
        _move(by, referral, to, timezone.now())
    record(by.actor("refer-people"), "referral.decided", referral, after={"by": "the sealed list"})
    return referral


def _twice(to: State, standing: Referral | None) -> list[Problem]:
    """Why an answer is none to give: the person has one already, or there is nothing to join."""
    if standing is None and to == "joined":
        return [
            Problem(
                sentence("No other referral of this person stands."),
                sentence("Give the answer for this one."),
            )
        ]
    if standing is not None and to in ("placed", "declined"):
        return [
            Problem(
                sentence("The person was referred before, and that referral stands."),
                sentence("Join this one to it: the office reads what that one came to."),
            )
        ]
    return []
