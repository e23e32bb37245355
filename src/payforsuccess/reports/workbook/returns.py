"""The sheets of returns and of cash by period: what the moves of the waterfall add up to."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from payforsuccess.finance.by_period import COLUMNS
from payforsuccess.finance.moves import Move, is_inside
from payforsuccess.finance.moves import tranche as account_of
from payforsuccess.reports.workbook.cash import LiveCash
from payforsuccess.reports.workbook.frame import Frame, head_by_day
from payforsuccess.reports.workbook.grid import FIRST, Row, Section, Sheet, letters, span
from payforsuccess.reports.workbook.live import Live, live

HEADS = (
    "Tranche",
    "Drawn",
    "Came back",
    "Lost",
    "Multiple",
    "First estimate (XIRR)",
    "Rate a year",
    "Worth at that rate",
    "First day with cash",
)
GUESSES = (0.1, -0.3, -0.7, -0.95, 1, 5)
"""Where the search for a rate begins, one after the other: programs give up early."""
DRAWN, BACK, LOST, MULTIPLE, ESTIMATE, RATE, WORTH, STARTS = range(2, 10)


def returns_sheet(frame: Frame, cash: LiveCash, sheet: Sheet) -> None:
    """Each tranche in the order of the deal, then all who gave money together."""
    table = sheet.section("Returns, by actual days over 365", heads=HEADS)
    calendar = Sheet(sheet.title, "")
    head_by_day(calendar, frame)
    sheet.sections += calendar.sections
    days = calendar.sections[0].rows[0]
    money = [each for each in frame.deal.capital if each.kind not in ("guarantee", "deferred-fee")]
    groups = [(each.name, [each]) for each in frame.deal.capital]
    if len(money) > 1:
        groups.append(("All who gave capital", money))
    for name, tranches in groups:
        gives = {account_of(each.name): _gives(each.kind) for each in tranches}
        drawn = _by_day(cash, lambda move: move.kind in gives.get(move.source, ()))  # noqa: B023
        back = _by_day(cash, lambda move: move.target in gives)  # noqa: B023
        out = _by_day(cash, lambda move: move.source in gives)  # noqa: B023
        section = sheet.section(name)
        flow = _Flow(frame, section, days)
        flow.row("Drawn", drawn)
        flow.row("Given", out)
        flow.row("Came back", back)
        flow.net()
        _figures(table, name, flow)


def _gives(kind: str) -> tuple[str, ...]:
    return ("guarantee",) if kind == "guarantee" else ("draw", "deferred-cost")


def _by_day(cash: LiveCash, chosen: Callable[[Move], bool]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for move in cash.flows.moves:
        if chosen(move):
            found[move.day] = live(move.amount) + found.get(move.day, 0)
    return found


class _Flow:
    """The rows of one tranche by day."""

    def __init__(self, frame: Frame, section: Section, days: Row) -> None:
        self.section, self.days = section, days
        self.count = len(frame.calendar.days)
        self.rows: dict[str, Row] = {}

    @property
    def last(self) -> int:
        """The last column."""
        return FIRST + self.count - 1

    def row(self, says: str, amounts: dict[int, Any]) -> None:
        """Amounts by day, in a row."""
        self.rows[says] = row = self.section.row(says)
        for at in range(self.count):
            self.section.put(row, FIRST + at, live(amounts.get(at, 0)))

    def net(self) -> None:
        """Received less given, and where it is not nothing."""
        given, back = (
            [row.cells[FIRST + at] for at in range(self.count)]
            for row in (self.rows["Given"], self.rows["Came back"])
        )
        self.row(
            "Received less given",
            {
                at: got - gave
                for at, (got, gave) in enumerate(zip(back, given, strict=True))
                if isinstance(got, Live) and isinstance(gave, Live)
            },
        )
        row = self.rows["Received less given"]
        self.rows["moves"] = marks = self.section.row("Moves on the day: 1", told="number")
        for at in range(self.count):
            cell = row.cells[FIRST + at]
            assert isinstance(cell, Live)
            self.section.put(marks, FIRST + at, _mark(cell))

    def all_of(self, says: str) -> str:
        """The cells of a row."""
        return span(self.rows[says], FIRST, self.last)

    def total(self, says: str) -> Live:
        """A row added up."""
        row = self.rows[says]
        value = sum((cell.value for cell in row.cells.values() if isinstance(cell, Live)), 0)
        return Live(value, lambda _: f"SUM({span(row, FIRST, self.last)})", is_loose=True)


def _mark(cell: Live) -> Live:
    return Live(int(cell.value != 0), lambda sheet: f"IF({cell.named(sheet)}<>0,1,0)")


def _figures(table: Section, name: str, flow: _Flow) -> None:
    row = table.row(name)
    drawn = table.put(row, DRAWN, flow.total("Drawn"))
    back = table.put(row, BACK, flow.total("Came back"))
    lost = max(drawn.value - back.value, Fraction(0))

    def cell(column: int) -> str:
        return f"{letters(column)}{row.number}"

    def days() -> str:
        return span(flow.days, FIRST, flow.last)

    def years() -> str:
        return f"({days()}-{letters(FIRST)}{flow.days.number})/365"

    def first_to_last(cells: Row) -> str:
        whole = span(cells, FIRST, flow.last)
        return f"INDEX({whole},1,{cell(STARTS)}):{letters(flow.last)}{cells.number}"

    def estimate(_: str) -> str:
        net = flow.rows["Received less given"]
        found = '"not found"'
        for guess in reversed(GUESSES):
            found = (
                f"IFERROR(XIRR({first_to_last(net)},{first_to_last(flow.days)},{guess}),{found})"
            )
        given = f"MIN({flow.all_of('Received less given')})>=0"
        nothing = f"MAX({flow.all_of('Received less given')})<=0"
        return f'IF({given},"nothing given",IF({nothing},-1,{found}))'

    def starts(_: str) -> str:
        return f"IFERROR(MATCH(1,{flow.all_of('moves')},0),1)"

    def rate(_: str) -> str:
        """One step of Newton's method from the estimate, which stops at the sixth decimal."""
        at, net = cell(ESTIMATE), flow.all_of("Received less given")
        worth = f"SUMPRODUCT({net}/(1+{at})^({years()}))"
        slope = f"SUMPRODUCT({years()}*{net}/(1+{at})^({years()}+1))"
        return f"IF(ISNUMBER({at}),IF({at}<=-1,{at},{at}+{worth}/{slope}),{at})"

    def left(_: str) -> str:
        at, net = cell(RATE), flow.all_of("Received less given")
        worth = f"ROUND(SUMPRODUCT({net}/(1+{at})^({years()})),4)"
        return f'IF(ISNUMBER({at}),IF({at}<=-1,"all lost",{worth}),"")'

    table.put(row, LOST, Live(lost, lambda _: f"MAX({cell(DRAWN)}-{cell(BACK)},0)", is_loose=True))
    table.put(
        row,
        MULTIPLE,
        Live(
            back.value / drawn.value if drawn.value else 0,
            lambda _: f'IF({cell(DRAWN)}=0,"",{cell(BACK)}/{cell(DRAWN)})',
        ),
    )
    for column, writes in (
        (ESTIMATE, estimate),
        (RATE, rate),
        (WORTH, left),
        (STARTS, starts),
    ):
        table.put(row, column, Live(0, writes))
    row.formats = {
        MULTIPLE: "multiple",
        ESTIMATE: "share",
        RATE: "share",
        WORTH: "multiple",
        STARTS: "number",
    }


