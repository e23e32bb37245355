"""Which initiatives and memberships someone has."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from payforsuccess.web.accounts.models import Membership, User


def memberships_today(user: User) -> QuerySet[Membership]:
    """The person's memberships of today, with organisation and initiative."""
    on = timezone.localdate()
    return (
        user.memberships.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)
        .select_related("organisation", "initiative")
        .order_by("initiative__name", "role")
    )
