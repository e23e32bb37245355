"""Disputes between parties: the deal's steps, their clocks, and that all are settled (R124)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.dispute_clock import (
    disputes_found,
    last_day_to_raise,
    out_of_order,
)
from payforsuccess.governance.facts import Facts
from payforsuccess.units import money_text


def _settled(facts: Facts) -> Met | Unmet:
    found = disputes_found(facts.initiative.disputes, None, on=facts.on)
    open_ = [each.dispute.name for each in found if not each.is_settled]
    if open_:
        return Unmet(
            f"Not settled: {', '.join(open_)}.",
            "Settle them by the deal's steps.",
            facts.initiative.place_of("disputes"),
        )
    return Met("no dispute is open" if found else "no dispute is on file")


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative, deal = facts.initiative, facts.deal
    if deal is None:
        return
    statements = {each.number: each for each in facts.statements}
    for number, dispute in enumerate(initiative.disputes):
        where = initiative.place_of("disputes", number)
        for wrong in out_of_order(dispute, deal.disputes):
            yield Problem(
                f"The dispute {dispute.name} does not follow the deal: {wrong}.",
                "Correct its steps.",
                where,
            )
        statement = statements.get(dispute.statement)
        if statement is None:
            if statements:
                yield Problem(
                    f"Statement {dispute.statement} is disputed, and was not issued.",
                    "Correct the number.",
                    where,
                )
            continue
        unknown = [each for each in dispute.lines if each not in statement.lines]
        if unknown:
            yield Problem(
                f"Statement {statement.number} has no line `{unknown[0]}`.",
                f"Name lines it has: {', '.join(statement.lines)}.",
                where,
            )
        last = last_day_to_raise(deal.disputes, statement.on)
        if dispute.raised_on > last:
            yield Problem(
                f"The dispute {dispute.name} was raised on {dispute.raised_on}; the last day for a "
                f"line of statement {statement.number} was {last}.",
                "Counsel says whether it can still be heard; without that, take it out.",
                where,
            )


def _findings(facts: Facts) -> Iterator[Finding]:
    yield from _late(facts)
    initiative = facts.initiative
    rules = facts.deal.disputes if facts.deal is not None else None
    for number, dispute in enumerate(initiative.disputes):
        for found in disputes_found((dispute,), rules, on=facts.on):
            if found.is_settled or not found.steps:
                continue
            step = found.steps[-1]
            after = f"; then the {found.next_step} step" if found.next_step else ""
            due = (
                "the deal gives this step no clock"
                if step.due is None
                else f"{counted(step.days_late, 'day')} late, "
                f"it was to be settled by {step.due}{after}"
                if step.days_late
                else f"to be settled by {step.due}{after}"
            )
            yield Finding(
                "disputes",
                f"{dispute.name}, {step.step.step} step: {due}. The undisputed rest of statement "
                f"{dispute.statement} is paid.",
                initiative.place_of("disputes", number),
            )


def _late(facts: Facts) -> Iterator[Finding]:
    late, deal = facts.late, facts.deal
    if late is None or deal is None or late.since is None:
        return
    bears = (
        f"; {money_text(late.interest, deal.currency, code=True)} of interest so far"
        if deal.disputes.late_interest
        else ""
    )
    yield Finding(
        "late-payment",
        f"{money_text(late.overdue, deal.currency, code=True)} of statements is overdue since "
        f"{late.since}{bears}.",
    )


THEME = Theme(
    "disputes",
    (Condition("disputes-settled", ("R124",), "Every dispute is settled.", _settled),),
    _problems,
    _findings,
)
