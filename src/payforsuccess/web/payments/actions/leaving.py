"""What left here or was looked at: files that were taken out, the people behind a line."""

from __future__ import annotations

from datetime import date

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, record
from payforsuccess.web.payments.permissions import OF_BOOKS, PAYING


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
def look_at_line(*, by: Access, number: int, line: int, basis: str) -> None:
    """Someone looked at the people behind a line, under study numbers and a named legal basis."""
    by.require("see-linked-records", Case(legal_basis=basis))
    record(
        by.actor("see-linked-records"),
        "line.people-viewed",
        Subject("statement", str(number)),
        after={"line": line},
        basis=basis,
    )


@action
def export_voucher(
    *, by: Access, number: int, form: str, checksum: str, total: int, pay_on: date
) -> None:
    """Someone of the paying office or of a payor took a voucher out of here."""
    allowed = next((each for each in OF_BOOKS if by.may(each, PAYING)), OF_BOOKS[0])
    by.require(allowed, PAYING)
    record(
        by.actor(allowed),
        "voucher.exported",
        Subject("statement", str(number)),
        after={"form": form, "checksum": checksum, "total": total, "pay_on": pay_on},
    )
