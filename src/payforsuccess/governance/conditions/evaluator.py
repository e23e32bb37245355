"""The evaluator's independence: no interest contingent on results, and who pays (R82)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.parties import Independence
from payforsuccess.units import add_months

DECLARED_EVERY_MONTHS = 12


def _evaluators(facts: Facts) -> tuple[str, ...]:
    return tuple(
        each.name
        for each in facts.initiative.organisations
        if each.holds("evaluator", "validator", on=facts.on)
    )


def _latest(facts: Facts, evaluator: str) -> Independence | None:
    return max(
        (
            each
            for each in facts.initiative.independence
            if each.evaluator == evaluator and each.on <= facts.on
        ),
        key=lambda each: each.on,
        default=None,
    )


def _tied_to(facts: Facts, declared: Independence) -> tuple[str, ...]:
    """Providers, investors and payors with whom it shares owners or staff, by its own word or by
    the affiliates on file."""
    own = facts.initiative.organisation(declared.evaluator)
    affiliates = own.affiliates if own is not None else ()
    shared = {*declared.shares_ownership_with, *declared.shares_staff_with, *affiliates}
    return tuple(
        each.name
        for each in facts.initiative.organisations
        if (each.name in shared or declared.evaluator in each.affiliates)
        and _is_judged(facts, each.name)
    )


def _is_judged(facts: Facts, name: str) -> bool:
    """Whether the organisation serves, lends or pays."""
    organisation = facts.initiative.organisation(name)
    return name in facts.initiative.payor_names or (
        organisation is not None
        and organisation.holds("provider", "investor", "guarantor", "payor", on=facts.on)
    )


def _has_stake(facts: Facts, name: str) -> bool:
    """Whether the exposure ledger has the evaluator gain or lose money by the results."""
    organisation = facts.initiative.organisation(name)
    stakes = organisation.stakes if organisation is not None else ()
    return any(each.kind in ("capital", "deferred-fee", "contingent-payment") for each in stakes)


def _independent(facts: Facts) -> Met | Unmet:
    evaluators = _evaluators(facts)
    where = facts.initiative.place_of("independence")
    if not evaluators:
        return Unmet(
            "No evaluator or validator is on file.",
            "Name one under `organisations`, with the role.",
            facts.initiative.place_of("organisations"),
        )
    open_, shown = [], []
    for name in evaluators:
        if _is_judged(facts, name):
            open_.append(f"{name} serves, lends or pays itself")
        if _has_stake(facts, name):
            open_.append(f"{name} stands to gain or lose money by results")
        declared = _latest(facts, name)
        if declared is None:
            open_.append(f"no declaration of {name} is on file")
            continue
        ends = add_months(declared.on, DECLARED_EVERY_MONTHS)
        if facts.on >= ends:
            open_.append(f"the declaration of {name}, {declared.on}, is more than a year old")
        if declared.contingent_interest:
            open_.append(f"pay of {name} hangs on results")
        tied = _tied_to(facts, declared)
        if tied:
            open_.append(f"{name} shares owners or staff with {', '.join(tied)}")
        shown.append(
            f"{name} declared on {declared.on}, paid by {declared.paid_by} (its stake: "
            f"{declared.payer_stake})"
        )
    if open_:
        said = "; ".join(open_)
        return Unmet(
            f"{said[0].upper()}{said[1:]}.",
            "Have each evaluator declare every year, and choose one whose pay hangs on no result.",
            where,
        )
    return Met("; ".join(shown))


def _problems(facts: Facts) -> Iterator[Problem]:
    for number, each in enumerate(facts.initiative.independence):
        if each.contingent_interest and each.on <= facts.on:
            yield Problem(
                f"Some of the pay of {each.evaluator} hangs on results.",
                "An evaluator has no interest contingent on results: change its pay, or choose "
                "another.",
                facts.initiative.place_of("independence", number, "contingent_interest"),
            )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    for name in _evaluators(facts):
        declared = _latest(facts, name)
        if declared is None:
            continue
        number = initiative.independence.index(declared)
        payer = initiative.organisation(declared.paid_by)
        if payer is not None and payer.holds("investor", "guarantor", on=facts.on):
            yield Finding(
                "independence",
                f"{name} is paid by a lender, {payer.name}, whose stake is: {declared.payer_stake}",
                initiative.place_of("independence", number, "paid_by"),
            )


THEME = Theme(
    "evaluator",
    (
        Condition(
            "evaluator-independent",
            ("R82",),
            "Every evaluator declared within a year that nothing of its pay hangs on results, and "
            "who pays it.",
            _independent,
        ),
    ),
    _problems,
    _findings,
)
