"""The case in which pages of money stand open as a whole; each step asks again for its own case."""

from __future__ import annotations

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
