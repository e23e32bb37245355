"""The state of a waterfall on one day: cash by account, balances by tranche, and moves so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import PROJECT, Kind, Move
from payforsuccess.finance.waterfall.arithmetic import Arithmetic, minus, plus
from payforsuccess.finance.waterfall.balances import Balance
from payforsuccess.finance.waterfall.plan import Plan


@dataclass
class Book:
    """What stands where; every change of cash is written down as a move."""

    plan: Plan
    calendar: CashCalendar
    numbers: Arithmetic
    at: int = 0
    """The place of the day."""
    cash: Any = 0
    """What is on the project's account."""
    credit: Any = 0
    """What was overpaid and is still to be set off against later payments."""
    overpayable: Any = 0
    """What was paid and neither recovered nor forgiven; counted only where the deal does either."""
    forgiven: Any = 0
    """What was overpaid and stays with those who got it."""
    unfunded: Any = 0
    """What fell due and passed the payors' own ceilings."""
    pools: list[Any] = field(default_factory=list)
    """What is in each pool."""
    held: list[Any] = field(default_factory=list)
    """What a reserve keeps of each pool on this day."""
    paid: list[Any] = field(default_factory=list)
    """What each step has paid so far."""
    stated: dict[str, Any] = field(default_factory=dict)
    """What each payor has paid so far."""
    balances: list[Balance] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pools = [0] * len(self.plan.pools)
        self.held = [0] * len(self.plan.pools)
        self.paid = [0] * len(self.plan.steps)
        self.balances = [
            Balance(tranche, self.numbers.amount(room))
            for tranche, room in zip(self.plan.deal.capital, self.plan.amounts, strict=True)
        ]

    @property
    def day(self) -> date:
        """The day."""
        return self.calendar.days[self.at]

    def close_day(self) -> None:
        """Called when all of a day has happened; a plain book has nothing to do then."""

    def add(
        self, kind: Kind, source: str, target: str, amount: Any, why: str, of: str = ""
    ) -> None:
        """Write a move down, unless it is of nothing."""
        if not (isinstance(amount, int) and amount == 0):
            self.moves.append(Move(self.at, kind, source, target, amount, why, of))

    def pass_on(self, move: Move) -> None:
        """Write down a move that was made elsewhere."""
        self.moves.append(move)

    def free(self, pool: int, if_met: Any) -> Any:
        """What is in a pool and not kept in a reserve, where a step's condition is met."""
        return self.numbers.where(if_met, minus(self.pools[pool], self.held[pool]))

    def room_of(self, number: int) -> Any:
        """What a step may still pay over the deal's life; None without a limit."""
        at_most = self.plan.steps[number].at_most
        return None if at_most is None else at_most - self.paid[number]

    def allowed(self, number: int, amount: Any) -> Any:
        """As much of an amount as a step may still pay."""
        room = self.room_of(number)
        return amount if room is None else self.numbers.least(amount, room)

    def pay(
        self, kind: Kind, number: int, pool: int, account: str, amount: Any, of: str = ""
    ) -> None:
        """A step pays from a pool."""
        if isinstance(amount, int) and not amount:
            return
        planned = self.plan.steps[number]
        self.add(kind, self.plan.pools[pool], account, amount, planned.why, of)
        self.pools[pool] = minus(self.pools[pool], amount)
        if planned.at_most is not None:
            self.paid[number] = plus(self.paid[number], amount)

    def put_in(self, amount: Any) -> None:
        """Cash comes to the project."""
        self.cash = plus(self.cash, amount)

    def take_out(self, amount: Any) -> None:
        """Cash leaves the project."""
        self.cash = minus(self.cash, amount)

    def draw(self, at: int, amount: Any) -> None:
        """Capital comes from a tranche; the caller puts it in."""
        if isinstance(amount, int) and not amount:
            return
        balance = self.balances[at]
        balance.give(amount, self.day, self.numbers)
        self.add("draw", balance.account, PROJECT, amount, balance.tranche.name)

    def put_off(self, move: Move) -> None:
        """A cost is put off: its tranche is owed it from now on."""
        at = self.plan.place_of(move.source)
        if at is None:
            raise ValueError(f"{move.source} is not a tranche")
        self.balances[at].give(move.amount, self.day, self.numbers)
