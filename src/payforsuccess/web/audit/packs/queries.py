"""Which packs someone sees, and the work that makes them."""

from __future__ import annotations

from django.db.models import QuerySet

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.audit.models import AuditPack
from payforsuccess.web.jobs.models import OPEN, Job


def packs_of(access: Access) -> QuerySet[AuditPack]:
    """Those of the initiative, for whoever may see its log; nobody else's any."""
    found = AuditPack.objects.filter(initiative=access.initiative)
    if not access.may("see-audit-log"):
        return found.none()
    return found.select_related("asked_by", "initiative")


def open_pack_job(access: Access) -> Job | None:
    """The work that waits or runs, if any does."""
    jobs = Job.objects.filter(initiative=access.initiative, kind="audit-pack", state__in=OPEN)
    return jobs.first()
