"""The paying office's books: lists that came, and differences that were explained."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from payforsuccess.runs.statement.reconcile import (
    Reconciliation,
    explain_difference,
    take_list,
)
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, hold, record
from payforsuccess.web.payments.on_record import known_to_log
from payforsuccess.web.payments.permissions import PAYING


@action
def take_books(
    *, by: Access, file: Path, since: date | None, through: date, on: date
) -> Reconciliation:
    """A list out of the books is put on record, and every payment held against it."""
    hold()
    by.require("mark-paid", PAYING)
    made = take_list(
        by.initiative.path, file, by=by.user.full_name, on=on, since=since, through=through
    )
    added = made.added
    assert added is not None and added.listed is not None
    if added.fingerprint not in known_to_log(by.initiative):  # the same list twice is told once
        record(
            by.actor("mark-paid"),
            "books.taken",
            Subject("books", added.fingerprint),
            after={
                "since": added.listed.since,
                "through": added.listed.through,
                "rows": len(added.listed.rows),
                "left_out": added.listed.left_out,
                "open": len(made.found.open),
            },
        )
    return made


@action
def explain(*, by: Access, code: str, reason: str, on: date) -> Reconciliation:
    """Why a difference between the record and the books stands."""
    hold()
    by.require("mark-paid", PAYING)
    made = explain_difference(by.initiative.path, code, reason=reason, by=by.user.full_name, on=on)
    added = made.added
    assert added is not None and added.explained is not None
    if added.fingerprint not in known_to_log(by.initiative):
        record(
            by.actor("mark-paid"),
            "difference.explained",
            Subject("difference", added.fingerprint),
            after={
                "code": code,
                "number": added.explained.number,
                "reason": reason,
                "open": len(made.found.open),
            },
        )
    return made
