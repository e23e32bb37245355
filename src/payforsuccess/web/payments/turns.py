"""Whose turn it is, and whether it is that of the person who looks."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payforsuccess.errors import Refusal
from payforsuccess.governance.dispute_clock import DisputeFound
from payforsuccess.governance.roles.actions import Action
from payforsuccess.runs.finance.capital_file import FILE as CAPITAL
from payforsuccess.runs.finance.capital_file import capital_record_of
from payforsuccess.runs.finance.note_payment import unentered
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.reconcile import reconciliation
from payforsuccess.units import money_text
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.jobs.permissions import CHECKING
from payforsuccess.web.payments.book import Book, PeriodPage
from payforsuccess.web.payments.permissions import case_of, keeps_books
from payforsuccess.web.payments.words import WAITS_FOR, state_of
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.told import told

STEPS: dict[str, str] = {
    "determined": "sign",
    "stated": "state",
    "answered": "answer",
    "approved": "approve",
    "paid": "warrant",
}
"""The page on which each step is done."""


def page_of(access: Access, number: int) -> PeriodPage:
    """The page of a period that is over; 404 for others."""
    book = Book(access.initiative, on=access.on)
    schedule = book.history.schedule
    if not 1 <= number <= schedule.count or schedule.period(number).last_day >= access.on:
        raise Http404
    return book.page(schedule.period(number))


def url_of(name: str, access: Access, page: PeriodPage, *parts: object) -> str:
    """The address of a page of the period."""
    return reverse(f"payments:{name}", args=[access.initiative.slug, page.period.number, *parts])


def number_of(page: PeriodPage) -> int:
    """The number of the statement; a page without one is a bug."""
    assert page.statement is not None
    return page.statement.number


def period_words(page: PeriodPage) -> str:
    """The period with its first and last day."""
    return _("Period %(number)d: %(first)s to %(last)s") % {
        "number": page.period.number,
        "first": cells.day_words(page.period.start),
        "last": cells.day_words(page.period.last_day),
    }


def is_mine(access: Access, page: PeriodPage) -> bool:
    """Whether the person has something to do: a step that is due, or an objection to settle."""
    return (
        is_to_read_checks(access, page)
        or is_to_sign_again(access, page)
        or is_step_mine(access, page)
        or to_settle(access, page) is not None
    )


def is_to_sign_again(access: Access, page: PeriodPage) -> bool:
    """Whether the newest measurement is otherwise, and the person signs in place of what was."""
    return bool(page.anew) and not page.is_unread and may_do(access, "determine-outcomes", page)


def is_to_read_checks(access: Access, page: PeriodPage) -> bool:
    """Whether a signature waits for the person's look at the checks on the newest measurement."""
    step = page.cycle.current
    waits = (step is not None and step.name == "checked") or (page.is_unread and bool(page.anew))
    return waits and bool(access.may("validate-determinations", CHECKING))


def is_step_mine(access: Access, page: PeriodPage) -> bool:
    """Whether the step that is due is one that this person may do, and is asked to do."""
    step = page.cycle.current
    if step is None or step.name not in STEPS or step.needs is None:
        return False
    if step.name == "stated" and (page.anew or page.anew_before):
        return False
    if step.name == "approved" and not is_asked_to_approve(access, page):
        return False
    if step.name in ("approved", "paid") and page.facts.why_not_approvable:
        return False
    return may_do(access, step.needs, page)


def is_asked_to_approve(access: Access, page: PeriodPage) -> bool:
    """Whether an approval of the person's payor is missing, or of anyone once each has spoken."""
    missing = page.standing.missing if page.standing else ()
    own = {each.organisation.party for each in access.memberships if each.role == "payor"}
    return not missing or bool(own & set(missing))


def to_settle(access: Access, page: PeriodPage) -> DisputeFound | None:
    """The objection whose clock ends first, for whoever puts on record how it was settled."""
    still_open = open_objections(page)
    return still_open[0] if still_open and access.may("keep-initiative") else None


def open_objections(page: PeriodPage) -> list[DisputeFound]:
    """Those that are not settled, the one whose clock ends first before the others."""
    still_open = [each for each in page.disputes if each.steps and not each.is_settled]
    return sorted(still_open, key=lambda each: each.steps[-1].due or date.max)


def may_do(access: Access, action: Action, page: PeriodPage) -> bool:
    """Whether the person may do it, by who did the earlier steps."""
    return bool(access.may(action, case_of(page.standing, page.determinations)))


