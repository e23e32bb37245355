"""A deal turned to people who had no programme: their arm or their days, in its own calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Arms
from payforsuccess.deal.measures import MeasureBase, PersonMeasure
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.errors import Problem, Refusal


@dataclass(frozen=True)
class Cohort:
    """Who is looked at: an arm of the records, those who started between two days, or both."""

    arm: str | None = None
    started_from: date | None = None
    started_to: date | None = None

    def __str__(self) -> str:
        said = []
        if self.arm is not None:
            said.append(f"in the arm {self.arm}")
        if self.started_from is not None:
            said.append(f"who started from {self.started_from} to {self.started_to}")
        return ", ".join(said)


def turned_to(deal: Deal, cohort: Cohort) -> Deal:
    """The deal with every measure of a person on this cohort and nobody else.

    Where days are given, the deal's periods start on the first of them, so that windows fall into
    its periods as they would have. Refuses a cohort that names nobody, or the deal's own people:
    an arm that is served, or days on which the deal is in force.
    """
    problems = [*_named(cohort), *_own_people(deal, cohort)]
    if problems:
        raise Refusal(problems)
    outcomes = {name: _outcome(each, cohort) for name, each in deal.outcomes.items()}
    plans = {
        name: plan.model_copy(update={"measure": _measure(plan.measure, cohort)})
        for name, plan in deal.evaluation.items()
    }
    update: dict[str, object] = {"outcomes": outcomes, "evaluation": plans}
    if cohort.started_from is not None:
        earlier = deal.periods.from_ - cohort.started_from
        update["periods"] = deal.periods.model_copy(update={"from_": cohort.started_from})
        update["ends_on"] = deal.ends_on - earlier
        update["in_force_from"] = deal.in_force_from - earlier
    return deal.model_copy(update=update)


def served_arms(deal: Deal) -> frozenset[str]:
    """Arms that are offered the programme, or of which a payment counts people."""
    treated = {
        arms.treated
        for plan in deal.evaluation.values()
        if isinstance(arms := getattr(plan, "arms", None), Arms)
    }
    counted = {
        arm
        for outcome in deal.outcomes.values()
        if isinstance(outcome.measure, MeasureBase)
        for arm in outcome.measure.population.arms
    }
    return frozenset(treated | counted)


def _outcome(outcome: Outcome, cohort: Cohort) -> Outcome:
    """Measures across arms are left out: a placebo stands for effects, and a plan tells it."""
    measure = outcome.measure
    turned = _measure(measure, cohort) if isinstance(measure, MeasureBase) else None
    return outcome.model_copy(update={"measure": turned})


def _measure(measure: PersonMeasure, cohort: Cohort) -> PersonMeasure:
    update: dict[str, object] = {
        "arms": () if cohort.arm is None else (cohort.arm,),
        "enrolled_only": False,
    }
    if cohort.started_from is not None:
        update |= {"starts_from": cohort.started_from, "starts_to": cohort.started_to}
    population = measure.population.model_copy(update=update)
    return measure.model_copy(update={"population": population})


def _named(cohort: Cohort) -> Iterator[Problem]:
    if (cohort.started_from is None) != (cohort.started_to is None):
        yield Problem(
            "Of the days on which the cohort started, one is missing.",
            "Give both --started-from and --started-to.",
        )
    elif cohort.started_from is None and cohort.arm is None:
        yield Problem(
            "A backtest needs people who had no programme.",
            "Name their arm with --arm, or the days on which they started with --started-from and "
            "--started-to.",
        )
    elif cohort.started_from and cohort.started_to and cohort.started_to < cohort.started_from:
        yield Problem("The cohort's last day is before its first.", "Swap the two days.")


def _own_people(deal: Deal, cohort: Cohort) -> Iterator[Problem]:
    if cohort.arm in served_arms(deal):
        yield Problem(
            f"The arm {cohort.arm} is served or paid for: these are the deal's own people.",
            "Name an arm that had no programme, or days before the deal.",
        )
    if cohort.started_to is not None and cohort.started_to >= deal.in_force_from:
        yield Problem(
            f"The cohort reaches to {cohort.started_to}, and the deal is in force from "
            f"{deal.in_force_from}: its own people would be among them.",
            "End the cohort before the deal starts.",
        )
