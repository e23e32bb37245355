"""Disputes: the clock of each step, from the deal's own rules, and what they hold back (R124)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.contract import Disputes
from payforsuccess.deal.results import Statement
from payforsuccess.governance.after import after
from payforsuccess.governance.initiative.voice import Dispute, DisputeStepTaken
from payforsuccess.units import split_by_largest_remainder, to_minor


@dataclass(frozen=True)
class StepFound:
    """A step with its clock: due is None where the deal has no such step."""

    step: DisputeStepTaken
    due: date | None
    is_settled: bool
    days_late: int


@dataclass(frozen=True)
class DisputeFound:
    """A dispute on a day. next_step: what follows when the present step runs out; None at the end.

    A dispute is settled when its last step is.
    """

    dispute: Dispute
    steps: tuple[StepFound, ...]
    is_settled: bool
    next_step: str | None


def disputes_found(
    disputes: Sequence[Dispute], rules: Disputes | None, *, on: date
) -> tuple[DisputeFound, ...]:
    """Every dispute raised by the day. A step is late on the day after its last one."""
    return tuple(_found(each, rules, on) for each in disputes if each.raised_on <= on)


def _found(dispute: Dispute, rules: Disputes | None, on: date) -> DisputeFound:
    within = {step.name: step.within for step in rules.steps} if rules is not None else {}
    steps = []
    for taken in (each for each in dispute.steps if each.opened_on <= on):
        due = after(taken.opened_on, within[taken.step]) if taken.step in within else None
        settled = taken.settled_on is not None and taken.settled_on <= on
        until = taken.settled_on if settled and taken.settled_on is not None else on
        late = max((until - due).days, 0) if due is not None else 0
        steps.append(StepFound(taken, due, settled, late))
    order = list(within)
    at = steps[-1].step.step if steps else None
    follows = order[order.index(at) + 1 :] if at in order else []
    return DisputeFound(
        dispute,
        tuple(steps),
        bool(steps) and steps[-1].is_settled,
        follows[0] if follows else None,
    )


def last_day_to_raise(rules: Disputes, statement_on: date) -> date:
    """The last day on which a line of a statement can be disputed."""
    return after(statement_on, rules.raise_within)


def held_back(
    disputes: Sequence[Dispute], statement: Statement, payors: Sequence[str], *, on: date
) -> dict[str, int]:
    """What each payor need not pay yet of a statement, in minor units; the rest is paid.

    Only what a payor disputes and is not settled by the day; who is owed the money and asks for
    more holds nothing back. Each disputed amount falls on the payors as the disputed lines do, and
    never on more than those lines state.
    """
    held: dict[str, int] = {}
    for found in disputes_found(disputes, None, on=on):
        dispute = found.dispute
        if found.is_settled or dispute.statement != statement.number:
            continue
        if dispute.raised_by not in payors:
            continue
        parts: dict[str, int] = {}
        for line in statement.lines:
            if line.term in dispute.lines:
                for part in line.payors:
                    parts[part.payor] = parts.get(part.payor, 0) + part.amount
        parts = {payor: part for payor, part in parts.items() if part > 0}
        if not parts:
            continue
        amount = min(to_minor(dispute.amount, statement.currency), sum(parts.values()))
        shares = split_by_largest_remainder(amount, [*parts.values()])
        for payor, share in zip(parts, shares, strict=True):
            held[payor] = min(held.get(payor, 0) + share, statement.payor_totals()[payor])
    return held


def out_of_order(dispute: Dispute, rules: Disputes) -> Iterator[str]:
    """What is wrong with its steps: one the deal lacks, another order, days that run back."""
    order = [step.name for step in rules.steps]
    taken = [each.step for each in dispute.steps]
    unknown = [each for each in taken if each not in order]
    if unknown:
        yield f"the deal has no step `{unknown[0]}`"
    elif taken != order[: len(taken)]:
        yield f"its steps are {', '.join(taken)}, and the deal's order is {', '.join(order)}"
    days = [each.opened_on for each in dispute.steps]
    if days != sorted(days) or (days and days[0] < dispute.raised_on):
        yield "a step opens before the one before it, or before the dispute was raised"
