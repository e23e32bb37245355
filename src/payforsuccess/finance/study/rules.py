"""A plan of the deal and what is assumed of it, as the study that is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.assumptions import Assumptions, Case, StudyAssumption
from payforsuccess.deal.assumptions.values import Assumed, AssumedShare
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EvaluationPlan, Fallback
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.power.payment_rule import PlannedFallback, PlannedRule, Then, Trigger
from payforsuccess.evaluation.power.payment_study import PlannedStudy
from payforsuccess.finance.study.looks import looks_of
from payforsuccess.finance.study.odds import Rules

USUAL = Fraction(95, 100)
"""The confidence of an interval where the plan states none."""
POOLED_TESTS = ("z-pooled", "pearson")
EXACT_TESTS = ("fisher", "barnard", "boschloo", "pearson-continuity", "likelihood-ratio")
SIMULATED: dict[str, Trigger] = {
    "sample-below-floor": "sample-below-floor",
    "attrition-above": "attrition-above",
    "crossover-above": "crossover-above",
}


def rules_of(
    deal: Deal, assumptions: Assumptions, name: str, *, case: Case = "base"
) -> tuple[Rules, tuple[str, ...]]:
    """The study of a plan with its rule and its fall-backs, and what cannot be drawn of it.

    Refuses a plan without assumptions, also one that a fall-back names.
    """
    return _rules(deal, assumptions, name, case, above=())


def level_of(plan: EvaluationPlan) -> Fraction:
    """The level of the plan's test: as its decision says, or what its confidence leaves."""
    if plan.decision.level is not None:
        return plan.decision.level
    return 1 - (plan.confidence or USUAL)


def _rules(
    deal: Deal, assumptions: Assumptions, name: str, case: Case, above: tuple[str, ...]
) -> tuple[Rules, tuple[str, ...]]:
    plan, assumed = deal.evaluation[name], assumptions.studies.get(name)
    if assumed is None:
        raise Refusal(
            Problem(
                f"Nothing is assumed for the study of the plan `{name}`.",
                "Add it under `studies` in assumptions.yaml: people, and what is found without the "
                "programme.",
                assumptions.place_of("studies"),
            )
        )
    notes = list(_notes(plan, name, assumed.bias))
    fallbacks: list[PlannedFallback] = []
    others: dict[str, Rules] = {}
    pooled = [part.plan for part in plan.pooling if part.plan != name]
    asked: list[tuple[Trigger, float, Then, str]] = []
    for rule in plan.fallback:
        told = _fallback(rule, plan)
        if told is None:
            notes.append(f"The fall-back “{rule.says}” of `{name}` is not drawn.")
        else:
            asked.append(told)
    if pooled and not any(then == "pool" for _, _, then, _ in asked):
        asked.append(("always", 0.0, "pool", pooled[0]))
    for trigger, limit, then, other in asked:
        if other and other not in others and other not in (name, *above):
            others[other], more = _rules(deal, assumptions, other, case, (*above, name))
            _refuse_other_form(deal, name, other)
            notes += [*more, f"`{name}` and `{other}` are drawn as if no one were in both."]
        fallbacks.append(PlannedFallback(trigger, limit, then, other))
    own = {part.plan: float(part.weight) for part in plan.pooling}.get(name, 1.0)
    study = _study(plan, assumed, case, where=assumptions.place_of("studies", name))
    return (
        Rules(
            study,
            PlannedRule(
                pays_on=plan.decision.pays_on,
                confidence=float(plan.confidence or USUAL),
                level=float(level_of(plan)),
                pooled=plan.test in (*POOLED_TESTS, *EXACT_TESTS),
                fallbacks=tuple(fallbacks),
                own_weight=own,
            ),
            others,
            looks_of(plan),
            0.0 if assumed.bias is None else float(assumed.bias.in_case(case)),
        ),
        tuple(dict.fromkeys(notes)),
    )


def _fallback(rule: Fallback, plan: EvaluationPlan) -> tuple[Trigger, float, Then, str] | None:
    trigger = SIMULATED.get(rule.when)
    limit = rule.limit if rule.limit is not None else plan.sample_floor
    if trigger is None or limit is None or rule.then == "verified-count":
        return None
    return trigger, float(limit), rule.then, rule.plan or ""


def _notes(plan: EvaluationPlan, name: str, bias: Assumed | None) -> Iterator[str]:
    if plan.test in EXACT_TESTS:
        yield f"The test {plan.test} of `{name}` is drawn as Pearson's, which it comes close to."
    if looks_of(plan) is not None:
        yield (
            f"Looks of `{name}` that can stop it are drawn at even shares of the information, and "
            "a study that one stopped is paid on the estimate of its end. Power by size leaves "
            "looks aside."
        )
    elif plan.looks:
        yield f"Interim looks of `{name}` are not drawn: every study runs to its end."
    by_chance = plan.design == "randomised"
    if not by_chance and plan.design != "verified-count" and bias is None:
        yield (
            f"Chance does not decide in the design {plan.design} of `{name}`, and no bias of it is "
            "assumed (`bias`): what is paid by mistake because of it is not in these chances."
        )
    if plan.design in ("matched", "staggered"):
        yield f"The design {plan.design} of `{name}` is drawn as two groups of these sizes."


def _refuse_other_form(deal: Deal, name: str, other: str) -> None:
    if deal.evaluation[name].as_ != deal.evaluation[other].as_:
        raise Refusal(
            Problem(
                f"`{name}` falls back on `{other}`, which states its effect in another form.",
                "State both in one form, so that one payment can rest on either.",
                deal.place_of("evaluation", other, "as"),
            )
        )


def _study(
    plan: EvaluationPlan, assumed: StudyAssumption, case: Case, *, where: Place
) -> PlannedStudy:
    def number(told: Assumed | AssumedShare | None, without: float) -> float:
        return without if told is None else float(told.in_case(case))

    def maybe(told: Assumed | None) -> float | None:
        return None if told is None else float(told.in_case(case))

    try:
        return PlannedStudy(
            outcome=assumed.outcome,
            form=plan.as_ or "difference",
            treated=round(assumed.treated.in_case(case)),
            control=None if assumed.control is None else round(assumed.control.in_case(case)),
            control_mean=float(assumed.control_mean.in_case(case)),
            sd=maybe(assumed.sd),
            take_up=number(assumed.take_up, 1.0),
            crossover=number(assumed.crossover, 0.0),
            attrition=number(assumed.attrition, 0.0),
            explained=number(assumed.explained, 0.0),
            before_after=maybe(assumed.before_after),
            cluster_size=maybe(assumed.cluster_size),
            cluster_variation=number(assumed.cluster_variation, 0.0),
            within_cluster=number(assumed.within_cluster, 0.0),
            of_takers=plan.estimand == "tot",
        )
    except Refusal as refusal:
        raise Refusal(
            Problem(problem.what, problem.do, where) for problem in refusal.problems
        ) from None
