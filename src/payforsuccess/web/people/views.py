"""The case manager's pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.queries import visible_to

OWN = Case(is_own=True)


@needs("see-own-caseload", case=OWN)
def today(request: HttpRequest, access: Access) -> HttpResponse:
    """One's own caseload today."""
    enrolments = visible_to(access).filter(exited_on=None)
    return render(request, "people/today.html", {"enrolments": enrolments})
