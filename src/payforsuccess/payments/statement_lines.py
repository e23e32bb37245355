"""A statement's lines: each with its parts by payor, its limits and its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import (
    Line,
    PayorAmount,
    Statement,
    WrittenStep,
)
from payforsuccess.payments.corrections import Change
from payforsuccess.payments.facts import (
    Facts,
)
from payforsuccess.payments.line import Key, TermInPeriod
from payforsuccess.payments.payors import reversed_split, split_line, split_taken_back
from payforsuccess.payments.replay import Replay
from payforsuccess.trail import Step


def lines_of(
    facts: Facts,
    replayed: Replay,
    change: Change,
    stated: dict[Key, int],
    used_by_payor: dict[str, int],
) -> list[Line]:
    """The lines that state one change: what it adds, and beside it what a condition released."""
    key = (change.period, change.term)
    line = replayed.lines.get(key)
    before = stated.get(key, 0)
    deal = facts.history.governing(facts.history.schedule.period(change.period))
    released = line.released if line is not None and change.cause is None else 0
    amounts = [("released", released)] if released else []
    if change.cause is not None:
        amounts = [("correction", change.amount)]
    elif not released or change.amount != released:
        amounts.insert(0, ("line", change.amount - released))
    made: list[Line] = []
    for kind, amount in amounts:
        payors = payors_of(
            key,
            amount,
            is_correction=change.cause is not None,
            deal=deal if line is None else line.deal,
            earlier=facts.earlier,
            used=used_by_payor,
        )
        for part in payors:
            used_by_payor[part.payor] = used_by_payor.get(part.payor, 0) + part.amount
        made.append(
            Line(
                term=change.term,
                period=change.period,
                kind=kind,
                cause=change.cause,
                because=change.because,
                clause=line.term.clause if line is not None else "no longer in the deal",
                amount=amount,
                entitled=line.amount if line is not None else 0,
                stated_before=before,
                cut=_cut(line),
                carried=line.carried if line is not None else 0,
                held=line.held if line is not None else 0,
                bound_by=line.bound_by if line is not None else (),
                payors=payors,
                steps=tuple(_written(step) for step in line.steps()) if line is not None else (),
            )
        )
    return made


def payors_of(
    key: Key,
    amount: int,
    *,
    is_correction: bool,
    deal: Deal,
    earlier: Sequence[Statement],
    used: Mapping[str, int],
) -> tuple[PayorAmount, ...]:
    """How a statement line falls on the payors; a whole reversal takes the old parts back."""
    old = [
        line for statement in earlier for line in statement.lines if (line.period, line.term) == key
    ]
    before = sum(line.amount for line in old)
    if is_correction and before and amount == -before:
        return reversed_split(old)
    term = next((term for term in deal.payments if term.name == key[1]), None)
    if is_correction and amount < 0:
        return split_taken_back(amount, term=term, deal=deal, stated=old)
    return split_line(amount, term=term, deal=deal, used=used)


def _cut(line: TermInPeriod | None) -> int:
    """What limits took off all that was there: earned now, carried here, and held until now.

    What they carry on is part of it. What a condition holds back or loses is not: it comes first.
    """
    if line is None:
        return 0
    name, conditions = line.term.name, line.term.conditions
    is_lost = "a condition" in line.bound_by and any(c.otherwise == "lost" for c in conditions)
    held = sum(
        amount
        for key, amount in line.before.items()
        if key.startswith(f"{name}.") and key.endswith(".held")
    )
    there = line.before.get(f"{name}.carried", 0) + held + (0 if is_lost else line.earned)
    return max(there - line.held - line.amount, 0)


def _written(step: Step) -> WrittenStep:
    return WrittenStep(
        says=step.says,
        gives=step.gives,
        clause=step.clause,
        of=tuple(_written(under) for under in step.of),
    )
