"""Which enrolments someone sees."""

from __future__ import annotations

from django.db.models import QuerySet

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.people.models import Enrolment


def visible_to(access: Access) -> QuerySet[Enrolment]:
    """A case manager's own caseload; a supervisor's whole site; nobody else's any."""
    every = Enrolment.objects.filter(initiative=access.initiative).select_related("participant")
    if not access.may("see-own-caseload", Case(is_own=True)):
        return every.none()
    sites = {m.site for m in access.memberships if m.is_supervisor}
    return every.filter(site__in=sites) if sites else every.filter(case_manager=access.user)
