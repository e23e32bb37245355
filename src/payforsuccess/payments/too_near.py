"""A value computed in floating point must not decide money by its last digits."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.deal.terms import (
    Coupon,
    EffectPrice,
    PaymentTerm,
    Pot,
    SavingsShare,
    Schedule,
    Withhold,
)
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import exact_text, grouped

NEAR = Fraction(1, 10**9)


def too_near(result: Result, outcome: Outcome, deal: Deal) -> list[Problem]:
    """Problems of an approximate value within 1e-9 of a rounding tie or of an edge of a term.

    On another machine it could fall on the other side. Empty for values that are stated exactly.
    """
    if not result.is_approximate:
        return []
    do = sentence(
        "Have the determination state the value in digits; that text is then what is paid on."
    )
    steps = result.value / outcome.tick
    middle = Fraction(1, 2) if outcome.rounding == "half-up" else Fraction(0)
    nearest_tie = round(steps - middle) + middle
    if outcome.rounding != "refuse" and abs(steps - nearest_tie) * outcome.tick <= NEAR:
        tie = nearest_tie * outcome.tick
        return [
            Problem(
                sentence(
                    "The value for `{outcome}` was computed in floating point and lies on a "
                    "rounding tie, {tie}.",
                    outcome=result.outcome,
                    tie=exact_text(tie),
                ),
                do,
            )
        ]
    for term in deal.payments:
        for edge in _edges(term, result.outcome):
            if abs(result.value - edge) <= NEAR:
                return [
                    Problem(
                        sentence(
                            "The value for `{outcome}` was computed in floating point and lies "
                            "on an edge of `{name}`, {edge}.",
                            outcome=result.outcome,
                            name=term.name,
                            edge=grouped(edge),
                        ),
                        do,
                    )
                ]
    return []


def _edges(term: PaymentTerm, outcome: str) -> Iterator[Fraction]:
    """The values of an outcome at which a term turns."""
    for condition in term.conditions:
        if condition.outcome == outcome:
            limits = (condition.at_least, condition.more_than, condition.at_most)
            yield from (limit for limit in (*limits, condition.less_than) if limit is not None)
    if isinstance(term, Pot):
        for part in term.parts:
            if part.outcome == outcome:
                yield from (part.none_at, part.all_at)
    elif isinstance(term, EffectPrice):
        if term.pays_for == outcome and term.minimum_effect is not None:
            yield from (term.minimum_effect, -term.minimum_effect)
    elif isinstance(term, SavingsShare):
        if term.pays_for == outcome and term.hurdle is not None:
            yield term.hurdle
    elif isinstance(term, Schedule | Withhold) and term.pays_for == outcome:
        for band in term.bands:
            yield from (edge for edge in (band.start, band.end) if edge is not None)
    elif isinstance(term, Coupon) and term.pays_for == outcome:
        for band in term.as_bands():
            yield from (edge for edge in (band.start, band.end) if edge is not None)
