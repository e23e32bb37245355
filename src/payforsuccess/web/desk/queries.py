"""What the desk remembers of an initiative, and how its match stands."""

from __future__ import annotations

from django.db.models import QuerySet

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.desk.links import Queue
from payforsuccess.web.desk.models import Closing, Delivery, Unsure


def visible_to(access: Access) -> QuerySet[Delivery]:
    """The extracts that came, for who sees the desk; nobody else's any."""
    found = Delivery.objects.filter(initiative=access.initiative).select_related("by")
    sees = access.may("load-feeds") or access.may("plan-evaluation")
    return found if sees else found.none()


def is_closed(access: Access, queue: Queue) -> bool:
    """Whether the decisions on the latest match are closed: by someone, or since none waits."""
    if not queue.links:
        return False
    return not queue.pairs or closing_of(access, queue) is not None


def closing_of(access: Access, queue: Queue) -> Closing | None:
    """Who closed the decisions on the latest match, and when."""
    found = Closing.objects.filter(initiative=access.initiative, links=queue.links)
    return found.select_related("by").first()


def unsure_of(access: Access) -> frozenset[str]:
    """The pairs of which the reviewer said so."""
    found = Unsure.objects.filter(initiative=access.initiative, by=access.user)
    return frozenset(found.values_list("code", flat=True))