def may_return(access: Access, page: PeriodPage) -> bool:
    """Whether the person may send the statement back; not twice, nor once money has moved."""
    if page.standing is None or page.facts.paid or page.standing.is_sent_back:
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
    if is_to_read_checks(access, page):
        look = _("Look at the checks on the newest measurement, before it is signed.")
        url = reverse("desk:checks", args=[access.initiative.slug])
        return f"{period_words(page)}. {look}", url, _("Look at the checks")
    if is_to_sign_again(access, page):
        anew = _("The newest measurement is not what was signed. Look at both, and sign anew.")
        return f"{period_words(page)}. {anew}", url_of("sign-again", access, page), _("Sign anew")
    step = page.cycle.current
    found = to_settle(access, page)
    if found is not None and not is_step_mine(access, page):
        url = url_of("settled", access, page, found.dispute.name)
        return f"{period_words(page)}. {_settle_words(found)}", url, _("Settle it")
    assert step is not None
    words = {
        "determined": (_("Look at the results and sign them."), _("Sign the results")),
        "stated": (_("Issue the statement."), _("Issue the statement")),
        "answered": (
            _("A payor sent the statement back. Answer the reason."),
            _("Answer, and put it before the payors again"),
        ),
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


def standing_of(page: PeriodPage) -> SafeString:
    """Where the payment is, in a few words."""
    if page.cycle.current and page.facts.why_not_approvable:
        return cells.status(word=_("Not to be paid"), tone="unknown")
    word, tone = state_of(page.cycle)
    return cells.status(word=word, tone=tone)


def whose_turn(page: PeriodPage) -> str:
    """What the period waits for, and from whom; or why nothing can be paid on it."""
    step = page.cycle.current
    still_open = open_objections(page)
    if page.anew and page.is_unread and (step is None or step.name == "stated"):
        return _("The validator looks at the checks on the newest measurement.")
    if page.anew and (step is None or step.name == "stated"):
        return _("The evaluator looks at the newer measurement, and signs in place of the first.")
    if step is not None and step.name == "stated" and page.anew_before:
        return _("The evaluator signs anew for period %(periods)s; then it is stated.") % {
            "periods": ", ".join(map(str, page.anew_before))
        }
    if step is not None and page.facts.why_not_approvable:
        return " ".join(map(told, page.facts.why_not_approvable))
    if step is None and still_open:
        return _("The coordinator settles the objection.")
    if step is None:
        return _("Nobody’s: all is done.")
    if step.name == "objections":
        return _nothing_to_pay(page, still_open)
    missing = page.standing.missing if page.standing else ()
    if step.name == "approved" and page.facts.approved_by and missing:
        return _("Waits for %(payors)s: someone of each approves it.") % {
            "payors": ", ".join(missing)
        }
    return str(WAITS_FOR[step.name])


def to_enter(access: Access, page: PeriodPage) -> str:
    """What comes after the payment where the deal has capital: it comes into its books."""
    folder = open_folder(access.initiative.path)
    deal = access.initiative.deal
    if page.statement is None or not deal.capital or not (folder.root / CAPITAL).is_file():
        return ""
    try:
        record, _file = capital_record_of(folder, deal, needed=True)
    except Refusal:  # faults of the books stand on their own page
        return ""
    waiting = {each.statement for each in unentered(folder, record, on=access.on)}
    if page.statement.number not in waiting:
        return ""
    return _(
        "It is paid. The project manager enters the payment in the books of capital, and pays it "
        "out in the deal’s order."
    )


def _settle_words(found: DisputeFound) -> str:
    said = {"party": found.dispute.raised_by}
    due = found.steps[-1].due
    if due is None:
        return _("Settle the objection of %(party)s.") % said
    return _("Settle the objection of %(party)s by %(day)s.") % {
        **said,
        "day": cells.day_words(due),
    }


def _nothing_to_pay(page: PeriodPage, still_open: list[DisputeFound]) -> str:
    assert page.statement is not None
    said = {"amount": money_text(page.facts.disputed, page.statement.currency, code=True)}
    due = still_open[0].steps[-1].due if still_open else None
    if due is None:
        words = _("Nothing to pay: %(amount)s is in dispute.") % said
    else:
        words = _("Nothing to pay: %(amount)s is in dispute until %(day)s.") % {
            **said,
            "day": cells.day_words(due),
        }
    return f"{words} " + _("The coordinator settles the objection.")
