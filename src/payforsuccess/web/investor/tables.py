"""The tables of the investors' page: capital on a day. No row is about a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.deal.capital_record import CapitalRecord, Certificate, DrawCondition
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.capital_record.calls import CallState
from payforsuccess.runs.finance.capital import CapitalStatus
from payforsuccess.units import to_minor
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.initiatives.worked_out import WorkedOut
from payforsuccess.web.investor.own import parties_of
from payforsuccess.web.investor.words import (
    FOLLOWS,
    STANDS,
    address_of,
    default_words,
    label_of,
    sentence_of,
)
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


def waiting_table(access: Access, record: CapitalRecord, status: CapitalStatus) -> Table:
    """Everything that waits, whose turn it is, and the page on which it is done."""
    rows = []
    for each in status.waits:
        url = address_of(access, each)
        rows.append(
            Row(
                (
                    sentence_of(record, each, pays=each.who in parties_of(access)),
                    each.who or _("Project manager"),
                    each.by,
                    cells.link(label_of(each), url) if url else None,
                ),
                is_urgent=each.what in ("notice", "differs"),
            )
        )
    return Table(
        caption=_("What waits, and for whom"),
        columns=(
            Column(_("What")),
            Column(_("Whose turn")),
            Column(_("Due on")),
            Column(_("Do it")),
        ),
        rows=rows,
        empty=_("Nothing waits for anybody."),
    )


def calls_table(access: Access, status: CapitalStatus) -> Table:
    """Each call and where it stands, the newest first."""
    code = status.deal.currency

    def stands(state: CallState) -> object:
        word, tone = STANDS[state.stands]
        reason = ""
        if state.stands == "to-certify":
            who = ", ".join(state.turn_of)
            reason = _("lacks a certificate of %(who)s") % {"who": who}
        elif state.call.answer is not None and state.call.answer.reason:
            reason = state.call.answer.reason
        return cells.status(word=word, tone=tone, reason=reason)

    return Table(
        caption=_("Calls for capital, the newest first"),
        is_caption_hidden=True,
        columns=(
            Column(_("Call")),
            Column(_("Asked on")),
            Column(_("Due on")),
            Column(_("Amount"), is_number=True),
            Column(_("Not come yet"), is_number=True),
            Column(_("Standing")),
        ),
        rows=[
            Row(
                (
                    cells.link(
                        f"{state.call.name} ({state.call.tranche})",
                        reverse("investor:call", args=[access.initiative.slug, state.call.name]),
                    ),
                    state.call.asked_on,
                    state.call.due_on,
                    cells.money(to_minor(state.call.amount, code), code),
                    cells.money(state.open, code),
                    stands(state),
                ),
                is_urgent=state.stands == "overdue",
            )
            for state in reversed(status.calls)
        ],
        empty=_("No capital was called yet."),
    )


def certificates_table(
    pairs: Sequence[tuple[DrawCondition, Certificate | None]],
    url_of: Callable[[DrawCondition], str],
) -> Table:
    """What a call needs to have certified, and who did."""

    def given(needed: DrawCondition, found: Certificate | None) -> object:
        if found is not None:
            return found.signed_by or found.by
        url = url_of(needed)
        return cells.link(_("Certify"), url) if url else cells.status("waiting")

    return Table(
        caption=_("Certificates"),
        columns=(Column(_("What")), Column(_("By")), Column(_("Signed")), Column(_("Day"))),
        rows=[
            (needed.says, needed.certified_by, given(needed, found), found.on if found else None)
            for needed, found in pairs
        ],
        empty=_("The deal asks for no certificate."),
    )


def received_table(state: CallState, currency: str) -> Table:
    """What came on a call."""
    return Table(
        caption=_("What came"),
        columns=(Column(_("Day")), Column(_("Amount"), is_number=True)),
        rows=[
            (each.on, cells.money(to_minor(each.amount, currency), currency))
            for each in state.call.received
        ],
        empty=_("Nothing came yet."),
    )


def tests_table(record: CapitalRecord, deal: Deal) -> Table:
    """The tests of the deal, how they came out, and what follows."""
    done = {each.trigger: each for each in record.tests}

    def came_out(name: str) -> object:
        found = done.get(name)
        if found is None:
            return cells.status("waiting")
        if found.met:
            return cells.status(word=_("Met"), tone="good")
        return cells.status(word=_("Missed"), tone="bad")

    return Table(
        caption=_("Tests of the deal"),
        columns=(
            Column(_("Test")),
            Column(_("Due on")),
            Column(_("Standing")),
            Column(_("By")),
            Column(_("What follows")),
        ),
        rows=[
            (
                trigger.says,
                trigger.on,
                came_out(trigger.name),
                done[trigger.name].by if trigger.name in done else None,
                FOLLOWS[trigger.not_met],
            )
            for trigger in deal.triggers
        ],
    )


def votes_table(status: CapitalStatus) -> Table:
    """Matters put to the lenders, counted by the principal owed to each."""
    code = status.deal.currency
    return Table(
        caption=_("Votes of the lenders, by the principal owed to each"),
        columns=(
            Column(_("Matter")),
            Column(_("Put on")),
            Column(_("Yes"), is_number=True),
            Column(_("No"), is_number=True),
            Column(_("Others"), is_number=True),
            Column(_("Standing")),
        ),
        rows=[
            (
                each.matter,
                each.on,
                cells.money(each.yes, code),
                cells.money(each.no, code),
                cells.money(each.others, code),
                cells.status(word=_("Carries"), tone="good")
                if each.carries
                else cells.status(word=_("Does not carry so far"), tone="waiting"),
            )
            for each in status.votes
        ],
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
                default_words(each.about),
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
