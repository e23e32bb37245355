"""What a formula of panels finds, before the people around it are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from payforsuccess.deal.estimates import EventTime, TestOfNoEffect
from payforsuccess.evaluation.decimals import decimal_of, optional_decimal
from payforsuccess.evaluation.designs.compared import ends_of
from payforsuccess.evaluation.estimated import Estimated


@dataclass(frozen=True, eq=False)
class PanelFound:
    """The effect in the outcome's unit, its error where there is one, and the way there.

    effect: None where the formula gives no error; the value and method then stand alone. mix:
    (periods,) what the places served are compared with, where it is a mix of others.
    """

    value: float
    method: str
    effect: Estimated | None = None
    tests: Mapping[str, TestOfNoEffect] = field(default_factory=dict)
    event_times: tuple[EventTime, ...] = ()
    mix: NDArray[np.float64] | None = None
    notes: tuple[str, ...] = ()


def event_time(since: int, found: Estimated, confidence: float) -> EventTime:
    """The effect so many periods since the start, with its error and interval."""
    return EventTime(
        since=since,
        value=decimal_of(found.value),
        standard_error=decimal_of(found.standard_error),
        interval=ends_of(found.interval(confidence)),
    )


def placebo_test(statistic: float | None, p_value: float) -> TestOfNoEffect:
    """A test by units never served that are taken for those served."""
    return TestOfNoEffect(
        test="placebo",
        statistic=optional_decimal(statistic),
        p_value=decimal_of(min(1.0, p_value)),
        is_exploratory=True,
    )
