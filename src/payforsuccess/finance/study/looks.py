"""Looks before the end of a planned study: what its bounds make of studies that were drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy

from payforsuccess.deal.evaluation import EvaluationPlan, Monitoring
from payforsuccess.evaluation.looks import Bounds, obrien_fleming, pocock, spending_bounds
from payforsuccess.evaluation.power.payment_rule import DrawnEstimates, PlannedRule


@dataclass(frozen=True)
class PlannedLooks:
    """The looks that can stop a study, and its end, at shares of the information evenly spaced.

    How many people are known at a look is told only on its day. bounds: on the scale of Z, for its
    absolute value; the last is that of the end.
    """

    times: tuple[float, ...]
    bounds: tuple[float, ...]


def looks_of(plan: EvaluationPlan) -> PlannedLooks | None:
    """The looks of a plan that can stop it; None without any, and by a confidence sequence."""
    stopping = sum(each.can_stop for each in plan.looks)
    if not stopping or plan.monitoring is None or plan.monitoring.bounds == "confidence-sequence":
        return None
    times = tuple(at / (stopping + 1) for at in range(1, stopping + 2))
    found = _bounds(plan.monitoring)(times)
    return PlannedLooks(found.times, found.bounds)


def with_looks(
    drawn: DrawnEstimates,
    rule: PlannedRule,
    looks: PlannedLooks,
    none: float,
    rng: numpy.random.Generator,
) -> DrawnEstimates:
    """The same studies, each tested at its looks and at its end by the bounds of the plan.

    What a look showed is drawn as a Brownian path that ends in what the study found. A test that
    passed a bound rejects: its p-value is taken below the level, and any other at it or above. By
    significance that decides what is paid; in worlds in which a fall-back was set off nothing
    changes. A study that a look stopped is paid on the estimate of its end.
    """
    from scipy.special import ndtri

    away = -ndtri(numpy.maximum(drawn.p_value, 1e-300) / 2)
    path = numpy.where(drawn.value >= none, away, -away)
    rejects = away >= looks.bounds[-1]
    later = looks.times[-1]
    for time, bound in reversed(list(zip(looks.times[:-1], looks.bounds[:-1], strict=True))):
        noise = rng.standard_normal(len(path)) * math.sqrt(time * (later - time) / later)
        path = path * (time / later) + noise
        rejects |= numpy.abs(path) / math.sqrt(time) >= bound
        later = time
    below = math.nextafter(rule.level, 0.0)
    p_value = numpy.where(
        rejects, numpy.minimum(drawn.p_value, below), numpy.maximum(drawn.p_value, rule.level)
    )
    payable: Any = drawn.payable
    if rule.pays_on == "significance":
        payable = numpy.where(
            drawn.fell_back, drawn.payable, numpy.where(rejects, drawn.value, none)
        )
    return replace(drawn, payable=payable, p_value=p_value)


def _bounds(monitoring: Monitoring) -> Callable[[tuple[float, ...]], Bounds]:
    level, kind = float(monitoring.level), monitoring.bounds
    if monitoring.convention is not None:
        convention = monitoring.convention
        return lambda times: spending_bounds(
            times,
            spending="pocock" if kind == "lan-demets-pocock" else "obrien-fleming",
            convention=convention,
            alpha=level,
        )
    return lambda times: (pocock if kind == "pocock" else obrien_fleming)(times, alpha=level)
