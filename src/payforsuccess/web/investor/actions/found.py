"""Books that were changed elsewhere, of which the log does not know yet."""

from __future__ import annotations

from payforsuccess.web.accounts.access import action
from payforsuccess.web.audit.actions import Actor, Subject, hold, record
from payforsuccess.web.audit.models import Event
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.investor.own import BOOKS, books_of


@action
def catch_up(*, by: Actor, initiative: Initiative) -> bool:
    """Tell the log of books that are not as the last event left them; whether it was told."""
    hold()
    now = books_of(initiative)
    events = Event.objects.filter(initiative=initiative.slug, verb__startswith="capital.")
    known = events.order_by("-number").values_list("after", flat=True).first() or {}
    is_new = bool(now) and known.get(BOOKS) != now
    if is_new:
        record(by, "capital.books-changed", Subject("capital", "books"), after={BOOKS: now})
    return is_new
