"""Tables of money: tranches, what was paid out, the bank, and the odds of repayment."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.runs.finance.capital import CapitalStatus
from payforsuccess.units import to_minor
from payforsuccess.web.initiatives.worked_out import WorkedOut
from payforsuccess.web.investor.words import PAID_AS
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table
from payforsuccess.web.ui.told import told


def tranches_table(status: CapitalStatus) -> Table:
    """What each tranche gave, is owed and got back."""
    code = status.deal.currency
    return Table(
        caption=_("Capital by tranche"),
        columns=(
            Column(_("Tranche")),
            Column(_("Drawn"), is_number=True),
            Column(_("Not drawn"), is_number=True),
            Column(_("Owed, with interest"), is_number=True),
            Column(_("Repaid"), is_number=True),
            Column(_("Next draw")),
        ),
        rows=[
            Row(
                (
                    f"{each.name}: {each.party}",
                    cells.money(each.drawn, code),
                    cells.money(each.undrawn, code),
                    cells.money(each.principal + each.interest, code),
                    cells.money(each.repaid, code),
                    "; ".join(map(told, each.in_the_way)).replace("`", "") or _("allowed"),
                ),
                is_urgent=bool(each.in_the_way),
            )
            for each in status.tranches
        ],
        empty=_("The deal has no capital from investors."),
    )


def paid_out_table(record: CapitalRecord, currency: str, *, on: date) -> Table:
    """Costs that the project paid, and what was distributed, in order of days."""
    costs = [
        (each.on, each.to, each.says or "", _("cost"), each.amount) for each in record.disbursements
    ]
    given = [
        (
            each.on,
            each.tranche or each.to or "",
            each.says or "",
            PAID_AS[each.kind],
            each.amount,
        )
        for each in record.distributions
    ]
    return Table(
        caption=_("What was paid out"),
        columns=(
            Column(_("Day")),
            Column(_("To")),
            Column(_("What for")),
            Column(_("As")),
            Column(_("Amount"), is_number=True),
        ),
        rows=[
            (day, to, says, kind, cells.money(to_minor(amount, currency), currency))
            for day, to, says, kind, amount in sorted([*costs, *given], key=lambda row: row[0])
            if day <= on
        ],
        empty=_("Nothing was paid out yet."),
    )


def bank_table(status: CapitalStatus) -> Table:
    """The bank's balance beside the book."""
    code = status.deal.currency
    return Table(
        caption=_("Bank and book"),
        columns=(
            Column(_("Day")),
            Column(_("Bank"), is_number=True),
            Column(_("Book"), is_number=True),
            Column(_("Standing")),
        ),
        rows=[
            Row(
                (
                    each.on,
                    cells.money(each.bank, code),
                    cells.money(each.book, code),
                    cells.status(word=_("Do not agree"), tone="bad")
                    if each.difference
                    else cells.status(word=_("Agree"), tone="good"),
                ),
                is_urgent=bool(each.difference),
            )
            for each in status.bank
        ],
        empty=_("No balance of the bank is on record."),
    )


def odds_table(found: WorkedOut, currency: str) -> Table:
    """How often each tranche is repaid in full over the simulated worlds."""
    return Table(
        caption=_("Odds of repayment"),
        is_caption_hidden=True,
        columns=(
            Column(_("Tranche")),
            Column(_("Repaid in full"), is_number=True),
            Column(_("Times the money drawn, on average"), is_number=True),
            Column(_("The same in a bad case (1 in 20)"), is_number=True),
            Column(_("Lost in the worst 1 in 20"), is_number=True),
        ),
        rows=[
            (
                f"{each.tranche}: {each.party}",
                _share(each.repaid, each.error),
                f"{float(each.multiple):.2f}" if each.multiple else None,
                f"{float(each.low_multiple):.2f}" if each.low_multiple else None,
                cells.money(each.shortfall, currency),
            )
            for each in found.odds
        ],
    )


def _share(value: str, error: str) -> str | None:
    """A share with the interval in which it lies whatever the draws: twice the error each way."""
    if not value:
        return None
    share = float(value)
    if not error:
        return f"{share:.2%}"
    low, high = max(share - 2 * float(error), 0.0), min(share + 2 * float(error), 1.0)
    return _("%(share)s (from %(low)s to %(high)s)") % {
        "share": f"{share:.2%}",
        "low": f"{low:.2%}",
        "high": f"{high:.2%}",
    }
