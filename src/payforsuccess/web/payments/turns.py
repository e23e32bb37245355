"""Whose turn it is, and whether it is that of the person who looks."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.statement.reconcile import reconciliation
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.payments.book import Book, PeriodPage
from payforsuccess.web.payments.permissions import keeps_books
from payforsuccess.web.payments.words import WAITS_FOR
from payforsuccess.web.ui import cells

STEPS: dict[str, str] = {
    "determined": "sign",
    "stated": "state",
    "approved": "approve",
    "paid": "warrant",
}
"""The page on which each step is done."""


def page_of(access: Access, number: int, *, at: str = "") -> PeriodPage:
    """The page of a period that is over; 404 for others, and for a step that is not due now."""
    book = Book(access.initiative, on=access.on)
    schedule = book.history.schedule
    if not 1 <= number <= schedule.count or schedule.period(number).last_day >= access.on:
        raise Http404
    page = book.page(schedule.period(number))
    if at and (page.cycle.current is None or page.cycle.current.name != at):
        raise Http404
    return page


def url_of(name: str, access: Access, page: PeriodPage) -> str:
    """The address of a page of the period."""
    return reverse(f"payments:{name}", args=[access.initiative.slug, page.period.number])


def period_words(page: PeriodPage) -> str:
    """The period with its first and last day."""
    return _("Period %(number)d: %(first)s to %(last)s") % {
        "number": page.period.number,
        "first": cells.day_words(page.period.start),
        "last": cells.day_words(page.period.last_day),
    }


def is_mine(access: Access, page: PeriodPage) -> bool:
    """Whether the step that is due is one that this person may do, as far as roles say."""
    step = page.cycle.current
    if step is None or step.name not in STEPS or step.needs is None:
        return False
    return may_do(access, step.needs, page)


def may_do(access: Access, action: Action, page: PeriodPage) -> bool:
    """Whether the person may do it, by who did the earlier steps."""
    standing = page.standing
    case = Case(
        prepared_by=standing.prepared_by if standing else (),
        determined_by=(page.facts.determined_by,) if page.facts.determined_by else (),
        approved_by=tuple(each.by for each in standing.approved) if standing else (),
    )
    return bool(access.may(action, case))


def may_return(access: Access, page: PeriodPage) -> bool:
    """Whether the person may send the statement back; not once money has moved."""
    if page.statement is None or page.facts.paid:
        return False
    return may_do(access, "approve-payments", page)


def may_object(access: Access, page: PeriodPage) -> bool:
    """Whether the person may object to a line today: a party may, while the deal lets it."""
    until = page.facts.objections_until
    if page.statement is None or until is None or access.on > until or not page.statement.lines:
        return False
    return bool(access.may("dispute-lines"))


def next_for(access: Access, mine: list[PeriodPage]) -> tuple[str, str, str] | None:
    """What this person does next: a sentence, the page, and the label of the link."""
    if not mine:
        return None
    page = mine[0]
    step = page.cycle.current
    assert step is not None
    words = {
        "determined": (_("Look at the results and sign them."), _("Sign the results")),
        "stated": (_("Issue the statement."), _("Issue the statement")),
        "approved": (_("Look at the statement and approve it."), _("Approve the payment")),
        "paid": (_("Pay it, and enter the warrant."), _("Enter the warrant")),
    }[step.name]
    return f"{period_words(page)}. {words[0]}", url_of(STEPS[step.name], access, page), words[1]


def next_in_books(access: Access) -> tuple[str, str, str] | None:
    """What whoever keeps the books does next: nothing while all of it closes."""
    if not keeps_books(access):
        return None
    open_now = len(reconciliation(access.initiative.path).found.open)
    if not open_now:
        return None
    words = ngettext(
        "%(n)d payment does not agree with the books.",
        "%(n)d payments do not agree with the books.",
        open_now,
    ) % {"n": open_now}
    return words, reverse("payments:books", args=[access.initiative.slug]), _("Look at the books")


def whose_turn(page: PeriodPage) -> str:
    """What the period waits for, and from whom."""
    step = page.cycle.current
    return str(WAITS_FOR[step.name]) if step else _("Nobody’s: all is done.")
