"""Every amount of money is a whole number of minor units of the deal's currency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, get_args

from pydantic import BaseModel

from payforsuccess.deal.deal import Deal, FieldPath
from payforsuccess.deal.fields import Amount, SignedAmount
from payforsuccess.deal.terms import Withhold
from payforsuccess.errors import Problem
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
            f"{grouped(amount)} is not a whole number of the smallest unit of {deal.currency}.",
            f"Write the amount with at most {places}.",
            deal.place_of(*path),
        )


def amounts_in(deal: Deal) -> Iterator[tuple[FieldPath, Fraction]]:
    """Every amount of money that the deal states, with its path in the file."""
    yield from _within(deal, ())


def _within(model: BaseModel, path: FieldPath) -> Iterator[tuple[FieldPath, Fraction]]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        here = (*path, field.alias or name)
        if isinstance(value, Fraction):
            if _is_money(field.annotation, field.metadata):
                yield here, value
        elif not (isinstance(model, Withhold) and name == "bands"):  # bands of shares, not money
            yield from _inside(value, here)


def _inside(value: object, path: FieldPath) -> Iterator[tuple[FieldPath, Fraction]]:
    if isinstance(value, BaseModel):
        yield from _within(value, path)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _inside(item, (*path, number))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _inside(item, (*path, key))


def _is_money(annotation: Any, metadata: list[Any]) -> bool:
    """Whether a field is of a money type, alone or as `Amount | None`."""
    found = [*metadata, *getattr(annotation, "__metadata__", ())]
    found += [each for part in get_args(annotation) for each in getattr(part, "__metadata__", ())]
    return any(id(each) in _MONEY for each in found)
