"""Memberships, accounts, openings in emergencies and disclosures that someone sees."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.models import (
    Disclosure,
    Membership,
    Opening,
    Organisation,
    User,
)
from payforsuccess.web.audit.models import Event

SOMEBODY_GAVE_IT = Case(prepared_by=("for the list alone",))
"""The case of the list of roles that wait: who gave each is asked when it is confirmed."""


def memberships_today(user: User) -> QuerySet[Membership]:
    """The person's memberships in force today, with organisation and initiative."""
    on = timezone.localdate()
    return (
        user.memberships.filter(
            Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on, confirmed_at__isnull=False
        )
        .select_related("organisation", "initiative")
        .order_by("initiative__name", "role")
    )


def held_in(access: Access, *, with_ended: bool = False) -> QuerySet[Membership]:
    """The memberships of an initiative, by name: those that run or begin, or all there were."""
    if not access.may("manage-accounts"):
        return Membership.objects.none()
    held = Membership.objects.filter(initiative=access.initiative)
    if not with_ended:
        held = held.filter(Q(until_on=None) | Q(until_on__gte=access.on), user__is_active=True)
    return held.select_related("user", "organisation").order_by("user__full_name", "pk")


def waiting_in(access: Access) -> QuerySet[Membership]:
    """The roles that wait for Counsel, the oldest first; none for others."""
    if not access.may("confirm-roles", SOMEBODY_GAVE_IT):
        return Membership.objects.none()
    return (
        Membership.objects.filter(
            Q(until_on=None) | Q(until_on__gte=access.on),
            initiative=access.initiative,
            confirmed_at=None,
        )
        .select_related("user", "organisation", "given_by")
        .order_by("pk")
    )


def organisations_in(access: Access) -> QuerySet[Organisation]:
    """The organisations of the initiative: who works for them, parties of its deal, added in it."""
    added = Event.objects.filter(
        verb="organisation.added", initiative=access.initiative.slug
    ).values("subject")
    parties = [party.name for party in access.initiative.deal.parties]
    worked_for = access.initiative.memberships.values("organisation")
    return Organisation.objects.filter(
        Q(pk__in=worked_for) | Q(party__in=parties) | Q(public_id__in=added)
    )


def known_in(access: Access) -> QuerySet[User]:
    """Everyone who has or had a role in the initiative, for who manages accounts."""
    return User.objects.filter(
        pk__in=held_in(access, with_ended=True).order_by().values("user")
    ).prefetch_related("memberships__organisation")


def caseload_size(access: Access, user: User) -> int:
    """How many people of the initiative still have this case manager."""
    from payforsuccess.web.people.models import Enrolment

    open_ones = Enrolment.objects.filter(initiative=access.initiative, exited_on=None)
    return open_ones.filter(case_manager=user).count()


def openings_in(access: Access) -> QuerySet[Opening]:
    """Openings in emergencies: all for Counsel, one's own for a supervisor."""
    found = Opening.objects.filter(initiative=access.initiative).select_related("by", "looked_by")
    if access.may("approve-disclosure"):
        return found
    return found.filter(by=access.user)


def disclosures_in(access: Access) -> QuerySet[Disclosure]:
    """Disclosures to law enforcement, for who asks and who decides."""
    if not (access.is_a("data-steward") or access.may("approve-disclosure")):
        return Disclosure.objects.none()
    return Disclosure.objects.filter(initiative=access.initiative).select_related(
        "asked_by", "decided_by"
    )
