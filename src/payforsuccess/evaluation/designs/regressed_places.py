"""Panels by effects of places and periods, and by cohorts (Callaway and Sant'Anna 2021)."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

import numpy as np

from payforsuccess.deal.estimates import EventTime
from payforsuccess.deal.evaluation import CohortAggregate, Staggered
from payforsuccess.errors import Refusal
from payforsuccess.evaluation.designs.panel_found import PanelFound, event_time
from payforsuccess.evaluation.designs.places import Places
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.panels import (
    Aggregated,
    JointTest,
    aggregate,
    event_study,
    group_time_effects,
    two_way_effect,
    uniform_bands,
)
from payforsuccess.evaluation.panels.aggregated import Over
from payforsuccess.evaluation.panels.event_study import joint_test
from payforsuccess.evaluation.panels.influence import by_cluster

AGGREGATES: dict[CohortAggregate, Over] = {
    "group": "cohort",
    "simple": "simple",
    "dynamic": "event",
    "calendar": "calendar",
}
CAUTION = "that nothing is found does not show that trends were parallel (Roth 2022)"


def two_way(plan: Staggered, places: Places, rng: np.random.Generator) -> PanelFound:
    """One effect, beside one of each place and of each period; errors by cluster of places."""
    flavour = cast(Literal["cr1", "cr2"], plan.standard_errors)
    found = two_way_effect(places.panel, flavour=flavour)
    times, notes = event_times_of(places, float(plan.confidence or 0))
    return PanelFound(found.value, found.method, found, event_times=times, notes=notes)


def by_event_time(plan: Staggered, places: Places, rng: np.random.Generator) -> PanelFound:
    """The plain mean of the effects of all periods from the start on."""
    study = event_study(places.panel)
    confidence = float(plan.confidence or 0)
    times = tuple(
        event_time(int(since), one, confidence)
        for since, one in zip(study.since, study.effects, strict=True)
    )
    found = study.after
    return PanelFound(
        found.value, found.method, found, event_times=times, notes=_parted(study.before)
    )


def event_times_of(
    places: Places, confidence: float
) -> tuple[tuple[EventTime, ...], tuple[str, ...]]:
    """The effect by periods since the start, and whether sides parted before it, where known."""
    try:
        study = event_study(places.panel)
    except Refusal as refusal:
        why = " ".join(problem.what for problem in refusal.problems)
        return (), (f"Whether sides parted before the start is not told: {why}",)
    times = tuple(
        event_time(int(since), one, confidence)
        for since, one in zip(study.since, study.effects, strict=True)
    )
    return times, _parted(study.before)


def by_cohort(plan: Staggered, places: Places, rng: np.random.Generator) -> PanelFound:
    """The mean of the effects of cohorts that the plan names; the others are told beside it."""
    cells = group_time_effects(
        places.panel,
        places.covariates,
        controls=plan.compared_with,
        by=plan.adjusted_by or "none",
    )
    means = {name: aggregate(cells, over) for name, over in AGGREGATES.items()}
    named = plan.aggregate or "group"
    whole, events = means[named], means["dynamic"]
    confidence = float(plan.confidence or 0)
    effect = whole.overall
    if plan.standard_errors == "bootstrap":
        effect = _bootstrapped(plan, whole, places, rng)
    times = tuple(
        event_time(
            int(since),
            Estimated(float(value), float(error), places.panel.units, "by periods since the start"),
            confidence,
        )
        for since, value, error in zip(
            events.keys, events.values, events.standard_errors, strict=True
        )
        if error > 0
    )
    others = ", ".join(
        f"{name} {one.overall.value:,.6g} (standard error {one.overall.standard_error:,.6g})"
        for name, one in means.items()
        if name != named
    )
    notes = [
        f"The effect is the {named} mean of the effects of cohorts, as the plan says; the others "
        f"are: {others}.",
        *_parted(_before(events, places)),
    ]
    if cells.left_out:
        notes.append(f"{cells.left_out:,} cells of cohorts and periods had none to compare with.")
    return PanelFound(effect.value, effect.method, effect, event_times=times, notes=tuple(notes))


def _bootstrapped(
    plan: Staggered, whole: Aggregated, places: Places, rng: np.random.Generator
) -> Estimated:
    draws = plan.draws or 0
    bands = uniform_bands(
        np.array([whole.overall.value]),
        whole.overall_influence[:, None],
        rng=rng,
        confidence=float(plan.confidence or 0),
        draws=draws,
        clusters=places.panel.clusters,
    )
    said = whole.overall.method.split("; error by")[0]
    return replace(
        whole.overall,
        standard_error=float(bands.standard_errors[0]),
        method=f"{said}; error by a multiplier bootstrap of {draws:,} draws (quartiles' distance)",
    )


def _before(events: Aggregated, places: Places) -> JointTest | None:
    """Whether all effects before the start may be 0; None where none can be tested together."""
    is_before = events.keys < 0
    if not is_before.any():
        return None
    moves = by_cluster(events.influence[:, is_before], places.panel.clusters)
    covariance = moves.T @ moves / len(events.influence) ** 2
    try:
        return joint_test(events.values[is_before], covariance, freedom=float(len(moves) - 1))
    except Refusal:
        return None


def _parted(test: JointTest | None) -> tuple[str, ...]:
    if test is None:
        return ("Whether sides parted before the start cannot be tested with these periods.",)
    return (
        f"Whether sides already parted before the start: F({test.effects}, {test.freedom:g}) = "
        f"{test.statistic:.3f}, p {test.p_value:.3f}; {CAUTION}.",
    )
