"""What each tranche gave and got back: rate of return and its roots, multiple, loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.capital import Tranche
from payforsuccess.deal.deal import Deal
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import Flows, party
from payforsuccess.finance.moves import tranche as account_of
from payforsuccess.finance.returns.rates import Roots, xirr_of


@dataclass(frozen=True)
class TrancheReturn:
    """One tranche over its life, in minor units; or all tranches of investors together.

    `came_back` is principal, interest, deferred fees, what guarantors made good, and (for provider
    equity) what was left. `rate` is the yearly internal rate of return by actual days over 365,
    None where there is none; `roots` says how many rates there are; `lost` that nothing came back.
    """

    name: str
    party: str
    kind: str
    committed: int
    drawn: int
    came_back: int
    interest: int
    guaranteed: int
    rate: float | None
    roots: Roots
    lost: bool

    @property
    def loss(self) -> int:
        """What was drawn and never came back, 0 or more."""
        return max(self.drawn - self.came_back, 0)

    @property
    def multiple(self) -> Fraction | None:
        """What came back over what was drawn (MOIC); None where nothing was drawn."""
        return Fraction(self.came_back, self.drawn) if self.drawn else None


def tranche_returns(
    deal: Deal, calendar: CashCalendar, flows: Flows, *, digits: int
) -> tuple[TrancheReturn, ...]:
    """Each tranche in the order of the deal, then investors together if there are two or more.

    Guarantees and deferred fees give no cash of their own at first, so they are not investors'
    money; grants that nobody owes back are, since their givers bear the loss.
    """
    found = [_of(tranche, deal, calendar, flows, digits) for tranche in deal.capital]
    money = [
        tranche for tranche in deal.capital if tranche.kind not in ("guarantee", "deferred-fee")
    ]
    if len(money) > 1:
        accounts = [account_of(tranche.name) for tranche in money]
        each = [found[deal.capital.index(tranche)] for tranche in money]
        flow = _added([_flow(account, calendar, flows) for account in accounts])
        rate = xirr_of(calendar.days, flow)
        found.append(
            TrancheReturn(
                "all",
                "all who gave capital",
                "pooled",
                committed=sum(one.committed for one in each),
                drawn=sum(one.drawn for one in each),
                came_back=sum(one.came_back for one in each),
                interest=sum(one.interest for one in each),
                guaranteed=sum(one.guaranteed for one in each),
                rate=rate.rate,
                roots=rate.roots,
                lost=rate.lost,
            )
        )
    return tuple(found)


def _of(
    tranche: Tranche, deal: Deal, calendar: CashCalendar, flows: Flows, digits: int
) -> TrancheReturn:
    account = account_of(tranche.name)
    flow = _flow(account, calendar, flows)
    rate = xirr_of(calendar.days, flow)
    given = [move for move in flows.moves if move.source == account]
    got = [move for move in flows.moves if move.target == account]
    gives = ("guarantee",) if tranche.kind == "guarantee" else ("draw", "deferred-cost")
    return TrancheReturn(
        tranche.name,
        tranche.party,
        tranche.kind,
        committed=int(tranche.amount * digits),
        drawn=sum(int(move.amount) for move in given if move.kind in gives),
        came_back=sum(int(move.amount) for move in got),
        interest=sum(int(move.amount) for move in got if move.kind == "interest"),
        guaranteed=sum(int(move.amount) for move in got if move.kind == "guarantee"),
        rate=rate.rate,
        roots=rate.roots,
        lost=rate.lost,
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
