"""One small whole deal, and ways to change it: built through the models, amounts given as text.

    a_deal()                                       a county pays 100.00 for each home
    a_deal(payments=[a_term(price="12.50")])       another price
    a_deal(payments=[a_term("schedule")])          another kind, with the outcomes it reads
    a_deal(outcomes={"days": an_outcome(unit="day")}, ceiling="5000")

Only the outcomes that the payment terms read are put in; give `outcomes` to add or to change some.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.terms import PaymentTerm

COUNTY = "Alder County"
CITY = "City of Birch"
PROVIDER = "Cedar Homes"
EVALUATOR = "Dogwood University"
INVESTOR = "Elm Fund"

PARTIES = [
    {"name": COUNTY, "roles": ["payor"], "level": "county"},
    {"name": CITY, "roles": ["data-holder"], "level": "city"},
    {"name": PROVIDER, "roles": ["provider"]},
    {"name": EVALUATOR, "roles": ["evaluator"], "paid_by": COUNTY},
]

OUTCOMES: dict[str, dict[str, Any]] = {
    "homes": {
        "says": "People who moved into a home of their own",
        "unit": "person",
        "bounds": {"value": {"least": "0", "most": "40"}},
    },
    "kept": {
        "says": "People who kept the home for a year",
        "unit": "person",
        "bounds": {"value": {"least": "0", "most": "40"}},
    },
    "days": {
        "says": "Days housed",
        "unit": "day",
        "bounds": {"value": {"least": "0", "most": "4000"}},
    },
    "jail_days": {
        "says": "Days in jail while housed",
        "unit": "day",
        "better": "lower",
        "bounds": {"value": {"least": "0", "most": "4000"}},
    },
    "served": {
        "says": "People served",
        "type": "activity",
        "unit": "person",
        "no_success": "0",
        "bounds": {"value": {"least": "0", "most": "50"}},
    },
    "reduction": {
        "says": "Percent fewer jail days than the control group",
        "type": "impact",
        "unit": "percent",
        "bounds": {"value": {"least": "-100", "most": "100"}},
    },
    "arrests": {
        "says": "Arrests for each hundred people",
        "unit": "arrest",
        "better": "lower",
        "no_success": "60",
        "bounds": {"value": {"least": "0", "most": "200"}},
    },
    "saved": {
        "says": "Cost avoided",
        "unit": "USD",
        "tick": "0.01",
        "bounds": {"value": {"least": "0", "most": "500000"}},
    },
}
"""The cast of outcomes that terms made here read."""

TERMS: dict[str, dict[str, Any]] = {
    "unit-price": {"pays_for": "homes", "price": "100"},
    "milestones": {
        "milestones": [
            {"outcome": "homes", "price": "100"},
            {"outcome": "kept", "price": "250", "needs_earlier": "true"},
        ]
    },
    "schedule": {
        "pays_for": "reduction",
        "bands": [
            {"below": "20", "pays": "0"},
            {"from": "20", "pays": "3200", "then_per_unit": "160"},
            {"from": "30", "pays": "4800", "then_per_unit": "38"},
            {"from": "65", "pays": "6130"},
        ],
    },
    "effect-price": {"pays_for": "reduction", "treated": "served", "price": "2"},
    "savings-share": {"pays_for": "saved", "share": "40%"},
    "share-threshold": {"passed": "homes", "out_of": "served", "at_least": "60%", "amount": "900"},
    "pot": {
        "amount": "10000",
        "parts": [
            {"outcome": "homes", "weight": "0.5", "none_at": "0", "all_at": "40"},
            {
                "outcome": "reduction",
                "weight": "0.5",
                "none_at": "0",
                "all_at": "20",
                "between": "nothing",
            },
        ],
    },
    "coupon": {
        "pays_for": "reduction",
        "balance": "100000",
        "day_count": "actual/365",
        "bands": [{"below": "10", "rate": "0"}, {"from": "10", "rate": "5%"}],
    },
    "withhold": {
        "pays_for": "homes",
        "fee": "20000",
        "at_risk": "10%",
        "bands": [{"below": "10", "pays": "0"}, {"from": "10", "pays": "1"}],
    },
}
"""The smallest sensible payment term of each kind."""

_TERM: TypeAdapter[PaymentTerm] = TypeAdapter(PaymentTerm)


def a_term(kind: str = "unit-price", **changes: Any) -> PaymentTerm:
    """A payment term of `kind` named after it, with keys changed, added, or (None) left out."""
    plain = {"kind": kind, "name": kind, "clause": "section 4", **TERMS[kind], **changes}
    return _TERM.validate_python({key: value for key, value in plain.items() if value is not None})


def an_outcome(name: str = "homes", **changes: Any) -> Outcome:
    """An outcome of the cast with keys changed, added, or (None) left out."""
    usual = {"type": "outcome", "better": "higher", "no_success": "0"}
    plain = {**usual, **OUTCOMES[name], **changes}
    return Outcome.model_validate({key: value for key, value in plain.items() if value is not None})


def a_deal(
    *,
    payments: Iterable[PaymentTerm] | None = None,
    outcomes: Mapping[str, Outcome] | None = None,
    **changes: Any,
) -> Deal:
    """The small deal with top-level keys changed, added, or (None) left out.

    Two years of quarters from 1 January 2026, one payor, everything said that must be said.
    """
    terms = (a_term(),) if payments is None else tuple(payments)
    read = {name for term in terms for name in term.outcomes_read()}
    known = {name: an_outcome(name) for name in OUTCOMES if name in read}
    plain: dict[str, Any] = {
        "format": "1",
        "deal": "A small deal",
        "standing": "illustrative",
        "currency": "USD",
        "jurisdiction": {"name": COUNTY},
        "in_force_from": "2026-01-01",
        "ends_on": "2027-12-31",
        "periods": {"every": "quarter", "from": "2026-01-01"},
        "fiscal_year_starts": "07-01",
        "pays_within_days": {"days": "30", "of": "period-end"},
        "parties": PARTIES,
        "payors": [{"party": COUNTY}],
        "people": {
            "says": "Adults leaving jail without a home",
            "start_event": "the day of release",
            "head_count": {"least": "0", "most": "40"},
        },
        "outcomes": {**known, **(outcomes or {})},
        "payments": terms,
        "overpayment": "credit",
        "finality": {"look_back": "12 months", "materiality": "0", "final_on": "2028-12-31"},
        "disputes": {
            "raise_within": "30 days",
            "steps": [{"name": "operating", "within": "30 days"}],
        },
        "consents": [
            {"touches": "money", "of": ["payor", "provider"]},
            {"touches": "data", "of": ["payor", "provider"]},
            {"touches": "duty", "of": ["payor", "provider"]},
            {"touches": "plan", "of": ["payor", "evaluator"]},
        ],
        **changes,
    }
    return Deal.model_validate({key: value for key, value in plain.items() if value is not None})


def two_payors(*, share: str = "60%", **first: Any) -> dict[str, Any]:
    """`parties` and `payors` for a deal that a county and a city pay together."""
    parties = [dict(party) for party in PARTIES]
    parties[1]["roles"] = ["payor"]
    rest = f"{100 - int(share.rstrip('%'))}%"
    payors = [{"party": COUNTY, "share": share, **first}, {"party": CITY, "share": rest}]
    return {"parties": parties, "payors": payors}
