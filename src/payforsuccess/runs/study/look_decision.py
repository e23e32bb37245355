"""What a look decides by its plan's bounds, with the looks that were read before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import EvaluationPlan, Look, Monitoring, Randomised
from payforsuccess.deal.study import LookRelease
from payforsuccess.errors import Problem, Refusal
from payforsuccess.runs.measure.evaluate import EvaluatedPlan

if TYPE_CHECKING:
    from payforsuccess.evaluation.looks import TakenLook


@dataclass(frozen=True)
class LookDecided:
    """What goes on record of one plan's look, and what is said of it. known: for a careful reader.

    information: people over those planned for the end. statistic: the plan's test as a standard
    normal value. Both only where the look can stop the study by such a bound.
    """

    people: int
    says: str
    information: Fraction | None = None
    statistic: Fraction | None = None
    stops: bool = False
    known: tuple[str, ...] = ()


def decide_look(
    plan: EvaluationPlan, look: Look, found: EvaluatedPlan, before: Sequence[LookRelease]
) -> LookDecided:
    """Stop or go on. A look that was read before decides as it did then: chance is asked once.

    A look that cannot stop the study spends nothing, and has no bound. Refuses a look after one
    that stopped the study, and an earlier one after a later was read.
    """
    estimate = found.estimate
    people = sum(arm.known for arm in estimate.arms)
    mine = [each for each in before if each.plan == estimate.plan]
    first = next((each for each in mine if each.look == look.name), None)
    if first is not None:
        return _again(first, estimate)
    _refuse_late(plan, look, mine)
    monitoring = plan.monitoring
    if not look.can_stop or monitoring is None:
        said = f"{people:,} people are known. This look cannot end the study: go on."
        return LookDecided(people, said)
    if monitoring.bounds == "confidence-sequence":
        return _any_time(plan, monitoring, found, people)
    return _by_bounds(plan, monitoring, look, estimate, mine, people)


def stopping_looks(plan: EvaluationPlan) -> list[str]:
    """The looks that may end the study, in order."""
    return [each.name for each in plan.looks if each.can_stop]


def taken_looks(plan: EvaluationPlan, before: Sequence[LookRelease]) -> list[TakenLook]:
    """The looks of this plan that a bound was held against, each as first read."""
    from payforsuccess.evaluation.looks import TakenLook

    stopping = stopping_looks(plan)
    return [
        TakenLook(stopping.index(each.look) + 1, each.people, float(each.statistic))
        for each in _first_reads(before).values()
        if each.look in stopping and each.statistic is not None
    ]


def standing_of(estimate: Estimate) -> float:
    """The plan's test as a standard normal value, above 0 where the effect is.

    Of the p-value that decides: the one adjusted for several outcomes, where the plan has these.
    """
    from payforsuccess.evaluation.looks import statistic_of
    from payforsuccess.evaluation.payable import no_effect

    assert estimate.test is not None
    is_gain = estimate.effect.value > no_effect(estimate.effect.form)
    return statistic_of(float(estimate.test.decides), is_gain=is_gain)


def _by_bounds(
    plan: EvaluationPlan,
    monitoring: Monitoring,
    look: Look,
    estimate: Estimate,
    before: Sequence[LookRelease],
    people: int,
) -> LookDecided:
    from payforsuccess.evaluation.decimals import decimal_of
    from payforsuccess.evaluation.looks import TakenLook, decide_as_planned

    stopping = stopping_looks(plan)
    statistic = decimal_of(standing_of(estimate))
    taken = taken_looks(plan, before)
    now = TakenLook(stopping.index(look.name) + 1, people, float(statistic))
    found = decide_as_planned(monitoring, (*taken, now), planned=len(stopping))
    word = "STOP" if found.stops else "Go on"
    adjusted = (
        f" Allowing for the looks, p = {found.adjusted_p:.4g}."
        if found.adjusted_p is not None
        else ""
    )
    return LookDecided(
        people,
        f"{word}. {found.says}{adjusted} {found.method}.",
        Fraction(people, monitoring.people),
        statistic,
        found.stops,
    )


def _any_time(
    plan: EvaluationPlan, monitoring: Monitoring, found: EvaluatedPlan, people: int
) -> LookDecided:
    from payforsuccess.evaluation.looks import decide_any_time

    if not isinstance(plan, Randomised) or plan.assignment == "clustered":
        raise Refusal(
            Problem(
                "A confidence sequence follows people whom chance sent to arms one by one.",
                "Amend the plan's `monitoring.bounds` before anything is known.",
            )
        )
    rows = found.rows.filter(pc.is_valid(found.rows["quantity"]))
    arms = pa.array([plan.arms.treated, plan.arms.control])
    rows = rows.filter(pc.is_in(rows["arm"], arms))
    rows = rows.sort_by([("last_day", "ascending"), ("enrolment", "ascending")])
    outcomes = [float(value) for value in rows["quantity"].to_pylist()]
    treated = [arm == plan.arms.treated for arm in rows["arm"].to_pylist()]
    decided = decide_any_time(monitoring, outcomes, treated, share=float(plan.treated_share))
    word = "STOP" if decided.stops else "Go on"
    return LookDecided(
        people,
        f"{word}. {decided.says} {decided.method}.",
        Fraction(people, monitoring.people) if people <= monitoring.people else Fraction(1),
        None,
        decided.stops,
    )


def _again(first: LookRelease, estimate: Estimate) -> LookDecided:
    said = f"As first read on {first.on}: {'STOP' if first.stops else 'go on'}."
    known = (
        f"The records changed since the look {first.look} was first read on {first.on}. What it "
        "decided then stands.",
    )
    return LookDecided(
        first.people,
        said,
        first.information,
        first.statistic,
        first.stops,
        known if first.estimate != estimate.fingerprint else (),
    )


def _refuse_late(plan: EvaluationPlan, look: Look, before: Sequence[LookRelease]) -> None:
    days = {each.name: each.on for each in plan.looks}
    stopped = next((each for each in before if each.stops), None)
    if stopped is not None:
        raise Refusal(
            Problem(
                f"The look {stopped.look}, read on {stopped.on}, had passed its bound, so the "
                "test was over.",
                "State results up to that look; what came later describes, and does not test.",
            )
        )
    later = next((each for each in before if days.get(each.look, look.on) > look.on), None)
    if later is not None:
        raise Refusal(
            Problem(
                f"The later look {later.look} was read on {later.on}.",
                "Looks are taken in their order; one that was missed stays so.",
            )
        )


def _first_reads(before: Sequence[LookRelease]) -> Mapping[str, LookRelease]:
    """Each look's first release, in order."""
    found: dict[str, LookRelease] = {}
    for each in before:
        found.setdefault(each.look, each)
    return found
