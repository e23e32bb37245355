"""Two simulations on common draws: what the second changes, with the error of the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from payforsuccess.deal.capital import OWED_BACK
from payforsuccess.finance.simulate.figures import Figure, figure
from payforsuccess.finance.simulate.odds import HALF
from payforsuccess.finance.simulate.simulate import Simulation


@dataclass(frozen=True)
class Difference:
    """One figure on both sides, and the second less the first with the error of the difference."""

    says: str
    is_money: bool
    first: Figure
    second: Figure
    difference: Figure


def differences(first: Simulation, second: Simulation) -> Iterator[Difference]:
    """Every figure that both sides have, payments first."""
    for name, says in _figures(first):
        if name in second.names:
            yield _difference(says, True, first.columns(name), second.columns(name))
    for each in first.setting.deal.capital:
        if f"drawn:{each.name}" not in second.names:
            continue
        sides = (first, second)
        lost = [found.columns(f"lost:{each.name}") for found in sides]
        repaid = [
            [column < HALF for column in found.columns(f"unpaid:{each.name}")] for found in sides
        ]
        yield _difference(f"principal lost by {each.name}", True, *lost)
        if each.kind in OWED_BACK:
            says = f"chance that the principal of {each.name} is repaid in full"
            yield _difference(says, False, *repaid)


def _figures(found: Simulation) -> Iterator[tuple[str, str]]:
    deal = found.setting.deal
    yield "paid", "success payments"
    for term in deal.payments:
        yield f"term:{term.name}", f"  {term.name}"
    for name in found.names:
        if name.startswith("year:"):
            yield name, f"  fiscal year {name.partition(':')[2]}"
    for each in deal.capital:
        yield f"drawn:{each.name}", f"drawn of {each.name}"
        yield f"back:{each.name}", f"came back to {each.name}"


def _difference(
    says: str, is_money: bool, first: Sequence[Any], second: Sequence[Any]
) -> Difference:
    pairs = list(zip(first, second, strict=True))
    one, other, apart = (
        figure(pairs, of)
        for of in (
            lambda pair: float(numpy.mean(pair[0])),
            lambda pair: float(numpy.mean(pair[1])),
            lambda pair: float(numpy.mean(pair[1]) - numpy.mean(pair[0])),
        )
    )
    return Difference(says, is_money, one, other, apart)
