"""The deal as performance to target sees it: without anything of a control group (R139)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import TwoArmBase
from payforsuccess.deal.measures import AcrossArms, Measure, PersonMeasure, ShareOfCohort
from payforsuccess.errors import Finding

SEEN_AT_LOOKS = "an effect, seen at planned looks alone"


def control_arms(deal: Deal) -> frozenset[str]:
    """The arms that plans or measures compare with."""
    plans = {p.arms.control for p in deal.evaluation.values() if isinstance(p, TwoArmBase)}
    measures = (outcome.measure for outcome in deal.outcomes.values())
    across = {measure.control for measure in measures if isinstance(measure, AcrossArms)}
    return frozenset(plans | across)


def without_control(deal: Deal) -> Deal:
    """The deal whose measures count nobody of a control arm.

    A difference between arms is not measured at all; a measure that limits its people to no arm,
    or to a control arm among others, counts those of the other arms. One of control arms alone is
    not measured.
    """
    control = control_arms(deal)
    if not control:
        return deal
    outcomes = {
        name: outcome.model_copy(update={"measure": _limited(deal, outcome.measure, control)})
        for name, outcome in deal.outcomes.items()
    }
    return deal.model_copy(update={"outcomes": outcomes})


def left_out(deal: Deal) -> Iterator[Finding]:
    """Of which outcomes the page leaves a control group out, where payments count it."""
    seen = without_control(deal)
    for name, outcome in deal.outcomes.items():
        limited = seen.outcomes[name].measure
        if limited is not None and limited != outcome.measure:
            yield Finding(
                "control group",
                f"{name} is shown of people offered the programme alone, and its measure counts "
                "everyone: a control group is seen at planned looks alone.",
                deal.place_of("outcomes", name, "measure"),
            )


def _limited(deal: Deal, measure: Measure | None, control: frozenset[str]) -> Measure | None:
    if measure is None or isinstance(measure, AcrossArms):
        return None
    if isinstance(measure, ShareOfCohort):
        of = _of_others(deal, measure.of, control)
        return None if of is None else measure.model_copy(update={"of": of})
    return _of_others(deal, measure, control)


def _of_others(deal: Deal, measure: PersonMeasure, control: frozenset[str]) -> PersonMeasure | None:
    population = measure.population
    named = population.arms or _treated(deal)
    arms = tuple(arm for arm in named if arm not in control)
    if not arms:
        return None
    if arms == population.arms:
        return measure
    limited = population.model_copy(update={"arms": arms})
    return measure.model_copy(update={"population": limited})


def _treated(deal: Deal) -> tuple[str, ...]:
    plans = [p.arms.treated for p in deal.evaluation.values() if isinstance(p, TwoArmBase)]
    measures = [outcome.measure for outcome in deal.outcomes.values()]
    across = [measure.treated for measure in measures if isinstance(measure, AcrossArms)]
    return tuple(dict.fromkeys((*plans, *across)))
