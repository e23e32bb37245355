"""The deal's own parts as sections of an explanation, in the order in which a reader asks."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.parties import Party
from payforsuccess.deal.words.eligibility import rule_of
from payforsuccess.deal.words.legal import sections_of_contract
from payforsuccess.deal.words.measures import earned_in_words, measure_in_words
from payforsuccess.deal.words.phrases import (
    as_sentence,
    counted,
    day,
    listed,
    month_day,
    named,
    plural,
)
from payforsuccess.deal.words.plans import plan_in_words
from payforsuccess.deal.words.section import Entry, Section
from payforsuccess.trail import fingerprint
from payforsuccess.units import grouped

_LEVELS = {
    "federal": "federal government",
    "state": "state",
    "county": "county",
    "city": "city",
    "school-district": "school district",
    "special-district": "special district",
    "other": "public body",
}


def sections_before_money(deal: Deal) -> tuple[Section, ...]:
    """What the deal is, who takes part, whom it serves, on which data, for which outcomes."""
    return (
        Section("The deal", (Entry(tuple(_deal(deal))),)),
        Section("Who takes part", (Entry(tuple(_party(p) for p in deal.parties)),)),
        Section("Whom it serves", (Entry(tuple(_people(deal))),)),
        Section("What it is about", tuple(_outcome(deal, *item) for item in deal.outcomes.items())),
        Section(
            "How effects are estimated",
            tuple(
                Entry((*plan_in_words(plan), _frozen(plan)), named(name))
                for name, plan in deal.evaluation.items()
            ),
        ),
        Section("The data it relies on", tuple(_data(deal))),
    )


def _frozen(plan: EvaluationPlan) -> str:
    """What whoever estimates elsewhere states, so that all know which plan was followed."""
    return f"The plan as stated here has the fingerprint {fingerprint(plan.as_plain())}."


def _deal(deal: Deal) -> Iterator[str]:
    if deal.says is not None:
        yield as_sentence(deal.says)
    yield {
        "contract": "This file states a signed contract, which prevails over it.",
        "published-terms": "This file states terms published about a contract; the contract "
        "itself was not read.",
        "illustrative": "This file is illustrative: its terms are made up.",
        "template": "This file is a template: no one has agreed to it.",
        "practice": "This file is for practice: no one has agreed to it.",
    }[deal.standing]
    yield f"The government is {deal.jurisdiction.name}; all amounts are in {deal.currency}."
    yield (
        f"It runs to {day(deal.ends_on)}; this version governs from {day(deal.in_force_from)} on."
    )
    count = deal.schedule.count
    yield (
        f"Payments are computed by the {deal.periods.every}, from {day(deal.periods.from_)} on: "
        f"{counted(count, deal.periods.every)} in all."
    )
    event = {
        "period-end": f"the end of each {deal.periods.every}",
        "determination": "the day on which results are determined",
        "statement": "the day of the statement",
    }[deal.pays_within_days.of]
    yield f"A payment falls due within {counted(deal.pays_within_days.days, 'day')} of {event}."
    start = deal.fiscal_year_starts
    yield f"The fiscal year begins on {month_day(start.month, start.day)}."
    governance = deal.governance
    if governance.goal is not None:
        yield f"The shared goal: {as_sentence(governance.goal)}"
    if governance.approved_by is not None:
        when = f" on {day(governance.approved_on)}" if governance.approved_on is not None else ""
        yield f"It was approved by {governance.approved_by}{when}."
    for said, value in (
        ("The planning team is chaired by", governance.chair),
        ("The project coordinator is employed by", governance.coordinator),
        ("Counsel's opinion on the debt limit:", governance.counsel_opinion),
        ("After success:", governance.sustained_funding),
    ):
        if value is not None:
            yield as_sentence(f"{said} {value}")


def _party(party: Party) -> str:
    roles = listed([role.replace("-", " ") for role in party.roles])
    level = f" ({_LEVELS[party.level]})" if party.level is not None else ""
    text = f"{party.name}{level}: {roles or 'no role'}"
    if party.since is not None:
        text += f", since {day(party.since)}"
    if party.until is not None:
        text += f", until {day(party.until)}"
    if party.paid_by is not None:
        text += f"; paid by {party.paid_by}"
    if party.independent_of:
        text += f"; declares to be independent of {listed(party.independent_of)}"
    return f"{text}."


def _people(deal: Deal) -> Iterator[str]:
    people = deal.people
    yield as_sentence(people.says)
    yield f"Each person counts from: {as_sentence(people.start_event)}"
    if people.head_count is not None:
        least, most = people.head_count.least, people.head_count.most
        yield f"Between {least:,} and {most:,} people can be served."
    for criterion in people.eligible:
        yield f"Eligible only if {rule_of(criterion)}."
    for cohort in people.cohorts:
        days = f"from {day(cohort.from_)} to {day(cohort.to)}"
        yield f"Cohort {cohort.name}: people who start {days}."
    if people.subgroups:
        yield f"Groups that prices tell apart: {listed([named(g) for g in people.subgroups])}."


def _outcome(deal: Deal, name: str, outcome: Outcome) -> Entry:
    return Entry(tuple(_outcome_sentences(deal, outcome)), named(name))


def _outcome_sentences(deal: Deal, outcome: Outcome) -> Iterator[str]:
    yield as_sentence(outcome.says)
    yield (
        f"Counted in {plural(outcome.unit)}, in steps of "
        f"{grouped(outcome.tick)}"
        + {
            "half-up": "; a finer value is rounded to the nearest step, a half away from 0.",
            "down": "; a finer value is rounded toward 0.",
            "refuse": "; a finer value is refused.",
        }[outcome.rounding]
    )
    direction = "More is better" if outcome.better == "higher" else "Less is better"
    yield (
        f"{direction}; {counted(outcome.no_success, outcome.unit)} is no success. It ranks as "
        f"{outcome.type}."
    )
    if outcome.baseline is not None:
        yield f"Before the programme it stood at {counted(outcome.baseline, outcome.unit)}."
    if outcome.target is not None:
        yield f"The parties aim at {counted(outcome.target, outcome.unit)}."
    if outcome.bounds is not None and outcome.bounds.value is not None:
        value = outcome.bounds.value
        yield f"It can lie between {grouped(value.least)} and {grouped(value.most)}."
    when = {
        "period": f"for each {deal.periods.every} alone",
        "to-date": f"at the end of each {deal.periods.every} for everything so far",
        "point": "for single occasions that the payment terms name",
    }[outcome.reported_as]
    yield f"Results come {when}."
    if outcome.measure is not None:
        yield from measure_in_words(outcome.measure)
        yield from earned_in_words(outcome.measure, deal.periods.every)
    elif outcome.estimate is not None:
        yield f"It is estimated by the plan {named(outcome.estimate)}."
    else:
        yield "How records become this number is not stated here."
    if outcome.clause is not None:
        yield f"Clause: {outcome.clause.rstrip('.')}."


def _data(deal: Deal) -> Iterator[Entry]:
    for source in deal.data:
        said = [as_sentence(source.says)]
        holders = [
            f"{h.name}{f' from {day(h.from_)} on' if h.from_ is not None else ''}"
            for h in source.held_by
        ]
        renewed = "never renewed" if source.refreshed == "once" else f"new each {source.refreshed}"
        said.append(f"Held by {listed(holders)}; {renewed}.")
        first = f"from {day(source.complete_from)} " if source.complete_from is not None else ""
        said.append(f"It holds every record {first}up to {day(source.complete_through)}.")
        agreement = source.agreement
        if agreement is not None:
            paper = {
                "mou": "a memorandum of understanding",
                "dsa": "a data sharing agreement",
                "dul": "a data use licence",
                "letter": "a letter of commitment",
            }[agreement.kind]
            made_up = ", itself made up," if agreement.is_made_up else ""
            signed = (
                "which is not signed yet,"
                if agreement.signed_on is None
                else f"signed on {day(agreement.signed_on)}"
            )
            said.append(
                f"Used under {paper}{made_up} between {listed(agreement.parties)}, {signed} "
                f"and holding to {day(agreement.expires_on)}: "
                f"{as_sentence(agreement.purpose)}"
            )
            said.append(f"Only these columns are read: {listed(agreement.permitted_columns)}.")
            if agreement.regime.lower() != "none":
                said.append(f"The law they fall under: {as_sentence(agreement.regime)}")
        if source.public is not None:
            said.append(
                f"Anyone can have these data ({source.public.licence}): "
                f"{as_sentence(source.public.source)}"
            )
        yield Entry(tuple(said), named(source.feed))


__all__ = ["Entry", "Section", "sections_before_money", "sections_of_contract"]
