"""The sheets of cash: the deal's own waterfall run over live amounts, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from payforsuccess.finance.moves import Flows, Kind, Move, pool
from payforsuccess.finance.waterfall.arithmetic import Arithmetic, minus, plus
from payforsuccess.finance.waterfall.balances import Balance
from payforsuccess.finance.waterfall.book import Book
from payforsuccess.finance.waterfall.plan import Plan
from payforsuccess.finance.waterfall.run import run_waterfall
from payforsuccess.reports.workbook.capital import live_deal
from payforsuccess.reports.workbook.costs import cost_moves
from payforsuccess.reports.workbook.frame import Frame, head_by_day
from payforsuccess.reports.workbook.grid import FIRST, Section, Sheet
from payforsuccess.reports.workbook.live import Live, choose, live
from payforsuccess.reports.workbook.numbers import LiveNumbers, day_fraction
from payforsuccess.reports.workbook.payments import LivePayments
from payforsuccess.reports.workbook.people import LivePeople
from payforsuccess.units import day_count_fraction

BY_STEPS = ("fee", "interest", "principal", "deferred-fee", "return", "recycle", "release")
"""Kinds of moves that belong to the sheet of the waterfall; all others to that of cash flow."""


@dataclass
class _Keeper:
    """Places what is worked out on a day in that day's column."""

    frame: Frame
    days: Mapping[date, Live]
    working: Section
    balances: Section
    project: Section
    moved: Section
    steps: Mapping[str, Section]
    at: int = 0

    def show(self, move: Move) -> Live:
        """The amount of a move in a cell of its own."""
        by_step = move.kind in BY_STEPS or move.kind == "guarantee"
        return _shown(move, self.steps[move.why] if by_step else self.moved)

    def keep(self, section: Section, says: str, number: Any) -> Any:
        """A live number in its row; a plain nothing takes no cell."""
        if not isinstance(number, Live):
            return number
        row, again = section.row(says), 2
        while FIRST + self.at in row.cells:
            row = section.row(f"{says} ({again})")
            again += 1
        return section.put(row, FIRST + self.at, number)

    def keep_working(self, says: str, number: Live) -> None:
        """A step on the way to an amount; one that has a cell needs no other."""
        if number.place is None:
            self.keep(self.working, says, number)

    def close(self, book: Book) -> None:
        """What stands where at the end of a day."""
        for balance in book.balances:
            name = balance.tranche.name
            balance.principal = self.keep(
                self.balances, f"{name}: principal owed", balance.principal
            )
            balance.interest = self.keep(self.balances, f"{name}: interest owed", balance.interest)
            if balance.bearing is not balance.principal and isinstance(balance.bearing, Live):
                balance.bearing = self.keep(
                    self.balances, f"{name}: bears interest", balance.bearing
                )
            balance.room = self.keep(self.balances, f"{name}: can still be drawn", balance.room)
        for at, name in enumerate(book.plan.pools):
            said = name.removeprefix(pool(""))
            book.pools[at] = self.keep(self.balances, f"In the pool of {said}", book.pools[at])
        for at, planned in enumerate(book.plan.steps):
            book.paid[at] = self.keep(self.balances, f"{planned.why}: paid to date", book.paid[at])
        for name, stated in list(book.stated.items()):
            book.stated[name] = self.keep(self.project, f"{name}: paid to date", stated)
        book.credit = self.keep(self.project, "Overpaid, to be credited", book.credit)
        book.cash = self.keep(self.project, "On the project's account", book.cash)


@dataclass
class LiveBalance(Balance):
    """A tranche whose interest is counted by the dates on the sheet.

    Interest is rounded on payment dates and on days on which money is drawn. Whether any is drawn
    depends on the inputs, and so does the day from which interest is counted next: it is a cell.
    """

    keeper: _Keeper | None = None
    counted_since: Live | None = None

    def give(self, amount: Any, on: date, numbers: Arithmetic) -> None:
        """Money comes in; interest is counted up to the day if it is more than nothing."""
        self.room = minus(self.room, amount)
        if not self.is_owed_back:
            return
        self._count(on, numbers, only_if=live(amount) > 0)
        self.principal = plus(self.principal, amount)
        if self.tranche.rate:
            self.bearing = plus(self.bearing, amount)

    def accrue(self, on: date, numbers: Arithmetic) -> None:
        """Count interest up to a day."""
        self._count(on, numbers, only_if=True)

    def _count(self, on: date, numbers: Arithmetic, *, only_if: Any) -> None:
        rule, keeper = self.tranche.interest, self.keeper
        assert keeper is not None
        today, since = keeper.days[on], self.counted_since
        if rule is None or not self.tranche.rate:
            return
        if since is None or (isinstance(self.bearing, int) and not self.bearing):
            self.counted_since = today
            return
        if since is today:
            return
        said = self.tranche.name
        exact = day_count_fraction(date.fromordinal(int(since.value)), on, rule.day_count)
        part = day_fraction(since, today, rule.day_count, exact)
        rate: Any = self.tranche.rate
        grown = choose(only_if, numbers.part(self.bearing, rate * part), 0)
        grown = keeper.keep(keeper.working, f"{said}: interest counted", grown)
        self.interest = plus(self.interest, grown)
        self.counted_since = choose(only_if, today, since)
        if self.counted_since.place is None:
            row = keeper.working.row(f"{said}: interest counted to", told="date")
            keeper.working.put(row, FIRST + keeper.at, self.counted_since)


