"""A study planned before it starts: what it can show, and what the deal would pay on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.assumptions import Assumptions, Case, Effect, StudyAssumption
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.value import ValueFile
from payforsuccess.deal.words import unit_of_plan
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.power.payment_size import (
    minimum_detectable,
    power_at,
    times_needed,
)
from payforsuccess.evaluation.power.payment_study import (
    PlannedStudy,
    no_effect,
    standard_error,
    treated_mean,
)
from payforsuccess.finance.study.odds import PaidAtTruth, Rules, earned_at, paid_at, whole_at
from payforsuccess.finance.study.rules import level_of, rules_of
from payforsuccess.finance.study.setting import StudySetting, study_setting
from payforsuccess.finance.study.worth import worth_at
from payforsuccess.payments.history import DealHistory

STUDIES = 65_536
SIZES = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
POWER = 0.8
CURVE = tuple(step / 10 for step in range(-5, 21))
"""Where the curve is drawn: in tenths of the way from no effect to the target."""
FINE = 200
"""Steps in which what is earned is drawn: a jump of the terms is to look like one."""
SEARCH = 400
"""Steps at most in which a break-even is looked for, from no effect to twice the target."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class CanShow:
    """What a study of one size can show; effects in the unit of the outcome.

    power_at_target: of the plan's test. smallest: the minimum detectable effect, None where no
    possible effect has the planned power.
    """

    times: float
    treated: int
    control: int | None
    standard_error: float
    power_at_target: float
    smallest: float | None


@dataclass(frozen=True)
class BreakEven:
    """The effect from which on the deal is worth while, and by what reckoning."""

    truth: float
    says: str


@dataclass(frozen=True)
class PaidBySize:
    """What is paid at no effect and at the target, by the size of the study."""

    size: CanShow
    at_none: PaidAtTruth
    at_target: PaidAtTruth


@dataclass(frozen=True)
class Paying:
    """What the deal pays on the estimate: at three truths, along a curve, and by size.

    earned: what true effects along the same stretch would earn, closely spaced, in minor units.
    """

    setting: StudySetting
    none: PaidAtTruth
    break_even: PaidAtTruth | None
    target: PaidAtTruth
    curve: tuple[PaidAtTruth, ...]
    earned: tuple[tuple[float, int], ...]
    by_size: tuple[PaidBySize, ...]


@dataclass(frozen=True)
class StudyPlan:
    """One plan of the deal: its study as assumed, what it can show, and what it would be paid.

    times_needed: by how much its people must be multiplied for the planned power at the target.
    paying: None where no payment term reads the outcome. notes: what was not drawn. unit: that of
    the effect. measured_in: that of one person's number, such as day or USD.
    """

    name: str
    outcome: str
    unit: str
    measured_in: str
    plan: EvaluationPlan
    assumed: StudyAssumption
    study: PlannedStudy
    level: float
    power: float
    none: float
    target: float
    sizes: tuple[CanShow, ...]
    times_needed: float | None
    break_even: BreakEven | None
    paying: Paying | None
    notes: tuple[str, ...]

    @property
    def as_planned(self) -> CanShow:
        """What the study of the assumed size can show."""
        return next(size for size in self.sizes if size.times == 1.0)


def plan_study(
    history: DealHistory,
    assumptions: Assumptions,
    name: str,
    outcome: str,
    *,
    case: Case = "base",
    studies: int = STUDIES,
    seed: int,
    value: ValueFile | None = None,
    progress: Progress = lambda done, of: None,
) -> StudyPlan:
    """A plan with the outcome that rests on it; the same seed gives the same draws.

    value: what outcomes are worth to payors, from which break-even is told where the study assumes
    none of its own.
    Refuses an outcome for which no effect is assumed, and a target that is no effect at all.
    """
    deal = history.latest
    plan, assumed = deal.evaluation[name], assumptions.studies[name]
    rules, notes = rules_of(deal, assumptions, name, case=case)
    study = rules.study
    target = _target(assumptions, outcome, study, case)
    level = float(level_of(plan))
    power = POWER if assumed.power is None else float(assumed.power.in_case(case))
    show = [_can_show(study, times, target, level, power) for times in SIZES]
    setting = study_setting(history, assumptions, outcome, case=case)
    even = None
    paying = None
    if setting.slots:
        even = _break_even(setting, rules, assumed, target, case, value)
        paying = _paying(setting, rules, target, even, show, studies, seed, progress)
    return StudyPlan(
        name=name,
        outcome=outcome,
        unit=deal.outcomes[outcome].unit,
        measured_in=unit_of_plan(plan, deal.currency),
        plan=plan,
        assumed=assumed,
        study=study,
        level=level,
        power=power,
        none=no_effect(study.form),
        target=target,
        sizes=tuple(show),
        times_needed=times_needed(study, target, level=level, power=power),
        break_even=even,
        paying=paying,
        notes=(*notes, *setting.notes),
    )


