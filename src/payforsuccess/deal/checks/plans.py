"""Evaluation plans as a whole: what looks back, what counts days, what falls back to what."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.checks.evidence import measures_in
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import (
    DURATION_ESTIMATORS,
    DifferenceInDifferences,
    EvaluationPlan,
    PrePost,
    Randomised,
)
from payforsuccess.deal.measures import EventAbsent, EventCount
from payforsuccess.deal.tables import CUSTODY_STATES
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.deal.words.phrases import listed, named
from payforsuccess.deal.words.units import unit_of_measure
from payforsuccess.errors import Problem, sentence


def check_plans(deal: Deal) -> Iterator[Problem]:
    """The time before, the time until an event, and fall-backs that come to an end."""
    yield from _looking_back(deal)
    for name, plan in deal.evaluation.items():
        path: FieldPath = ("evaluation", name)
        if isinstance(plan, DifferenceInDifferences | PrePost):
            yield from _before(deal, plan, path)
        if plan.estimator in DURATION_ESTIMATORS:
            yield from _until_an_event(deal, plan, path)
        if isinstance(plan, Randomised):
            yield from _changing(deal, plan, path)
        yield from _part_taken(deal, plan, path)
        yield from _fallbacks(deal, name, plan, path)


def _looking_back(deal: Deal) -> Iterator[Problem]:
    """Only what was before looks back, and only over feeds that say how far they reach back."""
    known = {source.feed: source.complete_from for source in deal.data}
    for measure, path in measures_in(deal):
        if measure.looks != "back":
            continue
        if path[-1] != "before":
            yield Problem(
                sentence(
                    "An outcome lies after the start, and this measure looks at the time before it."
                ),
                sentence("Take `looks` away; the time before stands under a plan's `before`."),
                deal.place_of(*path, "looks"),
            )
        silent = [f for f in measure.feeds if f in known and known[f] is None]
        if silent:
            yield Problem(
                sentence(
                    "The measure looks back over {silent}, and nothing says how far back all "
                    "records are there.",
                    silent=listed([named(feed) for feed in silent]),
                ),
                sentence(
                    "Give the feed's `complete_from` under `data`; a time that begins before it "
                    "is unknown, never 0."
                ),
                deal.place_of(*path, "feeds"),
            )


def _before(
    deal: Deal, plan: DifferenceInDifferences | PrePost, path: FieldPath
) -> Iterator[Problem]:
    if plan.before is None:
        return
    if plan.before.looks != "back":
        yield Problem(
            sentence(
                "The time before must end where the plan's own time begins, and this measure "
                "looks ahead."
            ),
            sentence("Add `looks: back` to it."),
            deal.place_of(*path, "before"),
        )
    units = [unit_of_measure(m, deal.currency) for m in (plan.before, plan.measure)]
    if units[0] != units[1]:
        yield Problem(
            sentence(
                "Before is counted in {units} and after in {units_2}, so there is no change.",
                units=units[0],
                units_2=units[1],
            ),
            sentence("Measure both alike."),
            deal.place_of(*path, "before"),
        )
    if str(plan.before.window) != str(plan.measure.window):
        yield Problem(
            sentence(
                "Before is counted over {window} and after over {window_2}.",
                window=str(plan.before.window),
                window_2=str(plan.measure.window),
            ),
            sentence("Give both one length."),
            deal.place_of(*path, "before", "window"),
        )


def _until_an_event(deal: Deal, plan: EvaluationPlan, path: FieldPath) -> Iterator[Problem]:
    measure = plan.measure
    if not isinstance(measure, EventAbsent | EventCount):
        yield Problem(
            sentence(
                "The estimator {estimator} counts the days until an event, and a measure of the "
                "kind {kind} has none.",
                estimator=plan.estimator,
                kind=measure.kind,
            ),
            sentence("Use event-absent or event-count."),
            deal.place_of(*path, "measure", "kind"),
        )
        return
    for key in ("on_death", "on_move", "on_custody", "on_transfer"):
        rule = getattr(measure, key)
        if rule in ("fail", "stop-the-clock"):
            yield Problem(
                sentence(
                    "Days until an event are counted as long as someone is watched; {rule} is not "
                    "computed for them.",
                    rule=rule,
                ),
                sentence("Write censor, and name what rules the event out under `competing`."),
                deal.place_of(*path, "measure", key),
            )


def _changing(deal: Deal, plan: Randomised, path: FieldPath) -> Iterator[Problem]:
    for number, one in enumerate(plan.changing):
        if one.state in CUSTODY_STATES:
            yield Problem(
                sentence(
                    "Custody ends the watching, so nobody is watched while {state}.",
                    state=one.state,
                ),
                sentence(
                    "Name another state, or let custody rule the event out: "
                    "`cumulative-incidence` with `competing: [custody]`."
                ),
                deal.place_of(*path, "changing", number, "state"),
            )


def _part_taken(deal: Deal, plan: EvaluationPlan, path: FieldPath) -> Iterator[Problem]:
    """Enrolment says who took part only where it is not everyone's start."""
    reads_it = plan.estimand == "tot" or any(f.when == "crossover-above" for f in plan.fallback)
    measure = plan.measure
    if reads_it and (measure.starts_at == "enrolment" or measure.population.enrolled_only):
        yield Problem(
            sentence(
                "The plan reads who took part, and its measure counts only people who were "
                "enrolled, so that enrolment does not tell it."
            ),
            sentence("Start at assignment or referral, and leave `enrolled_only` out."),
            deal.place_of(*path, "measure", "starts_at"),
        )


def _fallbacks(deal: Deal, name: str, plan: EvaluationPlan, path: FieldPath) -> Iterator[Problem]:
    pooled = {part.plan for part in plan.pooling}
    for number, rule in enumerate(plan.fallback):
        at = deal.place_of(*path, "fallback", number)
        if rule.then == "pool" and rule.plan not in pooled:
            yield Problem(
                sentence(
                    "A fall-back pools `{plan}`, and `pooling` gives it no weight.",
                    plan=str(rule.plan),
                ),
                sentence("Give the weights of all plans that are pooled under `pooling`."),
                at,
            )
        if rule.plan is not None and (rule.plan == name or _leads_back(deal, rule.plan, name)):
            yield Problem(
                sentence(
                    "`{name}` falls back to `{plan}`, which leads back to `{name}`: no plan would "
                    "ever hold.",
                    name=name,
                    plan=rule.plan,
                ),
                sentence(
                    "Let the last plan have no fall-back, or one to a count or to no payment."
                ),
                at,
            )
    if plan.pooling and name not in pooled:
        yield Problem(
            sentence("`{name}` is pooled with other plans, and has no weight itself.", name=name),
            sentence("Give its own weight under `pooling` too."),
            deal.place_of(*path, "pooling"),
        )


def _leads_back(deal: Deal, first: str, name: str) -> bool:
    """Whether falling back from one plan to the next comes to a plan."""
    seen, waiting = set(), [first]
    while waiting:
        plan = deal.evaluation.get(waiting.pop())
        for rule in plan.fallback if plan is not None else ():
            if rule.plan == name:
                return True
            if rule.plan is not None and rule.plan not in seen:
                seen.add(rule.plan)
                waiting.append(rule.plan)
    return False
