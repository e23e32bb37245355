"""A row as it stands when it is written, and not as the page that was opened earlier read it."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model

from payforsuccess.web.audit.actions import hold

M = TypeVar("M", bound=Model)


def held(row: M) -> M:
    """The row, read again, which nobody else writes until this transaction ends.

    Every action holds the log while it writes, so whoever holds it is the only one who does.
    """
    hold()
    row.refresh_from_db()
    return row
