"""The change among people served less the change among others (difference-in-differences)."""

from __future__ import annotations

from datetime import date
from typing import cast

import numpy as np

from payforsuccess.deal.evaluation import DifferenceInDifferences
from payforsuccess.evaluation.designs.compared import Compared, effect_of
from payforsuccess.evaluation.designs.sample import Codes, Sample
from payforsuccess.evaluation.panels import (
    NEVER,
    Panel,
    adjusted_difference,
    difference_in_changes,
    difference_in_levels,
)
from payforsuccess.evaluation.regression.errors_of import Errors, Flavour


def compare_changes(
    plan: DifferenceInDifferences, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    """The plan's formula on the people of whom both times are known.

    It holds where, without the programme, both groups would have changed alike; nothing in the
    records shows that they would. Refuses what the formula refuses: fewer than two people or
    clusters of a group, covariates that repeat each other or tell the groups apart without fail.
    """
    known = sample.known
    if plan.since is not None:
        return _between_others(plan, known, plan.since, unit)
    before, after = known.numbers("before"), known.outcome
    panel = Panel(
        np.column_stack([before, after]),
        np.where(known.treated, 1, NEVER).astype(np.int64),
        clusters_of(plan.cluster, known),
    )
    if plan.estimator == "doubly-robust":
        covariates, _ = known.covariates(plan.covariates)
        found = adjusted_difference(
            panel, covariates, by="doubly-robust" if plan.covariates else "none"
        )
    else:
        found = difference_in_changes(panel, flavour=cast(Flavour, plan.standard_errors)).effect
    effect = effect_of(found, "difference", unit, confidence=float(plan.confidence or 0))
    return Compared({"difference": effect}, found.people, found, notes=_notes(sample, known))


def _between_others(
    plan: DifferenceInDifferences, known: Sample, since: date, unit: str
) -> Compared:
    """The change between other people of the same groups: repeated cross-sections."""
    starts = np.array(known.rows["start_on"].to_pylist(), dtype="datetime64[D]")
    is_after = np.asarray(starts >= np.datetime64(since))
    errors = Errors(cast(Flavour, plan.standard_errors), clusters_of(plan.cluster, known))
    found = difference_in_levels(known.outcome, known.treated, is_after, errors=errors)
    effect = effect_of(found.effect, "difference", unit, confidence=float(plan.confidence or 0))
    means = {
        known.treated_arm: (found.treated_before, found.treated_after),
        known.control_arm: (found.control_before, found.control_after),
    }
    told = "; ".join(
        f"{label} from {means[label][0]:,.6g} ({int((mask & ~is_after).sum()):,} people) to "
        f"{means[label][1]:,.6g} ({int((mask & is_after).sum()):,})"
        for label, mask in known.sides
    )
    return Compared(
        {"difference": effect},
        found.effect.people,
        found.effect,
        notes=(
            f"Means of those who started before {since} and of those who started later: {told}. "
            "Figures by arm are of both together.",
            "The groups are taken to change alike without the programme, and to be joined by the "
            "same kinds of people before and after; these records cannot show either.",
        ),
    )


def clusters_of(fact: str | None, sample: Sample) -> Codes | None:
    """A number for each person's cluster, where the plan names a fact that tells it."""
    return None if fact is None else sample.codes((fact,), "clusters")


def _notes(sample: Sample, known: Sample) -> tuple[str, ...]:
    before, after = known.numbers("before"), known.outcome
    means = "; ".join(
        f"{label} from {before[mask].mean():,.6g} to {after[mask].mean():,.6g}"
        for label, mask in known.sides
    )
    return (
        f"Means before and after, of people known at both times: {means}.",
        "The groups are taken to change alike without the programme; these two times cannot show "
        "whether they would.",
        *without_before(sample),
    )


def without_before(sample: Sample) -> tuple[str, ...]:
    """How many are left out because what was before is not known, by arm."""
    lost = np.isnan(sample.numbers("before"))
    if not lost.any():
        return ()
    by_arm = " and ".join(
        f"{int((lost & mask).sum()):,} in {label}" for label, mask in sample.sides
    )
    return (f"Left out, for what was before is not known: {by_arm}.",)
