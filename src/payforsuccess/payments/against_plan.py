"""A result stated by hand must not say more than the deal's own plan lets payments read."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.errors import Problem
from payforsuccess.units import exact_text, grouped


def against_plan(result: Result, outcome: Outcome, deal: Deal) -> list[Problem]:
    """Problems of an effect that its plan's decision rule or sample floor would not let through.

    No effect, 0, is never one. Looks at what the result states: the p-value, the interval and the
    number of people; a plan that decides by one of them needs it stated.
    """
    plan = deal.evaluation.get(outcome.estimate) if outcome.estimate is not None else None
    if plan is None or result.value == 0:
        return []
    said = f"The result {grouped(result.value)} for `{result.outcome}`"
    do = "State what payments read after the plan's rule: 0, if the rule says no effect."
    problems: list[Problem] = []
    decision = plan.decision
    if decision is not None and decision.pays_on == "significance" and decision.level is not None:
        level = f"{exact_text(decision.level * 100)} percent"
        if result.p_value is None:
            problems.append(
                Problem(
                    f"{said} states no p-value, and its plan pays only on an effect that is "
                    f"significant at {level}.",
                    "State `p_value`, from the one test the plan names.",
                )
            )
        elif result.p_value >= decision.level:
            problems.append(
                Problem(
                    f"{said} has the p-value {exact_text(result.p_value)}, and its plan pays no "
                    f"effect that is not significant at {level}.",
                    do,
                )
            )
    if decision is not None and decision.pays_on == "lower-bound" and result.interval is not None:
        low, high = result.interval
        if low <= 0 <= high:
            problems.append(
                Problem(
                    f"{said} has an interval that holds 0, and its plan pays on the end of the "
                    "interval nearer to no effect.",
                    do,
                )
            )
    floor = getattr(plan, "sample_floor", None)
    if floor is not None and result.people is not None and result.people < 2 * floor:
        problems.append(
            Problem(
                f"{said} rests on {result.people:,} people, and its plan needs at least "
                f"{floor:,} in each of two groups.",
                "Follow the plan's fall-back and state what it gives.",
            )
        )
    return problems
