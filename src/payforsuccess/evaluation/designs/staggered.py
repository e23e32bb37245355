"""Places that took the programme up at different times, or never, compared over periods."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from payforsuccess.deal.estimates import CurvePoint, Effect
from payforsuccess.deal.evaluation import Staggered
from payforsuccess.evaluation.decimals import decimal_of
from payforsuccess.evaluation.designs.compared import Compared, effect_of
from payforsuccess.evaluation.designs.mixed_places import (
    mixed,
    mixed_differences,
    two_way_by_placebo,
)
from payforsuccess.evaluation.designs.panel_found import PanelFound
from payforsuccess.evaluation.designs.people import SERVED
from payforsuccess.evaluation.designs.places import OTHERS, Places, places_of
from payforsuccess.evaluation.designs.regressed_places import by_cohort, by_event_time, two_way
from payforsuccess.evaluation.designs.sample import Sample

MIX = "mix"
Formula = Callable[[Staggered, Places, np.random.Generator], PanelFound]
_FORMULAS: dict[str, Formula] = {
    "two-way-fixed-effects": two_way,
    "event-study": by_event_time,
    "callaway-santanna": by_cohort,
    "synthetic-control": mixed,
    "synthetic-difference-in-differences": mixed_differences,
}


def compare_places(
    plan: Staggered, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    """The plan's formula on the mean outcome of each place in each period.

    Refuses what `places_of` and the formula refuse: a period of a place without anyone, places
    served from the first period on, one place or cluster alone on a side where the error is of
    clusters, too few periods before the start.
    """
    known = sample.known
    places = places_of(plan, known)
    is_placebo = plan.standard_errors == "placebo"
    formula = _FORMULAS[plan.estimator]
    if plan.estimator == "two-way-fixed-effects" and is_placebo:
        formula = two_way_by_placebo
    found = formula(plan, places, rng)
    panel = places.panel
    served = int((~panel.is_never_treated).sum())
    return Compared(
        {"difference": _effect(plan, found, unit)},
        len(known),
        found.effect,
        tests=found.tests,
        curve=_curve(places, found),
        event_times=found.event_times,
        notes=(
            f"{served:,} places served and {panel.units - served:,} others over {panel.periods:,} "
            "periods; each place counts alike, however many people it has.",
            *found.notes,
        ),
    )


def _effect(plan: Staggered, found: PanelFound, unit: str) -> Effect:
    if found.effect is not None:
        return effect_of(found.effect, "difference", unit, confidence=float(plan.confidence or 0))
    return Effect(form="difference", unit=unit, value=decimal_of(found.value), method=found.method)


def _curve(places: Places, found: PanelFound) -> tuple[CurvePoint, ...]:
    """The mean of the places served and of the others, or of their mix, in each period."""
    is_never = places.panel.is_never_treated
    points = []
    for label, mask in ((SERVED, ~is_never), (OTHERS, is_never)):
        for at, start in enumerate(places.starts):
            values = places.panel.outcomes[mask, at]
            values = values[~np.isnan(values)]
            is_mix = label == OTHERS and found.mix is not None
            if not is_mix and not len(values):
                continue
            value = found.mix[at] if is_mix and found.mix is not None else values.mean()
            points.append(
                CurvePoint(
                    arm=MIX if is_mix else label,
                    day=(start - places.starts[0]).days,
                    value=decimal_of(float(value)),
                    at_risk=int(places.people[mask, at].sum()),
                )
            )
    return tuple(points)
