"""What a deal and the value of its outcomes must agree on."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.assumptions import CASES
from payforsuccess.deal.assumptions.check import needed_outcomes
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.money_file import in_another_currency
from payforsuccess.deal.nearest import no_such
from payforsuccess.deal.value import ValueFile, ValueLine
from payforsuccess.errors import Problem, sentence

FAR_OFF = 30
"""Years before and after the deal within which what was found of it lies."""


def check_value(value: ValueFile, deal: Deal) -> tuple[Problem, ...]:
    """Outcomes of no deal or that nothing reads, and lines that say wrongly whom they fall to."""
    problems = [
        problem
        for number, line in enumerate(value.lines)
        for problem in (
            *_outcome(value, number, line, deal),
            *_payor(value, number, line, deal),
            *_late(value, number, line),
            *_cost_below_zero(value, number, line),
        )
    ]
    problems += _far_off(value, deal)
    problems += in_another_currency(value, deal)
    return tuple(sorted(problems, key=lambda problem: problem.where))


def _far_off(value: ValueFile, deal: Deal) -> Iterator[Problem]:
    """Fiscal years that lie decades away from the deal: slips of a digit."""
    first, last = deal.periods.from_.year, deal.ends_on.year
    for number, each in enumerate(value.found):
        if not first - FAR_OFF <= each.fiscal_year <= last + FAR_OFF:
            yield Problem(
                sentence(
                    "The fiscal year {fiscal_year} lies far from the deal, which runs from "
                    "{first} to {last}.",
                    fiscal_year=each.fiscal_year,
                    first=first,
                    last=last,
                ),
                sentence("Correct the year."),
                value.place_of("found", number, "fiscal_year"),
            )


def _late(value: ValueFile, number: int, line: ValueLine) -> Iterator[Problem]:
    """A value that shows decades after what brings it: a slip, as months for days."""
    if line.lag is not None and line.lag.months > 12 * FAR_OFF:
        yield Problem(
            sentence(
                "`{name}` shows {lag} after what brings it, more than {far_off} years.",
                name=line.name,
                lag=str(line.lag),
                far_off=FAR_OFF,
            ),
            sentence("Correct `lag`."),
            value.place_of("lines", number, "lag"),
        )


def _cost_below_zero(value: ValueFile, number: int, line: ValueLine) -> Iterator[Problem]:
    """What a unit costs has no sign: whether there are more or fewer units says what is saved."""
    for key in ("average", "marginal"):
        cost = getattr(line, key)
        if cost is not None and any(cost.in_case(case) < 0 for case in CASES):
            yield Problem(
                sentence("`{name}` has a unit cost below zero.", name=line.name),
                sentence(
                    "Write the cost above zero, and `units_each` below zero where units are added."
                ),
                value.place_of("lines", number, key),
            )


def _outcome(value: ValueFile, number: int, line: ValueLine, deal: Deal) -> Iterator[Problem]:
    where = value.place_of("lines", number, "outcome")
    if line.outcome is None:
        return
    if line.outcome not in deal.outcomes:
        yield no_such(line.outcome, "outcome", deal.outcomes, where)
    elif line.outcome not in needed_outcomes(deal):
        yield Problem(
            sentence(
                "No payment term reads `{outcome}`, so nothing is assumed of it and `{name}` "
                "would always come to 0.",
                outcome=line.outcome,
                name=line.name,
            ),
            sentence(
                "Name an outcome that is paid for, or leave `outcome` out and count each person "
                "who starts."
            ),
            where,
        )


def _payor(value: ValueFile, number: int, line: ValueLine, deal: Deal) -> Iterator[Problem]:
    payors = {payor.party: payor for payor in deal.payors}
    if line.of_payor is not None and line.of_payor not in payors:
        where = value.place_of("lines", number, "of_payor")
        yield no_such(line.of_payor, "payor", payors, where)
        return
    falls = line.holder in payors or line.of_payor is not None
    if falls != line.to_payor:
        is_payor = "is a payor" if line.holder in payors else "is no payor"
        if line.of_payor is not None:
            is_payor = f"is a department of {line.of_payor}, a payor"
        yield Problem(
            sentence(
                "`{name}` says that it falls to {what} payor, and {holder} {is_payor} of this "
                "deal.",
                name=line.name,
                what="a" if line.to_payor else "no",
                holder=line.holder,
                is_payor=is_payor,
            ),
            sentence(
                "Correct `to_payor`, write the holder as the deal names the payor, or name in "
                "`of_payor` the payor that it is a department of."
            ),
            value.place_of("lines", number, "to_payor"),
        )
