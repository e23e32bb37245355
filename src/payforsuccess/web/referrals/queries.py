"""Which referrals someone sees, and how they stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.fields import blind_index
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models import Participant
from payforsuccess.web.referrals.models import Referral

if TYPE_CHECKING:
    from payforsuccess.web.referrals.actions import Person


def visible_to(access: Access) -> QuerySet[Referral]:
    """A referring office's own referrals; a provider's all; nobody else's any."""
    every = access.initiative.referrals.select_related("participant", "office", "enrolment")
    if access.may("answer-referrals"):
        return every.exclude(state__in=("services-as-usual",))
    if access.may("see-own-referrals", Case(is_own=True)):
        return every.filter(office__in=access.organisations)
    return every.none()


def same_person(initiative: Initiative, person: Person) -> Participant | None:
    """Who is here already: by Social Security number, or by name and date of birth.

    Returns the row that was here first where somebody has several.
    """
    known = Participant.objects.filter(initiative=initiative).order_by("pk")
    mark = blind_index(person.family_name, person.given_name, person.born_on.isoformat())
    found = known.filter(name_mark=mark).first()
    if found is None and person.ssn:
        found = known.filter(ssn_mark=blind_index(person.ssn)).first()
    return found.alias_of or found if found else None
