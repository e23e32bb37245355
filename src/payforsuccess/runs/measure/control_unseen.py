"""What outcomes tell of a control group waits until the study is over, or for its planned looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import TwoArmBase
from payforsuccess.deal.measures import AcrossArms, Measure, MeasureBase
from payforsuccess.errors import Finding, Refusal
from payforsuccess.measures import NOT_YET_OBSERVED
from payforsuccess.runs.measure.cohort import CohortRecords
from payforsuccess.runs.measure.measuring import compiled_people
from payforsuccess.store import Store


@dataclass(frozen=True)
class ControlUnseen:
    """Which control arms are compared in a study that is not over, by the records at hand.

    A study is over once every window of its plan's people, of both arms, is seen to its end. One
    whose own measure cannot be computed here is taken as not over.
    """

    deal: Deal
    store: Store
    records: CohortRecords

    @cached_property
    def running(self) -> Mapping[str, str]:
        """The plan of each control arm whose study is not over, by the arm."""
        return {
            plan.arms.control: name
            for name, plan in reversed(self.deal.evaluation.items())
            if isinstance(plan, TwoArmBase) and self._is_running(name, plan)
        }

    def plan_named(self, measure: Measure) -> str | None:
        """The running study whose control arm a measure names: to compare with, or to count."""
        if isinstance(measure, AcrossArms):
            arms: tuple[str, ...] = (measure.treated, measure.control)
        else:
            of = measure if isinstance(measure, MeasureBase) else measure.of
            arms = of.population.arms
        return self._first(arms)

    def plan_counted(self, rows: pa.Table) -> str | None:
        """The running study whose control group is among the rows of people."""
        if "arm" not in rows.column_names or not self._controls:
            return None
        return self._first(pc.unique(rows.column("arm")).to_pylist())

    def withheld(self, outcome: str, plan: str) -> Finding:
        """That an outcome has no result here, and where it can be seen."""
        looks = [look.name for look in self.deal.evaluation[plan].looks]
        way = (
            f"pfs evaluate --look {looks[0]}" if looks else "none is planned (`looks` of the plan)"
        )
        return Finding(
            "control group",
            f"{outcome} counts the control group of {plan}, and not every window of that study is "
            f"seen to its end, so it has no result yet: until then only the evaluator and the "
            f"monitoring board see it, at planned looks: {way}.",
            self.deal.place_of("outcomes", outcome, "measure"),
        )

    @property
    def _controls(self) -> frozenset[str]:
        plans = self.deal.evaluation.values()
        return frozenset(plan.arms.control for plan in plans if isinstance(plan, TwoArmBase))

    def _first(self, arms: tuple[str, ...] | list[str]) -> str | None:
        # The records are asked only where a control arm is among them.
        mine = [arm for arm in arms if arm in self._controls]
        return next((self.running[arm] for arm in mine if arm in self.running), None)

    def _is_running(self, name: str, plan: TwoArmBase) -> bool:
        deal, arms = self.deal, plan.arms
        own = tuple(o for o, outcome in deal.outcomes.items() if outcome.estimate == name)
        try:
            people = compiled_people(
                deal,
                plan.measure,
                self.records.tables,
                excused_as=(name, *own),
                where=deal.place_of("evaluation", name, "measure"),
            )
        except Refusal:
            return True
        waiting = people.filter(people.status == NOT_YET_OBSERVED)
        waiting = waiting.filter(waiting.arm.isin([arms.treated, arms.control]))
        return bool(self.store.run(waiting.limit(1)).num_rows)
