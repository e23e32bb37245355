"""Which jobs someone sees."""

from __future__ import annotations

from django.db.models import QuerySet

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.jobs.models import OPEN, Job
from payforsuccess.web.jobs.permissions import CHECKING, SEEING


def visible_to(access: Access) -> QuerySet[Job]:
    """All jobs of the initiative, for whoever may ask for some kind of them; nobody else's any."""
    found = Job.objects.filter(initiative=access.initiative).select_related("asked_by")
    if not any(access.may(action, CHECKING) for action in SEEING):
        return found.none()
    return found


def open_job(access: Access, kind: str) -> Job | None:
    """The job of a kind that waits or runs, if one does."""
    return visible_to(access).filter(kind=kind, state__in=OPEN).first()


def newest(access: Access, kind: str) -> Job | None:
    """The last job of a kind that was asked for."""
    return visible_to(access).filter(kind=kind).first()
