"""The jurisdiction's limit on investors' return: above it all stops for a recorded waiver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem
from payforsuccess.finance.tranches import TrancheReturn


def over_the_limit(
    deal: Deal, returns: Iterable[TrancheReturn], *, where: str
) -> Iterator[Problem]:
    """A problem for each tranche, or for all together, whose return passes the limit.

    A waiver in the deal lifts the limit to what it names. `where` says in which case or scenario
    the return was found. A rate is compared as it is computed, without rounding.
    """
    rate, multiple = _limits(deal)
    for one in returns:
        said = []
        if rate is not None and one.rate is not None and one.rate > rate + 1e-12:
            said.append(f"{one.rate:.2%} a year, above {float(rate):.2%}")
        if multiple is not None and one.multiple is not None and one.multiple > multiple:
            said.append(f"{float(one.multiple):.4f} times its capital, above {float(multiple):.4f}")
        for text in said:
            yield Problem(
                f"In {where}, the return of `{one.name}` is {text}, the limit of "
                f"{deal.jurisdiction.name}.",
                "Change the terms, or record the waiver under `governance.return_waiver`.",
                deal.place_of("jurisdiction"),
            )


def _limits(deal: Deal) -> tuple[Fraction | None, Fraction | None]:
    """The limits on rate and multiple, lifted by a waiver as far as it goes."""
    rate, multiple = deal.jurisdiction.return_rate_limit, deal.jurisdiction.return_multiple_limit
    waiver = deal.governance.return_waiver
    if waiver is not None:
        if rate is not None and waiver.rate is not None:
            rate = max(rate, waiver.rate)
        if multiple is not None and waiver.multiple is not None:
            multiple = max(multiple, waiver.multiple)
    return rate, multiple
