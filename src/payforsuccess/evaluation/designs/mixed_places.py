"""Panels in which places served are compared with a mix of others, or with others by placebo."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from payforsuccess.deal.estimates import EventTime
from payforsuccess.deal.evaluation import Staggered
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.decimals import decimal_of
from payforsuccess.evaluation.designs.panel_found import PanelFound, placebo_test
from payforsuccess.evaluation.designs.places import Places
from payforsuccess.evaluation.designs.regressed_places import event_times_of
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels import synthetic_control, synthetic_difference
from payforsuccess.evaluation.panels.panel import only_start, refuse_unfit
from payforsuccess.evaluation.panels.synthetic_differences import (
    even_weights,
    weighted_difference,
)

_SHOWN = 8
_LEAST = 0.0005


def mixed(plan: Staggered, places: Places, rng: np.random.Generator) -> PanelFound:
    """A synthetic control of one place served: its value and the placebo test, without an error.

    Refuses several places served.
    """
    panel = places.panel
    if int((~panel.is_never_treated).sum()) > 1:
        raise Refusal(
            Problem(
                "A synthetic control is tested by placebos for one place served, and there are "
                "several.",
                "Use synthetic-difference-in-differences, or one place.",
            )
        )
    found = synthetic_control(panel)
    start = only_start(panel)
    pool = panel.outcomes[found.others]
    ratio = found.error_after / found.error_before if found.error_before else None
    notes = [
        f"Before the start the gap to the mix is {found.error_before:,.6g} (root of the mean "
        f"square), after it {found.error_after:,.6g}.",
        _weights_told(places, found.others, found.weights),
    ]
    if not found.is_unique:
        notes.append("Other weights fit as well before the start; the value is one of several.")
    return PanelFound(
        found.value,
        found.method,
        tests={"placebo": placebo_test(ratio, float(found.p_value or 0))},
        event_times=_gaps(found.gaps, start),
        mix=found.weights @ pool,
        notes=tuple(notes),
    )


def mixed_differences(plan: Staggered, places: Places, rng: np.random.Generator) -> PanelFound:
    """Synthetic difference-in-differences, its error by the plan's placebos or the jackknife."""
    error = cast(Literal["placebo", "jackknife"], plan.standard_errors)
    found = synthetic_difference(
        places.panel, error=error, rng=rng, placebos=max(2, plan.draws or 0)
    )
    start = only_start(places.panel)
    pool = places.panel.outcomes[found.others]
    mix = found.weights.units @ pool
    gaps = places.panel.outcomes[~places.panel.is_never_treated].mean(axis=0) - mix
    return PanelFound(
        found.effect.value,
        found.effect.method,
        found.effect,
        event_times=_gaps(gaps - found.weights.periods @ gaps[:start], start),
        mix=mix,
        notes=(_weights_told(places, found.others, found.weights.units),),
    )


def two_way_by_placebo(plan: Staggered, places: Places, rng: np.random.Generator) -> PanelFound:
    """Plain two-way differences, with places never served taken for those served.

    For one or few places served, of which errors by cluster say nothing (Conley and Taber 2011).
    All sets of never-served places stand in where they are no more than the plan's draws, else so
    many drawn ones. The error is the standard deviation of what they give; the p-value the share
    as far from 0, the estimate counted in. Refuses periods of places without anyone, several
    starts, and no more places never served than served.
    """
    panel = places.panel
    refuse_unfit(panel)
    start = only_start(panel)
    pool, treated = panel.outcomes[panel.is_never_treated], panel.outcomes[~panel.is_never_treated]
    value = _plain(pool, treated, start)
    found = _stand_ins(pool, len(treated), start, plan.draws or 0, rng)
    spread = float(np.std(found))
    if spread <= 1e-12 * max(1.0, abs(value)):
        raise Refusal(
            Problem(
                "Places never served all changed alike, so that placebos tell no error.",
                "Check that the outcomes of places were not made from each other.",
            )
        )
    effect = Estimated(
        value,
        spread,
        panel.units,
        "Two-way fixed effects of units and periods, one start; error by "
        f"{len(found):,} placebos of never-served places (Conley and Taber 2011), normal interval",
    )
    far = int((np.abs(found) >= abs(value) * (1 - 1e-12)).sum())
    _, notes = event_times_of(places, float(plan.confidence or 0))
    gaps = treated.mean(axis=0) - pool.mean(axis=0)
    return PanelFound(
        value,
        effect.method,
        effect,
        tests={"placebo": placebo_test(None, (1 + far) / (1 + len(found)))},
        event_times=_gaps(gaps - gaps[:start].mean(), start),
        notes=notes,
    )


def _stand_ins(
    pool: NDArray[np.float64], served: int, start: int, draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    others = len(pool)
    if others <= served:
        raise Refusal(
            Problem(
                f"{served:,} places are served and {others:,} never: placebos need more of the "
                "latter.",
                "Add places that are never served.",
            )
        )
    if comb(others, served) <= draws:
        chosen = [np.array(some) for some in combinations(range(others), served)]
    else:
        chosen = [rng.permutation(others)[:served] for _ in range(draws)]
    return np.array([_plain(np.delete(pool, some, axis=0), pool[some], start) for some in chosen])


def _plain(pool: NDArray[np.float64], treated: NDArray[np.float64], start: int) -> float:
    return weighted_difference(pool, treated, start, even_weights(len(pool), start))


def _gaps(gaps: NDArray[np.float64], start: int) -> tuple[EventTime, ...]:
    return tuple(
        EventTime(since=at - start, value=decimal_of(float(gap))) for at, gap in enumerate(gaps)
    )


def _weights_told(places: Places, others: NDArray[np.int64], weights: NDArray[np.float64]) -> str:
    order = np.argsort(-weights, kind="stable")
    heavy = [at for at in order if weights[at] >= _LEAST]
    named = ", ".join(f"{places.names[others[at]]} {weights[at]:.3f}" for at in heavy[:_SHOWN])
    rest = f", and {len(heavy) - _SHOWN} others" if len(heavy) > _SHOWN else ""
    return f"The mix: {named}{rest}; {len(weights) - len(heavy):,} places weigh nothing."
