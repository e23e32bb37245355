"""What the public still bears when nothing succeeds: no deal is without risk to it."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.errors import Finding
from payforsuccess.finance.coverage import Borne, who_bears
from payforsuccess.finance.forecast import Forecast
from payforsuccess.finance.tranches import spending_of


@dataclass(frozen=True)
class PublicRisk:
    """The world without success: success payments, and every public party's net, in minor units.

    `services` are costs that a payor or another public source bears whatever happens. With
    `is_more`, some results are determined and stand: it is the world without more success.
    """

    success_payments: int
    borne: tuple[Borne, ...]
    services: tuple[str, ...]
    is_more: bool = False


def public_risk(nothing: Forecast) -> PublicRisk:
    """What public bodies bear at no success; `nothing` is the base case forecast at success 0."""
    one, deal = nothing.cases["base"], nothing.deal
    spends = {
        each.name: sum(spending_of(each.name, nothing.calendar, one.flows)) for each in deal.parties
    }
    public = {each.name for each in deal.parties if each.level or "payor" in each.roles}
    told = who_bears(deal, one.flows, spends=spends)
    public.add("other-public")  # costs that another public source bears
    borne = tuple(each for each in told if each.net < 0 and each.who in public)
    services = tuple(
        f"{line.says} ({'a payor' if line.borne_by == 'payor' else 'another public source'})"
        for line in nothing.assumptions.costs
        if line.borne_by in ("payor", "other-public")
    )
    return PublicRisk(one.paid, borne, services, bool(nothing.determined))


def risk_findings(nothing: Forecast, risk: PublicRisk) -> tuple[Finding, ...]:
    """Services that a public source pays already, and evaluators whose fee no cost line tells."""
    found = [
        Finding("risk", f"Paid from public money whatever the outcomes are: {each}.")
        for each in risk.services
    ]
    costed = {line.to for line in nothing.assumptions.costs}
    for each in nothing.deal.parties:
        if {"evaluator", "validator"} & set(each.roles) and each.name not in costed:
            by = f", paid by {each.paid_by}," if each.paid_by else ""
            found.append(
                Finding(
                    "risk",
                    f"The fee of {each.name}{by} is in no cost line: it is borne besides what "
                    "stands here.",
                )
            )
    return tuple(found)
