"""The deal with its prices multiplied: what a price search and a comparison of prices try out."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import (
    Coupon,
    EffectPrice,
    Milestones,
    PaymentTerm,
    Pot,
    SavingsShare,
    Schedule,
    ShareThreshold,
    UnitPrice,
    Withhold,
)
from payforsuccess.errors import Problem, Refusal


def repriced(deal: Deal, factor: Fraction, *, terms: Collection[str] = ()) -> Deal:
    """Every price of the deal (or of the terms named) times a factor above 0.

    Prices are unit prices, milestone prices, band amounts and rates, lump sums, pots, and coupon
    rates. Shares (of savings, of a fee at risk) multiply too, and are refused above 1. Ceilings,
    floors and conditions stay as they are.
    """
    return deal.model_copy(
        update={
            "payments": tuple(
                _repriced(term, factor) if not terms or term.name in terms else term
                for term in deal.payments
            )
        }
    )


def prices_of(term: PaymentTerm) -> tuple[tuple[str, Fraction], ...]:
    """The prices that `repriced` multiplies, each with its key in the deal file."""
    match term:
        case UnitPrice() | EffectPrice():
            return (("price", term.price),)
        case Milestones():
            return tuple(
                (f"milestones[{number}].price", milestone.price)
                for number, milestone in enumerate(term.milestones)
            )
        case Schedule():
            found = []
            for number, band in enumerate(term.bands):
                found.append((f"bands[{number}].pays", band.pays))
                found.append((f"bands[{number}].then_per_unit", band.then_per_unit))
            return tuple((key, value) for key, value in found if value)
        case ShareThreshold():
            if term.price is not None:
                return (("price", term.price),)
            return (("amount", term.amount or Fraction(0)),)
        case Pot():
            return (("amount", term.amount),)
        case SavingsShare():
            second = (("then_share", term.then_share),) if term.then_share is not None else ()
            return (("share", term.share), *second)
        case Coupon():
            return tuple(
                (f"bands[{number}].rate", band.rate)
                for number, band in enumerate(term.bands)
                if band.rate
            )
        case Withhold():
            return (("at_risk", term.at_risk),)


def _repriced(term: PaymentTerm, factor: Fraction) -> PaymentTerm:
    update: dict[str, Any]
    match term:
        case UnitPrice() | EffectPrice():
            update = {"price": term.price * factor}
        case Milestones():
            update = {
                "milestones": tuple(
                    milestone.model_copy(update={"price": milestone.price * factor})
                    for milestone in term.milestones
                )
            }
        case Schedule():
            update = {
                "bands": tuple(
                    band.model_copy(
                        update={
                            "pays": band.pays * factor,
                            "then_per_unit": band.then_per_unit * factor,
                        }
                    )
                    for band in term.bands
                )
            }
        case ShareThreshold():
            key, value = prices_of(term)[0]
            update = {key: value * factor}
        case Pot():
            update = {"amount": term.amount * factor}
        case SavingsShare():
            update = {key: _share(term, key, value * factor) for key, value in prices_of(term)}
        case Coupon():
            update = {
                "bands": tuple(
                    band.model_copy(
                        update={
                            "rate": band.rate * factor,
                            "then_per_unit": band.then_per_unit * factor,
                        }
                    )
                    for band in term.bands
                )
            }
        case Withhold():
            update = {"at_risk": _share(term, "at_risk", term.at_risk * factor)}
    changed: PaymentTerm = term.model_copy(update=update)
    return changed


def _share(term: PaymentTerm, key: str, share: Fraction) -> Fraction:
    if share > 1:
        raise Refusal(
            Problem(
                f"`{key}` of `{term.name}` would be {float(share):.1%}.",
                "A share cannot pass 100%: look for a price within that, or leave the term out.",
            )
        )
    return share
