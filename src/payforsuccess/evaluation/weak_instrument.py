"""A draw that hardly moved people to take part: no payment rests on what it says of taking part."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import Estimate, RecordedFact, TakeUp
from payforsuccess.deal.evaluation import Fallback
from payforsuccess.errors import Problem, Refusal

NO_END = Fraction(1_000_000)
"""Stands for an F without end, where taking part follows the draw exactly."""


def weak_fact(rule: Fallback, estimate: Estimate) -> RecordedFact:
    """What the records say to a fall-back on a weak instrument: the F, and what it must reach."""
    take_up = estimate.take_up
    if take_up is None or take_up.least_first_stage is None:
        raise Refusal(
            Problem(
                f"A fall-back rule of {estimate.plan} asks how strongly the draw moved people to "
                "take part, and the estimate does not tell it.",
                "Estimate the effect of taking part here, or take the rule away.",
            )
        )
    return RecordedFact(
        rule=rule.says,
        found=NO_END if take_up.first_stage is None else take_up.first_stage,
        limit=take_up.least_first_stage,
        holds=take_up.is_weak,
        is_strength=True,
    )


def refuse_weak(estimate: Estimate) -> None:
    """Refuse an effect of taking part that a payment would rest on, where the draw is too weak."""
    take_up = estimate.take_up
    if take_up is not None and take_up.is_weak:
        raise Refusal(
            Problem(
                f"The effect of taking part in {estimate.plan} cannot be paid on. "
                f"{weak_words(take_up)}",
                "State under `fallback` what then holds, with `when: weak-instrument`, before "
                "results are known; now the parties decide it by an amendment.",
            )
        )


def weak_words(take_up: TakeUp) -> str:
    """How strongly the draw moved people to take part, in a sentence."""
    if take_up.first_stage is None or take_up.least_first_stage is None:
        return "Taking part follows the draw exactly."
    return (
        f"The draw moved taking part with a first-stage F of {float(take_up.first_stage):,.4g}, "
        f"{'too weak: below' if take_up.is_weak else 'and it must be at least'} "
        f"{float(take_up.least_first_stage):,.4g}."
    )
