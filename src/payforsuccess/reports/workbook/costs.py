"""Costs and base pay of a case as moves with live amounts: each line, period by period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from payforsuccess.deal.assumptions import BasePay, CostLine
from payforsuccess.finance.calendar import base_pay_day
from payforsuccess.finance.moves import PROJECT, Kind, Move, party, tranche
from payforsuccess.reports.workbook.frame import Frame
from payforsuccess.reports.workbook.grid import FIRST, Section
from payforsuccess.reports.workbook.live import Live, added, choose, live, rounded
from payforsuccess.reports.workbook.people import LivePeople

SECTION = "Costs and base pay"


def cost_moves(frame: Frame, people: LivePeople, section: Section) -> tuple[Move, ...]:
    """Every cost and every base payment, in the order of days, shown in a section by day."""
    moves = [move for line in frame.assumptions.costs for move in _costs(line, frame, people)]
    moves += [move for line in frame.assumptions.base_pay for move in _base(line, frame, people)]
    for move in moves:
        words = _WORDS.get(move.kind, "")
        row = section.row(f"{move.why}{words}", key=f"{move.why}{move.kind}", note=move.target)
        row.note = move.target.partition(":")[2]
        section.put(row, FIRST + move.day, live(move.amount))
    return tuple(sorted(moves, key=lambda move: move.day))


_WORDS: dict[Kind, str] = {
    "own-cost": " (borne outside the project)",
    "deferred-cost": " (put off)",
    "base-pay": " (base pay)",
}


def _costs(line: CostLine, frame: Frame, people: LivePeople) -> Iterator[Move]:
    calendar, currency = frame.calendar, frame.deal.currency
    each = frame.inputs.assumed(
        SECTION, f"{line.name}: {line.says}, {line.kind}", line.amount, unit=currency
    )
    part: Live | None = None
    if line.deferred is not None:
        part = frame.inputs.sourced(
            SECTION, f"{line.name}: part that is put off", line.deferred, line, told="share"
        )
    amounts: list[tuple[int, Live]]
    if line.kind == "once":
        assert line.on is not None
        amounts = [(calendar.at(line.on), each)]
    else:
        first = (line.from_ or 1) - 1
        last = line.to_period or len(calendar.periods)
        amounts = []
        for at in range(first, last):
            amount = _by_kind(line.kind, each, people, at)
            if line.kind == "fixed" and line.to_period is None:
                served = added(people.in_service[at:])
                amount = choose(served > 0, amount, 0)
            amounts.append((calendar.at(calendar.periods[at].start), amount))
    for day, amount in amounts:
        whole: Any = rounded(amount, frame.digits)
        if part is not None and line.deferred_to is not None:
            deferred = rounded(amount * part, frame.digits)
            yield Move(
                day, "deferred-cost", tranche(line.deferred_to), party(line.to), deferred, line.name
            )
            whole = whole - deferred
        if line.borne_by == "project":
            yield Move(day, "cost", PROJECT, party(line.to), whole, line.name)
        else:
            yield Move(day, "own-cost", _bearer(line, frame), party(line.to), whole, line.name)


def _bearer(line: CostLine, frame: Frame) -> str:
    match line.borne_by:
        case "provider":
            return party(line.to)
        case "payor":
            return party(frame.deal.payors[0].party)
        case other:
            return f"outside:{other}"


def _base(line: BasePay, frame: Frame, people: LivePeople) -> Iterator[Move]:
    each = frame.inputs.assumed(
        SECTION, f"{line.name}: base pay, {line.kind}", line.amount, unit=frame.deal.currency
    )
    for at, period in enumerate(frame.calendar.periods):
        amount = rounded(_by_kind(line.kind, each, people, at), frame.digits)
        day = frame.calendar.at(base_pay_day(period, line.paid_after))
        yield Move(day, "base-pay", party(line.from_party), party(line.to), amount, line.name)


def _by_kind(kind: str, each: Live, people: LivePeople, at: int) -> Live:
    match kind:
        case "fixed":
            return each
        case "each-slot":
            return each * people.in_service[at]
        case _:
            return each * people.started[at]
