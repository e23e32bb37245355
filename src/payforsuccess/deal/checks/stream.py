"""What a stream and the terms it shares must agree on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.checks.budget import FAR_OFF
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.stream import ContractYear, Stream, StreamContract
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import CURRENCY_DIGITS, grouped

LARGEST = 1_000
"""How many times larger than its terms a contract may be; more is a slip."""


def check_stream(stream: Stream, terms: Deal) -> Iterator[Problem]:
    """Contracts of a size that no contract has, money for far years, parts of a minor unit."""
    first, last = terms.periods.from_.year - FAR_OFF, terms.ends_on.year + FAR_OFF
    for at, contract in enumerate(stream.contracts):
        if contract.size > LARGEST:
            yield Problem(
                sentence(
                    "`{name}` is {size} times as large as the terms.",
                    name=contract.name,
                    size=grouped(contract.size),
                ),
                sentence(
                    "Write how large it is against the terms: at most {largest}.",
                    largest=grouped(LARGEST),
                ),
                stream.place_of("contracts", at, "size"),
            )
        for number, year in enumerate(contract.amounts):
            if not first <= year.fiscal_year <= last:
                yield Problem(
                    sentence(
                        "The fiscal year {fiscal_year} lies far from the terms, which run from "
                        "{year} to {year_2}.",
                        fiscal_year=year.fiscal_year,
                        year=terms.periods.from_.year,
                        year_2=terms.ends_on.year,
                    ),
                    sentence(
                        "Correct the year; a fiscal year is named by the year in which it ends."
                    ),
                    stream.place_of("contracts", at, "amounts", number, "fiscal_year"),
                )
            if _is_in_part(year, terms):
                yield Problem(
                    sentence(
                        "{amount} is not a whole number of the smallest unit of {currency}.",
                        amount=grouped(year.amount),
                        currency=terms.currency,
                    ),
                    sentence("Write the amount as the contract does."),
                    stream.place_of("contracts", at, "amounts", number, "amount"),
                )
        from_day = contract.on_terms_from
        if from_day is not None and from_day > terms.ends_on:
            yield Problem(
                sentence(
                    "`{name}` moves to terms on {from_day} that end on {ends_on}.",
                    name=contract.name,
                    from_day=from_day,
                    ends_on=terms.ends_on,
                ),
                sentence("Correct the day, or write `kind: base`."),
                stream.place_of("contracts", at, "on_terms_from"),
            )


def is_payable(contract: StreamContract, terms: Deal) -> bool:
    """Whether every amount is a whole number of minor units of the terms' currency."""
    return not any(_is_in_part(year, terms) for year in contract.amounts)


def _is_in_part(year: ContractYear, terms: Deal) -> bool:
    return (year.amount * Fraction(10 ** CURRENCY_DIGITS[terms.currency])).denominator != 1
