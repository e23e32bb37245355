"""Who bears which risk before and after the contract, and what the public bears in any case.

Nothing here may be read as a contract without risk to the public: success payments are zero at
zero outcomes, and what `public_costs` lists is paid all the same (R41, R131).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from payforsuccess.deal.parties import Role
from payforsuccess.deal.public_risk import said_without_risk
from payforsuccess.governance.initiative.decisions import PublicCost, Risk
from payforsuccess.governance.initiative.initiative import Initiative

_CAPITAL: tuple[Role, ...] = ("investor", "guarantor")
KINDS_OF_COST: dict[str, str] = {
    "evaluator": "the evaluator's fee",
    "staff": "the government's own staff",
    "services": "services paid elsewhere",
}
"""What public money pays in any case, each of which has a line of its own."""


NO_ONE = ("public", "taxpayers", "government", "society", "everyone", "nobody", "none", "all")
"""Words that name no one who could answer for a risk."""


@dataclass(frozen=True)
class RiskMoved:
    """A risk with who bears it: who no longer does, who newly does, and who goes on doing so.

    to_investors: those of the new bearers that put capital in.
    """

    risk: Risk
    relieved: tuple[str, ...]
    taken_on: tuple[str, ...]
    stays: tuple[str, ...]
    to_investors: tuple[str, ...]


def risks_moved(initiative: Initiative) -> tuple[RiskMoved, ...]:
    """Every risk of the register, in its order (R41).

    A bearer counts as an investor by the role of the organisation of that name, or by being
    written as “investor” or “investors”.
    """
    return tuple(_moved(risk, initiative) for risk in initiative.risks)


def borne_by_no_one(risk: Risk) -> tuple[str, ...]:
    """Bearers of a risk, before or after, that are no party but a word for everybody."""
    bearers = dict.fromkeys((*risk.before, *risk.after))
    return tuple(
        each
        for each in bearers
        if each.casefold().removeprefix("the ").strip(" .-") in ("", *NO_ONE)
    )


def _moved(risk: Risk, initiative: Initiative) -> RiskMoved:
    new = tuple(each for each in risk.after if each not in risk.before)
    return RiskMoved(
        risk,
        tuple(each for each in risk.before if each not in risk.after),
        new,
        tuple(each for each in risk.after if each in risk.before),
        tuple(each for each in new if _puts_capital_in(each, initiative)),
    )


def _puts_capital_in(bearer: str, initiative: Initiative) -> bool:
    organisation = initiative.organisation(bearer)
    if organisation is not None:
        return organisation.holds(*_CAPITAL)
    return bearer.casefold() in ("investor", "investors")


def borne_in_any_case(costs: tuple[PublicCost, ...]) -> str:
    """What is said of the public's risk, in these words and no others (R131)."""
    if not costs:
        return (
            "Success payments are zero at zero outcomes. What the public still bears is not on "
            "record yet."
        )
    listed = "; ".join(f"{each.says} ({each.paid_by})" for each in costs)
    return f"Success payments are zero at zero outcomes, and the public still bears: {listed}."


def said_wrongly(initiative: Initiative) -> Iterator[tuple[str | int, ...]]:
    """Places where the file says in its own words that the public bears no risk."""
    yield from said_without_risk(initiative.as_plain())
