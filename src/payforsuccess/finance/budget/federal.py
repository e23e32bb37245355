"""Federal money pays no more for an outcome than it is worth to the federal government (SIPPRA)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.parties import Payor
from payforsuccess.deal.terms.milestones import Milestones
from payforsuccess.deal.terms.unit_price import UnitPrice
from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Finding, Problem
from payforsuccess.finance.budget.parts import Part
from payforsuccess.finance.forecast import Forecast
from payforsuccess.finance.value import value_of
from payforsuccess.units import grouped, money_text

RULE = "42 USC 1397n-2"


def federal_value_rule(
    forecast: Forecast, value: ValueFile | None, parts: Mapping[Case, tuple[Part, ...]]
) -> tuple[tuple[Problem, ...], tuple[Finding, ...]]:
    """Problems where a payor with federal money pays above the value, and what is not known.

    For unit prices and milestones the payor's part of each outcome's price is held against the
    marginal value of one unit in the base case; for all terms together its payments in each case
    against the marginal value in that case. Only lines of federal budgets count.
    """
    federal = [payor for payor in forecast.deal.payors if payor.federal_money]
    if not federal:
        return (), ()
    if value is None:
        finding = Finding(
            "federal",
            "Federal money pays, and no value.yaml says what the outcomes are worth to the federal "
            "government: whether payments stay within that value is not known.",
        )
        return (), (finding,)
    problems = [
        problem
        for payor in federal
        for problem in (
            *_each_outcome(forecast.deal, payor, value),
            *_in_all(forecast, payor, value, parts),
        )
    ]
    return tuple(problems), ()


def _each_outcome(deal: Deal, payor: Payor, value: ValueFile) -> Iterator[Problem]:
    for name in deal.outcomes:
        price = _price(deal, payor, name)
        if not price:
            continue
        worth = sum(
            (
                line.units_each.base * line.marginal.base
                for line in value.lines
                if line.outcome == name and line.level == "federal"
            ),
            Fraction(0),
        )
        if price > worth:
            yield Problem(
                f"{payor.party} pays {grouped(price)} of federal money for each unit of `{name}`, "
                f"which is worth {grouped(worth)} to the federal government.",
                f"Lower its share or the price, or state the value that is missing ({RULE}).",
                value.place_of("lines"),
            )


def _price(deal: Deal, payor: Payor, outcome: str) -> Fraction:
    """What the payor pays for one unit, where terms with a price for each unit alone pay for it."""
    whole = Fraction(0)
    for term in deal.payments:
        if term.payors and payor.party not in term.payors:
            continue
        chosen = [each for each in deal.payors if not term.payors or each.party in term.payors]
        shares = sum((each.share for each in chosen), Fraction(0))
        part = payor.share / shares if shares else Fraction(0)
        if isinstance(term, UnitPrice) and term.pays_for == outcome:
            whole += term.price * part
        elif isinstance(term, Milestones):
            whole += part * sum(
                (each.price for each in term.milestones if each.outcome == outcome), Fraction(0)
            )
    return whole


def _in_all(
    forecast: Forecast, payor: Payor, value: ValueFile, parts: Mapping[Case, tuple[Part, ...]]
) -> Iterator[Problem]:
    deal = forecast.deal
    for case, told in value_of(forecast, value).cases.items():
        paid = sum(part.amount for part in parts[case] if part.payor == payor.party)
        worth = sum(line.marginal for line in told.lines if line.line.level == "federal")
        if paid > max(worth, 0):
            yield Problem(
                f"In the {case} case {payor.party} pays {money_text(paid, deal.currency)} of "
                f"federal money for outcomes worth {money_text(worth, deal.currency)} to the "
                "federal government.",
                f"Lower its share or ceiling, or state the value that is missing ({RULE}).",
                value.place_of("lines"),
            )
