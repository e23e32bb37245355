"""Rows that could be one person, for a supervisor or a reviewer to decide."""

from __future__ import annotations

from itertools import islice

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.referrals.actions import merge, part
from payforsuccess.web.referrals.queries import alike, may_judge, people_judged_by
from payforsuccess.web.referrals.shown import address
from payforsuccess.web.referrals.views.finding import tell_problems

MOST = 25


@needs("answer-referrals", "review-links")
def same(request: HttpRequest, access: Access) -> HttpResponse:
    """Each pair with its reason: one person, or two. No arm, no state, no outcome is shown."""
    if not access.may("review-links"):
        access.require("see-identifiers", Case(is_own=True))
    if request.method == "POST":
        return _decided(request, access)
    can = may_judge(access)
    pairs = list(islice(alike(access), MOST)) if can else []
    return render(request, "referrals/same.html", {"pairs": pairs, "may_judge": can})


def _decided(request: HttpRequest, access: Access) -> HttpResponse:
    codes = (request.POST.get("one", ""), request.POST.get("other", ""))
    found = {p.public_id: p for p in people_judged_by(access).filter(public_id__in=codes)}
    if len(found) != len(set(codes)) or len(found) < 2:
        raise Http404
    one, other = (found[code] for code in codes)
    try:
        if request.POST.get("is") == "one":
            merge(by=access, one=one, other=other)
            messages.success(request, _("They are one person now. The first draw holds."))
        else:
            part(by=access, one=one, other=other)
            messages.success(request, _("They are two people, and are not asked of again."))
    except Refusal as refusal:
        tell_problems(request, refusal)
    return redirect(address("same", access))
