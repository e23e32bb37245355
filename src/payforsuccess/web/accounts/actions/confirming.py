"""A role that determines, approves, pays or gives roles takes effect once Counsel confirms it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import Membership
from payforsuccess.web.audit.actions import Actor, record
from payforsuccess.web.audit.models import Event

NEW = timedelta(days=7)
"""How long the account of a Counsel is too new to confirm what its own maker gave."""


@action
def confirm_role(*, by: Access, member: Membership) -> Membership:
    """Counsel confirms a role that somebody else gave to somebody else; it holds from now on.

    Refuses a Counsel whose account was made by the giver within the last week: else one person
    could make up both.
    """
    member = _waiting(member)
    giver = member.given_by
    case = Case(
        prepared_by=(giver.full_name,) if giver else (), decided_by=(member.user.full_name,)
    )
    by.require("confirm-roles", case)
    made = Event.objects.filter(
        verb="account.added", subject=by.user.public_id, at__gt=timezone.now() - NEW
    )
    is_made_by_giver = giver is not None and made.filter(by=giver.public_id).exists()
    if by.user in (giver, member.user) or is_made_by_giver:
        raise Refusal(
            [
                Problem(
                    sentence("Whoever gave this role made your account within the last week."),
                    sentence("Let another Counsel confirm it, or wait until the week is over."),
                )
            ]
        )
    member.confirmed_by, member.confirmed_at = by.user, timezone.now()
    member.save()
    record(by.actor("confirm-roles"), "membership.confirmed", member, after=_told(member))
    return member


@action
def confirm_by_office(*, by: Actor, member: Membership) -> Membership:
    """The office that installs confirms a role on the server, where no Counsel can any more."""
    member = _waiting(member)
    member.confirmed_at = timezone.now()
    member.save()
    record(by, "membership.confirmed", member, after=_told(member))
    return member


def _told(member: Membership) -> dict[str, object]:
    return {"account": member.user.public_id, "role": member.role}


def _waiting(member: Membership) -> Membership:
    """The role as it is now, locked; refuses one that waits no longer."""
    now = Membership.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if now.confirmed_at is not None:
        raise Refusal(
            [
                Problem(
                    sentence("The role does not wait for Counsel."),
                    sentence("Nothing is to be done."),
                )
            ]
        )
    return now
