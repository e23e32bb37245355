"""Assumptions for the small deal, and ways to change them: amounts given as text.

assumed()                                  10 people a quarter, a cost, a count for each outcome
assumed(outcomes={"homes": a_count("0.5")})
"""

from __future__ import annotations

from typing import Any

from payforsuccess.deal.assumptions import Assumptions
from tests.lib.deals import PROVIDER

MADE_UP = {"source": "made up for a test", "standing": "illustrative"}
ENROLMENT: dict[str, Any] = {
    **MADE_UP,
    "ramp": [{"period": "1", "people": "10"}, {"period": "4", "people": "0"}],
    "reached": {**MADE_UP, "base": "1", "low": "0.8"},
    "serves_for": "12 months",
}


def a_number(base: str, **cases: str) -> dict[str, Any]:
    """An assumed number, with `low` and `high` if given."""
    return {**MADE_UP, "base": base, **cases}


def a_count(each_person: str = "0.5", **changes: Any) -> dict[str, Any]:
    """An outcome counted over those who start, half a unit for each at once."""
    return {"kind": "counted", **MADE_UP, "each_person": a_number(each_person), **changes}


def an_effect(true: str = "25", *, standard_error: str = "0", **changes: Any) -> dict[str, Any]:
    """A true effect and the error of its estimate."""
    return {
        "kind": "effect",
        **MADE_UP,
        "true": a_number(true),
        "standard_error": a_number(standard_error),
        **changes,
    }


def a_cost(name: str = "services", amount: str = "100", **changes: Any) -> dict[str, Any]:
    """A cost for each person in service in each period, paid to the provider."""
    return {
        "name": name,
        "says": "What it costs",
        "to": PROVIDER,
        "kind": "each-slot",
        "amount": a_number(amount),
        **MADE_UP,
        **changes,
    }


def assumed(**changes: Any) -> Assumptions:
    """The assumptions with top-level keys changed, added, or (None) left out."""
    plain: dict[str, Any] = {
        "format": "1",
        "as_of": "2025-12-01",
        "discount_rate": a_number("0.03"),
        "enrolment": ENROLMENT,
        "costs": [a_cost()],
        "outcomes": {"homes": a_count()},
        "determined_after_days": "20",
        **changes,
    }
    return Assumptions.model_validate({k: v for k, v in plain.items() if v is not None})
