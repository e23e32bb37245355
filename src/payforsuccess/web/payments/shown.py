"""Tables and facts of a statement, from the deal's folder."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.units import money_text, to_minor
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.payments.book import Book, PeriodPage
from payforsuccess.web.payments.results import results_of
from payforsuccess.web.payments.turns import period_words
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
                cells.link(
                    line.term,
                    reverse(
                        "payments:line",
                        args=[access.initiative.slug, page.period.number, number],
                    ),
                ),
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


def facts_of(page: PeriodPage) -> list[tuple[str, object]]:
    """What there is to know of the statement, and what may be paid on it now."""
    statement, left = page.statement, page.payable
    assert statement is not None and left is not None
    code = statement.currency
    return [
        (_("Statement"), f"{statement.number}, {period_words(page)}"),
        (_("Total"), money_text(statement.total, code, code=True)),
        (_("To be paid by"), cells.day(statement.due_on)),
        (_("Paid so far"), money_text(left.moved, code, code=True)),
        (_("In dispute"), money_text(sum(left.disputed.values()), code, code=True)),
        (_("May be paid now"), money_text(left.amount, code, code=True)),
        (_("Checksum"), statement.fingerprint),
    ]


def paid_table(access: Access, page: PeriodPage) -> Table:
    """The warrants entered on the statement."""
    statement = page.statement
    assert statement is not None
    folder = Book(access.initiative, on=access.on).folder
    return Table(
        caption=_("Warrants"),
        columns=(
            Column(_("Warrant")),
            Column(_("Day")),
            Column(_("Amount"), is_number=True),
        ),
        rows=[
            (
                each.reference or _("no number"),
                cells.day(each.on),
                cells.money(to_minor(each.amount, statement.currency), statement.currency),
            )
            for each in folder.paid()
            if each.statement == statement.number
        ],
        empty=_("Nothing was paid on it yet."),
    )
