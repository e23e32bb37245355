"""How a state changes: the row, and one row more among its changes."""

from __future__ import annotations

from datetime import datetime

from payforsuccess.deal.words.eligibility import rule_of
from payforsuccess.errors import Problem, Refusal, plain_of, sentence
from payforsuccess.governance.referral import State, after_release
from payforsuccess.measures.eligibility import judge
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.referrals.models import Change, Referral

_KINDS = {
    "not a number in digits": sentence("not a number in digits"),
    "not a day such as 2026-07-01": sentence("not a day such as 2026-07-01"),
}
"""What `judge` says of a fact that cannot be compared."""


def _move(by: Access, referral: Referral, to: State, at: datetime) -> None:
    """Set a state; someone placed who was released unmet before is looked for from now on."""
    referral.state, referral.state_at = to, at
    referral.save()
    Change.objects.create(referral=referral, state=to, at=at, by=by.user)
    if to == "placed" and referral.release_way:
        follows = after_release(to, referral.release_way)  # type: ignore[arg-type]
        if follows:
            _move(by, referral, follows, at)


def _join(by: Access, referral: Referral, standing: Referral, at: datetime) -> None:
    """The answer of an earlier referral of the same person holds for this one, and those on it."""
    referral.earlier = standing
    _move(by, referral, "joined", at)
    Referral.objects.filter(earlier=referral).update(earlier=standing)


def _judge(by: Access, referral: Referral, now: datetime) -> None:
    """Set the state by the deal's eligibility rule; what is not known leaves it unclear."""
    rule = by.initiative.deal.people.eligible
    try:
        found = judge(rule, referral.facts)
    except ValueError as error:
        raise Refusal(
            Problem(
                sentence(
                    "A fact cannot be compared with the rule: {error}.",
                    error=_KINDS.get(str(error), str(error)),
                ),
                sentence("Correct it, or leave it open until it is known."),
            )
        ) from None
    to: State = {"yes": "eligible", "no": "not-eligible", "unknown": "unclear"}[found.verdict]  # type: ignore[assignment]
    referral.failed = [plain_of(rule_of(rule[at])) for at in (*found.failed, *found.untold)]
    if referral.state == to:
        referral.save()
    else:
        _move(by, referral, to, now)
