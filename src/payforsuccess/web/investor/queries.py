"""The work that makes the investors' pack, and what the log knows of the books."""

from __future__ import annotations

from payforsuccess.web.accounts.access import Access
from payforsuccess.web.audit.models import Event
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.investor.own import BOOKS, books_of
from payforsuccess.web.jobs.models import Job


def pack_job(access: Access) -> Job | None:
    """The job that was asked for last, for who sees the pack."""
    if not access.may("see-investor-pack"):
        return None
    return Job.objects.filter(initiative=access.initiative, kind="pack").first()


def untold_books(initiative: Initiative) -> str:
    """The checksum of books that are not as the last event left them; empty where they are."""
    now = books_of(initiative)
    events = Event.objects.filter(initiative=initiative.slug, verb__startswith="capital.")
    known = events.order_by("-number").values_list("after", flat=True).first() or {}
    return now if known.get(BOOKS) != now else ""
