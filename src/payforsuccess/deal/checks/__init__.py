"""Rules over the whole deal: what no single model can see, gathered and placed.

`check_deal` gives every problem; `deal_findings` gives what a careful reader should know besides.
Each file holds the rules of one subject, as functions from a deal to problems or findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from payforsuccess.deal.checks.agreements import check_agreements
from payforsuccess.deal.checks.amendments import check_amendment, check_consents
from payforsuccess.deal.checks.amounts import check_amounts
from payforsuccess.deal.checks.capital import check_capital
from payforsuccess.deal.checks.dates import check_dates
from payforsuccess.deal.checks.effect_units import check_effect_units
from payforsuccess.deal.checks.evidence import check_evidence
from payforsuccess.deal.checks.linkage import check_linkage
from payforsuccess.deal.checks.modifiers import check_modifiers
from payforsuccess.deal.checks.monitoring import check_monitoring
from payforsuccess.deal.checks.names import check_names
from payforsuccess.deal.checks.outcomes import check_outcomes
from payforsuccess.deal.checks.payors import check_payors
from payforsuccess.deal.checks.plans import check_plans
from payforsuccess.deal.checks.public_risk import check_public_risk
from payforsuccess.deal.checks.standing import deal_findings
from payforsuccess.deal.checks.steps import check_steps
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem

_RULES: tuple[Callable[[Deal], Iterator[Problem]], ...] = (
    check_names,
    check_amounts,
    check_steps,
    check_payors,
    check_dates,
    check_outcomes,
    check_modifiers,
    check_evidence,
    check_plans,
    check_effect_units,
    check_monitoring,
    check_capital,
    check_agreements,
    check_linkage,
    check_public_risk,
    check_amendment,
)


def check_deal(deal: Deal, *, is_draft: bool = False) -> tuple[Problem, ...]:
    """Every problem of the deal as a whole, in the order of the file; none for a sound deal.

    `is_draft`: an amendment that is still discussed, whose consents may be missing.
    """
    found = {problem: None for rule in _RULES for problem in rule(deal)}
    if not is_draft:
        found |= dict.fromkeys(check_consents(deal))
    return tuple(sorted(found, key=lambda problem: problem.where))


__all__ = ["check_deal", "deal_findings"]
