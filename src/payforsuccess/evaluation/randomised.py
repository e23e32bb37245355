"""A randomised comparison of two arms: intention to treat, people assigned one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.estimates import (
    ArmFlow,
    ArmOutcome,
    Effect,
    Estimate,
    TestOfNoEffect,
    TraitBalance,
)
from payforsuccess.deal.evaluation import Randomised, Test
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation import proportions
from payforsuccess.evaluation.balance import balance_of
from payforsuccess.evaluation.decimals import decimal_of, optional_decimal
from payforsuccess.evaluation.decision import Payable, decide
from payforsuccess.evaluation.flow import attrition, flow_of, lost_share
from payforsuccess.evaluation.no_effect import run_test
from payforsuccess.evaluation.notes import disagreement, people_elsewhere, unlikely_split
from payforsuccess.evaluation.proportions import Interval, ProportionError, TwoByTwo


@dataclass(frozen=True)
class _Arm:
    label: str
    rows: pa.Table
    flow: ArmFlow
    known: int
    total: int


def estimate_randomised(
    plan: Randomised, rows: pa.Table, *, name: str, evidence: str, where: Place
) -> Estimate:
    """The effect of being offered the programme, on everyone as assigned.

    rows: one an enrolment, without keys: arm, quantity (whole, missing where unknown), status, and
    a column for each trait of the balance table. Refuses an arm no one is in, quantities other
    than 0 and 1, a control arm without events for a percent reduction, and a sample below the
    plan's floor unless a fall-back says what then.
    """
    treated, control = (_arm(rows, label) for label in (plan.arms.treated, plan.arms.control))
    _refuse_unfit(plan, treated, control, where)
    table = TwoByTwo(treated.total, treated.known, control.total, control.known)
    errors: ProportionError = "hc2" if plan.standard_errors == "hc2" else "unpooled"
    confidence = plan.confidence or Fraction(0)
    effects = _effects(table, errors, float(confidence))
    effect = next(effect for effect in effects if effect.form == plan.as_)
    test = _test(plan.test or "pearson", table, is_exploratory=False)
    flows = (treated.flow, control.flow)
    payable = decide(
        plan.decision, point=effect.value, interval=effect.interval, p_value=test.p_value
    )
    fallen_back = _fallen_back(plan, treated, control)
    others = pc.sum(pc.invert(pc.is_in(rows["arm"], pa.array([treated.label, control.label]))))
    return Estimate(
        plan=name,
        design=plan.design,
        estimand=plan.estimand,
        estimator=plan.estimator,
        confidence=confidence,
        arms=(
            _outcome(treated, "treated", float(confidence)),
            _outcome(control, "control", float(confidence)),
        ),
        effect=effect,
        also=tuple(other for other in effects if other is not effect),
        test=test,
        sensitivity=tuple(_test(other, table, is_exploratory=True) for other in plan.sensitivity),
        balance=tuple(_balance(trait, treated, control) for trait in plan.balance_on),
        flow=flows,
        attrition=attrition(flows),
        attrition_difference=lost_share(treated.flow) - lost_share(control.flow),
        payable=(fallen_back or payable).value,
        payable_because=(fallen_back or payable).because,
        notes=(
            *unlikely_split(
                treated.flow.assigned,
                treated.flow.assigned + control.flow.assigned,
                planned=plan.treated_share,
            ),
            *people_elsewhere(others.as_py() or 0),
            *disagreement(effect, test, confidence),
        ),
        evidence=evidence,
    )


def _arm(rows: pa.Table, label: str) -> _Arm:
    mine = rows.filter(pc.equal(rows["arm"], label))
    known = mine.num_rows - mine["quantity"].null_count
    total = pc.sum(mine["quantity"]).as_py() or 0
    return _Arm(label, mine, flow_of(label, mine["status"].to_pylist()), known, int(total))


def _refuse_unfit(plan: Randomised, treated: _Arm, control: _Arm, where: Place) -> None:
    problems = []
    for arm in (treated, control):
        if not arm.known:
            problems.append(
                Problem(
                    f"No one with a known outcome is in the arm {arm.label}.",
                    "Correct the arm's label, or wait until the windows are over.",
                    where,
                )
            )
        quantities = arm.rows["quantity"].drop_null()
        if not pc.all(pc.is_in(quantities, pa.array([0, 1], pa.int64()))).as_py() and arm.known:
            problems.append(
                Problem(
                    f"A difference in proportions needs outcomes of 0 and 1; the arm {arm.label} "
                    "has others.",
                    "Count each person at most once (`at_most_each_person: 1`), or use another "
                    "estimator.",
                    where,
                )
            )
        floor = plan.sample_floor
        says_what_then = any(rule.when == "sample-below-floor" for rule in plan.fallback)
        if floor is not None and arm.known < floor and not says_what_then:
            problems.append(
                Problem(
                    f"The plan needs at least {floor:,} people with a known outcome in each arm; "
                    f"the arm {arm.label} has fewer.",
                    "Wait for more people, or state under `fallback` what then holds.",
                    where,
                )
            )
    if plan.as_ == "percent-reduction" and control.known and not control.total:
        problems.append(
            Problem(
                f"No one in the arm {control.label} had an event, so nothing can be a percent of "
                "its share.",
                "State the effect as a difference instead.",
                where,
            )
        )
    if problems:
        raise Refusal(problems)


def _fallen_back(plan: Randomised, treated: _Arm, control: _Arm) -> Payable | None:
    """No effect, where a fall-back rule that pays nothing is set off."""
    lost = attrition((treated.flow, control.flow))
    for rule in plan.fallback:
        below = plan.sample_floor is not None and plan.sample_floor > min(
            treated.known, control.known
        )
        lossy = rule.limit is not None and lost > rule.limit
        if (rule.when == "sample-below-floor" and below) or (
            rule.when == "attrition-above" and lossy
        ):
            return Payable(Fraction(0), f"The fall-back rule holds: {rule.says}")
    return None


def _effects(table: TwoByTwo, errors: ProportionError, confidence: float) -> list[Effect]:
    """The difference in percentage points and, if the control arm had events, the reduction."""
    quoted = f"{'HC2' if errors == 'hc2' else 'unpooled'} standard errors"
    effects = [
        Effect(
            form="difference",
            unit="percentage point",
            value=100 * proportions.difference(table),
            standard_error=decimal_of(
                100 * proportions.standard_error_of_difference(table, errors)
            ),
            interval=_ends(
                proportions.interval_of_difference(table, errors, confidence=confidence), by=100
            ),
            method=f"Difference in proportions, Wald interval, {quoted}",
        )
    ]
    if table.control_events:
        error = proportions.standard_error_of_log_ratio(table, errors)
        ratio = float(table.treated_share / table.control_share)
        interval = proportions.interval_of_reduction(table, errors, confidence=confidence)
        effects.append(
            Effect(
                form="percent-reduction",
                unit="percent",
                value=proportions.percent_reduction(table),
                standard_error=optional_decimal(None if error is None else 100 * ratio * error),
                interval=None if interval is None else _ends(interval),
                method=f"Percent reduction, delta-method interval on the log ratio, {quoted}",
            )
        )
    return effects


def _ends(interval: Interval, *, by: int = 1) -> tuple[Fraction, Fraction]:
    return decimal_of(by * interval.low), decimal_of(by * interval.high)


def _test(test: Test, table: TwoByTwo, *, is_exploratory: bool) -> TestOfNoEffect:
    found = run_test(test, table)
    return TestOfNoEffect(
        test=test,
        statistic=optional_decimal(found.statistic),
        p_value=decimal_of(min(1.0, found.p_value)),
        is_exploratory=is_exploratory,
    )


def _outcome(arm: _Arm, role: str, confidence: float) -> ArmOutcome:
    interval = proportions.interval_of_share(arm.total, arm.known, confidence=confidence)
    return ArmOutcome(
        arm=arm.label,
        role=role,
        assigned=arm.flow.assigned,
        known=arm.known,
        total=arm.total,
        mean=Fraction(arm.total, arm.known),
        interval=_ends(interval),
    )


def _balance(trait: str, treated: _Arm, control: _Arm) -> TraitBalance:
    sides: Sequence[np.ndarray] = [
        arm.rows[trait].cast(pa.float64()).to_numpy(zero_copy_only=False).astype(float)
        for arm in (treated, control)
    ]
    found = balance_of(sides[0], sides[1])
    return TraitBalance(
        trait=trait,
        treated_mean=optional_decimal(found.treated_mean),
        control_mean=optional_decimal(found.control_mean),
        missing=found.missing,
        standardised_difference=optional_decimal(found.standardised_difference),
        effect_size=optional_decimal(found.effect_size),
        reading=found.reading,
    )
