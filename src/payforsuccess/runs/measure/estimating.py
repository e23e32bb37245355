"""From the rows of plans' people to estimates, payable values and results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.evaluation import EvaluationPlan, TwoArmBase
from payforsuccess.deal.results import Result
from payforsuccess.deal.words import unit_of_measure, unit_of_plan
from payforsuccess.errors import Problem, Refusal
from payforsuccess.measures.evaluation_rows import without_keys
from payforsuccess.runs.data.slots import slot_of_effect
from payforsuccess.runs.measure.people_checked import refuse_unfit
from payforsuccess.runs.measure.plan_evidence import evidence_of
from payforsuccess.runs.measure.plan_people import PlanPeople

if TYPE_CHECKING:
    from payforsuccess.evaluation.payable import Found


@dataclass(frozen=True)
class Estimating:
    """How the plans' estimates are made; the same can be made of other rows of people.

    people: of each plan, by its name. outcomes: those that rest on each plan; none for a plan that
    another falls back to or pools.
    """

    deal: Deal
    people: Mapping[str, PlanPeople]
    outcomes: Mapping[str, tuple[str, ...]]

    def estimate(self) -> tuple[dict[str, Estimated], dict[str, Refusal]]:
        """Each plan's estimate and results, and of plans without an estimate why there is none."""
        rows = {name: people.rows for name, people in self.people.items()}
        secondary = {name: people.secondary for name, people in self.people.items()}
        return self._estimated(self.deal.evaluation, rows, beside=True, secondary=secondary)

    def estimate_others(
        self,
        rows: Mapping[str, pa.Table],
        secondary: Mapping[str, Mapping[str, pa.Table]] | None = None,
    ) -> tuple[Result, ...]:
        """The results from other rows of the same form, as if the measures had found these.

        secondary: other outcomes of these rows, of the plans whose p-value is adjusted for them.
        Nothing is estimated but what the results rest on: no variation, no other outcome else.
        """
        plans = {name: _alone(plan) for name, plan in self.deal.evaluation.items()}
        found, refused = self._estimated(plans, rows, beside=False, secondary=secondary or {})
        refuse_all(
            refused[name] for name in self.outcomes if self.outcomes[name] and name in refused
        )
        return tuple(result for each in found.values() for result in each.results)

    def _estimated(
        self,
        plans: Mapping[str, EvaluationPlan],
        rows: Mapping[str, pa.Table],
        *,
        beside: bool,
        secondary: Mapping[str, Mapping[str, pa.Table]],
    ) -> tuple[dict[str, Estimated], dict[str, Refusal]]:
        from payforsuccess.evaluation.payable import payable_of

        numbers = _everyone(rows.values())
        found: dict[str, Found] = {}
        refused: dict[str, Refusal] = {}
        for name in self.people:
            try:
                found[name] = self._found(
                    name, plans[name], rows[name], numbers, secondary.get(name, {}), beside=beside
                )
            except Refusal as refusal:
                refused[name] = refusal
        estimated = {}
        for name, one in found.items():
            try:
                payable = payable_of(one.plan, one.estimate, sample=one.sample, others=found)
            except Refusal as refusal:
                needed = (refused[other] for other in leads_to(one.plan) if other in refused)
                problems = [*refusal.problems, *(p for each in needed for p in each.problems)]
                refused[name] = Refusal(self._placed(name, problems))
                continue
            last_day = pc.max(rows[name].column("last_day")).as_py()
            results = self._results(name, one.estimate, payable, last_day)
            estimated[name] = Estimated(one.estimate, payable, results)
        return estimated, refused

    def _found(
        self,
        name: str,
        plan: EvaluationPlan,
        rows: pa.Table,
        numbers: pa.Array,
        secondary: Mapping[str, pa.Table],
        *,
        beside: bool,
    ) -> Found:
        from payforsuccess.evaluation import estimate_effect
        from payforsuccess.evaluation.designs.people import sample_of
        from payforsuccess.evaluation.designs.secondary import OtherOutcome
        from payforsuccess.evaluation.payable import Found

        where = self.deal.place_of("evaluation", name)
        refuse_unfit(plan, rows, where, as_matched=beside)
        has_arms = isinstance(plan, TwoArmBase)

        def seen(keyed: pa.Table) -> pa.Table:
            return without_keys(keyed, numbers, has_arms=has_arms)

        people, currency = self.people[name], self.deal.currency
        measures = {other.name: other.measure for other in plan.secondary}
        estimate = estimate_effect(
            plan,
            seen(rows),
            name=name,
            evidence=evidence_of(rows, secondary if plan.several_outcomes else None),
            unit=unit_of_plan(plan, currency),
            where=where,
            varied_rows={n: seen(r) for n, r in people.varied.items()} if beside else {},
            secondary_rows={
                other: OtherOutcome(seen(keyed), unit_of_measure(measures[other], currency))
                for other, keyed in secondary.items()
            },
        )
        return Found(plan, estimate, sample_of(plan, seen(rows)))

    def _placed(self, name: str, problems: Iterable[Problem]) -> list[Problem]:
        where = self.deal.place_of("evaluation", name)
        return [problem if problem.where.field else problem.at(where) for problem in problems]

    def _results(
        self, name: str, estimate: Estimate, payable: PayableEstimate, last_day: date
    ) -> tuple[Result, ...]:
        return tuple(
            Result.model_validate(
                {
                    **slot_of_effect(self.deal, outcome, last_day=last_day),
                    "outcome": outcome,
                    "value": payable.value,
                    "is_approximate": not _is_exact(estimate, payable),
                    "people": payable.people,
                    "interval": payable.interval,
                    "p_value": payable.p_value,
                    "evidence": payable.fingerprint,
                    **({"followed": payable.followed} if payable.followed else {}),
                    **({"parts": payable.parts} if payable.is_other else {}),
                }
            )
            for outcome in self.outcomes[name]
        )


