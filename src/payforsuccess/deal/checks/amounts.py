"""Every amount of money is a whole number of minor units of the deal's currency."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, get_args

from payforsuccess.deal.checks.walk import values_in
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.fields import Amount, SignedAmount
from payforsuccess.deal.terms import Withhold
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import CURRENCY_DIGITS, grouped

# The validators by which a field of the model is known to hold money.
_MONEY = frozenset(id(get_args(kind)[1]) for kind in (Amount, SignedAmount))


def check_amounts(deal: Deal) -> Iterator[Problem]:
    """Amounts that would need a part of a minor unit, such as half a cent.

    Prices for each unit are exact numbers with as many digits as they need and are not amounts.
    """
    digits = CURRENCY_DIGITS[deal.currency]
    for path, amount in amounts_in(deal):
        if (amount * 10**digits).denominator == 1:
            continue
        places = f"{digits} decimals" if digits else "no decimals"
        yield Problem(
            sentence(
                "{amount} is not a whole number of the smallest unit of {currency}.",
                amount=grouped(amount),
                currency=deal.currency,
            ),
            sentence("Write the amount with at most {places}.", places=places),
            deal.place_of(*path),
        )


def amounts_in(deal: Deal) -> Iterator[tuple[FieldPath, Fraction]]:
    """Every amount of money that the deal states, with its path in the file."""
    withheld = [term for term in deal.payments if isinstance(term, Withhold)]
    of_shares = {id(band) for term in withheld for band in term.bands}
    for found in values_in(deal):
        if not isinstance(found.value, Fraction) or id(found.model) in of_shares:
            continue
        if _is_money(found.field.annotation, found.field.metadata):
            yield found.path, found.value


def _is_money(annotation: Any, metadata: list[Any]) -> bool:
    """Whether a field is of a money type, alone or as `Amount | None`."""
    found = [*metadata, *getattr(annotation, "__metadata__", ())]
    found += [each for part in get_args(annotation) for each in getattr(part, "__metadata__", ())]
    return any(id(each) in _MONEY for each in found)
