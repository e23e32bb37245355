"""What everyone may know of an initiative: the facts of the public report, as a page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.deal.parties import Role
from payforsuccess.deal.public_risk import HONEST
from payforsuccess.reports.open_data.shown import Opened, opened
from payforsuccess.runs.folder import open_folder
from payforsuccess.units import CURRENCY_DIGITS, exact_text
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.initiatives.targets import outcomes_table
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told

ROLES: dict[Role, str | Promise] = {
    "payor": gettext_lazy("payor"),
    "provider": gettext_lazy("provider"),
    "intermediary": gettext_lazy("intermediary"),
    "evaluator": gettext_lazy("evaluator"),
    "validator": gettext_lazy("validator"),
    "investor": gettext_lazy("investor"),
    "guarantor": gettext_lazy("guarantor"),
    "fiscal-agent": gettext_lazy("fiscal agent"),
    "backbone": gettext_lazy("backbone"),
    "data-holder": gettext_lazy("data holder"),
    "participant-representative": gettext_lazy("participant representative"),
    "adviser": gettext_lazy("adviser"),
}
"""What a party is in the deal, in a word."""


def public_context(access: Access) -> dict[str, object]:
    """To the day: nothing of single people, no number that tells of few, no money that does."""
    deal = access.initiative.deal
    folder = open_folder(access.initiative.path)
    statements = [each for each in folder.statements() if each.as_of <= access.on]
    numbers = {each.number for each in statements}
    payments = [p for p in folder.paid() if p.on <= access.on and p.statement in numbers]
    shown = opened(deal, statements, payments, on=access.on)
    return {
        "deal": deal,
        "on": access.on,
        "outcomes": outcomes_table(deal),
        "parties": _parties(shown),
        "results": _results(shown),
        "statements": _statements(shown),
        "left_out": _left_out(shown),
        "paid": _paid(shown),
        "honest": HONEST,
    }


def _paid(shown: Opened) -> object:
    if not shown.payments:
        return _("nothing yet")
    if shown.total_paid is None:
        return _("not shown: it would tell of few people")
    return cells.money(
        int(shown.total_paid * 10 ** CURRENCY_DIGITS[shown.deal.currency]), shown.deal.currency
    )


def _parties(shown: Opened) -> Table:
    shares = {payor.party: payor.share for payor in shown.deal.payors}
    return Table(
        caption=_("Who takes part"),
        columns=(
            Column(_("Party")),
            Column(_("Roles")),
            Column(_("Share of each payment"), is_number=True),
        ),
        rows=[
            (
                party.name,
                ", ".join(str(ROLES[role]) for role in party.roles),
                f"{float(shares[party.name]):.0%}" if party.name in shares else None,
            )
            for party in shown.deal.parties
        ],
    )


def _results(shown: Opened) -> Table:
    hidden = _("not shown")
    return Table(
        caption=_("Results, each as a statement first used it"),
        columns=(
            Column(_("Outcome")),
            Column(_("Period to")),
            Column(_("Result"), is_number=True),
            Column(_("People"), is_number=True),
        ),
        rows=[
            (
                shown.deal.outcomes[each.outcome].says
                if each.outcome in shown.deal.outcomes
                else each.outcome,
                each.period_end,
                exact_text(each.value) if each.value is not None else hidden,
                each.people if each.people is not None else hidden,
            )
            for each in shown.results
        ],
        empty=_("No statement was issued yet, so no result was stated."),
    )


def _statements(shown: Opened) -> Table:
    hidden = _("not shown")
    currency = shown.deal.currency
    return Table(
        caption=_("What was stated"),
        columns=(
            Column(_("Statement"), is_number=True),
            Column(_("Period to")),
            Column(_("Stated on")),
            Column(_("Due by")),
            Column(_("Total"), is_number=True),
        ),
        rows=[
            (
                each.number,
                each.period_end,
                each.as_of,
                each.due_on,
                cells.money(each.total, currency) if each.total is not None else hidden,
            )
            for each in shown.statements
        ],
        empty=_("Nothing was stated yet."),
    )


def _left_out(shown: Opened) -> Table:
    return Table(
        caption=_("What is not shown, and why"),
        columns=(Column(_("What")), Column(_("Why"))),
        rows=[(each.what, told(each.because).replace("`", "")) for each in shown.redactions],
    )
