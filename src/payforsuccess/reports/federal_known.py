"""What the files of a deal tell for a federal application, subject by subject.

Each function gives the sentences that the files hold; none where they hold nothing. Nothing is
computed and nothing is added.
"""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.value import ValueFile
from payforsuccess.deal.words import measure_in_words, plan_in_words
from payforsuccess.deal.words.eligibility import rule_of
from payforsuccess.governance.initiative import Initiative
from payforsuccess.payments.words.sections import sentences_of
from payforsuccess.reports.numbers import (
    counted,
    day_text,
    listed,
    name_text,
    number_text,
    percent_text,
)
from payforsuccess.selection.concept import ConceptFile
from payforsuccess.units import grouped

Told = tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """The files that were there: all but the deal may be missing."""

    deal: Deal
    initiative: Initiative | None
    assumptions: Assumptions | None
    value: ValueFile | None
    concept: ConceptFile | None


def goals(known: Known) -> Told:
    """The shared goal, and each outcome that is paid for."""
    read = {name for term in known.deal.payments for name in term.outcomes_read()}
    outcomes = [each.says for name, each in known.deal.outcomes.items() if name in read]
    goal = known.deal.governance.goal
    return (*((f"Goal: {goal}",) if goal else ()), *outcomes)


def interventions(known: Known) -> Told:
    """What is done for people."""
    told = known.initiative.intervention if known.initiative else None
    if told is None and known.concept is not None:
        told = known.concept.intervention
    return (told,) if told else ()


def evidence(known: Known) -> Told:
    """What assessors saw of earlier studies, with the grade they gave it."""
    if known.concept is None or known.concept.criteria != "pay-for-success":
        return ()
    seen = [
        f"{score.evidence} (grade {score.grade})"
        for assessment in known.concept.assessments
        for score in assessment.scores
        if score.criterion == "c3"
    ]
    return tuple(dict.fromkeys(seen))


def population(known: Known) -> Told:
    """Whom it serves."""
    return (known.deal.people.says,)


def benefits(known: Known) -> Told:
    """What changes for budgets and people, as the value file says it."""
    return () if known.value is None else tuple(line.says for line in known.value.lines)


def costs(known: Known) -> Told:
    """Each cost, who is paid, and who bears it."""
    if known.assumptions is None:
        return ()
    currency = known.deal.currency
    return tuple(
        f"{line.says}: {currency} {grouped(line.amount.base)} {_each(line.kind)}, to {line.to}; "
        f"borne by {line.borne_by.replace('-', ' ')} ({line.amount.standing})"
        for line in known.assumptions.costs
    )


def _each(kind: str) -> str:
    return {
        "fixed": "in each payment period",
        "each-slot": "for each person in service in each period",
        "each-enrolment": "for each person who enrols",
        "once": "once",
    }[kind]


def savings(known: Known) -> Told:
    """Each change in a budget: by level of government and by the one who holds the budget."""
    if known.value is None:
        return ()
    currency = known.deal.currency
    return tuple(
        f"{line.level.capitalize()}, {line.holder} ({line.fund}): {line.says}; "
        f"{number_text(line.units_each.base)} {line.unit} for each, {currency} "
        f"{grouped(line.average.base)} at average cost ({line.average.standing}), "
        f"{grouped(line.marginal.base)} at the margin ({line.marginal.standing})"
        for line in known.value.lines
    )


def realised(known: Known) -> Told:
    """How much of each saving can be taken out of a budget, and who confirmed it."""
    if known.value is None:
        return ()
    return tuple(
        f"{line.says}: {percent_text(float(line.cashable.share), 0)} cashable. "
        f"{line.cashable.reason}. "
        + (
            f"Confirmed by {line.cashable.confirmed_by}."
            if line.cashable.confirmed_by
            else "Nobody has confirmed it."
        )
        for line in known.value.lines
        if line.level != "federal"
    )


def delivery(known: Known) -> Told:
    """How services reach people, as the change plan says it."""
    plan = known.initiative.change_plan if known.initiative else ()
    return tuple(f"{each.who}: {each.changes}" for each in plan)


