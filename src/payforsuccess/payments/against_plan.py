"""A result stated by hand must not say more than the deal's own plan lets payments read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates.followed import RuleFollowed
from payforsuccess.deal.evaluation import EvaluationPlan, Fallback, Randomised
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import exact_text, grouped

_NOT_SO = sentence("A fall-back is followed only where the records set it off.")


@dataclass(frozen=True)
class _Chosen:
    """The plan whose decision holds after the fall-backs, and whether its floor still does."""

    plan: EvaluationPlan
    has_floor: bool
    pays_nothing: bool = False


def against_plan(result: Result, outcome: Outcome, deal: Deal) -> list[Problem]:
    """Problems of an effect that its plan's decision rule or sample floor would not let through.

    No effect (0, or 1 for a ratio) is never one. Where the result says which fall-back rules were
    followed, these must be the plan's and be set off by what was found; then the decision and the
    floor are those of the plan they lead to, and a pool, which is for a sample that fell short,
    has no floor. Looks at what the result states: the p-value, the interval and the number of
    people; a plan that decides by one of them needs it stated.
    """
    plan = deal.evaluation.get(outcome.estimate) if outcome.estimate is not None else None
    if plan is None or outcome.estimate is None or result.value == _none(plan):
        return []
    said = sentence(
        "The result {value} for `{outcome}`", value=grouped(result.value), outcome=result.outcome
    )
    chosen = _chosen(result, outcome.estimate, plan, deal, said)
    if isinstance(chosen, Problem):
        return [chosen]
    problems = [*_by_decision(result, chosen.plan, said), *_by_parts(result, deal, said)]
    if chosen.pays_nothing:
        problems.append(
            Problem(
                sentence("{said} follows the fall-back of its plan that pays nothing.", said=said),
                sentence("State {plan}, which is no effect.", plan=_none(plan)),
            )
        )
    floor = chosen.plan.sample_floor if chosen.has_floor else None
    if floor is not None and result.people is not None and result.people < 2 * floor:
        problems.append(
            Problem(
                sentence(
                    "{said} rests on {people:,} people, and its plan needs at least {floor:,} in "
                    "each of two groups.",
                    said=said,
                    people=result.people,
                    floor=floor,
                ),
                sentence(
                    "Follow the plan's fall-back: state what it gives, and the rule under "
                    "`followed`."
                ),
            )
        )
    return problems


def _none(plan: EvaluationPlan) -> int:
    """What no effect is in the form of the plan."""
    return 1 if plan.as_ in ("rate-ratio", "hazard-ratio") else 0


def _chosen(
    result: Result, name: str, plan: EvaluationPlan, deal: Deal, said: str
) -> _Chosen | Problem:
    """What the followed rules lead to, each of them a rule of the plan that was reached so far."""
    chosen = _Chosen(plan, has_floor=True)
    for step in result.followed:
        rule = _rule_of(chosen.plan, step)
        if step.plan != name or rule is None:
            return Problem(
                sentence(
                    "{said} follows a fall-back rule ({when}, {then}) that the plan `{name}` does "
                    "not have.",
                    said=said,
                    when=step.when,
                    then=step.then,
                    name=name,
                ),
                sentence("State the rule as the plan has it, or none where none was set off."),
            )
        if not step.is_set_off:
            return Problem(
                sentence(
                    "{said} follows a fall-back rule of `{name}` ({when}), and {found} against "
                    "{limit} does not set it off.",
                    said=said,
                    name=name,
                    when=step.when,
                    found=exact_text(step.found),
                    limit=exact_text(step.limit),
                ),
                _NOT_SO,
            )
        if rule.then == "pay-nothing":
            return _Chosen(chosen.plan, has_floor=False, pays_nothing=True)
        if rule.then == "pool":
            return _Chosen(chosen.plan, has_floor=False)
        name = rule.plan or ""
        chosen = _Chosen(deal.evaluation[name], has_floor=True)
    return chosen


def _rule_of(plan: EvaluationPlan, step: RuleFollowed) -> Fallback | None:
    """The plan's own rule that a step followed, by its trigger, what it does and its limit."""
    floor = Fraction(plan.sample_floor or 0)
    if step.when == "weak-instrument" and isinstance(plan, Randomised):
        floor = plan.least_first_stage
    return next(
        (
            rule
            for rule in plan.fallback
            if (rule.when, rule.then) == (step.when, step.then)
            and _fits(step, rule.limit if rule.limit is not None else floor)
        ),
        None,
    )


def _fits(step: RuleFollowed, limit: Fraction) -> bool:
    """Whether the step's limit is the rule's; an instrument may have to be stronger than that."""
    return step.limit >= limit if step.when == "weak-instrument" else step.limit == limit


def _by_decision(result: Result, plan: EvaluationPlan, said: str) -> Iterator[Problem]:
    """What the decision rule of the plan that was reached would not let through."""
    decision = plan.decision
    do = sentence("State what payments read after the plan's rule: no effect, if the rule says so.")
    if decision.pays_on == "significance" and decision.level is not None:
        level = f"{exact_text(decision.level * 100)} percent"
        if result.p_value is None:
            why = "" if result.no_p_value is None else f" {result.no_p_value}"
            yield Problem(
                sentence(
                    "{said} states no p-value, and its plan pays only on an effect that is "
                    "significant at {level}.{why}",
                    said=said,
                    level=level,
                    why=why,
                ),
                sentence("State `p_value`, from the one test the plan names.")
                if not why
                else sentence(
                    "The evaluator determines what the study showed, and the parties follow that."
                ),
            )
        elif result.p_value >= decision.level:
            yield Problem(
                sentence(
                    "{said} has the p-value {p_value}, and its plan pays no effect that is not "
                    "significant at {level}.",
                    said=said,
                    p_value=exact_text(result.p_value),
                    level=level,
                ),
                do,
            )
    if decision.pays_on == "lower-bound" and result.interval is not None:
        low, high = result.interval
        none = _none(plan)
        if low <= none <= high:
            yield Problem(
                sentence(
                    "{said} has an interval that holds {none}, and its plan pays on the end of "
                    "the interval nearer to no effect.",
                    said=said,
                    none=none,
                ),
                do,
            )


def _by_parts(result: Result, deal: Deal, said: str) -> Iterator[Problem]:
    """Parts whose weights are those of no pool that the plans agreed."""
    if len(result.parts) < 2:
        return
    stated = {part.plan: part.weight for part in result.parts}
    agreed = [{w.plan: w.weight for w in plan.pooling} for plan in deal.evaluation.values()]
    if stated not in agreed:
        listed = ", ".join(f"{exact_text(each.weight)} of {each.plan}" for each in result.parts)
        yield Problem(
            sentence(
                "{said} is made of {listed}, and no plan of the deal agrees these weights.",
                said=said,
                listed=listed,
            ),
            sentence("Pool with the weights under the plan's `pooling`."),
        )
