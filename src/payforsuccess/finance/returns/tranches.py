"""What each tranche gave, got back and lost, and at what rate: for one world or for many."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy

from payforsuccess.deal.deal import Deal
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import Flows
from payforsuccess.finance.moves import tranche as account_of
from payforsuccess.finance.returns.rates import Rate, Rates, xirr, xirr_of

WHOLE_AGAIN = 0.5
"""Half a minor unit: a tranche that lacks less than this is repaid in full (arrays only)."""


@dataclass(frozen=True)
class TrancheReturn:
    """A tranche in one world, in whole minor units."""

    name: str
    given: int
    received: int
    rate: Rate

    @property
    def multiple(self) -> Fraction | None:
        """What it received for each unit it gave (MOIC); None if it gave nothing."""
        return Fraction(self.received, self.given) if self.given else None

    @property
    def lost(self) -> int:
        """What it gave and never received back."""
        return max(self.given - self.received, 0)

    @property
    def is_repaid(self) -> bool:
        """Whether all it gave came back."""
        return self.received >= self.given


@dataclass(frozen=True)
class TrancheReturns:
    """A tranche in many worlds: arrays of float64 minor units, one number for each world."""

    name: str
    given: Any
    received: Any
    net: Any
    """A row for each world and a column for each day: received less given."""
    rates: Rates | None
    """None unless it was asked for: finding rates takes longer than all else."""

    @property
    def multiple(self) -> Any:
        """What it received for each unit it gave (MOIC); NaN where it gave nothing."""
        with numpy.errstate(divide="ignore", invalid="ignore"):
            return numpy.where(self.given > 0, self.received / self.given, numpy.nan)

    @property
    def lost(self) -> Any:
        """What it gave and never received back."""
        return numpy.maximum(self.given - self.received, 0.0)

    @property
    def is_repaid(self) -> Any:
        """Whether all it gave came back."""
        return self.received >= self.given - WHOLE_AGAIN

    @property
    def share_repaid(self) -> float:
        """The share of worlds in which all it gave came back."""
        return float(numpy.mean(self.is_repaid))

    @property
    def mean_rate(self) -> float | None:
        """The mean of the rates, without worlds in which all was lost or there is no rate."""
        if self.rates is None:
            return None
        counted = self.rates.rate[~self.rates.lost & ~numpy.isnan(self.rates.rate)]
        return float(counted.mean()) if counted.size else None


def returns_of(deal: Deal, calendar: CashCalendar, flows: Flows) -> tuple[TrancheReturn, ...]:
    """Every tranche of the deal in one world, in the deal's order.

    What a tranche puts off in place of cash counts as given. A guarantee gives when it is called.
    """
    found = []
    for tranche in deal.capital:
        account = account_of(tranche.name)
        given = flows.total(move for move in flows.moves if move.source == account)
        received = flows.total(move for move in flows.moves if move.target == account)
        rate = xirr_of(calendar.days, flows.net(account, len(calendar.days)))
        found.append(TrancheReturn(tranche.name, given, received, rate))
    return tuple(found)


def returns_in_worlds(
    deal: Deal, calendar: CashCalendar, flows: Flows, *, worlds: int, with_rates: bool = True
) -> tuple[TrancheReturns, ...]:
    """Every tranche of the deal in many worlds, in the deal's order."""
    return tuple(
        _in_worlds(tranche.name, calendar, flows, worlds, with_rates) for tranche in deal.capital
    )


def _in_worlds(
    name: str, calendar: CashCalendar, flows: Flows, worlds: int, with_rates: bool
) -> TrancheReturns:
    account = account_of(name)
    net = numpy.zeros((len(calendar.days), worlds))
    given, received = numpy.zeros(worlds), numpy.zeros(worlds)
    for move in flows.moves:
        if move.source == account:
            net[move.day] -= move.amount
            given += move.amount
        elif move.target == account:
            net[move.day] += move.amount
            received += move.amount
    rates = xirr(calendar.days, net.T) if with_rates else None
    return TrancheReturns(name, given, received, net.T, rates)