def roles(known: Known) -> Told:
    """Every party with every role it holds."""
    return tuple(
        f"{party.name}: {listed([role.replace('-', ' ') for role in party.roles])}"
        for party in known.deal.parties
    )


def terms(known: Known) -> Told:
    """The payment terms in plain words, from the rules that compute payments."""
    return tuple(
        f"{name_text(term.name)}: {' '.join(sentences_of(term, known.deal))}"
        for term in known.deal.payments
    )


def budget(known: Known) -> Told:
    """The most that may be paid, and the capital."""
    deal = known.deal
    found = [f"At most {deal.currency} {grouped(deal.ceiling)} is paid"] if deal.ceiling else []
    found += [
        f"{each.party}, {each.kind.replace('-', ' ')}: {deal.currency} {grouped(each.amount)}"
        for each in deal.capital
    ]
    return tuple(found)


def timeline(known: Known) -> Told:
    """First and last day, periods, and milestones of planning."""
    deal = known.deal
    milestones = known.initiative.milestones if known.initiative else ()
    return (
        f"From {day_text(deal.in_force_from)} to {day_text(deal.ends_on)}, in "
        f"{counted(deal.schedule.count, 'payment period')}",
        *(f"{each.name}: {day_text(each.actual or each.baseline)}" for each in milestones),
    )


def eligibility(known: Known) -> Told:
    """The rule of who is eligible, and how many there can be."""
    people = known.deal.people
    found = [f"Eligible only if {rule_of(each)}" for each in people.eligible]
    if people.head_count is not None:
        found.append(
            f"Between {people.head_count.least:,} and {people.head_count.most:,} people are served"
        )
    return tuple(found)


def design(known: Known) -> Told:
    """How effects are estimated, plan by plan."""
    return tuple(
        f"{name_text(name)}: {' '.join(plan_in_words(plan))}"
        for name, plan in known.deal.evaluation.items()
    )


def metrics(known: Known) -> Told:
    """How each outcome is counted."""
    return tuple(
        f"{name_text(name)}: {' '.join(measure_in_words(outcome.measure))}"
        for name, outcome in known.deal.outcomes.items()
        if outcome.measure is not None
    )


def out_of_reach(known: Known) -> Told:
    """Who holds the records behind the metrics, and whether results pay the holder."""
    paid = {
        party.name
        for party in known.deal.parties
        if {"provider", "intermediary", "investor"} & set(party.roles)
    }
    found = []
    for source in known.deal.data:
        holder = source.held_by[-1].name
        stake = "has another role that results may pay" if holder in paid else "has no such role"
        found.append(f"{source.says}: held by {holder}, which {stake}")
    return tuple(found)


def independence(known: Known) -> Told:
    """Who evaluates, who pays the fee, and what was declared."""
    found = [
        f"{party.name}, {listed(list(party.roles))}; "
        + (f"paid by {party.paid_by}" if party.paid_by else "who pays its fee is not stated")
        for party in known.deal.parties
        if {"evaluator", "validator"} & set(party.roles)
    ]
    for each in known.initiative.independence if known.initiative else ():
        hangs = "some" if each.contingent_interest else "none"
        found.append(
            f"{each.evaluator} declared on {day_text(each.on)}: {hangs} of its pay hangs on "
            f"results; its fee is paid by {each.paid_by} ({each.payer_stake})"
        )
    return tuple(found)


def volume(known: Known) -> Told:
    """How many people are expected in each period."""
    if known.assumptions is None:
        return ()
    return tuple(
        f"From payment period {step.period} on: {grouped(step.people)} new people a period"
        for step in known.assumptions.enrolment.ramp
    )


def sustained(known: Known) -> Told:
    """What was promised for the time after success."""
    promised = known.initiative.sustained_funding if known.initiative else None
    if promised is not None:
        return (
            f"{known.deal.currency} {grouped(promised.amount)} a year from {promised.source}, "
            f"authorised by {promised.body} on {day_text(promised.on)}",
        )
    stated = known.deal.governance.sustained_funding
    return (stated,) if stated else ()


def unknown(known: Known) -> Told:
    """What no file of a deal tells."""
    return ()