def _alone(plan: EvaluationPlan) -> EvaluationPlan:
    """The plan with what its results rest on: other outcomes only where a p-value does."""
    others = {} if plan.several_outcomes else {"secondary": ()}
    return plan.model_copy(update={"variations": (), **others})


def _everyone(tables: Iterable[pa.Table]) -> pa.Array:
    """The keys of everyone in any of the tables, each once and in order."""
    keys = pa.chunked_array([c for table in tables for c in table["person"].chunks], pa.string())
    return pc.unique(keys).sort()


def leads_to(plan: EvaluationPlan) -> tuple[str, ...]:
    """The plans that a plan falls back to or pools, each once."""
    named = [rule.plan for rule in plan.fallback] + [part.plan for part in plan.pooling]
    return tuple(dict.fromkeys(name for name in named if name is not None))


def plans_used(deal: Deal, names: Iterable[str]) -> tuple[str, ...]:
    """These plans, and those they fall back to or pool, and so on; each once."""
    used: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in used and name in deal.evaluation:
            used[name] = None
            waiting += leads_to(deal.evaluation[name])
    return tuple(used)


def refuse_all(refusals: Iterable[Refusal]) -> None:
    """Refuse with every problem of several, each once."""
    problems = list(dict.fromkeys(p for refusal in refusals for p in refusal.problems))
    if problems:
        raise Refusal(problems)


@dataclass(frozen=True)
class Estimated:
    """The scientific headline, what a payment may rest on, and the results that says."""

    estimate: Estimate
    payable: PayableEstimate
    results: tuple[Result, ...]


def _is_exact(estimate: Estimate, payable: PayableEstimate) -> bool:
    """Point estimates from counts are exact; a bound, a mean's error or a combination is not."""
    if payable.value == 0:
        return True
    is_counted = estimate.estimator in ("difference-in-proportions", "none")
    return is_counted and payable.value == estimate.effect.value
