"""Finding one referral of those that someone sees."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.people.actions import look
from payforsuccess.web.referrals.lottery import is_by_lot
from payforsuccess.web.referrals.queries import visible_to
from payforsuccess.web.referrals.shown import Reader, Shown


def own_referral(access: Access, code: str) -> Shown:
    """A referral of those that the person sees; to others it does not exist.

    Each look at a name is logged with its basis, by whatever method: a form that comes back shows
    as much.
    """
    referral = (
        visible_to(access)
        .select_related("participant__alias_of", "office", "earlier", "acknowledged_by")
        .filter(public_id=code)
        .first()
    )
    if referral is None:
        raise Http404
    reader = Reader(access, is_by_lot(access.initiative))
    if reader.sees_names:
        basis = "answering a referral" if reader.is_provider else "a referral of the own office"
        look(by=access, participant=referral.participant, basis=basis)
    return Shown(referral, reader, timezone.now())
