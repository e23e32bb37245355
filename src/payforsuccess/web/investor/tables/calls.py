"""Tables of calls for capital: what waits, each call, its certificates, and what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.deal.capital_record import CapitalRecord, Certificate, DrawCondition
from payforsuccess.finance.capital_record.calls import CallState
from payforsuccess.runs.finance.capital import CapitalStatus
from payforsuccess.units import to_minor
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.investor.own import parties_of
from payforsuccess.web.investor.words import (
    STANDS,
    address_of,
    label_of,
    sentence_of,
)
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table


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
