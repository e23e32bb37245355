"""What a formula says of one sample, before balance, flow and rules are put around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from payforsuccess.deal.estimates import (
    CurvePoint,
    Effect,
    EventTime,
    Overlap,
    TakeUp,
    TestOfNoEffect,
)
from payforsuccess.deal.evaluation import EffectForm
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.decimals import decimal_of, optional_decimal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.proportions import Interval


@dataclass(frozen=True, eq=False)
class Compared:
    """The effect in each form that the formula gives, with what only it knows.

    effects: by form. found: the effect behind `wald`, None where the test is a table's. tests:
    those that the formula itself computes, by name. weights: (n,) of the people with a known
    outcome, where matching or weighting gave some. after: the standardised difference of each fact
    with these weights, means_after both its means. people: with a known outcome.
    """

    effects: Mapping[EffectForm, Effect]
    people: int
    found: Estimated | None = None
    tests: Mapping[str, TestOfNoEffect] = field(default_factory=dict)
    take_up: TakeUp | None = None
    overlap: Overlap | None = None
    weights: NDArray[np.float64] | None = None
    after: Mapping[str, float] = field(default_factory=dict)
    means_after: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    curve: tuple[CurvePoint, ...] = ()
    event_times: tuple[EventTime, ...] = ()
    notes: tuple[str, ...] = ()

    def in_form(self, form: EffectForm | None) -> Effect:
        """The effect in the form the plan pays on; refuses one that the formula does not give.

        A plan that claims no effect need not state a form: there is one.
        """
        if form is None and len(self.effects) == 1:
            return next(iter(self.effects.values()))
        if form is not None and form in self.effects:
            return self.effects[form]
        raise Refusal(
            Problem(
                f"The effect cannot be stated as {form} here; it can be stated as "
                f"{', '.join(self.effects)}.",
                "State it so in the plan, before results are known.",
            )
        )


def effect_of(
    found: Estimated,
    form: EffectForm,
    unit: str,
    *,
    confidence: float,
    exactly: Fraction | None = None,
) -> Effect:
    """A value with its error as an effect; `exactly` is the value where counts give it."""
    return Effect(
        form=form,
        unit=unit,
        value=decimal_of(found.value) if exactly is None else exactly,
        standard_error=decimal_of(found.standard_error),
        interval=ends_of(found.interval(confidence)),
        freedom=optional_decimal(found.freedom),
        method=found.method,
    )


def ends_of(interval: Interval) -> tuple[Fraction, Fraction]:
    """The two ends as decimals."""
    return decimal_of(interval.low), decimal_of(interval.high)
