"""The work that makes the investors' pack."""

from __future__ import annotations

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.jobs.models import Job


def pack_job(access: Access) -> Job | None:
    """The job that was asked for last, for who sees the pack."""
    if not access.may("see-investor-pack"):
        return None
    return Job.objects.filter(initiative=access.initiative, kind="pack").first()
