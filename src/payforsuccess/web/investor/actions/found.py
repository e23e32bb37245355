"""Books that were changed elsewhere, of which the log does not know yet."""

from __future__ import annotations

from payforsuccess.web.accounts.access import action
from payforsuccess.web.audit.actions import Actor, Subject, hold, record
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.investor.own import BOOKS
from payforsuccess.web.investor.queries import untold_books


@action
def catch_up(*, by: Actor, initiative: Initiative) -> bool:
    """Tell the log of books that are not as the last event left them; whether it was told."""
    hold()
    now = untold_books(initiative)
    if now:
        record(by, "capital.books-changed", Subject("capital", "books"), after={BOOKS: now})
    return bool(now)
