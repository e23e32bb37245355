"""What each tranche gave and got back: rate of return and its roots, multiple, loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from payforsuccess.deal.capital import Tranche
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import Flows, party
from payforsuccess.finance.moves import tranche as account_of
from payforsuccess.finance.returns.stake import Stake, stake_of, together

if TYPE_CHECKING:
    from payforsuccess.finance.returns.rates import Rate, Roots


@dataclass(frozen=True)
class TrancheReturn:
    """One tranche over its life, in minor units; or all tranches together.

    What it gave, got back and lost is its `stake`. `rate` is the yearly internal rate of return by
    actual days over 365, None where there is none; `roots` says how many rates there are; `lost`
    that nothing came back.
    """

    name: str
    party: str
    kind: str
    committed: int
    stake: Stake
    rate: float | None
    roots: Roots
    lost: bool
    recycles: bool = False

    @property
    def drawn(self) -> int:
        """What it gave."""
        return int(self.stake.given)

    @property
    def came_back(self) -> int:
        """All that was paid to it."""
        return int(self.stake.came_back)

    @property
    def unpaid(self) -> int:
        """Principal that the deal neither repaid nor recycled."""
        return int(self.stake.unpaid)

    @property
    def loss(self) -> int:
        """Principal unpaid that nobody made good."""
        return int(self.stake.lost)

    @property
    def multiple(self) -> Fraction | None:
        """What came back over what was given (MOIC); None where nothing was, or it recycles."""
        return Fraction(self.came_back, self.drawn) if self.drawn and not self.recycles else None


def tranche_returns(
    deal: Deal, calendar: CashCalendar, flows: Flows, *, digits: int
) -> tuple[TrancheReturn, ...]:
    """Each tranche in the order of the deal, then all that give cash if there are two or more.

    Deferred fees give no cash of their own and are left out of all together. Guarantors are in it:
    what they make good is given by one and got by another, and is no money that came back.
    """
    found = [_of(tranche, deal, calendar, flows, digits) for tranche in deal.capital]
    money = [each for each in deal.capital if each.kind not in ("guarantee", "deferred-fee")]
    if len(money) > 1:
        inside = [each for each in deal.capital if each.kind != "deferred-fee"]
        flow = _added([_flow(account_of(each.name), calendar, flows) for each in inside])
        rate = _rate_of(calendar.days, flow)
        found.append(
            TrancheReturn(
                "all",
                "all who gave capital",
                "pooled",
                committed=sum(int(each.amount * digits) for each in money),
                stake=together(tuple(stake_of(each, flows) for each in inside)),
                rate=rate.rate,
                roots=rate.roots,
                lost=rate.lost,
            )
        )
    return tuple(found)


def _rate_of(days: Sequence[date], flow: Sequence[int]) -> Rate:
    """The rate of one flow; numpy, which finds it, is loaded only where there is capital."""
    from payforsuccess.finance.returns.rates import xirr_of

    return xirr_of(days, flow)


def _of(
    tranche: Tranche, deal: Deal, calendar: CashCalendar, flows: Flows, digits: int
) -> TrancheReturn:
    rate = _rate_of(calendar.days, _flow(account_of(tranche.name), calendar, flows))
    return TrancheReturn(
        tranche.name,
        tranche.party,
        tranche.kind,
        committed=int(tranche.amount * digits),
        stake=stake_of(tranche, flows),
        rate=rate.rate,
        roots=rate.roots,
        lost=rate.lost,
        recycles=tranche.recyclable or tranche.kind == "recyclable-grant",
    )


def _flow(account: str, calendar: CashCalendar, flows: Flows) -> list[int]:
    return [int(amount) for amount in flows.net(account, len(calendar.days))]


def _added(columns: Sequence[Sequence[int]]) -> list[int]:
    return [sum(amounts) for amounts in zip(*columns, strict=True)]


@dataclass(frozen=True)
class PartyCash:
    """What one party pays and receives, day by day, and the most it is ever out of pocket.

    `working_capital` is the largest sum it has paid beyond what it has received, on any day.
    """

    party: str
    days: tuple[date, ...]
    net: tuple[int, ...]

    @property
    def to_date(self) -> tuple[int, ...]:
        """Received less paid, up to each day."""
        found: list[int] = []
        for amount in self.net:
            found.append((found[-1] if found else 0) + amount)
        return tuple(found)

    @property
    def working_capital(self) -> int:
        """The deepest point of `to_date`, as an amount of 0 or more."""
        return max(0, -min(self.to_date, default=0))


def provider_cash(
    deal: Deal, calendar: CashCalendar, flows: Flows, *, name: str, spends: Sequence[int]
) -> PartyCash:
    """The provider's own cash: what project, base pay and waterfall bring, less its spending.

    `spends` is what service costs it on each day: it passes on what it is paid for costs, and bears
    what nobody pays it for. A fee that is put off brings no cash until it is paid.
    """
    received = [int(got) for got in flows.net(party(name), len(calendar.days))]
    deferred = {account_of(each.name) for each in deal.capital if each.kind == "deferred-fee"}
    own = {account_of(each.name) for each in deal.capital if each.party == name} & deferred
    for move in flows.moves:
        if move.kind == "deferred-cost" and move.target == party(name):
            received[move.day] -= int(move.amount)
        if move.target in own and move.kind != "deferred-cost":
            received[move.day] += int(move.amount)
    net = [got - spent for got, spent in zip(received, spends, strict=True)]
    return PartyCash(name, calendar.days, tuple(net))


def spending_of(name: str, calendar: CashCalendar, flows: Flows) -> list[int]:
    """What the services of a party cost on each day, whoever bears it."""
    spent = [0] * len(calendar.days)
    for move in flows.of("cost", "own-cost", "deferred-cost"):
        if move.target == party(name):
            spent[move.day] += int(move.amount)
    return spent
