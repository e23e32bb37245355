"""Names are unique, and every name that is referred to exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from payforsuccess.deal.assurance import AssurancePatient
from payforsuccess.deal.capital import TO_TRANCHES
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import VerifiedCount
from payforsuccess.deal.nearest import nearest, no_such
from payforsuccess.deal.terms import (
    Coupon,
    EffectPrice,
    Milestones,
    PaymentTerm,
    Pot,
    SavingsShare,
    Schedule,
    ShareThreshold,
    UnitPrice,
    Withhold,
)
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Problem, sentence


@dataclass(frozen=True)
class Reference:
    """A name written at a path, and what it should name."""

    name: str
    path: FieldPath
    kind: str


def check_names(deal: Deal) -> Iterator[Problem]:
    """Names given twice, and names of nothing with the nearest name that exists."""
    yield from _twice(deal)
    yield from _clause_map(deal)
    known = _known(deal)
    for reference in _references(deal):
        there = known[reference.kind]
        if reference.name in there:
            continue
        yield no_such(reference.name, reference.kind, there, deal.place_of(*reference.path))


def _known(deal: Deal) -> dict[str, tuple[str, ...]]:
    """Every name that may be referred to, by what it names."""
    return {
        "party": tuple(party.name for party in deal.parties),
        "payor": tuple(payor.party for payor in deal.payors),
        "outcome": tuple(deal.outcomes),
        "payment term": tuple(term.name for term in deal.payments),
        "evaluation plan": tuple(deal.evaluation),
        "cohort": tuple(cohort.name for cohort in deal.people.cohorts),
        "subgroup": deal.people.subgroups,
        "feed": tuple(source.feed for source in deal.data),
        "tranche": tuple(tranche.name for tranche in deal.capital),
        "party or tranche": (
            *(party.name for party in deal.parties),
            *(tranche.name for tranche in deal.capital),
        ),
        "trigger": tuple(trigger.name for trigger in deal.triggers),
    }


def _twice(deal: Deal) -> Iterator[Problem]:
    listed: tuple[tuple[str, str, list[str], str], ...] = (
        ("payments", "payment term", [term.name for term in deal.payments], "name"),
        ("parties", "party", [party.name for party in deal.parties], "name"),
        ("payors", "payor", [payor.party for payor in deal.payors], "party"),
        ("capital", "tranche", [tranche.name for tranche in deal.capital], "name"),
        ("triggers", "trigger", [trigger.name for trigger in deal.triggers], "name"),
        ("termination", "termination event", [event.name for event in deal.termination], "name"),
        ("data", "data source", [source.feed for source in deal.data], "feed"),
    )
    for key, kind, names, field in listed:
        for number in _repeated(names):
            yield Problem(
                sentence(
                    "There are two {kind} with the name `{names}`.",
                    kind=_plural(kind),
                    names=names[number],
                ),
                sentence("Give each its own name; results and earlier statements are found by it."),
                deal.place_of(key, number, field),
            )
    cohorts = [cohort.name for cohort in deal.people.cohorts]
    for number in _repeated(cohorts):
        yield Problem(
            sentence("There are two cohorts with the name `{cohorts}`.", cohorts=cohorts[number]),
            sentence("Give each its own name; results are found by it."),
            deal.place_of("people", "cohorts", number, "name"),
        )


def _plural(kind: str) -> str:
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def _repeated(names: list[str]) -> list[int]:
    """The positions at which a name comes again."""
    return [number for number, name in enumerate(names) if name in names[:number]]


def _clause_map(deal: Deal) -> Iterator[Problem]:
    """Parts of the file that the clause map names, such as `payments.housing`."""
    if deal.executed is None:
        return
    inside: dict[str, tuple[str, ...]] = {
        "payments": tuple(term.name for term in deal.payments),
        "outcomes": tuple(deal.outcomes),
        "evaluation": tuple(deal.evaluation),
    }
    keys = tuple(field.alias or name for name, field in Deal.model_fields.items())
    for number, link in enumerate(deal.executed.clauses):
        first, _, rest = link.part.partition(".")
        second = rest.partition(".")[0]
        known, asked = (keys, first) if first not in keys else (inside.get(first, ()), second)
        if asked in known or (first in keys and (not second or first not in inside)):
            continue
        close = nearest(asked, known)
        yield Problem(
            sentence(
                "The clause map names `{part}`, and there is no such part in this file.",
                part=link.part,
            ),
            sentence("Did you mean `{close}`?", close=close)
            if close
            else sentence("Name a key of this file."),
            deal.place_of("executed", "clauses", number, "part"),
        )


def _references(deal: Deal) -> Iterator[Reference]:
    yield from _of_people_who_pay(deal)
    yield from _of_outcomes_and_plans(deal)
    for number, term in enumerate(deal.payments):
        yield from _of_term(term, ("payments", number))
    yield from _of_capital(deal)
    for number, event in enumerate(deal.termination):
        yield from _each(event.called_by, ("termination", number, "called_by"), "party")
    for number, excused in enumerate(deal.excused):
        yield from _each(excused.outcomes, ("excused", number, "outcomes"), "outcome")
    for number, patient in enumerate(deal.assurance):
        yield from _of_assurance(patient, ("assurance", number))
    if deal.executed is not None:
        for number, certification in enumerate(deal.executed.certified_by):
            path = ("executed", "certified_by", number, "party")
            yield Reference(certification.party, path, "party")
    if deal.amendment is not None:
        for number, consent in enumerate(deal.amendment.consents):
            if consent.of != "board":  # the Board is no party of the deal
                yield Reference(consent.party, ("amendment", "consents", number, "party"), "party")


def _of_capital(deal: Deal) -> Iterator[Reference]:
    path: FieldPath
    for number, tranche in enumerate(deal.capital):
        path = ("capital", number)
        yield Reference(tranche.party, (*path, "party"), "party")
        yield from _each(tranche.repaid_from, (*path, "repaid_from"), "payment term")
        yield from _each(tranche.guarantees, (*path, "guarantees"), "tranche")
        if tranche.draws_if is not None:
            yield Reference(tranche.draws_if, (*path, "draws_if"), "trigger")
    for number, trigger in enumerate(deal.triggers):
        path = ("triggers", number)
        if trigger.outcome is not None:
            yield Reference(trigger.outcome, (*path, "outcome"), "outcome")
        if trigger.after is not None:
            yield Reference(trigger.after, (*path, "after"), "trigger")
    for number, step in enumerate(deal.waterfall):
        path = ("waterfall", number)
        kind = "party or tranche" if step.pays == "return" else "party"
        if step.pays in TO_TRANCHES:
            kind = "tranche"
        yield from _each(step.to, (*path, "to"), kind)
        yield from _each(step.from_, (*path, "from"), "payment term")
        if step.if_met is not None:
            yield Reference(step.if_met, (*path, "if_met"), "trigger")


def _of_assurance(patient: AssurancePatient, path: FieldPath) -> Iterator[Reference]:
    for key in ("spells", "events", "facts"):
        for at, row in enumerate(getattr(patient, key)):
            yield Reference(row.feed, (*path, key, at, "feed"), "feed")
    for at, expected in enumerate(patient.expects):
        for key, kind in (("outcome", "outcome"), ("plan", "evaluation plan")):
            if getattr(expected, key) is not None:
                yield Reference(getattr(expected, key), (*path, "expects", at, key), kind)


def _of_people_who_pay(deal: Deal) -> Iterator[Reference]:
    for number, party in enumerate(deal.parties):
        yield from _each(party.independent_of, ("parties", number, "independent_of"), "party")
        if party.paid_by is not None:
            yield Reference(party.paid_by, ("parties", number, "paid_by"), "party")
    for number, payor in enumerate(deal.payors):
        yield Reference(payor.party, ("payors", number, "party"), "party")
        if payor.steps_in is not None:
            yield Reference(payor.steps_in, ("payors", number, "steps_in"), "payor")
    for number, provided in enumerate(deal.budget.provided):
        if provided.payor is not None:
            yield Reference(provided.payor, ("budget", "provided", number, "payor"), "payor")
    if deal.overpayment_paid_by is not None:
        yield Reference(deal.overpayment_paid_by, ("overpayment_paid_by",), "party")


def _of_outcomes_and_plans(deal: Deal) -> Iterator[Reference]:
    for name, outcome in deal.outcomes.items():
        if outcome.estimate is not None:
            yield Reference(outcome.estimate, ("outcomes", name, "estimate"), "evaluation plan")
    for name, plan in deal.evaluation.items():
        path: FieldPath = ("evaluation", name)
        for number, fallback in enumerate(plan.fallback):
            if fallback.plan is not None:
                yield Reference(
                    fallback.plan, (*path, "fallback", number, "plan"), "evaluation plan"
                )
        for number, part in enumerate(plan.pooling):
            yield Reference(part.plan, (*path, "pooling", number, "plan"), "evaluation plan")
        if plan.monitoring is not None:
            yield Reference(plan.monitoring.board, (*path, "monitoring", "board"), "party")
        if isinstance(plan, VerifiedCount):
            yield Reference(plan.verified_by, (*path, "verified_by"), "party")


def _of_term(term: PaymentTerm, path: FieldPath) -> Iterator[Reference]:
    for name, where in outcome_keys(term):
        yield Reference(name, (*path, *where), "outcome")
    for number, condition in enumerate(term.conditions):
        if condition.after is not None:
            yield Reference(condition.after, (*path, "conditions", number, "after"), "payment term")
    for number, subgroup in enumerate(term.subgroups):
        yield Reference(subgroup.group, (*path, "subgroups", number, "group"), "subgroup")
    for number, cap in enumerate(term.share_caps):
        yield Reference(cap.group, (*path, "share_caps", number, "group"), "subgroup")
    for number, point in enumerate(term.points):
        if point.cohort is not None:
            yield Reference(point.cohort, (*path, "points", number, "cohort"), "cohort")
    yield from _each(term.payors, (*path, "payors"), "payor")
    if term.may_be_negative is not None:
        for key in ("pays", "to"):
            party: str = getattr(term.may_be_negative, key)
            yield Reference(party, (*path, "may_be_negative", key), "party")


def outcome_keys(term: PaymentTerm) -> tuple[tuple[str, FieldPath], ...]:
    """Every outcome that a payment term names, with the key under the term that names it."""
    found: list[tuple[str | None, FieldPath]] = []
    match term:
        case UnitPrice():
            found = [(term.pays_for, ("pays_for",)), (term.deduct, ("deduct",))]
        case Schedule():
            found = [(term.pays_for, ("pays_for",)), (term.times, ("times",))]
        case EffectPrice():
            found = [(term.pays_for, ("pays_for",)), (term.treated, ("treated",))]
        case ShareThreshold():
            found = [(term.passed, ("passed",)), (term.out_of, ("out_of",))]
        case Milestones():
            found = [
                (milestone.outcome, ("milestones", number, "outcome"))
                for number, milestone in enumerate(term.milestones)
            ]
        case Pot():
            found = [
                (part.outcome, ("parts", number, "outcome"))
                for number, part in enumerate(term.parts)
            ]
        case SavingsShare() | Coupon() | Withhold():
            found = [(term.pays_for, ("pays_for",))]
    found += [
        (condition.outcome, ("conditions", number, "outcome"))
        for number, condition in enumerate(term.conditions)
    ]
    found.append((term.net_of, ("net_of",)))
    return tuple((name, path) for name, path in found if name is not None)


def _each(names: Iterable[str], path: FieldPath, kind: str) -> Iterator[Reference]:
    for number, name in enumerate(names):
        yield Reference(name, (*path, number), kind)
