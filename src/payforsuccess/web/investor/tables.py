"""The tables of the investors' page: capital on a day. No row is about a person."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from payforsuccess.deal.capital_record import CapitalCall, CapitalRecord
from payforsuccess.runs.finance.capital import CapitalStatus
from payforsuccess.units import to_minor
from payforsuccess.web.initiatives.worked_out import WorkedOut
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table


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
                    "; ".join(each.in_the_way).replace("`", "") or _("allowed"),
                ),
                is_urgent=bool(each.in_the_way),
            )
            for each in status.tranches
        ],
        empty=_("The deal has no capital from investors."),
    )


def lacking_of(record: CapitalRecord, call: CapitalCall, *, on: date) -> list[tuple[str, str]]:
    """Each certificate that a call still lacks: what is certified, and by whom."""
    given = {(each.condition, each.by) for each in call.certificates if each.on <= on}
    return [
        (needed.says, needed.certified_by)
        for needed in record.draw_conditions
        if (needed.name, needed.certified_by) not in given
    ]


def calls_table(record: CapitalRecord, currency: str, *, on: date) -> Table:
    """Each call with its certificates and what came on it, the newest first."""

    def stands(call: CapitalCall) -> object:
        if sum(each.amount for each in call.received if each.on <= on) >= call.amount:
            return cells.status("done")
        lacking = lacking_of(record, call, on=on)
        if lacking:
            who = ", ".join(by for _says, by in lacking)
            return cells.status(
                "waiting", reason=_("lacks a certificate of %(who)s") % {"who": who}
            )
        return cells.status("overdue" if call.due_on < on else "due")

    calls = [call for call in record.calls if call.asked_on <= on]
    return Table(
        caption=_("Calls for capital, the newest first"),
        is_caption_hidden=True,
        columns=(
            Column(_("Call")),
            Column(_("Asked on")),
            Column(_("Due on")),
            Column(_("Amount"), is_number=True),
            Column(_("Certificates")),
            Column(_("Standing")),
        ),
        rows=[
            (
                f"{call.name} ({call.tranche})",
                call.asked_on,
                call.due_on,
                cells.money(to_minor(call.amount, currency), currency),
                "; ".join(f"{c.condition.replace('_', ' ')}: {c.by}" for c in call.certificates),
                stands(call),
            )
            for call in reversed(calls)
        ],
        empty=_("No capital was called yet."),
    )


def closing_table(record: CapitalRecord) -> Table:
    """What had to be done before the first draw."""
    return Table(
        caption=_("Closing checklist"),
        columns=(Column(_("What")), Column(_("By")), Column(_("Done on"))),
        rows=[
            (each.item, each.by, each.done_on or cells.status("waiting")) for each in record.closing
        ],
        empty=_("No closing item is on record."),
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
            each.kind.replace("-", " "),
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


def notices_table(status: CapitalStatus) -> Table:
    """Defaults of which notice is due or was given."""
    return Table(
        caption=_("Notices of default"),
        columns=(
            Column(_("About")),
            Column(_("To")),
            Column(_("Since")),
            Column(_("Amount"), is_number=True),
            Column(_("Notice given on")),
        ),
        rows=[
            (
                each.about,
                each.to,
                each.since,
                cells.money(each.amount, status.deal.currency),
                each.given_on or _("to be given"),
            )
            for each in status.notices
        ],
        empty=_("No default is on record."),
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
