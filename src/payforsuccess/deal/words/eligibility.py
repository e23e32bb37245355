"""A clause of the eligibility rule in plain words."""

from __future__ import annotations

from payforsuccess.deal.people import Criterion
from payforsuccess.deal.words.phrases import listed, named

_TESTS = {
    "is": "is",
    "is-not": "is not",
    "at-least": "is at least",
    "at-most": "is at most",
    "one-of": "is one of",
    "known": "is known",
    "unknown": "is not known",
}


def rule_of(criterion: Criterion) -> str:
    """What must hold: `age is at least 18 (Section 2)`."""
    value = listed(criterion.values, "or") if criterion.values else (criterion.value or "")
    clause = f" ({criterion.clause})" if criterion.clause is not None else ""
    return f"{named(criterion.field)} {_TESTS[criterion.test]} {value}".rstrip() + clause
