"""What a deal and the value of its outcomes must agree on."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.nearest import no_such
from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Problem


def check_value(value: ValueFile, deal: Deal) -> tuple[Problem, ...]:
    """Outcomes of no deal, and lines that say of a payor's budget that it falls to no payor."""
    problems: list[Problem] = []
    payors = {payor.party for payor in deal.payors}
    for number, line in enumerate(value.lines):
        if line.outcome not in deal.outcomes:
            where = value.place_of("lines", number, "outcome")
            problems.append(no_such(line.outcome, "outcome", deal.outcomes, where))
        if (line.holder in payors) != line.to_payor:
            is_payor = "is a payor" if line.holder in payors else "is no payor"
            problems.append(
                Problem(
                    f"`{line.name}` says that it falls to {'a' if line.to_payor else 'no'} payor, "
                    f"and {line.holder} {is_payor} of this deal.",
                    "Correct `to_payor`, or write the holder as the deal names the payor.",
                    value.place_of("lines", number, "to_payor"),
                )
            )
    return tuple(sorted(problems, key=lambda problem: problem.where))