def _target(assumptions: Assumptions, outcome: str, study: PlannedStudy, case: Case) -> float:
    found = assumptions.outcomes.get(outcome)
    where = assumptions.place_of("outcomes", outcome)
    if not isinstance(found, Effect):
        raise Refusal(
            Problem(
                f"No effect is assumed for `{outcome}`, so there is no target to plan for.",
                "Assume it with `kind: effect`, and its `true` effect.",
                where,
            )
        )
    target = float(found.true.in_case(case))
    if target == no_effect(study.form):
        raise Refusal(
            Problem(
                f"In the {case} case no effect is assumed for `{outcome}`.",
                "Plan around a case with an effect, or assume one.",
                where,
            )
        )
    try:
        treated_mean(study, target)
    except Refusal as refusal:
        raise Refusal(
            Problem(problem.what, problem.do, where) for problem in refusal.problems
        ) from None
    return target


def _can_show(
    study: PlannedStudy, times: float, target: float, level: float, power: float
) -> CanShow:
    sized = study.resized(times)
    return CanShow(
        times=times,
        treated=sized.treated,
        control=sized.control,
        standard_error=standard_error(sized, target),
        power_at_target=power_at(sized, target, level=level),
        smallest=minimum_detectable(sized, level=level, power=power, toward=target),
    )


def _break_even(
    setting: StudySetting,
    rules: Rules,
    assumed: StudyAssumption,
    target: float,
    case: Case,
    value: ValueFile | None,
) -> BreakEven | None:
    if assumed.break_even is not None:
        return BreakEven(
            float(assumed.break_even.in_case(case)), "the payors' own, as assumed for the study"
        )
    none = no_effect(rules.study.form)
    # whole steps of the outcome, since payments read nothing finer
    tick = setting.deal.outcomes[setting.outcome].tick
    wide = max(round(abs(target - none) * 2 / SEARCH / float(tick)), 1)
    steps = range(0, round(abs(target - none) * 2 / float(tick)) + 1, wide)
    way = 1 if target > none else -1
    truths = [float(Fraction(f"{none:.9f}") + way * step * tick) for step in steps]
    truths = [truth for truth in truths if _is_possible(rules, truth)]
    if value is not None:
        return _worth_its_payment(setting, rules, truths, value)
    if setting.costs > 0:
        for truth in truths:
            if whole_at(setting, rules, truth) >= setting.costs:
                return BreakEven(
                    truth,
                    "the smallest at which all success payments come to the costs of the project",
                )
    if earned_at(setting, rules, none) == 0:
        for truth in truths:
            if earned_at(setting, rules, truth) > 0:
                return BreakEven(truth, "the smallest on which anything is paid")
    return None


def _worth_its_payment(
    setting: StudySetting, rules: Rules, truths: list[float], value: ValueFile
) -> BreakEven | None:
    """The smallest effect on which something is paid, and from which on it is worth that."""
    even = None
    for truth in reversed(truths):
        paid = whole_at(setting, rules, truth)
        if paid <= 0 or worth_at(setting, value, truth) < paid:
            break
        even = truth
    if even is None:
        return None
    return BreakEven(
        even,
        "the smallest from which on payors can take out of their own budgets what they pay "
        "(value.yaml)",
    )


def _paying(
    setting: StudySetting,
    rules: Rules,
    target: float,
    even: BreakEven | None,
    sizes: list[CanShow],
    studies: int,
    seed: int,
    progress: Progress,
) -> Paying:
    none = no_effect(rules.study.form)
    # ten digits: nobody reads the noise of binary fractions in a table
    along = [float(f"{none + (target - none) * part:.10g}") for part in CURVE]
    truths = [truth for truth in along if _is_possible(rules, truth)]
    of = 3 + len(truths) + 2 * len(sizes)
    done = iter(range(1, of + 1))

    def paid(truth: float, at: Rules = rules) -> PaidAtTruth:
        found = paid_at(setting, at, truth, studies=studies, seed=seed)
        progress(next(done), of)
        return found

    named = paid(none), paid(even.truth) if even is not None else None, paid(target)
    by_size = []
    for size in sizes:
        resized = rules.resized(size.times)
        by_size.append(PaidBySize(size, paid(none, resized), paid(target, resized)))
    fine = [truths[0] + (truths[-1] - truths[0]) * step / FINE for step in range(FINE + 1)]
    earned = tuple((truth, earned_at(setting, rules, truth)) for truth in fine)
    curve = tuple(paid(truth) for truth in truths)
    return Paying(setting, *named, curve, earned, tuple(by_size))


def _is_possible(rules: Rules, truth: float) -> bool:
    """Whether there can be such an effect, and an estimate as far from it as the bias says."""
    try:
        for found in dict.fromkeys((truth, truth + rules.bias)):
            treated_mean(rules.study, found)
    except Refusal:
        return False
    return True
