"""How the amount of a line that is computed by person came about, as far as totals can show it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import Milestones, PaymentTerm, UnitPrice
from payforsuccess.deal.words.phrases import counted
from payforsuccess.payments.compile.context import Context
from payforsuccess.trail import Step
from payforsuccess.units import Period, exact_money_text


def people_step(
    term: PaymentTerm,
    deal: Deal,
    period: Period,
    inputs: Mapping[str, int],
    *,
    total: Fraction,
) -> Step:
    """Each count times its price, and what limits for one person took off (or uplifts added).

    total: what all people together come to, in minor units. The person ledger holds each one's
    part.
    """
    context = Context(deal, term, period)
    prices: dict[str, Fraction] = {}
    if isinstance(term, UnitPrice):
        prices[term.pays_for] = term.price
    if isinstance(term, Milestones):
        prices = {item.outcome: item.price for item in term.milestones}
    parts: list[Step] = []
    whole = Fraction(0)

    def money(minor: Fraction) -> str:
        return exact_money_text(minor, deal.currency)

    for name, price in prices.items():
        number = inputs.get(name, 0) * deal.outcomes[name].tick
        each = context.price(price)
        whole += number * each
        said = f"{counted(number, deal.outcomes[name].unit)} of {name.replace('_', ' ')}"
        parts.append(Step(f"{said} x {money(each)}", money(number * each), term.clause))
    change = total - whole
    if term.reads == "to-date":
        said = "added over people, each within the limits for one person, to date"
    elif change == 0:
        said = "added over people; no limit for one person took anything off"
    elif change < 0:
        said = (
            "added over people; limits for one person (what was counted before, ceilings, order) "
            f"and rounding took off {money(-change)}"
        )
    else:
        said = f"added over people; uplifts for subgroups and rounding added {money(change)}"
    return Step(said, money(total), term.clause, tuple(parts))
