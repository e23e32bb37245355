"""What a deal and its assumptions must agree on, as problems with their place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from payforsuccess.deal.assumptions.assumptions import Assumptions
from payforsuccess.deal.assumptions.correlations import check_correlations
from payforsuccess.deal.assumptions.lags import lag_in
from payforsuccess.deal.assumptions.money_check import check_base_pay, check_costs, check_draws
from payforsuccess.deal.assumptions.results import Counted, Effect, Listed
from payforsuccess.deal.assumptions.study_check import check_studies
from payforsuccess.deal.assumptions.values import CASES, Assumed
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.money_file import in_another_currency
from payforsuccess.deal.nearest import no_such
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.terms import Milestones, UnitPrice
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Problem
from payforsuccess.units import grouped

PEOPLE = ("person", "people", "persons")
"""Units that count each person once."""
MOST_DAYS = 3_660
"""Ten years: more days of waiting than that are a slip."""


def check_assumptions(assumptions: Assumptions, deal: Deal) -> tuple[Problem, ...]:
    """Every problem between the two, in the order of the file; none where they fit."""
    found = {problem: None for rule in _RULES for problem in rule(assumptions, deal)}
    return tuple(sorted(found, key=lambda problem: problem.where))


def needed_outcomes(deal: Deal) -> tuple[str, ...]:
    """Every outcome that a payment term or a trigger reads, once each."""
    names = [name for term in deal.payments for name in term.outcomes_read()]
    names += [trigger.outcome for trigger in deal.triggers if trigger.outcome is not None]
    return tuple(dict.fromkeys(names))


def _outcomes(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    for name in needed_outcomes(deal):
        if name not in assumptions.outcomes and name in deal.outcomes:
            yield Problem(
                f"Nothing is assumed for the outcome `{name}`, which the deal pays on or tests.",
                "Add it under `outcomes`.",
                assumptions.place_of("outcomes"),
            )
    for name, assumed in assumptions.outcomes.items():
        path: FieldPath = ("outcomes", name)
        if name not in deal.outcomes:
            yield _unknown(name, "outcome", tuple(deal.outcomes), assumptions, path)
            continue
        outcome = deal.outcomes[name]
        if isinstance(assumed, Counted) and outcome.reported_as == "point":
            yield Problem(
                f"`{name}` is reported at measurement points, and a count falls into periods.",
                "Assume an `effect`, a `level` or a `listed` outcome.",
                assumptions.place_of(*path, "kind"),
            )
        if isinstance(assumed, Counted):
            if assumed.chance == "binomial":
                cure = "Write `chance: poisson` for what a person can bring several times."
                yield from _once_each(name, assumed, assumptions, "a binomial chance", cure)
            elif outcome.unit in PEOPLE:
                cure = "Write 1 or less, or give the outcome the unit of what it counts."
                yield from _once_each(name, assumed, assumptions, f"the unit {outcome.unit}", cure)
            if counts_once(assumed, outcome):
                yield from _spread_past_one(name, assumed, assumptions)
        if isinstance(assumed, Listed):
            yield from _listed(name, assumed, assumptions, deal)


def counts_once(assumed: Counted, outcome: Outcome) -> bool:
    """Whether each person is in the count once at most: a count of people, or a binomial one."""
    return assumed.chance == "binomial" or outcome.unit in PEOPLE


def _spread_past_one(name: str, assumed: Counted, assumptions: Assumptions) -> Iterator[Problem]:
    spread = assumed.spread
    if spread is not None and spread.most is not None and spread.most > 1:
        yield Problem(
            f"`{name}` counts each person once at most, and its spread goes up to "
            f"{grouped(spread.most)} for each person.",
            "Write 1 or less.",
            assumptions.place_of("outcomes", name, "spread", "most"),
        )


def _once_each(
    name: str, assumed: Counted, assumptions: Assumptions, by: str, cure: str
) -> Iterator[Problem]:
    """A count of people, and a binomial one, has each person in it once at most."""
    for key in ("base", "low", "high"):
        told = getattr(assumed.each_person, key)
        if told is not None and told > 1:
            yield Problem(
                f"`{name}` counts {grouped(told)} for each person, and {by} counts each person "
                "once at most.",
                cure,
                assumptions.place_of("outcomes", name, "each_person", key),
            )


def _milestones(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    """No more people at a milestone than at the earlier one that it needs, and no sooner."""
    for term in deal.payments:
        if not isinstance(term, Milestones):
            continue
        for before, milestone in pairwise(term.milestones):
            first = assumptions.outcomes.get(before.outcome)
            then = assumptions.outcomes.get(milestone.outcome)
            if not milestone.needs_earlier or not isinstance(first, Counted):
                continue
            if isinstance(then, Counted) and then.counts == first.counts == "starters":
                for case in CASES:
                    more = then.each_person.in_case(case)
                    less = first.each_person.in_case(case)
                    if more > less:
                        told = getattr(then.each_person, case) is not None
                        key = case if told else "base"
                        yield Problem(
                            f"In the {case} case {grouped(more)} for each person reach "
                            f"`{milestone.outcome}`, and {grouped(less)} reach "
                            f"`{before.outcome}`, which comes before it and which it needs.",
                            "Lower the later one, or raise the earlier one.",
                            assumptions.place_of("outcomes", milestone.outcome, "each_person", key),
                        )


def _listed(name: str, assumed: Listed, assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    points = {point.name for term in deal.payments for point in term.points}
    last = deal.schedule.count
    seen: set[str] = set()
    for number, value in enumerate(assumed.values):
        path = ("outcomes", name, "values", number)
        slot = f"period {value.period}" if value.period is not None else f"point {value.point}"
        if slot in seen:
            yield Problem(
                f"`{name}` has two values for {slot}.", "Keep one.", assumptions.place_of(*path)
            )
        seen.add(slot)
        if value.period is not None and value.period > last:
            yield Problem(
                f"The deal has {last} periods; there is no period {value.period}.",
                "Correct the period.",
                assumptions.place_of(*path, "period"),
            )
        if value.point is not None and value.point not in points:
            yield _unknown(
                value.point,
                "measurement point",
                tuple(sorted(points)),
                assumptions,
                (*path, "point"),
            )


def _effects(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    for name, assumed in assumptions.outcomes.items():
        if isinstance(assumed, Effect):
            yield from _not_negative(
                assumed.standard_error, assumptions, ("outcomes", name, "standard_error")
            )


def _not_negative(value: Assumed, assumptions: Assumptions, path: FieldPath) -> Iterator[Problem]:
    for key in ("base", "low", "high"):
        told = getattr(value, key)
        if told is not None and told < 0:
            yield Problem(
                f"This cannot be below zero; found {grouped(told)}.",
                "Write 0 or more.",
                assumptions.place_of(*path, key),
            )


def _reckoned(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    """A discount rate and days of waiting that no deal has."""
    for key in ("base", "low", "high"):
        told = getattr(assumptions.discount_rate, key)
        if told is not None and not 0 <= told < 1:
            yield Problem(
                f"The discount rate is {grouped(told * 100)} percent a year.",
                "Write a rate from 0 to 1, such as 0.03.",
                assumptions.place_of("discount_rate", key),
            )
    for key in ("determined_after_days", "stated_after_days"):
        days = max(lag_in(getattr(assumptions, key), case) for case in CASES)
        if days > MOST_DAYS:
            yield Problem(
                f"{days:,} days are more than {MOST_DAYS:,}.",
                "Write how many days it takes after a period's end.",
                assumptions.place_of(key),
            )
    if assumptions.as_of > deal.ends_on:
        yield Problem(
            f"The assumptions are of {assumptions.as_of}, after the deal ends on {deal.ends_on}.",
            "Correct the day.",
            assumptions.place_of("as_of"),
        )


def _enrolment(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    yield from _not_negative(assumptions.enrolment.reached, assumptions, ("enrolment", "reached"))
    last = deal.schedule.count
    for number, step in enumerate(assumptions.enrolment.ramp):
        if step.period > last:
            yield Problem(
                f"The deal has {last} periods; nobody can start in period {step.period}.",
                "Correct the period.",
                assumptions.place_of("enrolment", "ramp", number, "period"),
            )
    most = deal.people.head_count.most if deal.people.head_count is not None else None
    planned = planned_people(assumptions, deal)
    if most is not None and planned > most:
        yield Problem(
            f"The ramp enrols {grouped(planned)} people in all, and the deal can serve at most "
            f"{most:,}.",
            "Lower the ramp, or raise the head count by amendment.",
            assumptions.place_of("enrolment", "ramp"),
        )


def planned_people(assumptions: Assumptions, deal: Deal) -> int:
    """How many people the ramp enrols over all periods, if the plan is reached; rounded down."""
    steps = assumptions.enrolment.ramp
    ends = [step.period for step in steps[1:]] + [deal.schedule.count + 1]
    return int(sum(s.people * max(end - s.period, 0) for s, end in zip(steps, ends, strict=True)))


def _facts(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    asked = {c.fact for term in deal.payments for c in term.conditions if c.fact is not None}
    told = {fact.name for fact in assumptions.facts}
    for name in sorted(asked - told):
        yield Problem(
            f"Nothing is assumed for the fact `{name}`, on which a payment depends.",
            "Add it under `facts` with the chance that it holds.",
            assumptions.place_of("facts"),
        )
    for number, fact in enumerate(assumptions.facts):
        if fact.name not in asked:
            path: FieldPath = ("facts", number, "name")
            yield _unknown(fact.name, "fact", tuple(sorted(asked)), assumptions, path)


def _groups(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    told = {(item.outcome, item.group) for item in assumptions.groups}
    for term in deal.payments:
        if not isinstance(term, UnitPrice):
            continue
        for group in [s.group for s in term.subgroups] + [c.group for c in term.share_caps]:
            if (term.pays_for, group) not in told:
                yield Problem(
                    f"The price of `{term.name}` depends on the subgroup `{group}`, and nothing is "
                    "assumed for its part.",
                    "Add it under `groups`.",
                    assumptions.place_of("groups"),
                )


def _parties(assumptions: Assumptions, deal: Deal) -> Iterator[Problem]:
    known = tuple(party.name for party in deal.parties)
    for field, lines in (("costs", assumptions.costs), ("base_pay", assumptions.base_pay)):
        for number, line in enumerate(lines):
            for key in ("to", "from_party"):
                name = getattr(line, key, None)
                if name is not None and name not in known:
                    yield _unknown(name, "party", known, assumptions, (field, number, key))


def _unknown(
    name: str, kind: str, known: tuple[str, ...], assumptions: Assumptions, path: FieldPath
) -> Problem:
    return no_such(name, kind, known, assumptions.place_of(*path))


_RULES: tuple[Callable[[Assumptions, Deal], Iterator[Problem]], ...] = (
    in_another_currency,
    _outcomes,
    _milestones,
    _effects,
    _reckoned,
    _enrolment,
    check_costs,
    check_base_pay,
    check_draws,
    _facts,
    _groups,
    check_studies,
    check_correlations,
    _parties,
)
