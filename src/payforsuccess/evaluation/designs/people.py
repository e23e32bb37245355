"""Whom a plan looks at: from the rows of the records to the people of its arms, or of its one arm.

Every design has its own way to read the rows; whoever makes a sample of a plan comes through here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.estimates import ArmOutcome
from payforsuccess.deal.evaluation import (
    DURATION_ESTIMATORS,
    DifferenceInDifferences,
    EvaluationPlan,
    PrePost,
    Randomised,
    Staggered,
    TwoArmBase,
    VerifiedCount,
)
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.designs.sample import KNOWN, Sample, with_column

NO_PLACE = Place()
SERVED = "served"
"""The arm of a plan that looks at one group alone."""


def sample_of(plan: EvaluationPlan, rows: pa.Table) -> Sample:
    """The people the plan looks at; whose outcome its formula cannot use counts as not known.

    A change needs what was before, and a duration its days: where these are missing, the status
    says so, and flow and attrition count it. Refuses rows without what the plan reads.
    """
    match plan:
        case Staggered():
            from payforsuccess.evaluation.designs.places import people_of_places

            return people_of_places(plan, rows)
        case PrePost():
            return _changed(Sample.everyone(rows, arm=SERVED))
        case VerifiedCount():
            return Sample.everyone(rows, arm=SERVED)
        case TwoArmBase():
            sample = Sample.of(rows, treated=plan.arms.treated, control=plan.arms.control)
            if plan.index is not None:
                from payforsuccess.evaluation.designs.indexed import indexed

                return indexed(plan.index, sample)
            if isinstance(plan, DifferenceInDifferences) and plan.since is not None:
                return _dated(sample)
            if isinstance(plan, DifferenceInDifferences):
                return _changed(sample)
            if isinstance(plan, Randomised) and plan.estimator in DURATION_ESTIMATORS:
                from payforsuccess.evaluation.designs.durations import watched

                return watched(sample)
            return sample


def order_of(rows: pa.Table, *others: pa.Array) -> pa.Array:
    """Places of the rows in an order that does not depend on how they stand.

    Rows that are alike in everything may stand either way; `person` decides last, as its numbers
    mean nothing. others: what else is known of the same people. So chance falls on the same people
    whatever the order of the rows.
    """
    table = rows
    for at, column in enumerate(others):
        table = table.append_column(f":{at}", column)
    # other outcomes come after what the plan itself reads, so that one more moves no draw
    plain = [name for name in table.column_names if not pa.types.is_nested(table[name].type)]
    names = sorted(plain, key=lambda name: (name == "person", name.startswith(":"), name))
    return pc.sort_indices(table, sort_keys=[(name, "ascending") for name in names])


def refuse_numberless(rows: pa.Table) -> None:
    """Refuse results that are no finite number; one that is not known is missing."""
    problems = []
    for name in ("quantity", "before"):
        if name in rows.column_names and pa.types.is_floating(rows.schema.field(name).type):
            bad = pc.sum(pc.invert(pc.is_finite(rows[name]))).as_py() or 0
            if bad:
                problems.append(
                    Problem(
                        f"For {bad:,} of {rows.num_rows:,} people {name} is not a finite number.",
                        "Correct it in the records, or leave it missing where it is not known.",
                    )
                )
    if problems:
        raise Refusal(problems)


def refuse_missing(sample: Sample, columns: Sequence[str], use: str) -> None:
    """Refuse rows that lack a column which the plan reads."""
    lacking = [column for column in columns if not sample.has(column)]
    if lacking:
        raise Refusal(
            Problem(
                f"The rows of people do not tell {' and '.join(lacking)}, {use}.",
                "Measure the people again with this version.",
            )
        )


def unknown_where(sample: Sample, lost: np.ndarray, status: str) -> Sample:
    """The sample, with the outcome of these people unknown and the status where it was known."""
    if not lost.any():
        return sample
    mask = pa.array(lost)
    statuses = sample.rows["status"].combine_chunks()
    newly = pc.and_(mask, pc.equal(statuses, KNOWN))
    nothing = pa.scalar(None, sample.rows["quantity"].type)
    quantity = pc.if_else(mask, nothing, sample.rows["quantity"].combine_chunks())
    rows = with_column(sample.rows, "status", pc.if_else(newly, status, statuses))
    return Sample(with_column(rows, "quantity", quantity), sample.treated_arm, sample.control_arm)


def _changed(sample: Sample) -> Sample:
    refuse_missing(sample, ("before",), "what was before, which a change is counted from")
    return unknown_where(sample, np.isnan(sample.numbers("before")), "before not known")


def _dated(sample: Sample) -> Sample:
    refuse_missing(sample, ("start_on",), "which says who counts as before and who as after")
    lost = np.asarray(sample.rows["start_on"].combine_chunks().is_null())
    return unknown_where(sample, lost, "start not known")


def refuse_few_compared(
    plan: EvaluationPlan, arms: Sequence[ArmOutcome], where: Place = NO_PLACE
) -> None:
    """Refuse fewer people with a match or a weight than the floor, where no fall-back says more."""
    floor = plan.sample_floor
    if floor is None or any(rule.when == "sample-below-floor" for rule in plan.fallback):
        return
    problems = [
        Problem(
            f"The plan needs at least {floor:,} people with a known outcome in each arm; in the "
            f"arm {arm.arm} {arm.rests_on:,} of {arm.known:,} are compared.",
            "Wait for more people, or state under `fallback` what then holds.",
            where,
        )
        for arm in arms
        if arm.rests_on < floor
    ]
    if problems:
        raise Refusal(problems)


def refuse_thin(plan: EvaluationPlan, sample: Sample, where: Place = NO_PLACE) -> None:
    """Refuse an arm without anyone known, and one below a floor without a fall-back."""
    problems = []
    says_what_then = any(rule.when == "sample-below-floor" for rule in plan.fallback)
    for label, mask in sample.sides:
        known = int((mask & ~np.isnan(sample.outcome)).sum())
        in_arm = f"in the arm {label}" if sample.control_arm else "among the people counted"
        if not known:
            problems.append(
                Problem(
                    f"No one with a known outcome is {in_arm}.",
                    "Correct the arm's label, or wait until the windows are over.",
                    where,
                )
            )
        if plan.sample_floor is not None and known < plan.sample_floor and not says_what_then:
            fewer = (
                f"a known outcome in each arm; the arm {label} has fewer."
                if sample.control_arm
                else f"a known outcome; {known:,} have one."
            )
            problems.append(
                Problem(
                    f"The plan needs at least {plan.sample_floor:,} people with {fewer}",
                    "Wait for more people, or state under `fallback` what then holds.",
                    where,
                )
            )
    if problems:
        raise Refusal(problems)
