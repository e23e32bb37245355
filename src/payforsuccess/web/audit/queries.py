"""Reading the log: by whom, on whom, and whether the chain is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from django.db.models import QuerySet

from payforsuccess.trail import fingerprint
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.audit.models import Event


@dataclass(frozen=True)
class Chain:
    """How many entries there are, the seal of the last, and the first that does not hold."""

    length: int
    head: str
    broken_at: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every seal is that of its entry and of the one before."""
        return self.broken_at is None


def visible_to(access: Access) -> QuerySet[Event]:
    """The events of the initiative of someone who may see the log; none for others."""
    if not access.may("see-audit-log"):
        return Event.objects.none()
    return Event.objects.filter(initiative=access.initiative.slug)


def check_chain() -> Chain:
    """Recompute every seal from the first entry on."""
    seal_before, length = "", 0
    for event in Event.objects.order_by("number").iterator(chunk_size=2_000):
        length += 1
        event.at = event.at.astimezone(UTC)
        is_in_place = event.number == length and event.seal_before == seal_before
        if not is_in_place or event.seal != fingerprint(event.sealed_content()):
            return Chain(length, seal_before, broken_at=event.number)
        seal_before = event.seal
    return Chain(length, seal_before)
