"""Projected, verified and realised side by side: by line and fiscal year, with date and method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.deal.assumptions.values import Firmness
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result, Statement
from payforsuccess.deal.value import FoundValue, ValueFile, ValueLine
from payforsuccess.finance.outcomes import WorldResults
from payforsuccess.finance.people import People
from payforsuccess.finance.slots import Slot, slots_of
from payforsuccess.finance.value.lines import EXACT, LineValue, line_value
from payforsuccess.finance.value.units import beyond_no_success, units_by_year
from payforsuccess.units import CURRENCY_DIGITS, round_exact

Kind = Literal["verified", "realised"]


@dataclass(frozen=True)
class Evidence:
    """One amount that was found: when, how, by whom, and where that stands; minor units, signed.

    `standing` is empty where it was computed from issued statements.
    """

    kind: Kind
    amount: int
    on: date
    method: str
    by: str
    source: str
    standing: Firmness | Literal[""] = ""


@dataclass(frozen=True)
class SideBySide:
    """A line in one fiscal year: what is projected in the base case, and what was found.

    `projected` is the value at the margin, which `verified` is measured against; `cashable` the
    part that can be taken out of the budget, which `realised` is measured against. None where
    nothing was found.
    """

    line: ValueLine
    fiscal_year: int
    projected: int
    cashable: int
    verified: int | None
    realised: int | None
    evidence: tuple[Evidence, ...]


def side_by_side(
    deal: Deal, file: ValueFile, base: Sequence[LineValue], statements: Sequence[Statement]
) -> tuple[SideBySide, ...]:
    """Every line and year in which something is projected or was found, in the order of lines.

    Verified is what was entered for a line and year; else what the determined results on issued
    statements come to, at the line's own units and marginal cost in the base case.
    """
    stated = _from_statements(deal, file, statements)
    rows = []
    for one in base:
        entered = [each for each in file.found if each.line == one.line.name]
        years = {*one.by_year, *(each.fiscal_year for each in entered)}
        years |= {year for name, year in stated if name == one.line.name}
        for year in sorted(years):
            evidence = [_entered(deal, each) for each in entered if each.fiscal_year == year]
            from_statements = stated.get((one.line.name, year))
            if from_statements and not any(each.kind == "verified" for each in evidence):
                evidence = [from_statements, *evidence]
            projected = one.by_year.get(year, 0)
            if projected or evidence:
                rows.append(
                    SideBySide(
                        one.line,
                        year,
                        projected,
                        round_exact(projected * one.line.cashable.share),
                        _sum(evidence, "verified"),
                        _sum(evidence, "realised"),
                        tuple(
                            sorted(evidence, key=lambda each: (each.kind != "verified", each.on))
                        ),
                    )
                )
    return tuple(rows)


def found_by_line(rows: Sequence[SideBySide]) -> Mapping[tuple[str, str], int]:
    """What was found of each line over all years, by its name and kind."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        for kind, amount in (("verified", row.verified), ("realised", row.realised)):
            if amount is not None:
                key = (row.line.name, kind)
                found[key] = found.get(key, 0) + amount
    return found


def _verified_first(evidence: Evidence) -> tuple[bool, date]:
    return (evidence.kind != "verified", evidence.on)


def _sum(evidence: Sequence[Evidence], kind: Kind) -> int | None:
    amounts = [each.amount for each in evidence if each.kind == kind]
    return sum(amounts) if amounts else None


def _entered(deal: Deal, each: FoundValue) -> Evidence:
    amount = round_exact(each.amount * 10 ** CURRENCY_DIGITS[deal.currency])
    return Evidence(each.kind, amount, each.on, each.method, each.by, each.source, each.standing)


def _from_statements(
    deal: Deal, file: ValueFile, statements: Sequence[Statement]
) -> Mapping[tuple[str, int], Evidence]:
    """By line and fiscal year, what determined results come to; none for lines on people."""
    stated = dict(_determined(deal, statements))
    if not stated:
        return {}
    ticks = {
        slot: round_exact(result.value / deal.outcomes[slot.outcome].tick)
        for slot, (result, _) in stated.items()
    }
    beyond = beyond_no_success(deal, WorldResults(ticks), number=EXACT.number)
    last = max((statement for _, statement in stated.values()), key=lambda each: each.number)
    digits = 10 ** CURRENCY_DIGITS[deal.currency]
    nobody = People((), ())
    found = {}
    for line in file.lines:
        if line.outcome is None:
            continue
        units = units_by_year(deal, line, beyond, nobody, each=line.units_each.base)
        value = line_value(line, units, case="base", digits=digits, reading=EXACT)
        for year, amount in value.by_year.items():
            found[line.name, year] = Evidence(
                "verified",
                amount,
                last.as_of,
                "determined results, at the units and marginal cost of this line",
                "computed",
                f"issued statements to number {last.number}",
            )
    return found


def _determined(
    deal: Deal, statements: Sequence[Statement]
) -> Iterator[tuple[Slot, tuple[Result, Statement]]]:
    """Each determined result as the latest statement that uses it tells it, with that statement."""
    slots = {slot.key: slot for slot in slots_of(deal)}
    for statement in statements:
        for used in statement.results:
            slot = slots.get((used.outcome, used.slot, used.cohort))
            if slot is not None and used.standing == "determined" and used.result is not None:
                yield slot, (used.result, statement)
