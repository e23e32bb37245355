"""Finding one referral of those that someone sees, and telling why something is refused."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.queries import visible_to
from payforsuccess.web.ui.told import told_problem


def own_referral(access: Access, code: str) -> Referral:
    """A referral of those that the person sees; to others it does not exist."""
    referral = (
        visible_to(access)
        .select_related("participant__alias_of", "office", "earlier", "acknowledged_by")
        .filter(public_id=code)
        .first()
    )
    if referral is None:
        raise Http404
    return referral


def tell_problems(request: HttpRequest, refusal: Refusal) -> None:
    """Each problem as a message: what it is, and what to do."""
    for problem in refusal.problems:
        messages.error(request, told_problem(problem))
