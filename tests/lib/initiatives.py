"""One small made-up initiative, and ways to change it.

    facts_of()                                            nothing is on record but the idea
    facts_of(payors=[{"organisation": COUNTY}])           a key of the file changed or added
    facts_of(PLANNED, coordinator=None)                   a planned initiative without a key

`PLANNED` has all that planning asks of an initiative that a county and a city pay for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.capacity import CapacityFile
from payforsuccess.governance.conditions.condition import Met, Theme, Unmet
from payforsuccess.governance.facts import Facts, MoneyFound, ReadinessFound
from payforsuccess.governance.initiative import Initiative
from tests.lib.deals import CITY, COUNTY, EVALUATOR, INVESTOR, PROVIDER

ON = date(2026, 6, 1)
PAPER = {"title": "A paper", "where": "minutes"}
LEAST: dict[str, Any] = {
    "format": "1",
    "initiative": "A made-up initiative",
    "standing": "illustrative",
    "department": "Health",
    "jurisdiction": COUNTY,
    "contract_type": "without-investors",
    "policy_areas": ["public-safety"],
    "population": "People about to leave jail without a home",
    "started_on": "2026-01-05",
}
ORGANISATIONS: list[dict[str, Any]] = [
    {
        "name": COUNTY,
        "sector": "public",
        "level": "county",
        "roles": [{"role": "payor"}],
        "serves_population": "true",
        "stakes": [{"kind": "appropriation", "amount": "900000", "says": "pays for success"}],
    },
    {
        "name": CITY,
        "sector": "public",
        "level": "city",
        "roles": [{"role": "data-holder"}],
        "serves_population": "true",
    },
    {
        "name": PROVIDER,
        "sector": "non-profit",
        "roles": [{"role": "provider"}, {"role": "backbone"}],
        "stakes": [{"kind": "deferred-fee", "amount": "50000", "says": "paid on success only"}],
    },
    {"name": EVALUATOR, "sector": "non-profit", "roles": [{"role": "evaluator"}]},
]
MEMBERS: list[dict[str, Any]] = [
    {"name": "Ash", "organisation": COUNTY, "seniority": "secretary", "decides": "true"},
    {"name": "Bay", "organisation": COUNTY, "seniority": "staff", "does": "true"},
    {"name": "Cob", "organisation": CITY, "seniority": "executive", "decides": "true"},
    {"name": "Fir", "organisation": PROVIDER, "seniority": "executive", "decides": "true"},
]
MOU = {
    "function": "plan",
    "goals": "homes",
    "purpose": "one contract",
    "decision_process": "by consent; the chair decides otherwise",
    "signed": [{"by": COUNTY, "on": "2026-02-20"}, {"by": CITY, "on": "2026-02-22"}],
}
TEAM: dict[str, Any] = {
    "chair": "Ash",
    "seats": [{"member": "Ash", "role": "chair"}, {"member": "Cob", "role": "housing"}],
    "mou": MOU,
}
COORDINATOR: dict[str, Any] = {
    "name": "Dow",
    "employer": COUNTY,
    "funded_by": COUNTY,
    "assigned_by": COUNTY,
    "reports_to": "Ash",
    "reports_every": "1 month",
}
PLANNED: dict[str, Any] = {
    "intervention": "Homes with support",
    "organisations": ORGANISATIONS,
    "members": MEMBERS,
    "payors": [{"organisation": COUNTY, "share": "100%"}],
    "team": TEAM,
    "coordinator": COORDINATOR,
}


def feedback_loop(*, chair: str) -> dict[str, Any]:
    """A target with where it stands, and a body that met on it."""
    return {
        "targets": [
            {
                "name": "homes",
                "says": "People housed",
                "kind": "homelessness",
                "unit": "person",
                "target": "40",
                "current": "12",
                "current_on": "2026-05-31",
            }
        ],
        "bodies": [
            {
                "name": "steering",
                "title": "Steering",
                "chair": chair,
                "seats": [{"member": chair, "role": "chair"}],
                "meets_every": "3 months",
            }
        ],
        "meetings": [{"body": "steering", "on": "2026-05-20", "minutes": PAPER}],
    }


def facts_of(
    more: Mapping[str, Any] | None = None,
    *,
    on: date = ON,
    deal: Deal | None = None,
    readiness: ReadinessFound | None = None,
    money: MoneyFound | None = None,
    capacity: CapacityFile | None = None,
    **changes: Any,
) -> Facts:
    """The facts of the initiative with keys changed, added, or (None) left out."""
    plain = {**LEAST, **(more or {}), **changes}
    initiative = Initiative.model_validate(
        {key: value for key, value in plain.items() if value is not None}
    )
    return Facts(initiative, on, deal=deal, readiness=readiness, money=money, capacity=capacity)


def found(theme: Theme, name: str, facts: Facts) -> Met | Unmet:
    """What the condition of this name finds."""
    return next(each for each in theme.conditions if each.name == name).look(facts)


def missing(theme: Theme, name: str, facts: Facts) -> str:
    """What the condition found missing; fails where it holds."""
    told = found(theme, name, facts)
    assert isinstance(told, Unmet), f"`{name}` holds: {told.by}"
    return told.found


def shown_by(theme: Theme, name: str, facts: Facts) -> str:
    """What shows that the condition holds; fails where it does not."""
    told = found(theme, name, facts)
    assert isinstance(told, Met), f"`{name}` does not hold: {told.found}"
    return told.by


def said(told: Iterable[Problem] | Iterable[Finding]) -> list[str]:
    """What each says."""
    return [each.what for each in told]


__all__ = ["INVESTOR", "facts_of", "found", "missing", "said", "shown_by"]
