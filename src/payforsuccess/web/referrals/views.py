"""Referrals as offices and providers see them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.referrals.queries import visible_to

OWN = Case(is_own=True)


@needs("see-own-referrals", "answer-referrals", case=OWN)
def all_of_them(request: HttpRequest, access: Access) -> HttpResponse:
    """The office's own referrals, or all that a provider answers."""
    return render(request, "referrals/list.html", {"referrals": visible_to(access)[:100]})