@dataclass
class LiveBook(Book):
    """The book of a waterfall over live amounts: each day's state is written down."""

    keeper: _Keeper | None = None

    def __post_init__(self) -> None:
        """Balances that count interest on the sheet."""
        super().__post_init__()
        self.balances = [
            LiveBalance(each.tranche, each.room, keeper=self.keeper) for each in self.balances
        ]

    def __setattr__(self, name: str, value: Any) -> None:
        """The keeper follows the day."""
        super().__setattr__(name, value)
        if name == "at" and getattr(self, "keeper", None) is not None:
            assert self.keeper is not None
            self.keeper.at = value

    def add(
        self, kind: Kind, source: str, target: str, amount: Any, why: str, of: str = ""
    ) -> None:
        """Write a move down, and give its amount a cell in the section it belongs to."""
        if isinstance(amount, int) and amount == 0:
            return
        assert self.keeper is not None
        move = Move(self.at, kind, source, target, amount, why, of)
        super().add(kind, source, target, self.keeper.show(move), why, of)

    def pass_on(self, move: Move) -> None:
        """Write down a move that was made elsewhere; one that was cut has no cell yet."""
        if isinstance(move.amount, Live) and move.amount.place is None:
            assert self.keeper is not None
            self.keeper.show(move)
        super().pass_on(move)

    def close_day(self) -> None:
        """Write the day's balances down."""
        assert self.keeper is not None
        self.keeper.close(self)


@dataclass(frozen=True)
class LiveCash:
    """Every move of cash with its live amount, and the days as cells."""

    flows: Flows
    days: tuple[Live, ...]


def cash_sheets(
    frame: Frame,
    people: LivePeople,
    payments: LivePayments,
    met: Mapping[str, Any],
    cash: Sheet,
    waterfall: Sheet,
) -> LiveCash:
    """Costs, draws and payments on one sheet, the order of repayment on the other."""
    calendar = frame.calendar
    head_by_day(cash, frame)
    days = head_by_day(waterfall, frame)
    costs = cash.section("Costs and base pay, at the start of their period")
    needs = cost_moves(frame, people, costs)
    arriving = cash.section("Success payments, on the day they are paid")
    paid: dict[tuple[int, str], Live] = {}
    for (number, name), amount in payments.amounts.items():
        at = calendar.at(calendar.paid_on[number - 1])
        shown = arriving.put(arriving.row(name), FIRST + at, amount)
        shown.is_signed = amount.is_signed
        paid[at, name] = shown
    moved = cash.section("Capital drawn, and who finds what lacks")
    project = cash.section("At the end of the day")
    deal, plan, draws = live_deal(frame)
    sections = _step_sections(waterfall, plan)
    working = waterfall.section("Working")
    balances = waterfall.section("At the end of the day")
    by_day = dict(zip(calendar.days, days, strict=True))
    keeper = _Keeper(frame, by_day, working, balances, project, moved, sections)
    numbers = LiveNumbers(frame.digits, keeper.keep_working)
    book = LiveBook(plan, calendar, numbers, keeper=keeper)
    flows = run_waterfall(
        deal,
        calendar,
        needs=needs,
        payments=paid,
        draws=draws,
        triggers_met=met,
        arithmetic=numbers,
        book=book,
    )
    return LiveCash(flows, tuple(days))


def _step_sections(sheet: Sheet, plan: Plan) -> dict[str, Section]:
    """A section for each step in order, and for what happens after the last day."""
    found = {}
    for planned in plan.steps:
        step = planned.step
        to = f" to {', '.join(step.to)}" if step.to else ""
        clause = f", clause {step.clause}" if step.clause else ""
        found[planned.why] = sheet.section(f"{planned.why.capitalize()}: {step.pays}{to}{clause}")
    found["unspent"] = sheet.section("After all: capital that no cost used goes back")
    found["guarantee"] = sheet.section("After all: guarantors make good lost principal")
    return found


def _shown(move: Move, section: Section) -> Live:
    """The amount of a move in a cell of its own; costs and payments have theirs already."""
    amount = live(move.amount)
    if amount.place is not None and move.kind == "success-payment":
        return amount
    words = f"{_words(move.source)} to {_words(move.target)}"
    if move.kind not in BY_STEPS:
        words = f"{move.kind.replace('-', ' ').capitalize()}: {words} ({move.why})"
    row, again = section.row(words), 2
    while FIRST + move.day in row.cells:
        row = section.row(f"{words} ({again})")
        again += 1
    section.put(row, FIRST + move.day, amount)
    return amount


def _words(account: str) -> str:
    return account.partition(":")[2] or account
