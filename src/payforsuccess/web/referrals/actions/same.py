"""Two rows of one person become one; two people who look alike are told apart."""

from __future__ import annotations

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Actor, record
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import Enrolment, Participant
from payforsuccess.web.referrals.actions.moving import _join
from payforsuccess.web.referrals.lottery import is_by_lot, join_keys
from payforsuccess.web.referrals.models import Apart, Referral
from payforsuccess.web.referrals.queries import UNANSWERED, require_judge, standing_of

FOLLOWING = (*UNANSWERED, "placed", "released-unmet", "met", "services-as-usual")
"""The states in which a referral follows the one that stands, once both are of one person."""


@action
def merge(*, by: Access, one: Participant, other: Participant) -> Participant:
    """Two rows are one person: the row that was here first stands, the other is its alias.

    Where there is a lottery, the first draw under either key holds. Referrals of either that lead
    to no enrolment are joined to the one that stands, drawn or not: what the first came to holds
    for them, and nobody is handed over or enrolled on a later one. Refuses where both are enrolled.
    """
    require_judge(by)
    first, second = sorted((held(one).first, held(other).first), key=lambda p: p.pk)
    if first == second:
        raise Refusal(
            Problem(sentence("These are known as one person."), sentence("Nothing is to be done."))
        )
    rows = first.rows() | second.rows()
    open_now = Enrolment.objects.filter(participant__in=rows, exited_on=None)
    if open_now.count() > 1:
        raise Refusal(
            Problem(
                sentence("Both rows are enrolled, and one person is enrolled once."),
                sentence("Record the exit on one of them, with the reason; then join them."),
            )
        )
    if is_by_lot(by.initiative):
        join_keys(by.initiative, first.key, second.key, by=by.user.full_name)
    Participant.objects.filter(alias_of=second).update(alias_of=first)
    second.alias_of = first
    second.save(update_fields=["alias_of"])
    standing = standing_of(first)
    later = Referral.objects.filter(
        participant__in=first.rows(), state__in=FOLLOWING, enrolment=None
    )
    for referral in later:
        if standing is not None and referral != standing:
            _join(by, referral, standing, timezone.now())
    record(_judge(by), "participant.merged", second, after={"into": str(first)})
    return first


@action
def part(*, by: Access, one: Participant, other: Participant) -> Apart:
    """Two rows are two people: nobody is asked about them again."""
    require_judge(by)
    first, second = sorted((one, other), key=lambda p: p.pk)
    apart, _ = Apart.objects.get_or_create(
        one=first, other=second, defaults={"at": timezone.now(), "by": by.user}
    )
    record(_judge(by), "participant.told-apart", first)
    return apart


def _judge(by: Access) -> Actor:
    return by.actor("review-links" if by.may("review-links") else "answer-referrals")
