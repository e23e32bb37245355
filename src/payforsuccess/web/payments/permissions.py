"""The case in which pages of money stand open as a whole; each step asks again for its own case."""

from __future__ import annotations

from collections.abc import Iterable

from payforsuccess.deal.results import Determination
from payforsuccess.governance.approval import ApprovalStanding
from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access

PAYING = Case(prepared_by=("the office",), approved_by=("one person", "another one"))
"""A statement that others prepared and approved."""
OF_BOOKS: tuple[Action, ...] = ("mark-paid", "approve-payments")
"""Who sees vouchers and the paying office's books: who pays, and whose money it is."""


def sees_books(access: Access) -> bool:
    """Whether the person sees vouchers and the books."""
    return any(access.may(action, PAYING) for action in OF_BOOKS)


def keeps_books(access: Access) -> bool:
    """Whether the person brings lists of the books and explains differences."""
    return bool(access.may("mark-paid", PAYING))


def case_of(standing: ApprovalStanding | None, determinations: Iterable[Determination]) -> Case:
    """What the record says of who did the earlier steps of a statement; none before it is issued.

    Who answered for the office is as who prepared it. Who signed any result of the deal counts, as
    where an approval is put on record.
    """
    return Case(
        prepared_by=(*standing.prepared_by, *standing.answered_by) if standing else (),
        determined_by=tuple(each.signed_by for each in determinations),
        approved_by=tuple(each.by for each in standing.approved) if standing else (),
    )
