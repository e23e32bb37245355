"""Which enrolments, follow-ups and reports someone sees."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.break_glass import opened_for
from payforsuccess.web.accounts.models import Membership, User
from payforsuccess.web.people.models import (
    Contact,
    ContactDetails,
    Draft,
    Enrolment,
    FollowUp,
    WrongRecord,
)
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import visible_to as visible_referrals

OWN = Case(is_own=True)
WAITING = ("placed", "met", "released-unmet")
"""The states of a referral from which someone is enrolled."""


def sites_of(access: Access) -> set[str]:
    """The sites that someone supervises."""
    return {m.site for m in access.memberships if m.is_supervisor and m.role == "case-manager"}


def visible_to(access: Access) -> QuerySet[Enrolment]:
    """A case manager's own caseload; a supervisor's whole site; nobody else's any."""
    every = Enrolment.objects.filter(initiative=access.initiative).select_related("participant")
    if not access.may("see-own-caseload", OWN):
        return every.none()
    sites = sites_of(access)
    if sites:
        return every.filter(Q(site__in=sites) | Q(case_manager=access.user))
    return every.filter(case_manager=access.user)


def open_to(access: Access) -> QuerySet[Enrolment]:
    """Those of `visible_to`, and whom one opened in an emergency within the last hour."""
    opened = list(opened_for(access).values_list("participant", flat=True))
    if not opened:
        return visible_to(access)
    own = visible_to(access).values("pk")
    return Enrolment.objects.filter(
        Q(pk__in=own) | Q(participant__public_id__in=opened), initiative=access.initiative
    ).select_related("participant")


NOT_ON_LISTS = ("middle_name", "born", "ssn", "name_mark", "family_mark", "ssn_mark")
"""Of a participant: opening a locked field costs time, and no list shows these."""


def caseload_rows(access: Access) -> QuerySet[Enrolment]:
    """The open enrolments with what a list of them needs, in one query.

    The case manager is read with them where it is not the reader everywhere.
    """
    rows = _with_days(visible_to(access), access).filter(exited_on=None)
    open_ = WrongRecord.objects.filter(enrolment=OuterRef("pk"), answered_on=None)
    rows = rows.annotate(has_wrong_record=Exists(open_))
    rows = rows.defer(*(f"participant__{name}" for name in NOT_ON_LISTS))
    return rows.select_related("case_manager") if sites_of(access) else rows


def whole_rows(access: Access, *, of: QuerySet[Enrolment] | None = None) -> QuerySet[Enrolment]:
    """The enrolments one sees, with homes, consents, and the days of the last contacts."""
    return (
        _with_days(visible_to(access) if of is None else of, access)
        .select_related("participant__contact_details", "case_manager")
        .prefetch_related("placements", "participant__consents")
    )


def _with_days(rows: QuerySet[Enrolment], access: Access) -> QuerySet[Enrolment]:
    """With the days of the last contacts, a half-written note, and a way to reach the person."""
    drafts = Draft.objects.filter(enrolment=OuterRef("pk"), owner=access.user)
    ways = ContactDetails.objects.filter(participant=OuterRef("participant"))
    return rows.annotate(
        reached_on=_last_on(is_reached=True),
        tried_on=_last_on(is_reached=False),
        has_draft=Exists(drafts),
        # An empty text stays empty when it is locked, so that the database can tell.
        can_be_reached=Exists(ways.exclude(telephone="", address="")),
    )


def _last_on(*, is_reached: bool) -> Subquery:
    """The day of the last contact or attempt: one look into the index, not a pass over them all."""
    tried = Contact.objects.filter(enrolment=OuterRef("pk"), is_reached=is_reached)
    return Subquery(tried.order_by("-on").values("on")[:1])


def follow_ups_of(access: Access) -> QuerySet[FollowUp]:
    """Those one owns or asked for, and those of people one sees."""
    if not access.may("see-own-caseload", OWN):
        return FollowUp.objects.none()
    return FollowUp.objects.filter(
        Q(owner=access.user) | Q(asked_by=access.user) | Q(enrolment__in=visible_to(access)),
        enrolment__initiative=access.initiative,
    ).select_related("enrolment__participant", "owner", "asked_by")


def open_follow_ups(access: Access) -> QuerySet[FollowUp]:
    """The open ones of `follow_ups_of`, each with whether its owner works here no longer."""
    at_work = case_managers(access).filter(pk=OuterRef("owner"))
    found = follow_ups_of(access).filter(closed_on=None).annotate(is_left_behind=~Exists(at_work))
    return found.defer(*(f"enrolment__participant__{name}" for name in NOT_ON_LISTS))


def waiting(access: Access) -> QuerySet[Referral]:
    """Referrals that were placed and lead to no enrolment yet, whoever waits longest first.

    Nobody waits who is enrolled under another row of theirs.
    """
    first = Coalesce("participant__alias_of", "participant")
    enrolled = Enrolment.objects.annotate(first=first).filter(
        first=OuterRef("first"), initiative=access.initiative, exited_on=None
    )
    placed = visible_referrals(access).filter(state__in=WAITING, enrolment=None)
    return placed.annotate(first=first).exclude(Exists(enrolled)).order_by("state_at")


def same_contact(
    access: Access, enrolment: Enrolment, *, on: date, kind: str, is_reached: bool, note: str
) -> Contact | None:
    """The contact that one recorded oneself, alike in everything to the words of its note."""
    alike = enrolment.contacts.filter(on=on, kind=kind, is_reached=is_reached, by=access.user)
    return next((each for each in alike if each.note == note), None)


def case_managers(access: Access) -> QuerySet[User]:
    """Who works with people here today, for handing over and for follow-ups."""
    on = access.on
    own = [organisation.pk for organisation in access.organisations]
    held = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=on),
        initiative=access.initiative,
        organisation__in=own,
        role="case-manager",
        from_on__lte=on,
        confirmed_at__isnull=False,
        user__is_active=True,
    )
    return User.objects.filter(pk__in=held.values("user")).order_by("full_name")


def known_sites(access: Access) -> list[str]:
    """The sites at which someone works or is enrolled, by name."""
    worked = Membership.objects.filter(initiative=access.initiative).exclude(site="")
    served = Enrolment.objects.filter(initiative=access.initiative)
    found = {*worked.values_list("site", flat=True), *served.values_list("site", flat=True)}
    return sorted(found)
