"""Targets of a provider: each outcome it works towards, its price, what is expected by now."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms.milestones import Milestones
from payforsuccess.deal.terms.unit_price import UnitPrice
from payforsuccess.deal.words.phrases import word
from payforsuccess.units import money_text, to_minor
from payforsuccess.web.initiatives.standing import STATE_OF
from payforsuccess.web.initiatives.worked_out import WorkedOut
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told


def price_of(deal: Deal, outcome: str) -> str:
    """The price of one of an outcome; empty where the term has no single price."""
    for term in deal.payments:
        if isinstance(term, Milestones):
            for each in term.milestones:
                if each.outcome == outcome:
                    return money_text(to_minor(each.price, deal.currency), deal.currency, code=True)
        if isinstance(term, UnitPrice) and term.pays_for == outcome:
            try:
                minor = to_minor(term.price, deal.currency)
            except ValueError:  # a price in parts of a cent
                return ""
            return money_text(minor, deal.currency, code=True)
    return ""


def outcomes_table(deal: Deal) -> Table:
    """Each outcome, what one of it costs, and whose clause it is."""
    return Table(
        caption=_("What is paid for"),
        columns=(
            Column(_("Outcome")),
            Column(_("Counted in")),
            Column(_("Price of one"), is_number=True),
            Column(_("Clause")),
        ),
        rows=[
            (
                outcome.says,
                told(word(outcome.unit)),
                price_of(deal, name) or _("see the terms"),
                outcome.clause,
            )
            for name, outcome in deal.outcomes.items()
        ],
    )


def targets_table(deal: Deal, found: WorkedOut | None, own: Sequence[str]) -> Table:
    """What a provider is held to; where there are several, the deal counts them together."""
    providers = [party.name for party in deal.parties if "provider" in party.roles]
    together = _("all providers together") if len(providers) > 1 else ", ".join(own)
    rated = {each.outcome: each for each in found.performance} if found else {}
    rows: list[tuple[object, ...]] = []
    for name, outcome in deal.outcomes.items():
        one = rated.get(name)
        rows.append(
            (
                outcome.says,
                price_of(deal, name) or _("see the terms"),
                one.expected if one and one.expected_from else _("not stated"),
                one.actual if one else cells.missing(),
                cells.status(STATE_OF[one.rating] if one else "too-early"),
            )
        )
    return Table(
        caption=_("Targets of %(who)s") % {"who": together},
        columns=(
            Column(_("Outcome")),
            Column(_("Price of one"), is_number=True),
            Column(_("Expected by now"), is_number=True),
            Column(_("Reached"), is_number=True),
            Column(_("Standing")),
        ),
        rows=rows,
    )
