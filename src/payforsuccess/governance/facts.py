"""What the rules of this room look at: the initiative, its deal, and how both stand on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from payforsuccess.deal.deal import Deal
from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.governance.late_payment import LatePayment
from payforsuccess.governance.way import Way

if TYPE_CHECKING:
    from payforsuccess.governance.capacity import CapacityFile, CapacitySet


@dataclass(frozen=True)
class ReadinessFound:
    """How the concept was assessed, as far as a gate has to know.

    is_suitable: no knock-out, and a band that allows it. criteria: the set and its version.
    is_priority: whether the concept's file says that a motion puts it first.
    """

    is_suitable: bool
    band: str
    score: str
    knock_outs: tuple[str, ...]
    criteria: str
    assessed_on: date
    is_priority: bool = False


@dataclass(frozen=True)
class SelectionFound:
    """Which concept a competition chose, as far as a gate has to know.

    chosen: nothing, and decided_on None, while no award is on file. place: of the one chosen in
    the ranking. departments: how many took part. problems: why the award does not stand.
    """

    chosen: str
    decided_by: str
    decided_on: date | None
    place: int = 1
    proposals: int = 1
    departments: int = 1
    standing: str = "real"
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoneyFound:
    """What forecast and budget say: shortfalls, the limit on returns, pay without success.

    shortfalls: None where there is no budget. is_return_within_limit: None where no limit is set.
    pays_without_success: None where the assumptions cannot be taken down to no success.
    """

    shortfalls: tuple[str, ...] | None
    is_return_within_limit: bool | None
    pays_without_success: bool | None


@dataclass(frozen=True)
class NotLookedAhead:
    """Forecast and budget were not made because packages of this extra are not installed."""

    extra: str


@dataclass(frozen=True)
class StatementFound:
    """An issued statement, as far as disputes and gates have to know.

    lines: those it has. is_determined: whether all results it pays on are. not_approved: what its
    approval still lacks on the day; empty once two people have approved it.
    """

    number: int
    on: date
    lines: tuple[str, ...]
    is_determined: bool = False
    not_approved: str = "nobody has approved it"


@dataclass(frozen=True)
class DrawnFound:
    """People whom chance assigned on a day, by the list of draws; ethics: the record's checksum."""

    on: date
    people: int
    ethics: str


@dataclass(frozen=True)
class Facts:
    """All that conditions are judged by.

    deal: the deal in force on the day, once there is one. readiness, selection, money, capacity:
    what other files and runs say; None where there is none, which a condition says in words.
    capacity_set: the set that the capacities are rated by. statements: those issued, in order.
    versions: the deal's, in the order in which they come into force. late: what is paid late on its
    statements, once there are any. determined_on: the days of determinations. drawn: whom the list
    of draws says chance assigned, day by day. way: how it came to the gate that is looked at, which
    `gates_of` and `moved_past` fill in.
    """

    initiative: Initiative
    on: date
    deal: Deal | None = None
    readiness: ReadinessFound | None = None
    selection: SelectionFound | None = None
    money: MoneyFound | NotLookedAhead | None = None
    capacity: CapacityFile | None = None
    capacity_set: CapacitySet | None = None
    statements: tuple[StatementFound, ...] = ()
    versions: tuple[Deal, ...] = ()
    late: LatePayment | None = None
    determined_on: tuple[date, ...] = ()
    drawn: tuple[DrawnFound, ...] = ()
    way: Way | None = None