def by_period(frame: Frame, cash: LiveCash, sheet: Sheet) -> None:
    """Below the days of the sheet of cash: every kind of move by day, then by payment period."""
    by_day = sheet.section("All moves of a kind, by day")
    number = sheet.sections[0].rows[1]
    count = len(frame.calendar.days)
    rows: list[tuple[str, Row]] = []
    for says, kinds in COLUMNS:
        amounts = _by_day(cash, lambda move: move.kind in kinds)  # noqa: B023
        if amounts:
            rows.append((says, _fill(by_day, says.capitalize(), amounts, count)))
    change = _changes(cash)
    rows.append(("change", _fill(by_day, "Change in what is on account", change, count)))
    heads = ("Payment period", *(says.capitalize() for says, _ in rows[:-1]), "Left on account")
    table = sheet.section("Cash by payment period", heads=heads)
    said = [str(period) for period in frame.calendar.periods]
    said.append(f"after {frame.calendar.periods[-1].last_day}")
    left: Any = 0
    for at, says in enumerate(said, 1):
        row = table.row(says, key=str(at))
        for column, (_, of) in enumerate(rows, 2):
            total = _in_period(of, number, at, count, frame)
            if column == len(rows) + 1:
                total = left = total + left
                left = table.put(row, column, total)
            else:
                table.put(row, column, total)


def _changes(cash: LiveCash) -> dict[int, Any]:
    change: dict[int, Any] = {}
    for move in cash.flows.moves:
        sign = is_inside(move.target) - is_inside(move.source)
        if sign:
            amount = live(move.amount) if sign > 0 else -live(move.amount)
            change[move.day] = change[move.day] + amount if move.day in change else amount
    return change


def _fill(section: Section, says: str, amounts: dict[int, Any], count: int) -> Row:
    row = section.row(says)
    for at in range(count):
        section.put(row, FIRST + at, live(amounts.get(at, 0)))
    return row


def _in_period(of: Row, number: Row, at: int, count: int, frame: Frame) -> Live:
    last = FIRST + count - 1
    value = sum(
        (
            cell.value
            for column, cell in of.cells.items()
            if isinstance(cell, Live) and _number_at(number, column) == at
        ),
        0,
    )
    return Live(
        value,
        lambda _: f"SUMIF({span(number, FIRST, last)},{at},{span(of, FIRST, last)})",
        is_loose=True,
    )


def _number_at(number: Row, column: int) -> int:
    cell = number.cells[column]
    assert isinstance(cell, Live)
    return int(cell.value)
