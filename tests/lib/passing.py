"""A made-up initiative for which every gate is open, without investors and without a loan.

passing()                       its keys, for `facts_of(passing(), deal=..., ...)`
passing_facts(on)               all that gates look at, on a day
"""

from __future__ import annotations

from datetime import date
from typing import Any

from payforsuccess.governance.facts import Facts, MoneyFound, ReadinessFound
from payforsuccess.governance.outcomes_approved import outcomes_checksum
from tests.lib.deals import CITY, COUNTY, EVALUATOR, PROVIDER, a_deal, an_outcome
from tests.lib.initiatives import COORDINATOR, MOU, ORGANISATIONS, PAPER, facts_of, feedback_loop

PARTIES = [COUNTY, CITY, PROVIDER, EVALUATOR]
PEOPLE = ["Ash", "Cob", "Fir", "Ivy"]
GROUPS = ["board", "chief-executive", "agencies", "providers", "philanthropy"]
OFFICES = ["auditor-controller", "county-counsel", "internal-services", "treasurer-tax-collector"]
MEASURE: dict[str, Any] = {
    "kind": "certified-units",
    "units": "home",
    "certified_by": PROVIDER,
    "population": {"says": "everyone"},
    "starts_at": "enrolment",
    "window": "12 months",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "censor",
    "feeds": ["homes"],
}
DEAL = a_deal(outcomes={"homes": an_outcome(measure=MEASURE)})


def _endorsed(on: str, names: list[str] | None = None) -> list[dict[str, str]]:
    return [{"by": name, "on": on} for name in (names or PARTIES)]


def _member(name: str, organisation: str) -> dict[str, Any]:
    plain = {"name": name, "organisation": organisation, "seniority": "executive"}
    groups = {"champion_of": GROUPS, "owner_of": GROUPS} if name == "Ash" else {}
    return {**plain, "decides": "true", "does": "true", **groups}


def _line(agency: str) -> dict[str, str]:
    return {
        "agency": agency,
        "service": "beds",
        "data_held": "stays",
        "hand_offs": "to the provider",
        "cost": "not known",
    }


def _adviser(office: str) -> dict[str, Any]:
    plain = {"name": office, "organisation": office, "kind": "office", "office": office}
    return {**plain, "seated_on": "2026-01-10"}


EXPERT = {
    "name": "E",
    "organisation": "Example Advisers",
    "kind": "external",
    "seated_on": "2026-01-10",
    "attestation": {"on": "2026-01-09", "paper": PAPER},
    "clearance": {"by": "Counsel", "on": "2026-01-08", "basis": "Policy 5.1"},
}


def passing(**changes: Any) -> dict[str, Any]:
    """Every register that a gate asks for, as it has to be; with keys changed or added."""
    organisations = [
        each
        if each.get("stakes")
        else {**each, "stakes": [{"kind": "reputation", "says": "its name"}]}
        for each in ORGANISATIONS
    ]
    report = {
        "on": "2026-05-20",
        "progress": ["counts agreed"],
        "delivered_to": COUNTY,
        "delivered_on": "2026-05-21",
    }
    return {
        "intervention": "Homes with support",
        "organisations": organisations,
        "members": [_member(*each) for each in zip(PEOPLE, PARTIES, strict=True)],
        "payors": [{"organisation": COUNTY, "share": "100%"}],
        "advisory_group": {
            "convened_by": "CEO",
            "members": [*map(_adviser, OFFICES), EXPERT],
        },
        "commitments": [
            {
                "leader": "Ash",
                "organisation": COUNTY,
                "budget_authority": "general fund",
                "method": "letter",
                "on": "2026-01-20",
                "paper": PAPER,
            }
        ],
        "engagements": [
            {"with": "Ash", "organisation": COUNTY, "on": "2026-01-15", "about": "the idea"},
            {"with": "Ash", "organisation": COUNTY, "on": "2026-05-15", "about": "the terms"},
        ],
        "team": {
            "chair": "Ash",
            "seats": [{"member": "Ash", "role": "chair"}, {"member": "Cob", "role": "housing"}],
            "mou": MOU,
            "cross_system_plan": [_line(COUNTY), _line(CITY)],
        },
        "coordinator": {**COORDINATOR, "reports": [report]},
        "milestones": [{"name": "MOU", "baseline": "2026-03-01", "actual": "2026-02-22"}],
        "steps": [
            {"step": "population", "on": "2026-03-01", "by": "the team"},
            {"step": "intervention", "on": "2026-03-10", "by": "the team"},
            {"step": "outcome-targets", "on": "2026-03-20", "by": "the team"},
        ],
        "payor_goals": [{"name": "safety", "payor": COUNTY, "says": "A safer county"}],
        "goals": [
            {
                "says": "Fewer returns",
                "serves": "safety",
                "confirmed": {"by": COUNTY, "on": "2026-03-01"},
            }
        ],
        "approvals": [
            {"by": COUNTY, "on": "2026-03-09", "of": "intervention"},
            {
                "by": COUNTY,
                "on": "2026-04-01",
                "of": "outcomes",
                "outcomes": outcomes_checksum(DEAL),
            },
        ],
        "funding_information": [
            {
                "item": "Cost of a jail day",
                "agency": COUNTY,
                "owner": "Dow",
                "due": "2026-04-01",
                "done_on": "2026-03-15",
            }
        ],
        "proofs": [
            {
                "of": of,
                "says": "shown",
                "is_shown": "true",
                "by": "the evaluator",
                "on": "2026-04-01",
                "paper": PAPER,
            }
            for of in ("outcomes", "savings")
        ],
        "feasibility": [
            {
                "of": of,
                "finding": "yes",
                "is_favourable": "true",
                "by": "advisers",
                "on": "2026-02-10",
                "paper": PAPER,
            }
            for of in ("impact", "economic", "legal")
        ],
        "shared_goal": {
            "says": "Fewer people leave jail without a home",
            "population": "people about to leave jail",
            "change": "a home of their own",
            "measure": "days housed",
            "endorsed": _endorsed("2026-03-01"),
        },
        "backbone_duties_done": ["negotiation", "feasibility", "management"],
        "independence": [
            {
                "on": "2026-02-01",
                "by": "Ivy",
                "evaluator": EVALUATOR,
                "paid_by": COUNTY,
                "payer_stake": "pays for success",
                "contingent_interest": "false",
            }
        ],
        "mechanism": {
            "contracting": PAPER,
            "contracting_approved_on": "2026-04-20",
            "financing": PAPER,
            "financing_approved_on": "2026-04-20",
        },
        "project_managers": [
            {"name": "Fir", "organisation": PROVIDER, "from": "2026-01-01", "to": "2027-12-31"}
        ],
        **feedback_loop(chair="Ash"),
        **changes,
    }


def passing_facts(on: date = date(2026, 6, 1), **changes: Any) -> Facts:
    """What the gates look at: the initiative, its deal, readiness and money, all in order."""
    ready = ReadinessFound(
        is_suitable=True,
        band="Ready for structuring",
        score="90.0",
        knock_outs=(),
        criteria="pay-for-success, version 1",
        assessed_on=date(2026, 1, 12),
    )
    money = MoneyFound(shortfalls=(), is_return_within_limit=None, pays_without_success=False)
    return facts_of(passing(**changes), on=on, deal=DEAL, readiness=ready, money=money)
