"""From a plan and the rows of its people to an Estimate: one file a design.

`compare` is the one door to every formula: an estimate, its variations, its other outcomes and the
draws of a bootstrap all go through it, so that they differ in nothing but their people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforsuccess.deal.evaluation import (
    DURATION_ESTIMATORS,
    DifferenceInDifferences,
    EvaluationPlan,
    Matched,
    PrePost,
    Randomised,
    Staggered,
    VerifiedCount,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from payforsuccess.deal.estimates import Effect
    from payforsuccess.deal.evaluation import EffectForm
    from payforsuccess.evaluation.designs.compared import Compared
    from payforsuccess.evaluation.designs.sample import Sample


def compare(
    plan: EvaluationPlan, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    """What the plan's formula finds in a sample. Refuses what the formula refuses.

    unit: of the measure. An effect on whether something happens (`person`) is in percentage points.
    """
    from payforsuccess.evaluation.designs.resampled import compare_resampled, is_resampled

    if is_resampled(plan):
        return compare_resampled(
            plan,
            sample,
            rng=rng,
            once=lambda p, s, chance: _once(p, s, unit=unit, rng=chance),
            again=lambda p, s, chance: effects_alone(p, s, unit=unit, rng=chance),
        )
    return _once(plan, sample, unit=unit, rng=rng)


def effects_alone(
    plan: EvaluationPlan, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Mapping[EffectForm, Effect]:
    """The effects that `compare` finds, without what is only shown beside them: for draws.

    The plan's error needs no draws itself.
    """
    if isinstance(plan, Matched):
        from payforsuccess.evaluation.designs.matched import effects_alike
        from payforsuccess.evaluation.designs.shares import in_points

        return in_points(effects_alike(plan, sample, unit=unit, rng=rng), unit=unit)
    if isinstance(plan, Randomised) and plan.estimator == "two-stage-least-squares":
        from payforsuccess.evaluation.designs.offered import taking_part_alone
        from payforsuccess.evaluation.designs.shares import in_points

        return in_points(taking_part_alone(plan, sample.known, unit), unit=unit)
    return _once(plan, sample, unit=unit, rng=rng).effects


def _once(plan: EvaluationPlan, sample: Sample, *, unit: str, rng: np.random.Generator) -> Compared:
    from payforsuccess.evaluation.designs.shares import with_points

    return with_points(_of_design(plan, sample, unit=unit, rng=rng), unit=unit)


def _of_design(
    plan: EvaluationPlan, sample: Sample, *, unit: str, rng: np.random.Generator
) -> Compared:
    # Each design is loaded when it is used: many need packages that take long to load.
    match plan:
        case Randomised() if plan.estimator in DURATION_ESTIMATORS:
            from payforsuccess.evaluation.designs.durations import compare_durations

            return compare_durations(plan, sample, unit=unit, rng=rng)
        case Randomised():
            from payforsuccess.evaluation.designs.randomised import compare_randomised

            return compare_randomised(plan, sample, unit=unit, rng=rng)
        case Matched():
            from payforsuccess.evaluation.designs.matched import compare_matched

            return compare_matched(plan, sample, unit=unit, rng=rng)
        case DifferenceInDifferences():
            from payforsuccess.evaluation.designs.changes import compare_changes

            return compare_changes(plan, sample, unit=unit, rng=rng)
        case Staggered():
            from payforsuccess.evaluation.designs.staggered import compare_places

            return compare_places(plan, sample, unit=unit, rng=rng)
        case PrePost():
            from payforsuccess.evaluation.designs.pre_post import compare_before

            return compare_before(plan, sample, unit=unit, rng=rng)
        case VerifiedCount():
            from payforsuccess.evaluation.designs.verified_count import count_people

            return count_people(plan, sample, unit=unit, rng=rng)
        case _:
            raise AssertionError(f"check_estimable let the design {plan.design} pass")
