"""Where someone begins, and how the initiative stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs


@needs("see-public-summary")
def start(request: HttpRequest, access: Access) -> HttpResponse:
    """The page on which a person's day begins: the one of their role."""
    own = Case(is_own=True)
    if access.may("see-own-caseload", own):
        name = "people:today"
    elif access.may("see-own-referrals", own) or access.may("answer-referrals"):
        name = "referrals:list"
    elif access.may("see-terms-and-statements"):
        name = "payments:list"
    else:
        name = "initiatives:overview"
    return redirect(reverse(name, args=[access.initiative.slug]))


@needs("see-public-summary")
def overview(request: HttpRequest, access: Access) -> HttpResponse:
    """The deal in a few lines: goal, parties, outcomes and what each pays."""
    return render(request, "initiatives/overview.html", {"deal": access.initiative.deal})
