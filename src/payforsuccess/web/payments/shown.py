"""Tables and facts of a statement, from the deal's folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.translation import gettext as _

from payforsuccess.deal.reconciliation import ReconciliationRecord
from payforsuccess.deal.results import ResultUsed
from payforsuccess.deal.words.phrases import counted
from payforsuccess.payments.reconciled import numbered, payment_code, same_number
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.reconcile import reconciliation
from payforsuccess.runs.statement.reconciliations import read_reconciliations
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.units import money_text, to_minor
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.payments.book import Book, PeriodPage
from payforsuccess.web.payments.books_words import held_words
from payforsuccess.web.payments.permissions import keeps_books
from payforsuccess.web.payments.results import results_of
from payforsuccess.web.payments.turns import period_words, url_of
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table


def results_table(access: Access, period: int) -> Table | None:
    """What the newest run measured for a period, for those who decide on it."""
    if not access.may("see-small-counts"):
        return None
    measured = newest_run(Book(access.initiative, on=access.on).folder)
    if measured is None:
        return None
    deal = access.initiative.deal
    return Table(
        caption=_("Results of the newest measurement, not signed yet"),
        columns=(Column(_("Outcome")), Column(_("Result"), is_number=True), Column(_("Unit"))),
        rows=[
            (deal.outcomes[each.outcome].says, str(each.value), deal.outcomes[each.outcome].unit)
            for each in results_of(measured, period)
        ],
        empty=_("Someone’s time is not over yet, so this period has no result."),
    )


def lines_table(access: Access, page: PeriodPage) -> Table:
    """The lines of the statement, each a link to what it rests on."""
    statement = page.statement
    assert statement is not None
    return Table(
        caption=_("Lines of the statement"),
        columns=(
            Column(_("Line")),
            Column(_("Clause")),
            Column(_("For period"), is_number=True),
            Column(_("Amount"), is_number=True),
        ),
        rows=[
            (
                cells.link(line.term, url_of("line", access, page, number)),
                line.clause,
                str(line.period),
                cells.money(line.amount, statement.currency),
            )
            for number, line in enumerate(statement.lines, 1)
        ],
        empty=_("No line falls due in this period."),
    )


def payors_table(page: PeriodPage) -> Table:
    """What each payor pays of the total."""
    statement = page.statement
    assert statement is not None
    return Table(
        caption=_("Who pays"),
        columns=(Column(_("Payor")), Column(_("Amount"), is_number=True)),
        rows=[
            (payor, cells.money(amount, statement.currency))
            for payor, amount in statement.payor_totals().items()
        ],
    )


def facts_of(page: PeriodPage, on: date | None = None) -> list[tuple[str, object]]:
    """What there is to know of the statement, and what may be paid on it now."""
    statement, left = page.statement, page.payable
    assert statement is not None and left is not None
    code = statement.currency
    return [
        (_("Statement"), f"{statement.number}, {period_words(page)}"),
        (_("Total"), money_text(statement.total, code, code=True)),
        (_("To be paid by"), _due(page, on)),
        (_("Paid so far"), money_text(left.moved, code, code=True)),
        (_("In dispute"), money_text(sum(left.disputed.values()), code, code=True)),
        (_("Open to be paid"), money_text(left.amount, code, code=True)),
        (_("Checksum"), statement.fingerprint),
    ]


@dataclass(frozen=True)
class Warrant:
    """A payment on the statement, under the number that counts. amount: minor units.

    payment: the checksum by which a correction names it. corrected: the last one of its number.
    """

    payment: str
    number: str
    on: date
    amount: int
    corrected: ReconciliationRecord | None = None

    @property
    def code(self) -> str:
        """What names it in an address."""
        return self.payment.removeprefix("sha256:")[:20]


def warrants_of(access: Access, page: PeriodPage) -> list[Warrant]:
    """What was paid on the statement, in the order in which it was entered."""
    if page.statement is None:
        return []
    folder, currency = open_folder(access.initiative.path), page.statement.currency
    records, paid = read_reconciliations(folder), folder.paid()
    last = {r.corrected.payment: r for r in records if r.corrected is not None}
    return [
        Warrant(
            payment_code(each),
            named.reference or "",
            each.on,
            to_minor(each.amount, currency) * (1 if each.kind == "paid" else -1),
            last.get(payment_code(each)),
        )
        for each, named in zip(paid, numbered(paid, records), strict=True)
        if each.statement == page.statement.number
    ]


def paid_table(access: Access, page: PeriodPage) -> Table:
    """The warrants entered on the statement; who keeps the books corrects a wrong number."""
    assert page.statement is not None
    held = held_words(reconciliation(access.initiative.path))
    keeps = keeps_books(access)
    return Table(
        caption=_("Warrants"),
        columns=(
            Column(_("Warrant")),
            Column(_("Day")),
            Column(_("Amount"), is_number=True),
            Column(_("In the books")),
            *([Column(_("What to do"))] if keeps else []),
        ),
        rows=[
            (
                _numbers(each),
                cells.day(each.on),
                cells.money(each.amount, page.statement.currency),
                held.get(same_number(each.number), cells.missing()),
                *(
                    [
                        cells.link(
                            _("Correct the number"),
                            url_of("correct-warrant", access, page, each.code),
                        )
                    ]
                    if keeps
                    else []
                ),
            )
            for each in warrants_of(access, page)
        ],
        empty=_("Nothing was paid on it yet."),
    )


def _numbers(warrant: Warrant) -> str:
    """The number that counts, and the one before it with who corrected it and why."""
    number, record = warrant.number or _("no number"), warrant.corrected
    if record is None or record.corrected is None:
        return number
    return _("%(number)s, entered as %(was)s: %(reason)s (%(by)s, %(day)s)") % {
        "number": number,
        "was": record.corrected.was or _("no number"),
        "reason": record.corrected.reason,
        "by": record.by,
        "day": cells.day_words(record.on),
    }


def _due(page: PeriodPage, on: date | None) -> object:
    """The day by which it is to be paid, and whether that day is past."""
    statement, left = page.statement, page.payable
    assert statement is not None and left is not None
    is_late = on is not None and statement.due_on is not None and statement.due_on < on
    if not is_late or left.amount == 0:
        return cells.day(statement.due_on)
    return format_html("{} {}", cells.day(statement.due_on), cells.status("overdue"))


def results_used(access: Access, used: Sequence[ResultUsed]) -> Table:
    """The results a line rests on, in the words of the deal."""
    outcomes = access.initiative.deal.outcomes
    return Table(
        caption=_("Results it rests on"),
        columns=(
            Column(_("Outcome")),
            Column(_("Period or point")),
            Column(_("Result"), is_number=True),
            Column(_("Signed")),
        ),
        rows=[
            (
                outcomes[each.outcome].says if each.outcome in outcomes else each.outcome,
                each.slot,
                counted(each.value, each.unit),
                _("determination %(number)s") % {"number": each.determination}
                if each.determination
                else _("not signed"),
            )
            for each in used
        ],
        is_caption_hidden=True,
    )


def disputes_table(access: Access, page: PeriodPage) -> Table:
    """Objections to lines of the statement, each with its clock."""
    statement = page.statement
    assert statement is not None
    may_settle = bool(access.may("keep-initiative"))
    rows = []
    for found in page.disputes:
        one, step = found.dispute, found.steps[-1]
        if found.is_settled:
            standing: object = cells.status(
                word=_("Settled"), tone="good", reason=step.step.says or ""
            )
        else:
            standing = cells.status("overdue" if step.days_late else "waiting")
        rows.append(
            (
                f"{one.raised_by}: {', '.join(one.lines)}",
                one.clause,
                cells.money(to_minor(one.amount, statement.currency), statement.currency),
                cells.day(step.due),
                standing,
                cells.link(_("Settle it"), url_of("settled", access, page, one.name))
                if may_settle and not found.is_settled
                else cells.missing(),
            )
        )
    return Table(
        caption=_("Objections"),
        columns=(
            Column(_("Who, and which lines")),
            Column(_("Clause")),
            Column(_("Amount"), is_number=True),
            Column(_("This step ends on")),
            Column(_("How it stands")),
            Column(_("What to do")),
        ),
        rows=rows,
        empty=_("Nobody has objected to a line."),
    )


def approvals_table(page: PeriodPage) -> Table:
    """Who approved the statement, for whom, and on which day."""
    approved = page.standing.approved if page.standing else ()
    return Table(
        caption=_("Approvals"),
        columns=(Column(_("Who")), Column(_("For")), Column(_("Day"))),
        rows=[(each.by, each.party or "", cells.day(each.on)) for each in approved],
        empty=_("Nobody has approved it yet."),
    )
