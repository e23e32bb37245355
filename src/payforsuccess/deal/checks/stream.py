"""What a stream and the terms it shares must agree on."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.checks.budget import FAR_OFF
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.stream import Stream
from payforsuccess.errors import Problem
from payforsuccess.units import grouped

LARGEST = 1_000
"""How many times larger than its terms a contract may be; more is a slip."""


def check_stream(stream: Stream, terms: Deal) -> Iterator[Problem]:
    """Contracts of a size that no contract has, and money for years far from the terms."""
    first, last = terms.periods.from_.year - FAR_OFF, terms.ends_on.year + FAR_OFF
    for at, contract in enumerate(stream.contracts):
        if contract.size > LARGEST:
            yield Problem(
                f"`{contract.name}` is {grouped(contract.size)} times as large as the terms.",
                f"Write how large it is against the terms: at most {grouped(LARGEST)}.",
                stream.place_of("contracts", at, "size"),
            )
        for number, year in enumerate(contract.amounts):
            if not first <= year.fiscal_year <= last:
                yield Problem(
                    f"The fiscal year {year.fiscal_year} lies far from the terms, which run from "
                    f"{terms.periods.from_.year} to {terms.ends_on.year}.",
                    "Correct the year; a fiscal year is named by the year in which it ends.",
                    stream.place_of("contracts", at, "amounts", number, "fiscal_year"),
                )
