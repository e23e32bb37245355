"""Randomised comparisons of how long it took: shares with an event, mean days without, hazards."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from payforsuccess.deal.estimates import CurvePoint, Effect, TestOfNoEffect
from payforsuccess.deal.evaluation import Randomised
from payforsuccess.evaluation import durations
from payforsuccess.evaluation.decimals import decimal_of
from payforsuccess.evaluation.designs.changing import stretches
from payforsuccess.evaluation.designs.compared import Compared, effect_of, ends_of
from payforsuccess.evaluation.designs.offered import strata_of
from payforsuccess.evaluation.designs.people import refuse_missing, unknown_where
from payforsuccess.evaluation.designs.sample import (
    EVENT,
    KNOWN,
    WINDOW,
    Codes,
    Mask,
    Sample,
    with_column,
)
from payforsuccess.evaluation.durations.follow_up import checked_times
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.proportions import Interval

MOST_POINTS = 50
"""Of a curve, for each arm."""
_OURS, _OTHER = 1, 2


def watched(sample: Sample) -> Sample:
    """The people with 1 for an event seen and 0 for none; unknown is whose days are not known.

    Who died or moved was watched until then, and is known. Refuses rows without days.
    """
    refuse_missing(sample, ("days", "ended"), "how long people were watched and what ended it")
    ended = sample.rows["ended"].combine_chunks()
    seen = pc.fill_null(pc.equal(ended, EVENT), False).cast(pa.int64())
    lost = np.isnan(sample.numbers("days")) | np.asarray(ended.is_null())
    statuses = pc.if_else(pa.array(lost), sample.rows["status"].combine_chunks(), KNOWN)
    rows = with_column(with_column(sample.rows, "quantity", seen), "status", statuses)
    return unknown_where(
        Sample(rows, sample.treated_arm, sample.control_arm), lost, "days not known"
    )


def compare_durations(
    plan: Randomised, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    """The plan's formula on the people whose days are known, to the end of the window.

    Refuses what the formula refuses: times of 0, no events, an arm not watched so long.
    """
    known = sample.known
    horizon = horizon_of(plan, known)
    effect, found = _FORMULAS[plan.estimator](plan, known, horizon)
    return Compared(
        {effect.form: effect},
        len(known),
        found,
        tests=_tests(plan, known, horizon),
        curve=_curve(plan, known, horizon),
        notes=_left_early(plan, known, horizon),
    )


def horizon_of(plan: Randomised, sample: Sample) -> float:
    """The days over which arms are compared: the window's.

    A window of months has more days for some than for others; the fewest of anyone who was seen to
    its end are taken, so that all were watched so long.
    """
    if plan.measure.window.days:
        return float(plan.measure.window.days)
    days = sample.numbers("days")
    whole = days[_ended(sample) == WINDOW]
    if len(whole):
        return float(whole.min())
    return float(min(days[mask].max() for _, mask in sample.sides))


def _share(plan: Randomised, sample: Sample, horizon: float) -> tuple[Effect, Estimated]:
    """The treated arm's share with an event up to the horizon, less the control arm's."""
    days, causes = sample.numbers("days"), _causes(plan, sample)
    if plan.estimator == "kaplan-meier":
        kept = durations.survival_difference(days, causes == _OURS, sample.treated, at=horizon)
        found = Estimated(
            -kept.value,
            kept.standard_error,
            kept.people,
            f"Share with an event, 1 less survival. {kept.method}",
        )
    else:
        found = durations.incidence_difference(
            days, causes, sample.treated, cause=_OURS, at=horizon
        )
    points = Estimated(100 * found.value, 100 * found.standard_error, found.people, found.method)
    confidence = float(plan.confidence or 0)
    return effect_of(points, "difference", "percentage point", confidence=confidence), found


def _mean_days(plan: Randomised, sample: Sample, horizon: float) -> tuple[Effect, Estimated]:
    """The treated arm's mean days without an event within the horizon, less the control arm's."""
    found = durations.restricted_means(
        sample.numbers("days"), _happened(sample), sample.treated, horizon=horizon
    ).difference
    return effect_of(found, "difference", "day", confidence=float(plan.confidence or 0)), found


def _hazard(plan: Randomised, sample: Sample, horizon: float) -> tuple[Effect, Estimated]:
    """The treated arm's hazard over the control arm's; what came after the window is not read."""
    covariates, labels = sample.covariates(plan.covariates)
    names = (plan.arms.treated, *labels)
    days, happened = sample.numbers("days"), _happened(sample)
    columns = np.column_stack([sample.treated.astype(np.float64), covariates])
    until, happened = np.minimum(days, horizon), happened & (days <= horizon)
    strata = strata_of(plan, sample)
    if plan.changing:
        checked_times(until, of="people")
        rows = stretches(sample, plan.changing, until, happened)
        found = durations.proportional_hazards(
            rows.stop,
            rows.events,
            np.column_stack([columns[rows.whose], rows.changing]),
            start=rows.start,
            people=rows.whose,
            strata=None if strata is None else strata[rows.whose],
            names=(*names, *rows.names),
        ).estimated(0)
    else:
        found = durations.proportional_hazards(
            until, happened, columns, strata=strata, names=names
        ).estimated(0)
    within = " within strata" if plan.strata else ""
    if plan.changing:
        within += f", adjusted for {', '.join(one.name for one in plan.changing)} as it changes"
    ratio, log = math.exp(found.value), found.interval(float(plan.confidence or 0))
    effect = Effect(
        form="hazard-ratio",
        unit="ratio",
        value=decimal_of(ratio),
        standard_error=decimal_of(ratio * found.standard_error),
        interval=ends_of(Interval(math.exp(log.low), math.exp(log.high))),
        method=f"{found.method}{within}; interval on the log of the ratio",
    )
    return effect, found


_FORMULAS: dict[str, Callable[[Randomised, Sample, float], tuple[Effect, Estimated]]] = {
    "kaplan-meier": _share,
    "cumulative-incidence": _share,
    "restricted-mean": _mean_days,
    "cox": _hazard,
}


def _tests(plan: Randomised, sample: Sample, horizon: float) -> dict[str, TestOfNoEffect]:
    """The tests of whole curves that the plan asks for; what is after the window is not read."""
    asked = {plan.test, *plan.sensitivity}
    days = np.minimum(sample.numbers("days"), horizon)
    causes = np.where(sample.numbers("days") <= horizon, _causes(plan, sample), 0)
    tests: dict[str, TestOfNoEffect] = {}
    if "log-rank" in asked:
        ranked = durations.log_rank(
            days, causes == _OURS, sample.treated, strata=strata_of(plan, sample)
        )
        tests["log-rank"] = TestOfNoEffect(
            test="log-rank",
            statistic=decimal_of(ranked.statistic),
            p_value=decimal_of(min(1.0, ranked.p_value)),
            is_exploratory=True,
        )
    if "gray" in asked:
        gray = durations.gray_test(days, causes, sample.treated, cause=_OURS)
        tests["gray"] = TestOfNoEffect(
            test="gray",
            statistic=decimal_of(gray.statistic),
            p_value=decimal_of(min(1.0, gray.p_value)),
            is_exploratory=True,
        )
    return tests


def _curve(plan: Randomised, sample: Sample, horizon: float) -> tuple[CurvePoint, ...]:
    """Each arm's curve at no more than `MOST_POINTS` days, the horizon the last.

    The share with an event for cumulative incidence, else the share still without. The interval
    is that on the log of minus the log.
    """
    days, causes = sample.numbers("days"), _causes(plan, sample)
    points: list[CurvePoint] = []
    for label, mask in sample.sides:
        mine, kinds = days[mask], causes[mask]
        curve: durations.CumulativeIncidence | durations.SurvivalCurve
        if plan.estimator == "cumulative-incidence":
            curve = durations.cumulative_incidence(mine, kinds, cause=_OURS)
        else:
            curve = durations.survival_curve(mine, kinds == _OURS, confidence=0.95)
        moments = np.unique(mine[(kinds == _OURS) & (mine <= horizon)])
        if len(moments) > MOST_POINTS - 1:
            places = np.linspace(0, len(moments) - 1, MOST_POINTS - 1).round().astype(np.int64)
            moments = moments[places]
        for day in np.union1d(moments, [horizon]):
            value, error = curve.at(float(day)), math.sqrt(curve.variance_at(float(day)))
            points.append(
                CurvePoint(
                    arm=label,
                    day=int(day),
                    value=decimal_of(value),
                    interval=_on_the_log(value, error, float(plan.confidence or 0)),
                    at_risk=int((mine >= day).sum()),
                )
            )
    return tuple(points)


def _on_the_log(share: float, error: float, confidence: float) -> tuple[Fraction, Fraction] | None:
    if not 0 < share < 1 or not error:
        return None
    log = math.log(share)
    reach = Estimated(0.0, error / abs(share * log), 0, "").interval(confidence).high
    return ends_of(Interval(share ** math.exp(reach), share ** math.exp(-reach)))


def _left_early(plan: Randomised, sample: Sample, horizon: float) -> tuple[str, ...]:
    """How many were not watched to the window's end, by what ended it."""
    ended, days = _ended(sample), sample.numbers("days")
    early = (ended != EVENT) & (days < horizon)
    notes = [
        f"Days are compared up to day {horizon:g}; the shares of the arms are of events seen, "
        "whenever people left."
    ]
    if plan.changing:
        named = ", ".join(one.name for one in plan.changing)
        notes.append(
            f"Adjusted for what changed after people were sent to an arm ({named}), each change "
            "counting from the day after: where the programme itself changed it, that part of the "
            "effect is taken out."
        )
    words = sorted(set(ended[early].tolist()))
    for word in words:
        by_arm = " and ".join(
            f"{int((early & (ended == word) & mask).sum()):,} in {label}"
            for label, mask in sample.sides
        )
        rules_out = plan.estimator == "cumulative-incidence" and word in plan.competing
        means = (
            "rules the event out"
            if rules_out
            else "ends the watching, as if their risk went on like that of others"
        )
        notes.append(f"Before the window was over, {word} {means}: {by_arm}.")
    return tuple(notes)


def _causes(plan: Randomised, sample: Sample) -> Codes:
    """1 for the event, 2 for what rules it out, 0 for the end of watching."""
    ended = _ended(sample)
    other = np.isin(ended, plan.competing) & (plan.estimator == "cumulative-incidence")
    return np.where(ended == EVENT, _OURS, np.where(other, _OTHER, 0)).astype(np.int64)


def _ended(sample: Sample) -> NDArray[np.str_]:
    return np.array(sample.rows["ended"].to_pylist(), dtype=np.str_)


def _happened(sample: Sample) -> Mask:
    return np.asarray(_ended(sample) == EVENT)
