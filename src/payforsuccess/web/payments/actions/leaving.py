"""What left here or was looked at: files that were taken out, the people behind a line."""

from __future__ import annotations

from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, record


@action
def export(*, by: Access, number: int, form: str, checksum: str) -> None:
    """Someone took a statement out of here as a file."""
    by.require("see-terms-and-statements")
    record(
        by.actor("see-terms-and-statements"),
        "statement.exported",
        Subject("statement", str(number)),
        after={"form": form, "checksum": checksum},
    )


@action
def look_at_line(*, by: Access, number: int, line: int) -> None:
    """Someone looked at the people behind a line, under study numbers."""
    record(
        by.actor("see-linked-records"),
        "line.people-viewed",
        Subject("statement", str(number)),
        after={"line": line},
    )
